import type { PodGroup } from '../cluster/workload';
import { BitSet } from '../values/bit-set';
import type { CidrSet } from '../values/cidr-set';
import type { IpFamily } from '../values/ip';
import { TrafficSet } from '../values/traffic-set';
import type { EndpointSet } from './endpoint-set';
import type { PolicyEngine } from './engine';
import { eitherOf, FREE, inSeries, judge, type Outcome, rulesOf, type SubjectStages } from './evaluate';
import type { Direction } from './language';

/** An outcome, and whether it lets anything of TCP, UDP or SCTP through. */
export interface PairOutcome extends Outcome {
  readonly opensPorts: boolean;
}

/**
 * The outcomes between all pods. For one kind of subject the peers fall into few cells that its rules can't tell apart;
 * each cell is judged once, so that the work grows with what rules distinguish, not with pairs of pods.
 */
export class OutcomeRows {
  private readonly kinds = new Map<SubjectStages, Map<IpFamily, Uint32Array>>();
  /** By direction, family and pod, so that a pair costs two look-ups by number. */
  private readonly rows: Record<Direction, readonly Uint32Array[][]>;
  private readonly outcomes: PairOutcome[] = [{ ...FREE, opensPorts: true }];
  private readonly ids = new Map<string, number>([[keyOf(FREE), 0]]);
  private readonly combined = new Map<number, number>();

  constructor(
    private readonly engine: PolicyEngine,
    private readonly families: readonly IpFamily[],
  ) {
    this.rows = { egress: families.map(() => []), ingress: families.map(() => []) };
  }

  /** What happens to all traffic from one pod to another; `undefined` where they share no address family. */
  between(source: PodGroup, target: PodGroup): PairOutcome | undefined {
    let result: number | undefined;
    for (let f = 0; f < this.families.length; f++) {
      const leaving = this.row('egress', source, f)[target.index];
      const entering = this.row('ingress', target, f)[source.index];
      if (leaving === NO_FAMILY || entering === NO_FAMILY) continue;
      const both = this.combine(leaving, entering, inSeries, SERIES);
      result = result === undefined ? both : this.combine(result, both, eitherOf, EITHER);
    }
    return result === undefined ? undefined : this.outcomes[result];
  }

  private row(direction: Direction, subject: PodGroup, f: number): Uint32Array {
    const rows = this.rows[direction][f];
    rows[subject.index] ??= this.rowOfKind(direction, subject, this.families[f]);
    return rows[subject.index];
  }

  private rowOfKind(direction: Direction, subject: PodGroup, family: IpFamily): Uint32Array {
    const own = this.engine.of(direction, subject);
    const byFamily = this.kinds.get(own) ?? new Map<IpFamily, Uint32Array>();
    this.kinds.set(own, byFamily);
    const row = byFamily.get(family) ?? this.judgeAll(own, subject, family);
    byFamily.set(family, row);
    return row;
  }

  private judgeAll(own: SubjectStages, subject: PodGroup, family: IpFamily): Uint32Array {
    const { pods } = this.engine.cluster;
    const row = new Uint32Array(pods.length);
    for (const cell of cellsOf(own, pods)) {
      const byDomain = new Map<CidrSet, number>();
      for (const index of cell) {
        const { domain } = pods[index];
        let id = byDomain.get(domain);
        if (id === undefined) {
          const addresses = domain.ofFamily(family);
          id = addresses.isEmpty ? NO_FAMILY : this.intern(judge(own, subject, { pod: pods[index], addresses }));
          byDomain.set(domain, id);
        }
        row[index] = id;
      }
    }
    return row;
  }

  private intern(outcome: Outcome): number {
    const key = keyOf(outcome);
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    this.outcomes.push({ ...outcome, opensPorts: outcome.mayAllow.intersects(TrafficSet.allPorts) });
    this.ids.set(key, this.outcomes.length - 1);
    return this.outcomes.length - 1;
  }

  private combine(a: number, b: number, how: (a: Outcome, b: Outcome) => Outcome, salt: number): number {
    if (a === b) return a;
    const key = (a * MOST_OUTCOMES + b) * 2 + salt;
    const known = this.combined.get(key);
    if (known !== undefined) return known;
    const result = this.intern(how(this.outcomes[a], this.outcomes[b]));
    this.combined.set(key, result);
    return result;
  }
}

/** Stands in a row for a peer that has no address of the family. */
const NO_FAMILY = 0xffffffff;
/** INVARIANT: two outcome numbers and a salt fit into one exact double. */
const MOST_OUTCOMES = 2 ** 25;
const SERIES = 0;
const EITHER = 1;

function keyOf(outcome: Outcome): string {
  return `${outcome.mayAllow.key}|${outcome.mayDeny.key}`;
}

/** The coarsest parts of all pods such that no rule of the subject cuts a part in two, but for their addresses. */
function cellsOf(own: SubjectStages, pods: readonly PodGroup[]): readonly BitSet[] {
  let cells = [BitSet.of(pods.length, pods.keys())];
  for (const set of podSetsOf(own)) {
    cells = cells.flatMap((cell) => {
      const inside = cell.intersect(set);
      if (inside.isEmpty) return [cell];
      const rest = cell.minus(set);
      return rest.isEmpty ? [cell] : [inside, rest];
    });
  }
  return cells;
}

function podSetsOf(own: SubjectStages): ReadonlySet<BitSet> {
  const sets = new Set<BitSet>();
  const add = (set: EndpointSet) => {
    sets.add(set.pods);
    for (const part of set.addressed) sets.add(part.pods);
  };
  for (const rule of rulesOf(own.stages)) {
    add(rule.peer.may);
    if (rule.peer.must !== rule.peer.may) add(rule.peer.must);
  }
  return sets;
}
