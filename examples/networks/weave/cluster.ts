import { Construct } from 'constructs';
import { Cni, PodNetwork } from 'portolan';

/**
 * Two sites with a network between them that nobody trusts: Weave Net encrypts what goes from node to node. It has no objects of
 * its own to apply, and so it is no chart.
 */
export class WeaveCluster extends Construct {
  constructor(scope: Construct) {
    super(scope, 'infra');
    new PodNetwork(this, 'network', {
      // IPALLOC_RANGE, and kube-proxy's clusterCIDR.
      podCidr: '10.32.0.0/12',
      serviceCidr: '10.96.0.0/12',
      nodeCidr: ['192.168.1.0/24', '192.168.2.0/24'],
      mtu: 1500,
      nodes: [
        { name: 'cp', role: 'control-plane', count: 1, subnet: '192.168.1.0/24' },
        { name: 'site-1', count: 3, subnet: '192.168.1.0/24' },
        { name: 'site-2', count: 3, subnet: '192.168.2.0/24' },
      ],
      cni: Cni.weave({
        project: 'rajch',
        // `kubectl create secret generic weave-passwd -n kube-system --from-file=weave-passwd`
        passwordSecret: 'weave-passwd',
        // 84 bytes are for VXLAN and ESP (NET-06).
        mtu: 1416,
      }),
      manage: true,
    });
  }
}
