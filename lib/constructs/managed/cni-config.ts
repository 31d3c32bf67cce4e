import type { CalicoSpec } from '../../model/cluster/cni/calico';
import type { CniSpec } from '../../model/cluster/cni/registry';
import type { ClusterProfile } from '../../model/cluster/profile';
import type { BootstrapFile } from './managed-network';

/** A network configuration list, as the CNI specification has it, with the name that its plugin gives the file. */
interface ConfList {
  readonly file: string;
  readonly cniVersion: string;
  readonly name: string;
  readonly plugins: readonly object[];
}

/** hostPort is the work of a plugin behind the main one. */
const PORTMAP = { type: 'portmap', capabilities: { portMappings: true } };
/** Likewise the bandwidth that annotations of pods ask for. */
const BANDWIDTH = { type: 'bandwidth', capabilities: { bandwidth: true } };

/** The configuration for `/etc/cni/net.d` of the nodes; `undefined` where the plugin has none that is known beforehand. */
export function cniConfigOf({ cni }: ClusterProfile): BootstrapFile | undefined {
  const list = confListOf(cni);
  if (!list) return undefined;
  const { file, ...content } = list;
  return { path: `cni/net.d/${file}`, content: `${JSON.stringify(content, null, 2)}\n` };
}

function confListOf(cni: CniSpec): ConfList | undefined {
  switch (cni.name) {
    case 'calico':
      return calicoList('10-calico.conflist', cni);
    case 'cilium':
      return { file: '05-cilium.conflist', cniVersion: '0.3.1', name: 'cilium', plugins: [{ type: 'cilium-cni' }] };
    case 'flannel':
      // Canal: Calico's plugin gives pods their interfaces, in the block that Kubernetes gives the node, and Flannel carries packets.
      return cni.canal === true
        ? calicoList('10-canal.conflist', { name: 'calico', ipam: 'host-local' })
        : {
            file: '10-flannel.conflist',
            cniVersion: '0.3.1',
            name: 'cbr0',
            plugins: [{ type: 'flannel', delegate: { hairpinMode: true, isDefaultGateway: true } }, PORTMAP],
          };
    case 'weave':
      return {
        file: '10-weave.conflist',
        cniVersion: '0.3.0',
        name: 'weave',
        plugins: [
          { name: 'weave', type: 'weave-net', hairpinMode: true },
          { ...PORTMAP, snat: true },
        ],
      };
    // It writes its own on each node, from the block of the node, which nobody knows before.
    case 'kindnet':
    case 'conformant':
      return undefined;
  }
}

function calicoList(file: string, { ipam, mtu }: CalicoSpec): ConfList {
  return {
    file,
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
