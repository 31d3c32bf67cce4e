import type { CniName, CniSpec } from '../cluster/cni/registry';
import type { ClusterProfile } from '../cluster/profile';
import type { FabricLint } from '../finding/fabric-lint';
import type { Fabric } from './fabric';
import type { FabricPlugin } from './plugin';
import { calicoFabric } from './plugins/calico';
import { ciliumFabric } from './plugins/cilium';
import { conformantFabric } from './plugins/conformant';
import { flannelFabric } from './plugins/flannel';
import { kindnetFabric } from './plugins/kindnet';
import { weaveFabric } from './plugins/weave';

// INVARIANT: each is only asked about specs of its own name.
const PLUGINS: Readonly<Record<CniName, FabricPlugin<CniSpec>>> = {
  calico: calicoFabric,
  cilium: ciliumFabric,
  conformant: conformantFabric,
  flannel: flannelFabric,
  kindnet: kindnetFabric,
  weave: weaveFabric,
};

/** What the profile's plugin does with packets. */
export function fabricOf(profile: ClusterProfile): Fabric {
  return PLUGINS[profile.cni.name].describe(profile.cni, profile);
}

/** What the profile's plugin objects to in its own options. */
export function objectionsTo(profile: ClusterProfile): readonly FabricLint[] {
  return PLUGINS[profile.cni.name].objections?.(profile.cni, profile) ?? [];
}
