import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Cni, type FlannelOptions, PodNetwork } from 'portolan';

/** Nodes in two subnets: packets are wrapped only where they cross the router between them. */
export class FlannelCluster extends Chart {
  constructor(scope: Construct, policies: Pick<FlannelOptions, 'netpol' | 'canal'> = {}) {
    super(scope, 'infra');
    new PodNetwork(this, 'network', {
      podCidr: ['10.244.0.0/16', 'fd00:10:244::/56'],
      serviceCidr: ['10.96.0.0/16', 'fd00:10:96::/112'],
      nodeCidr: ['192.168.1.0/24', '192.168.2.0/24', 'fd00:192:168::/60'],
      nodes: [
        { name: 'cp', role: 'control-plane', count: 1, subnet: ['192.168.1.0/24', 'fd00:192:168:1::/64'] },
        { name: 'here', count: 4, subnet: ['192.168.1.0/24', 'fd00:192:168:1::/64'] },
        { name: 'there', count: 4, subnet: ['192.168.2.0/24', 'fd00:192:168:2::/64'] },
      ],
      cni: Cni.flannel({ backend: { type: 'vxlan', directRouting: true }, ...policies }),
      manage: true,
    });
  }
}
