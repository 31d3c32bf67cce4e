import type { CniName } from '../../model/cluster/cni/registry';
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

/** What each plugin writes on a node; kindnet writes it from the block of the node, which nobody knows before. */
const CONF_LISTS: Readonly<Partial<Record<CniName, ConfList>>> = {
  calico: {
    file: '10-calico.conflist',
    cniVersion: '0.3.1',
    name: 'k8s-pod-network',
    plugins: [
      {
        type: 'calico',
        datastore_type: 'kubernetes',
        ipam: { type: 'calico-ipam' },
        policy: { type: 'k8s' },
        kubernetes: { kubeconfig: '/etc/cni/net.d/calico-kubeconfig' },
      },
      { ...PORTMAP, snat: true },
      { type: 'bandwidth', capabilities: { bandwidth: true } },
    ],
  },
  cilium: { file: '05-cilium.conflist', cniVersion: '0.3.1', name: 'cilium', plugins: [{ type: 'cilium-cni' }] },
  flannel: {
    file: '10-flannel.conflist',
    cniVersion: '0.3.1',
    name: 'cbr0',
    plugins: [{ type: 'flannel', delegate: { hairpinMode: true, isDefaultGateway: true } }, PORTMAP],
  },
  weave: {
    file: '10-weave.conflist',
    cniVersion: '0.3.0',
    name: 'weave',
    plugins: [
      { name: 'weave', type: 'weave-net', hairpinMode: true },
      { ...PORTMAP, snat: true },
    ],
  },
};

/** The configuration for `/etc/cni/net.d` of the nodes; `undefined` where the plugin has none that is known beforehand. */
export function cniConfigOf({ cni }: ClusterProfile): BootstrapFile | undefined {
  const list = CONF_LISTS[cni.name];
  if (!list) return undefined;
  const { file, ...content } = list;
  return { path: `cni/net.d/${file}`, content: `${JSON.stringify(content, null, 2)}\n` };
}
