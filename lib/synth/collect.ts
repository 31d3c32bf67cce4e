import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Manifest, Origin } from '../model/finding/origin';
import type { Emitted } from './emission';
import { libraryAt } from './library';
import { readManifest } from './read-manifest';

/** Built-in kinds that say nothing of the network; reading them would only cost time. */
const SILENT_KINDS: ReadonlySet<unknown> = new Set([
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'HorizontalPodAutoscaler',
  'LimitRange',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'PodDisruptionBudget',
  'PriorityClass',
  'ResourceQuota',
  'Role',
  'RoleBinding',
  'ServiceAccount',
  'StorageClass',
]);

/**
 * Every object of the tree that could matter to the network, whatever made it, as it would be emitted now.
 *
 * @param unreadable told of each object that throws instead @default - synth tells why when it comes to it, and emits nothing
 */
export function collectEmitted(
  root: IConstruct,
  unreadable: (object: ApiObject, error: unknown) => void = () => {},
): readonly Emitted[] {
  return root.node
    .findAll()
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
    .filter((object) => !SILENT_KINDS.has(object.kind))
    .flatMap((object) => {
      try {
        return [{ chart: object.chart, manifest: readManifest(object), construct: object.node.path }];
      } catch (error) {
        unreadable(object, error);
        return [];
      }
    });
}

/** What of the emitted could matter to the network, for the model to read. */
export function manifestsOf(emitted: readonly Emitted[]): readonly Manifest[] {
  return emitted
    .filter(({ manifest }) => !SILENT_KINDS.has((manifest as { kind?: unknown } | null)?.kind))
    .map(({ manifest, construct, chart }) => ({ object: manifest, origin: new ObjectOrigin(construct, chart) }));
}

/** Its library is looked up only for fixes: many objects are emitted, and few need one. */
class ObjectOrigin implements Origin {
  readonly #chart: IConstruct;

  constructor(
    readonly construct: string,
    chart: IConstruct,
  ) {
    this.#chart = chart;
  }

  get library(): Origin['library'] {
    return libraryAt(this.construct, this.#chart.node.root);
  }
}
