import type { GatewayLintDetail } from '../../../finding/gateway-lint';
import type { Lint } from '../../../finding/lint';
import { blame, nameOf } from '../../../manifest/blame';
import type { GatewayListener } from '../../../manifest/resources';
import { listenersOf, type ServedListener } from '../listeners';
import type { GatewayLintRule } from './rule';

type Detail = GatewayLintDetail & { readonly code: 'PTL422' };

/** PTL422: listeners of one Gateway that are not distinct are all rejected; one that a ListenerSet adds gives way (GW-03). */
export const conflictingListeners: GatewayLintRule = (cluster) =>
  cluster.gatewayApi.gateways.flatMap((gateway) => {
    const served = listenersOf(gateway, cluster);
    return served.flatMap((each, i): readonly Lint[] => {
      const first = each.conflict && served.slice(0, i).find((other) => isTwin(each, other));
      if (!first) return [];
      const { listener, of } = each;
      const isSame = listener.protocol === first.listener.protocol;
      const detail: Detail = {
        code: 'PTL422',
        listener: listener.name,
        otherListener: first.listener.name,
        takes: [textOf(listener), textOf(first.listener)],
        problem: isSame ? 'same' : 'protocol',
        twin: { ...nameOf(first.of), origin: first.of.originOf(fieldOf(first.listener, isSame)) },
      };
      return [{ severity: 'error', ...blame(of, fieldOf(listener, isSame)), ...detail }];
    });
  });

function isTwin({ listener: a }: ServedListener, { listener: b }: ServedListener): boolean {
  const isDatagram = ({ protocol }: GatewayListener) => protocol === 'UDP';
  if (a.port !== b.port || isDatagram(a) !== isDatagram(b)) return false;
  return a.hostname === b.hostname || [a, b].some(({ protocol }) => protocol === 'TCP' || protocol === 'UDP');
}

/** What must differ: the hostname where there is one, else the port. */
function fieldOf({ field, hostname }: GatewayListener, isSame: boolean): GatewayListener['field'] {
  return [...field, isSame && hostname !== undefined ? 'hostname' : 'port'];
}

/** `HTTP on port 80 for shop.example.com`. */
function textOf({ protocol, port, hostname }: GatewayListener): string {
  return `${protocol} on port ${port}${hostname === undefined ? '' : ` for ${hostname}`}`;
}
