import type { PodGroup } from '../cluster/workload';
import type { CidrSet } from '../values/cidr-set';
import { type HttpRequest, requestsToTellApart } from '../values/http-set';
import type { Isolation, Lane, Rank, Rule, Stage, Tier } from './language';

/** The stages of one direction with only the rules that may apply to one kind of subject. */
export interface SubjectStages {
  readonly stages: readonly Stage[];
  /** Every address range by which rules tell pods apart. */
  readonly podCuts: readonly CidrSet[];
  /** Every address range by which rules tell nodes and addresses outside apart. */
  readonly cuts: readonly CidrSet[];
  /** One request of every kind that the rules tell apart; empty where no rule looks into requests. */
  readonly requests: readonly HttpRequest[];
}

/**
 * What of the stages applies to each pod. Pods that the same rules and isolations select, as surely, are one kind of
 * subject and share one object.
 */
export class SubjectKinds {
  private readonly entries: readonly Entry[];
  /** By pod: the entries that may select it, ascending; negative (`~id`) where they may but need not. */
  private readonly selecting: readonly number[][];
  private readonly kinds = new Map<string, SubjectStages>();
  private readonly own: SubjectStages[] = [];

  constructor(
    private readonly stages: readonly Stage[],
    pods: readonly PodGroup[],
  ) {
    this.entries = [...entriesOf(stages)];
    const selecting: number[][] = pods.map(() => []);
    for (const [id, { what }] of this.entries.entries()) {
      const { must, may } = what.subject;
      for (const index of may.pods) selecting[index].push(must === may || must.pods.has(index) ? id : ~id);
    }
    this.selecting = selecting;
  }

  of(subject: PodGroup): SubjectStages {
    this.own[subject.index] ??= this.kindOf(this.selecting[subject.index]);
    return this.own[subject.index];
  }

  private kindOf(ids: readonly number[]): SubjectStages {
    const key = ids.join();
    const known = this.kinds.get(key);
    if (known) return known;
    const kind = stagesOf(
      this.stages,
      ids.map((id) => this.entries[id < 0 ? ~id : id]),
    );
    this.kinds.set(key, kind);
    return kind;
  }
}

/** What of the stages concerns one subject. */
export function stagesFor(stages: readonly Stage[], subject: PodGroup): SubjectStages {
  return stagesOf(
    stages,
    [...entriesOf(stages)].filter(({ what }) => what.subject.may.pods.has(subject.index)),
  );
}

export function* rulesOf(stages: readonly Stage[]): Generator<Rule> {
  for (const stage of stages) for (const tier of stage.tiers) for (const rank of tier.ranks) yield* rulesIn(rank);
}

function* rulesIn(rank: Rank): Generator<Rule> {
  for (const { rule } of placesIn(rank, [])) yield rule;
}

function* placesIn(rank: Rank, way: readonly (Rank | Lane)[]): Generator<{ rule: Rule; way: Entry['way'] }> {
  for (const lane of rank.lanes) {
    const inLane = [...way, rank, lane];
    for (const entry of lane) {
      if ('lanes' in entry) yield* placesIn(entry, inLane);
      else yield { rule: entry, way: inLane };
    }
  }
}

/** A rule or an isolation, and where it stands. */
interface Entry {
  readonly what: Rule | Isolation;
  readonly stage: Stage;
  readonly tier: Tier;
  /** From the tier's rank down, by turns rank and lane; empty for an isolation. */
  readonly way: readonly (Rank | Lane)[];
}

function* entriesOf(stages: readonly Stage[]): Generator<Entry> {
  for (const stage of stages) {
    for (const tier of stage.tiers) {
      for (const rank of tier.ranks) {
        for (const { rule, way } of placesIn(rank, [])) yield { what: rule, stage, tier, way };
      }
      for (const what of tier.isolation) yield { what, stage, tier, way: [] };
    }
  }
}

/** The same stages with some of their entries. INVARIANT: the entries come in the order of `entriesOf`. */
function stagesOf(all: readonly Stage[], entries: readonly Entry[]): SubjectStages {
  const stages = all.flatMap((stage) => {
    const own = entries.filter((entry) => entry.stage === stage);
    return own.length === 0 ? [] : [{ ...stage, tiers: tiersOf(own) }];
  });
  const requests = [...rulesOf(stages)].flatMap(({ requests }) => (requests ? [requests.must, requests.may] : []));
  return { stages, ...cutsOf(stages), requests: requestsToTellApart(requests) };
}

function tiersOf(entries: readonly Entry[]): readonly Tier[] {
  return grouped(entries, ({ tier }) => tier).map(([{ name }, own]) => ({
    name,
    ranks: grouped(
      own.filter(({ way }) => way.length > 0),
      ({ way }) => way[0],
    ).map(([, inRank]) => rankOf(inRank, 1)),
    isolation: own.filter(({ way }) => way.length === 0).map(({ what }) => what),
  }));
}

/** @param depth of the rank's lanes on the way of its entries */
function rankOf(entries: readonly Entry[], depth: number): Rank {
  return {
    lanes: grouped(entries, ({ way }) => way[depth]).map(([, inLane]) =>
      grouped(inLane, ({ way, what }) => way[depth + 1] ?? what).map(([, same]) =>
        same[0].way.length > depth + 1 ? rankOf(same, depth + 2) : (same[0].what as Rule),
      ),
    ),
  };
}

function grouped<K>(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => K,
): readonly (readonly [K, readonly Entry[]])[] {
  const groups = new Map<K, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(keyOf(entry));
    if (group) group.push(entry);
    else groups.set(keyOf(entry), [entry]);
  }
  return [...groups];
}

function cutsOf(stages: readonly Stage[]): Pick<SubjectStages, 'cuts' | 'podCuts'> {
  const cuts = new Set<CidrSet>();
  const podCuts = new Set<CidrSet>();
  for (const { peer } of rulesOf(stages)) {
    for (const set of peer.must === peer.may ? [peer.may] : [peer.may, peer.must]) {
      for (const part of set.addressed) podCuts.add(part.addresses);
      if (!set.others.isEmpty) cuts.add(set.others);
      if (!set.nodes.isEmpty) cuts.add(set.nodes);
    }
  }
  return { cuts: [...cuts], podCuts: [...podCuts] };
}
