import { Construct } from 'constructs';
import type { ClusterProfileSpec } from '../model/cluster/profile';
import { attach } from '../synth/hook';

/** What the cluster itself does; all optional, and unknown where it matters and is absent. */
export type PodNetworkProps = ClusterProfileSpec;

/**
 * Describes the cluster that the app will live on, so that promises can be judged: it emits nothing.
 * There is at most one in an app; without it promises must hold on any conformant cluster.
 */
export class PodNetwork extends Construct {
  constructor(scope: Construct, id: string, props: PodNetworkProps = {}) {
    super(scope, id);
    const registry = attach(this);
    if (registry.network) {
      throw new Error(
        `Unable to describe the cluster at "${this.node.path}": "${registry.network.path}" describes it already. ` +
          'An app lives on one cluster; check several with one app each.',
      );
    }
    registry.network = { path: this.node.path, spec: props };
  }
}
