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
  scope?: Maker;
}

/** By construct path; `''` is the whole app. Objects that no construct made are in none. */
export function madeByConstructs(
  pods: readonly PodGroup[],
  services: readonly ServiceResource[],
): ReadonlyMap<string, Made> {
  const makers = new Map<string, Maker>();
  for (const pod of pods) {
    const { construct } = pod.workload.origin;
    if (construct === undefined) continue;
    for (let maker: Maker | undefined = makerAt(construct, makers); maker; maker = maker.scope) maker.pods.push(pod);
  }
  for (const service of services) {
    const { construct } = service.origin;
    if (construct === undefined) continue;
    for (let maker: Maker | undefined = makerAt(construct, makers); maker; maker = maker.scope) {
      maker.services.push(service);
    }
  }
  return makers;
}

/** The maker at `shop/api/pods`, below those at `shop/api`, at `shop` and at the app itself. */
function makerAt(path: string, makers: Map<string, Maker>): Maker {
  const known = makers.get(path);
  if (known) return known;
  const maker: Maker = { pods: [], services: [] };
  makers.set(path, maker);
  let below = maker;
  for (let at = path; at !== ''; ) {
    at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
    const scope = makers.get(at);
    below.scope = scope ?? { pods: [], services: [] };
    if (scope) break;
    makers.set(at, below.scope);
    below = below.scope;
  }
  return maker;
}
