import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Cni, PodNetwork } from 'portolan';

/** Two racks with a router between them: packets are wrapped only where they cross it, and the routers know the load balancers. */
export class CalicoCluster extends Chart {
  constructor(scope: Construct) {
    super(scope, 'infra');
    new PodNetwork(this, 'network', {
      podCidr: '10.244.0.0/16',
      serviceCidr: '10.96.0.0/12',
      nodeCidr: ['192.168.1.0/24', '192.168.2.0/24'],
      mtu: 1500,
      nodes: [
        { name: 'cp', role: 'control-plane', addresses: ['192.168.1.10'], subnet: '192.168.1.0/24', zone: 'rack-1' },
        { name: 'rack-1', count: 8, subnet: '192.168.1.0/24', zone: 'rack-1' },
        { name: 'rack-2', count: 8, subnet: '192.168.2.0/24', zone: 'rack-2' },
      ],
      cni: Cni.calico({
        version: '3.32',
        encapsulation: 'VXLANCrossSubnet',
        // 50 bytes are for VXLAN (NET-06).
        mtu: 1450,
        pools: [
          { name: 'rack-1', cidr: '10.244.0.0/17', nodeSelector: "topology.kubernetes.io/zone == 'rack-1'" },
          { name: 'rack-2', cidr: '10.244.128.0/17', nodeSelector: "topology.kubernetes.io/zone == 'rack-2'" },
          { name: 'load-balancers', cidr: '192.0.2.0/26', allowedUses: ['LoadBalancer'] },
        ],
        bgp: {
          asNumber: 64_500,
          peers: [
            { name: 'router-1', address: '192.168.1.1', asNumber: 64_501 },
            { name: 'router-2', address: '192.168.2.1', asNumber: 64_501 },
          ],
          advertise: { loadBalancerIPs: ['192.0.2.0/26'] },
        },
      }),
      manage: true,
    });
  }
}
