import type { CniName, CniSpec } from '../../model/cluster/cni/registry';
import type { ClusterProfile } from '../../model/cluster/profile';
import { kindCluster } from './kind';
import { kubeadmConfiguration } from './kubeadm';
import type { BootstrapFile, ManagedNetwork, ManagedPlugin } from './managed-network';
import { calicoManaged } from './plugins/calico';
import { ciliumManaged } from './plugins/cilium';
import { flannelManaged } from './plugins/flannel';
import { weaveManaged } from './plugins/weave';
import { yamlFile } from './yaml-file';

const nothing: ManagedPlugin<CniSpec> = () => ({ objects: {}, files: [] });

// INVARIANT: each is only asked about specs of its own name.
const PLUGINS: { readonly [N in CniName]: ManagedPlugin<Extract<CniSpec, { name: N }>> } = {
  calico: calicoManaged,
  cilium: ciliumManaged,
  conformant: nothing,
  flannel: flannelManaged,
  // kind installs and configures it by itself: its list for each node has the node's block, which nobody knows before.
  kindnet: nothing,
  weave: weaveManaged,
};

/** All that a `PodNetwork` writes which manages its network: what its plugin asks for, and what any cluster needs. */
export function managedNetworkOf(profile: ClusterProfile): ManagedNetwork {
  const write = PLUGINS[profile.cni.name] as ManagedPlugin<CniSpec>;
  const { objects, files } = write(profile.cni, profile);
  return { objects, files: [...commonFiles(profile), ...files].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

function commonFiles(profile: ClusterProfile): readonly BootstrapFile[] {
  return [yamlFile('kubeadm.yaml', kubeadmConfiguration(profile)), yamlFile('kind.yaml', [kindCluster(profile)])];
}
