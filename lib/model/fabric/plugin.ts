import type { ClusterProfile } from '../cluster/profile';
import type { FabricLint } from '../finding/fabric-lint';
import type { Fabric } from './fabric';

/** The part of a network plugin that moves packets. */
export interface FabricPlugin<S extends { readonly name: string }> {
  describe(spec: S, profile: ClusterProfile): Fabric;
  /** What is wrong with its own options on this cluster; what is wrong with ranges and MTU of any plugin is told elsewhere. */
  objections?(spec: S, profile: ClusterProfile): readonly FabricLint[];
}
