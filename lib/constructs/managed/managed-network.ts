import type { ApiObjectProps } from 'cdk8s';
import type { ClusterProfile } from '../../model/cluster/profile';
import type { BootstrapFile } from '../../synth/bootstrap-files';

export type { BootstrapFile } from '../../synth/bootstrap-files';

/** The configuration of a pod network, as a `PodNetwork` that manages it writes it. */
export interface ManagedNetwork {
  /** Objects of the cluster, by the ids of their constructs; a plugin that is configured by files alone has none. */
  readonly objects: Readonly<Record<string, ApiObjectProps>>;
  readonly files: readonly BootstrapFile[];
}

/** What a plugin writes for a profile without faults: a pure function. */
export type ManagedPlugin<S extends { readonly name: string }> = (spec: S, profile: ClusterProfile) => ManagedNetwork;
