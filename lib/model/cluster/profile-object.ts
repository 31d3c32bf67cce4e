import type { ObjectName } from '../finding/object-name';
import type { ClusterProfile } from './profile';

/** The cluster itself, as messages name it: by the construct or the file that describes it, else by its network plugin. */
export function clusterObject({ cni, originOf }: ClusterProfile): ObjectName {
  const { construct, position } = originOf([]);
  if (construct !== undefined) return { kind: 'PodNetwork', namespace: '', name: construct };
  return { kind: 'ClusterProfile', namespace: '', name: position?.file ?? cni.name };
}
