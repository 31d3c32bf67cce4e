import type { CalicoSpec } from '../../model/cluster/cni/calico';
import type { CniSpec } from '../../model/cluster/cni/registry';
import type { ClusterProfile } from '../../model/cluster/profile';
import { type ConfList, confListJson, FLANNEL, PORTMAP } from './conf-lists';
import type { BootstrapFile } from './managed-network';

/** A network configuration list with the name that its plugin gives the file. */
interface NamedList extends ConfList {
  readonly file: string;
}

/** The bandwidth that annotations of pods ask for. */
const BANDWIDTH = { type: 'bandwidth', capabilities: { bandwidth: true } };

/** The configuration for `/etc/cni/net.d` of the nodes; `undefined` where the plugin has none that is known beforehand. */
export function cniConfigOf({ cni }: ClusterProfile): BootstrapFile | undefined {
  const list = confListOf(cni);
  if (!list) return undefined;
  const { file, ...content } = list;
  return { path: `cni/net.d/${file}`, content: confListJson(content) };
}

function confListOf(cni: CniSpec): NamedList | undefined {
  switch (cni.name) {
    case 'calico':
      return calicoList('10-calico.conflist', cni);
    case 'cilium':
      return { file: '05-cilium.conflist', cniVersion: '0.3.1', name: 'cilium', plugins: [{ type: 'cilium-cni' }] };
    case 'flannel':
      // Canal: Calico's plugin gives pods their interfaces, in the block that Kubernetes gives the node, and Flannel carries packets.
      return cni.canal === true
        ? calicoList('10-canal.conflist', { name: 'calico', ipam: 'host-local' })
        : { file: '10-flannel.conflist', ...FLANNEL };
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

function calicoList(file: string, { ipam, mtu }: CalicoSpec): NamedList {
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
