import { append } from '../values/group-by';
import type { PodGroup } from './workload';

/** Some pods by each label that they surely carry: most labels are carried by few. */
export interface LabelledPods {
  /** By `key=value`. INVARIANT: no key of a label has a `=`. */
  readonly byLabel: ReadonlyMap<string, readonly PodGroup[]>;
  /** The keys whose values some of them are yet to get. */
  readonly withheld: ReadonlySet<string>;
}

export function labelledPods(pods: readonly PodGroup[]): LabelledPods {
  const byLabel = new Map<string, PodGroup[]>();
  const withheld = new Set<string>();
  for (const pod of pods) {
    for (const [key, value] of pod.labels.known) append(byLabel, `${key}=${value}`, pod);
    for (const key of pod.labels.withheld ?? []) withheld.add(key);
  }
  return { byLabel, withheld };
}
