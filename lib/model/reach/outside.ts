import type { PodGroup, Workload } from '../cluster/workload';
import type { PolicyEngine } from '../policy/engine';
import { judge } from '../policy/evaluate';
import type { Direction } from '../policy/language';
import { type Outcome, outcomeKey } from '../policy/outcome';
import type { SubjectStages } from '../policy/subject-stages';
import type { CidrSet } from '../values/cidr-set';
import type { IpFamily } from '../values/ip';
import { guardedOutside } from './guarded-ends';
import { enteringFromOutside } from './hidden-client';

/** Addresses outside the cluster that have one answer, for all pods of a workload. */
export interface OutsidePart {
  readonly addresses: CidrSet;
  /** By pod group that has the family. */
  readonly outcomes: readonly Outcome[];
}

interface Judged {
  readonly addresses: CidrSet;
  readonly outcome: Outcome;
}

/** What policies do between workloads and the addresses outside, in the parts that the rules of each tell apart. */
export class Outside {
  private readonly byKind: Record<Direction, Map<SubjectStages, readonly Judged[]>> = {
    egress: new Map(),
    ingress: new Map(),
  };

  constructor(
    private readonly engine: PolicyEngine,
    private readonly families: readonly IpFamily[],
  ) {}

  /** Parts with equal answers are one, whether they touch or not; a part is of one family. */
  partsFor(workload: Workload, direction: Direction): readonly OutsidePart[] {
    return this.families.flatMap((family) => {
      const pods = workload.pods.filter((pod) => !pod.domain.ofFamily(family).isEmpty);
      if (pods.length === 0) return [];
      const judged = pods.map((pod) =>
        this.ofPod(direction, pod).filter(({ addresses }) => addresses.ranges[0].family === family),
      );
      return merged(judged);
    });
  }

  private ofPod(direction: Direction, pod: PodGroup): readonly Judged[] {
    const parts = this.ofKind(direction, this.engine.of(direction, pod), pod);
    return direction === 'ingress' ? guardedOutside(this.engine.cluster, pod, parts) : parts;
  }

  private ofKind(direction: Direction, own: SubjectStages, pod: PodGroup): readonly Judged[] {
    const known = this.byKind[direction].get(own);
    if (known) return known;
    const parts = this.families.flatMap((family) => {
      const outside = this.engine.cluster.outside.ofFamily(family);
      if (outside.isEmpty) return [];
      return own.cuts.split(outside).map((addresses) => ({
        addresses,
        outcome:
          direction === 'ingress'
            ? enteringFromOutside(this.engine.cluster, own, pod, addresses, family)
            : judge(own, pod, { addresses }),
      }));
    });
    this.byKind[direction].set(own, parts);
    return parts;
  }
}

/** Common parts of several pods' answers, joined where all of the pods answer the same. */
function merged(judged: readonly (readonly Judged[])[]): readonly OutsidePart[] {
  const [first, ...others] = judged;
  let parts: readonly OutsidePart[] = first.map(({ addresses, outcome }) => ({ addresses, outcomes: [outcome] }));
  for (const other of others) {
    parts = parts.flatMap(({ addresses, outcomes }) =>
      other.flatMap((part) => {
        const common = addresses.intersect(part.addresses);
        return common.isEmpty ? [] : [{ addresses: common, outcomes: [...outcomes, part.outcome] }];
      }),
    );
  }
  const byAnswer = new Map<string, OutsidePart>();
  for (const { addresses, outcomes } of parts) {
    const key = outcomes.map(outcomeKey).join(' ');
    const known = byAnswer.get(key);
    byAnswer.set(key, { outcomes, addresses: known ? known.addresses.union(addresses) : addresses });
  }
  return [...byAnswer.values()];
}
