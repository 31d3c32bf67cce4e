import type { CalicoSpec } from '../../../../cluster/cni/calico';
import type { ClusterProfile } from '../../../../cluster/profile';
import type { FabricLint } from '../../../../finding/fabric-lint';
import { refusal } from '../../refusal';

const VXLAN_OVERHEAD = 50;

/** What does not go with eBPF, which takes the place of kube-proxy: PTL314 and PTL315. */
export function dataplaneObjections({ dataplane, mtu }: CalicoSpec, profile: ClusterProfile): readonly FabricLint[] {
  if (dataplane !== 'eBPF') return [];
  const tooLarge = mtu !== undefined && profile.mtu !== undefined && mtu > profile.mtu - VXLAN_OVERHEAD;
  return [
    ...(profile.hasProxyMode
      ? [
          refusal(
            ['cni', 'dataplane'],
            'dataplane',
            'With eBPF Calico serves Services itself, and no kube-proxy runs beside it: `proxyMode` says how one would.',
            'leave `proxyMode` out, or take the dataplane iptables or nftables',
          ),
        ]
      : []),
    ...(tooLarge
      ? [
          {
            code: 'PTL314' as const,
            severity: 'error' as const,
            field: ['cni', 'mtu'],
            mtu,
            underlay: profile.mtu,
            encapsulation: 'VXLAN, in which eBPF hands packets of node ports to other nodes,',
            overhead: VXLAN_OVERHEAD,
          },
        ]
      : []),
  ];
}
