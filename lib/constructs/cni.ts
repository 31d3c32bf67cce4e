import type { CalicoSpec } from '../model/cluster/cni/calico';
import type { CiliumSpec } from '../model/cluster/cni/cilium';
import type { ConformantSpec } from '../model/cluster/cni/conformant';
import type { FlannelSpec } from '../model/cluster/cni/flannel';
import type { KindnetSpec } from '../model/cluster/cni/kindnet';
import type { WeaveSpec } from '../model/cluster/cni/weave';

export type CalicoOptions = Omit<CalicoSpec, 'name'>;
export type CiliumOptions = Omit<CiliumSpec, 'name'>;
export type FlannelOptions = Omit<FlannelSpec, 'name'>;
export type KindnetOptions = Omit<KindnetSpec, 'name'>;
export type WeaveOptions = Omit<WeaveSpec, 'name'>;

/** The network plugins that Portolan knows, as plain values for `PodNetwork`. */
export const Cni = {
  /** No plugin in particular: what the Kubernetes API promises of any that passes its tests. */
  conformant: (): ConformantSpec => ({ name: 'conformant' }),
  calico: (options: CalicoOptions = {}): CalicoSpec => ({ name: 'calico', ...options }),
  cilium: (options: CiliumOptions = {}): CiliumSpec => ({ name: 'cilium', ...options }),
  flannel: (options: FlannelOptions = {}): FlannelSpec => ({ name: 'flannel', ...options }),
  weave: (options: WeaveOptions = {}): WeaveSpec => ({ name: 'weave', ...options }),
  kindnet: (options: KindnetOptions = {}): KindnetSpec => ({ name: 'kindnet', ...options }),
} as const;
