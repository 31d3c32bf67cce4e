import type { ClusterProfile } from '../../cluster/profile';
import { iptables } from './iptables';
import { ipvs } from './ipvs';
import type { ProxyMode } from './mode';
import { nftables } from './nftables';

const MODES: Readonly<Record<ClusterProfile['proxyMode'], ProxyMode>> = { iptables, nftables, ipvs };

/** SVC-33: what the kube-proxy of a cluster does. */
export function proxyModeOf({ proxyMode }: ClusterProfile): ProxyMode {
  return MODES[proxyMode];
}
