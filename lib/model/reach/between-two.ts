import type { PodGroup } from '../cluster/workload';
import type { PolicyEngine } from '../policy/engine';
import type { PairOutcome } from '../policy/joint-outcomes';
import type { Rows } from '../policy/rows';
import { carried } from './fabric-hop';
import { besideOwnNode } from './own-node';

/**
 * Between two pods that have to be judged by themselves: by policies and the own node, and by the way between their nodes
 * (NET-04). `undefined` where nothing passes.
 */
export function betweenTwo(engine: PolicyEngine, rows: Rows, from: PodGroup, to: PodGroup): PairOutcome | undefined {
  const outcome = besideOwnNode(engine, rows, from, to);
  return outcome && carried(engine.cluster, { pod: from }, { pod: to }, outcome);
}
