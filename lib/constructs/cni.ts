import type { CniSpec } from '../model/cluster/profile';

export interface CalicoOptions {
  /** How packets between nodes are wrapped, e.g. `VXLAN`. @default - as the plugin decides */
  readonly encapsulation?: string;
}

export interface FlannelOptions {
  /** Whether its policy controller is installed beside it; without it nobody reads policies (NP-37). @default false */
  readonly netpol?: boolean;
}

/** The network plugins that Portolan knows, as plain values for `PodNetwork`. */
export const Cni = {
  /** No plugin in particular: what the Kubernetes API promises of any that passes its tests. */
  conformant: (): CniSpec => ({ name: 'conformant' }),
  calico: (options: CalicoOptions = {}): CniSpec => ({ name: 'calico', ...options }),
  cilium: (): CniSpec => ({ name: 'cilium' }),
  flannel: (options: FlannelOptions = {}): CniSpec => ({ name: 'flannel', ...options }),
  weave: (): CniSpec => ({ name: 'weave' }),
  kindnet: (): CniSpec => ({ name: 'kindnet' }),
} as const;
