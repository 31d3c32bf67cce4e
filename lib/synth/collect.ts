import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Manifest } from '../model/finding/origin';
import { readManifest } from './read-manifest';

/** Built-in kinds that say nothing of the network; rendering them would only cost time. */
const SILENT_KINDS: ReadonlySet<string> = new Set([
  'ClusterRole',
  'ClusterRoleBinding',
  'ConfigMap',
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
  'Secret',
  'ServiceAccount',
  'StorageClass',
]);

/** Every object of the tree that could matter to the network, whatever made it, as it will be emitted. */
export function collectManifests(root: IConstruct): readonly Manifest[] {
  return root.node
    .findAll()
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
    .filter((object) => !SILENT_KINDS.has(object.kind))
    .flatMap((object) => {
      const manifest = tryToRead(object);
      return manifest === undefined ? [] : [{ object: manifest, origin: { construct: object.node.path } }];
    });
}

/** A half-built object throws; synth tells why when it comes to it, and emits nothing. */
function tryToRead(object: ApiObject): unknown {
  try {
    return readManifest(object);
  } catch {
    return undefined;
  }
}
