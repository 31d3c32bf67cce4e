import { parseCidr } from '../../values/cidr';
import type { CalicoEncapsulation, CalicoPoolSpec } from './calico-pool';
import type { CniCapabilities } from './capabilities';

/** What of Calico's options decides whether nodes have tunnels. */
interface Tunnelling {
  readonly encapsulation?: CalicoEncapsulation;
  readonly pools?: readonly CalicoPoolSpec[];
  readonly dataplane?: string;
  readonly wireguard?: boolean;
}

/**
 * NP-29: what a node sends through a tunnel has the address of the tunnel's end, which is of a pool: the kernel takes it for processes
 * and masquerades with it, and Felix masquerades what has another address of the node. WireGuard and eBPF have devices of their own.
 */
export function addressesOfNodes(spec: Tunnelling): Pick<CniCapabilities, 'nodesKeepAddress' | 'tunnelRanges'> {
  const hasTunnels = spec.wireguard === true || spec.dataplane === 'eBPF' || encapsulationsOf(spec).some(wraps);
  if (!hasTunnels) return { nodesKeepAddress: true };
  const ends = spec.pools && { tunnelRanges: spec.pools.filter(isForTunnels).map(({ cidr }) => cidr) };
  return { nodesKeepAddress: 'unknown', ...ends };
}

const wraps = (encapsulation: CalicoEncapsulation) => encapsulation !== 'None';

function encapsulationsOf(spec: Tunnelling): readonly CalicoEncapsulation[] {
  if (!spec.pools) return [spec.encapsulation ?? 'IPIP'];
  return spec.pools.map((pool) => pool.encapsulation ?? defaultOf(pool, spec));
}

/** INVARIANT: as the fabric fills it in: nothing wraps what nobody says of pools that are disabled, or not for pods. */
function defaultOf(
  { cidr, disabled, allowedUses }: CalicoPoolSpec,
  { encapsulation }: Tunnelling,
): CalicoEncapsulation {
  if (disabled === true || allowedUses?.includes('Workload') === false) return 'None';
  const parsed = parseCidr(cidr);
  return encapsulation ?? (parsed.ok && parsed.cidr.family === 6 ? 'None' : 'IPIP');
}

function isForTunnels({ disabled, allowedUses }: CalicoPoolSpec): boolean {
  return disabled !== true && allowedUses?.includes('Tunnel') !== false;
}
