import type { Workload } from '../model/cluster/workload';
import type { PodTemplate, Resource } from '../model/manifest/resources';

/** The resources with the pods of one workload changed. */
export function editTemplate(
  { resource }: Workload,
  resources: readonly Resource[],
  change: Partial<PodTemplate>,
): readonly Resource[] {
  return resources.map((r) =>
    r === resource && (r.type === 'workload' || r.type === 'pod')
      ? { ...r, template: { ...r.template, ...change } }
      : r,
  );
}
