import type { CalicoSpec } from '../../../../cluster/cni/calico';
import type { ClusterProfile } from '../../../../cluster/profile';
import type { FabricLint } from '../../../../finding/fabric-lint';
import { refusal } from '../../refusal';

const VXLAN_OVERHEAD = 50;

/** What does not go with the dataplane: PTL314 and PTL315. */
export function dataplaneObjections(spec: CalicoSpec, profile: ClusterProfile): readonly FabricLint[] {
  switch (spec.dataplane) {
    case 'eBPF':
      return besideEbpf(spec, profile);
    case 'nftables':
      return besideNftables(profile);
    default:
      return [];
  }
}

/** Calico's documentation asks for it: its rules and those of kube-proxy would meet packets in two frameworks, neither of which knows of the other. */
function besideNftables({ proxyMode, hasProxyMode }: ClusterProfile): readonly FabricLint[] {
  if (proxyMode === 'nftables') return [];
  const problem = `With nftables Calico needs a kube-proxy in mode nftables, and this one works in mode ${proxyMode}${hasProxyMode ? '' : ', as it does where nobody says otherwise'} (SVC-33).`;
  const expected = 'say `proxyMode: nftables`, or take the dataplane iptables';
  const severity = hasProxyMode ? 'error' : 'warning';
  return [refusal(['cni', 'dataplane'], 'dataplane', problem, expected, severity)];
}

/** It takes the place of kube-proxy. */
function besideEbpf({ mtu }: CalicoSpec, profile: ClusterProfile): readonly FabricLint[] {
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
