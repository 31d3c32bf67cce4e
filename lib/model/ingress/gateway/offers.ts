import type { RouteResource, RouteRuleBase } from '../../manifest/resources';
import type { Doubt } from '../../values/ternary';
import type { Offered, RouteRule } from '../routing';
import type { RouteHost } from './attachment';
import { resolveBackend } from './backends';
import { grpcMatchText } from './grpc-match';
import type { GatewayTable, ListenerTable } from './table';

/** Every backend that a request may come to through a Gateway. */
export function offersOf(table: GatewayTable): readonly Offered[] {
  return table.listeners
    .filter(({ certificates: { fault, secrets } }) => !fault || secrets.length > 0)
    .flatMap((listener) =>
      [...listener.requests, ...listener.connections].flatMap(({ route, hosts, doubts }) =>
        route.rules.flatMap((rule, index) =>
          offeredBy(rule, route, table, {
            listens: listener.served.listener.port,
            url: urlOf(listener, route, index, hosts),
            rule: toldOf(route, rule, index),
            doubts: [...listener.served.doubts, ...listener.certificates.doubts, ...doubts],
          }),
        ),
      ),
    );
}

type Common = Pick<Offered, 'listens' | 'url' | 'rule'> & { readonly doubts: readonly Doubt[] };

/** What redirects sends nobody to its backends; what leads nowhere is no way in. */
function offeredBy(rule: RouteRuleBase, route: RouteResource, { cluster }: GatewayTable, common: Common): Offered[] {
  if (rule.filters.some(({ type }) => type === 'RequestRedirect')) return [];
  return rule.backends
    .filter(({ weight }) => weight > 0)
    .flatMap((backend) => {
      const found = resolveBackend(backend, route, cluster);
      if (!('service' in found)) return [];
      return [{ ...common, service: found.service, port: found.port, doubts: [...common.doubts, ...found.doubts] }];
    });
}

function urlOf(
  { served: { listener } }: ListenerTable,
  route: RouteResource,
  index: number,
  hosts: readonly RouteHost[],
): string {
  const { protocol, port } = listener;
  if (protocol === 'TCP' || protocol === 'UDP') return `${protocol.toLowerCase()} ${port}`;
  const host = hosts.map(({ effective }) => effective ?? '*').join(',');
  if (protocol === 'TLS') return `tls ${host}:${port}`;
  const scheme = protocol.toLowerCase();
  const usual = scheme === 'http' ? 80 : 443;
  return `${scheme}://${host}${port === usual ? '' : `:${port}`}${pathsOf(route, index)}`;
}

function pathsOf(route: RouteResource, index: number): string {
  if (route.type === 'connectionRoute') return '';
  if (route.type === 'grpcRoute') {
    const { matches } = route.rules[index];
    return `/${matches.map(grpcMatchText).join(',') || '*'}`;
  }
  const paths = route.rules[index].matches.map(({ path: { type, value } }) =>
    type === 'PathPrefix' ? `${value}*` : value,
  );
  return [...new Set(paths)].join(',');
}

function toldOf(route: RouteResource, { field }: RouteRuleBase, index: number): RouteRule {
  const { kind, namespace, name } = route;
  const matches = pathsOf(route, index) || route.hostnames.join(',') || 'every connection';
  return { kind, namespace, name, index, matches, field, origin: route.originOf(field) };
}
