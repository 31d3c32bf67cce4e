import type { CalicoSpec } from '../../model/cluster/cni/calico';
import type { BootstrapFile } from './managed-network';

/** A network configuration list, as the CNI specification has it. */
export interface ConfList {
  readonly name: string;
  readonly cniVersion: string;
  readonly plugins: readonly object[];
}

/** hostPort is the work of a plugin behind the main one. */
export const PORTMAP = { type: 'portmap', capabilities: { portMappings: true } };

/** The bandwidth that annotations of pods ask for. */
const BANDWIDTH = { type: 'bandwidth', capabilities: { bandwidth: true } };

/** What Calico's plugin is told on each node; Canal has it too, with the block that Kubernetes gives the node. */
export function calicoConfList({ ipam, mtu }: Pick<CalicoSpec, 'ipam' | 'mtu'>): ConfList {
  return {
    cniVersion: '0.3.1',
    name: 'k8s-pod-network',
    plugins: [
      {
        type: 'calico',
        datastore_type: 'kubernetes',
        mtu,
        ipam: ipam === 'host-local' ? { type: 'host-local', subnet: 'usePodCidr' } : { type: 'calico-ipam' },
        policy: { type: 'k8s' },
        kubernetes: { kubeconfig: '/etc/cni/net.d/calico-kubeconfig' },
      },
      { ...PORTMAP, snat: true },
      BANDWIDTH,
    ],
  };
}

export function confListJson(list: ConfList): string {
  return `${JSON.stringify(list, null, 2)}\n`;
}

/** A list for `/etc/cni/net.d` of the nodes, with the name that its plugin gives the file. */
export function confListFile(name: string, list: ConfList): BootstrapFile {
  return { path: `cni/net.d/${name}`, content: confListJson(list) };
}
