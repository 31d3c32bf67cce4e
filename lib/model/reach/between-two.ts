import type { PodGroup } from '../cluster/workload';
import type { PolicyEngine } from '../policy/engine';
import type { PairOutcome } from '../policy/joint-outcomes';
import type { Rows } from '../policy/rows';
import { carried } from './fabric-hop';
import { guardedBetween } from './guarded-ends';
import { besideOwnNode } from './own-node';

/**
 * Between two pods that have to be judged by themselves: by policies and the own node, and by the way between their nodes
 * (NET-04), and by what guards that of the target (NET-01). `undefined` where nothing passes.
 */
export function betweenTwo(engine: PolicyEngine, rows: Rows, from: PodGroup, to: PodGroup): PairOutcome | undefined {
  const { cluster } = engine;
  const outcome = besideOwnNode(engine, rows, from, to);
  const coming = outcome && carried(cluster, { pod: from }, { pod: to }, outcome);
  return coming && guardedBetween(cluster, from, to, coming);
}
