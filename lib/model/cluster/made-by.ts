import type { ServiceResource } from '../manifest/resources';
import type { PodGroup } from './workload';

/** What constructs made, their own and that of all below them. */
export interface Made {
  readonly pods: readonly PodGroup[];
  readonly services: readonly ServiceResource[];
}

/** A construct that made something, or that has one such below it. */
interface Maker {
  readonly pods: PodGroup[];
  readonly services: ServiceResource[];
  /** Absent for the app itself. */
  readonly scope?: Maker;
}

/** By construct path; `''` is the whole app. Objects that no construct made are in none. */
export function madeByConstructs(
  pods: readonly PodGroup[],
  services: readonly ServiceResource[],
): ReadonlyMap<string, Made> {
  const makers = new Map<string, Maker>();
  for (const pod of pods) {
    for (let maker = makerAt(pod.workload.origin.construct, makers); maker; maker = maker.scope) maker.pods.push(pod);
  }
  for (const service of services) {
    for (let maker = makerAt(service.origin.construct, makers); maker; maker = maker.scope) {
      maker.services.push(service);
    }
  }
  return makers;
}

/** The maker at `shop/api/pods`, below those at `shop/api`, at `shop` and at the app itself. */
function makerAt(path: string | undefined, makers: Map<string, Maker>): Maker | undefined {
  if (path === undefined) return undefined;
  let maker = makers.get(path);
  if (!maker) {
    const scope = path === '' ? undefined : path.slice(0, Math.max(0, path.lastIndexOf('/')));
    maker = { pods: [], services: [], scope: makerAt(scope, makers) };
    makers.set(path, maker);
  }
  return maker;
}
