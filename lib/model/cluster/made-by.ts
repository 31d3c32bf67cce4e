import type { ServiceResource } from '../manifest/resources';
import type { PodGroup } from './workload';

/** What constructs made, their own and that of all below them. */
export interface Made {
  readonly pods: readonly PodGroup[];
  readonly services: readonly ServiceResource[];
}

/** By construct path; `''` is the whole app. Objects that no construct made are in none. */
export function madeByConstructs(
  pods: readonly PodGroup[],
  services: readonly ServiceResource[],
): ReadonlyMap<string, Made> {
  const made = new Map<string, { pods: PodGroup[]; services: ServiceResource[] }>();
  const at = (path: string) => {
    const known = made.get(path) ?? { pods: [], services: [] };
    made.set(path, known);
    return known;
  };
  for (const pod of pods) for (const path of pathsOf(pod.workload.origin.construct)) at(path).pods.push(pod);
  for (const service of services) for (const path of pathsOf(service.origin.construct)) at(path).services.push(service);
  return made;
}

/** `shop/api/pods`, `shop/api`, `shop` and the app itself. */
function pathsOf(construct: string | undefined): readonly string[] {
  if (construct === undefined) return [];
  const steps = construct.split('/');
  return ['', ...steps.map((_, i) => steps.slice(0, i + 1).join('/'))];
}
