import type { CalicoSpec } from '../../../cluster/cni/calico';
import type { ClusterProfile } from '../../../cluster/profile';
import type { NodeTraffic } from '../../fabric';
import { type CalicoPool, defaultsOf } from './pools';
import { hasMesh, speaksBgp } from './routes';

const BGP_PORT = 179;
export const VXLAN_PORT = 4789;
const IP_IN_IP = 4;
const WIREGUARD_PORT = { 4: 51_820, 6: 51_821 } as const;
const TYPHA_PORT = 5473;

/** NET-11: by the network requirements of Calico's documentation. */
export function nodeTrafficOf(
  spec: CalicoSpec,
  pools: readonly CalicoPool[],
  { families }: ClusterProfile,
): readonly NodeTraffic[] {
  const encapsulations = new Set(
    pools.length > 0
      ? pools.map(({ encapsulation }) => encapsulation)
      : families.map((family) => defaultsOf(family, spec).encapsulation),
  );
  const has = (...wanted: readonly string[]) => [...encapsulations].some((each) => wanted.includes(each));
  const over = { protocol: 'TCP', port: spec.bgp?.listenPort ?? BGP_PORT } as const;
  const peers = spec.bgp?.peers ?? [];
  return [
    ...(hasMesh(spec) ? [{ purpose: 'BGP of Calico', over, carries: 'routes' as const }] : []),
    ...(speaksBgp(spec) && peers.length > 0
      ? [{ purpose: 'BGP of Calico with its peers', over, from: 'bgp-peers' as const, carries: 'routes' as const }]
      : []),
    ...(has('IPIP', 'IPIPCrossSubnet') ? [{ purpose: 'IP-in-IP of Calico', over: { ipProtocol: IP_IN_IP } }] : []),
    // With eBPF what comes in by a node port goes on to the node of the pod in VXLAN, whatever the pools say.
    ...(has('VXLAN', 'VXLANCrossSubnet') || spec.dataplane === 'eBPF'
      ? [{ purpose: 'VXLAN of Calico', over: { protocol: 'UDP' as const, port: VXLAN_PORT } }]
      : []),
    ...(spec.wireguard
      ? families.map((family) => ({
          purpose: `WireGuard of Calico (IPv${family})`,
          over: { protocol: 'UDP' as const, port: WIREGUARD_PORT[family] },
        }))
      : []),
    ...(hasTypha(spec)
      ? [
          {
            purpose: 'Typha of Calico',
            over: { protocol: 'TCP' as const, port: TYPHA_PORT },
            carries: 'routes' as const,
          },
        ]
      : []),
  ];
}

/** The operator always runs Typha; of the manifests one does. */
export function hasTypha({ install, typha }: CalicoSpec): boolean {
  return typha ?? install !== 'manifest';
}
