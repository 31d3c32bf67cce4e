import type { ClusterProfile } from '../../cluster/profile';
import { iptables } from './iptables';
import { ipvs } from './ipvs';
import type { ProxyMode } from './mode';
import { networkPlugin } from './network-plugin';
import { nftables } from './nftables';

const MODES: Readonly<Record<ClusterProfile['proxyMode'], ProxyMode>> = { iptables, nftables, ipvs };

/** SVC-33: what the kube-proxy of a cluster does, or who does its work. */
export function proxyModeOf({ proxyMode, capabilities }: ClusterProfile): ProxyMode {
  return capabilities.replacesKubeProxy ? networkPlugin : MODES[proxyMode];
}
