import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import type { ClusterProfileSpec } from '../model/cluster/profile';
import { assertOutsideManifests } from '../synth/bootstrap-files';
import { attach } from '../synth/hook';
import { model } from '../synth/model';

/** What the cluster itself does; all optional, and unknown where it matters and is absent. */
export interface PodNetworkProps extends ClusterProfileSpec {
  /**
   * Whether the network's own configuration is written: the plugin's objects among the manifests, and what sets up a cluster
   * (for kubeadm, kind, the plugin's chart and the nodes) as files in a folder of their own.
   * @default false
   */
  readonly manage?: boolean;
  /**
   * The folder of what sets up the cluster; `kubectl apply` must not read it, so it is not within the output folder.
   * @default - beside the output folder, with `-bootstrap` behind its name: `dist-bootstrap`
   */
  readonly bootstrapDir?: string;
}

/**
 * Describes the cluster that the app will live on, so that promises can be judged. It emits nothing, unless it is told to
 * manage that network. There is at most one in an app; without it promises must hold on any conformant cluster.
 */
export class PodNetwork extends Construct {
  /**
   * @throws Error when the app describes a cluster already, and, where the network is managed, when the description has faults
   */
  constructor(scope: Construct, id: string, props: PodNetworkProps = {}) {
    super(scope, id);
    const { manage = false, bootstrapDir, ...spec } = props;
    const registry = attach(this);
    if (registry.network) {
      throw new Error(
        `Unable to describe the cluster at "${this.node.path}": "${registry.network.path}" describes it already. ` +
          'An app lives on one cluster; check several with one app each.',
      );
    }
    registry.network = { path: this.node.path, spec };
    if (!manage) return;
    if (bootstrapDir !== undefined && this.node.root instanceof App) {
      assertOutsideManifests(bootstrapDir, this.node.root.outdir, this.node.path);
    }
    registry.bootstrap = { folder: bootstrapDir, files: this.writeNetwork(spec) };
  }

  /** Makes the plugin's objects, and gives what sets up the cluster. */
  private writeNetwork(spec: ClusterProfileSpec) {
    const { profile, faults } = model.profiles.resolveProfile({ object: spec, origin: {} });
    if (faults.length > 0) {
      const told = faults.map(
        ({ field, got, problem, expected }) => `\n  ${field}: ${got}: ${problem}; expected ${expected}`,
      );
      throw new Error(
        `Unable to manage the network at "${this.node.path}": its description has faults.${told.join('')}`,
      );
    }
    const { objects, files } = model.managed.managedNetworkOf(profile);
    const entries = Object.entries(objects);
    if (entries.length === 0) return files;
    const scope = this.node.scopes.some(Chart.isChart) ? this : new Chart(this, 'Default');
    const isNamespaced = Chart.of(scope).namespace !== undefined;
    for (const [id, props] of entries) {
      const object = new ApiObject(scope, id, props);
      // A chart gives its namespace to all that has none; what belongs to one here says so itself.
      if (isNamespaced && props.metadata?.namespace === undefined) {
        object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
      }
    }
    return files;
  }
}
