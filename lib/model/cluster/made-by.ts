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
    let known = made.get(path);
    if (!known) {
      known = { pods: [], services: [] };
      made.set(path, known);
    }
    return known;
  };
  for (const pod of pods) atEachPathTo(pod.workload.origin.construct, (path) => at(path).pods.push(pod));
  for (const service of services) atEachPathTo(service.origin.construct, (path) => at(path).services.push(service));
  return made;
}

/** `shop/api/pods`, `shop/api`, `shop` and the app itself. */
function atEachPathTo(construct: string | undefined, add: (path: string) => void): void {
  if (construct === undefined) return;
  add('');
  for (let end = construct.indexOf('/'); end >= 0; end = construct.indexOf('/', end + 1)) {
    add(construct.slice(0, end));
  }
  add(construct);
}
