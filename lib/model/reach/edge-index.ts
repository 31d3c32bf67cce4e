import type { Workload } from '../cluster/workload';
import type { PairOutcome } from '../policy/joint-outcomes';
import type { ClassEdge } from './class-edges';

/** Class edges by their source, to spell them out workload by workload. */
export class EdgeIndex {
  private readonly bySource: readonly (readonly ClassEdge[])[];
  /** By pod: the position of its workload. */
  private readonly rankOf: number[] = [];

  constructor(edges: readonly ClassEdge[], workloads: readonly Workload[]) {
    const bySource: ClassEdge[][] = [];
    for (const edge of edges) {
      for (const index of edge.sources) {
        bySource[index] ??= [];
        bySource[index].push(edge);
      }
    }
    this.bySource = bySource;
    for (const [rank, { pods }] of workloads.entries()) for (const { index } of pods) this.rankOf[index] = rank;
  }

  /** The workloads that a workload may connect to, in order of position, each with the outcomes of all pairs of pods that may. */
  from({ pods }: Workload): readonly (readonly [rank: number, outcomes: readonly PairOutcome[]])[] {
    const found = new Map<number, PairOutcome[]>();
    for (const { index } of pods) {
      for (const { targets, outcome } of this.bySource[index] ?? []) {
        for (const target of targets) {
          const rank = this.rankOf[target];
          const outcomes = found.get(rank);
          if (outcomes) outcomes.push(outcome);
          else found.set(rank, [outcome]);
        }
      }
    }
    return [...found].sort(([a], [b]) => a - b);
  }
}
