import type { Construct } from 'constructs';
import { Cni, PodNetwork } from 'portolan';

/** Cilium alone, without kube-proxy: packets between nodes are wrapped in Geneve and encrypted, and pods have both families. */
export class CiliumCluster extends PodNetwork {
  constructor(scope: Construct) {
    super(scope, 'network', {
      podCidr: ['10.244.0.0/16', 'fd00:10:244::/104'],
      serviceCidr: ['10.96.0.0/12', 'fd00:10:96::/112'],
      nodeCidr: ['192.168.77.0/24', 'fd00:192:168:77::/64'],
      mtu: 9000,
      nodes: [
        { name: 'cp', role: 'control-plane', addresses: ['192.168.77.10'] },
        { name: 'worker', count: 12 },
      ],
      cni: Cni.cilium({
        tunnelProtocol: 'geneve',
        encryption: 'wireguard',
        kubeProxyReplacement: true,
        masquerade: { bpf: true },
        policyCidrMatchMode: ['nodes'],
        clusterNetworkPolicy: true,
        mtu: 9000,
      }),
      manage: true,
    });
  }
}
