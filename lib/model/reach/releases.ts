import type { Workload } from '../cluster/workload';
import { groupBy } from '../values/group-by';
import type { Doubt } from '../values/ternary';
import type { PairVerdict } from './verdict';

const WHICH: Doubt = {
  rule: 'ING-13',
  wouldDecide:
    'which of the workloads with the labels of the proxy serves: a label of its release, in `labels` of the controller in the cluster profile',
};

/**
 * The ways through the pods of a proxy. Several workloads may bear its labels, as releases of one chart do: where it matters
 * which of them it is, nobody knows.
 */
export function throughAnyRelease(
  ways: readonly PairVerdict[],
  proxyOf: (way: PairVerdict) => Workload | undefined,
): readonly PairVerdict[] {
  const releases = [...groupBy(ways, proxyOf).values()];
  const outcomes = releases.map((own) => [...new Set(own.map(({ outcome }) => outcome))].sort().join());
  if (outcomes.every((each) => each === outcomes[0])) return ways;
  return ways.map((way) => ({ ...way, outcome: 'unknown', doubts: [...way.doubts, WHICH] }));
}
