import type { PodGroup } from '../cluster/workload';
import type { CidrSet } from '../values/cidr-set';
import { type HttpRequest, requestsToTellApart } from '../values/http-set';
import { AddressCuts } from './address-cuts';
import type { EndpointSet } from './endpoint-set';
import { DATAPATH_TIER, type Isolation, type Lane, type Rank, type Rule, type Stage, type Tier } from './language';

/** The stages of one direction with only the rules that may apply to one kind of subject. */
export interface SubjectStages {
  readonly stages: readonly Stage[];
  /** Those of all stages. */
  readonly rules: readonly Rule[];
  /** Every address range by which rules tell pods apart. */
  readonly podCuts: AddressCuts;
  /** Every address range by which rules tell nodes and addresses outside apart. */
  readonly cuts: AddressCuts;
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

  constructor(stages: readonly Stage[], pods: readonly PodGroup[]) {
    this.entries = entriesOf(stages);
    const selecting: number[][] = pods.map(() => []);
    for (let id = 0; id < this.entries.length; id++) {
      const { must, may } = this.entries[id].what.subject;
      may.pods.forEach((index) => {
        selecting[index].push(must === may || must.pods.has(index) ? id : ~id);
      });
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
    const kind = new OfEntries(ids.map((id) => this.entries[id < 0 ? ~id : id]));
    this.kinds.set(key, kind);
    return kind;
  }
}

/** What of the stages concerns one subject. */
export function stagesFor(stages: readonly Stage[], subject: PodGroup): SubjectStages {
  return new OfEntries(entriesOf(stages).filter(({ what }) => what.subject.may.pods.has(subject.index)));
}

/** What policies isolate a subject from, without what the datapath carries for nobody. */
export function policyIsolations({ stages }: SubjectStages): readonly Isolation[] {
  return stages.flatMap(({ tiers }) =>
    tiers.flatMap(({ name, isolation }) => (name === DATAPATH_TIER ? [] : isolation)),
  );
}

export function* rulesOf(stages: readonly Stage[]): Generator<Rule> {
  for (const stage of stages) for (const tier of stage.tiers) for (const rank of tier.ranks) yield* rulesIn(rank);
}

function* rulesIn(rank: Rank): Generator<Rule> {
  for (const { rule } of placesIn(rank)) yield rule;
}

interface RulePlace {
  readonly rule: Rule;
  readonly way: Entry['way'];
}

function placesIn(rank: Rank, way: Entry['way'] = [], found: RulePlace[] = []): readonly RulePlace[] {
  for (const lane of rank.lanes) {
    const inLane = [...way, rank, lane];
    for (const entry of lane) {
      if ('lanes' in entry) placesIn(entry, inLane, found);
      else found.push({ rule: entry, way: inLane });
    }
  }
  return found;
}

/** A rule or an isolation, and where it stands. */
interface Entry {
  readonly what: Rule | Isolation;
  readonly stage: Stage;
  readonly tier: Tier;
  /** From the tier's rank down, by turns rank and lane; empty for an isolation. */
  readonly way: readonly (Rank | Lane)[];
}

function entriesOf(stages: readonly Stage[]): readonly Entry[] {
  const entries: Entry[] = [];
  for (const stage of stages) {
    for (const tier of stage.tiers) {
      for (const rank of tier.ranks) {
        for (const { rule, way } of placesIn(rank)) entries.push({ what: rule, stage, tier, way });
      }
      for (const what of tier.isolation) entries.push({ what, stage, tier, way: NO_WAY });
    }
  }
  return entries;
}

const NO_WAY: Entry['way'] = [];

/**
 * What some entries say, each part worked out when it is asked for: of most kinds of subjects most questions ask little.
 * INVARIANT: the entries come in the order of `entriesOf`, so that those of one stage, tier, rank or lane stand together.
 */
class OfEntries implements SubjectStages {
  private ownStages: readonly Stage[] | undefined;
  private ownRules: readonly Rule[] | undefined;
  private ownCuts: Cuts | undefined;
  private ownRequests: readonly HttpRequest[] | undefined;

  constructor(private readonly entries: readonly Entry[]) {}

  get stages(): readonly Stage[] {
    this.ownStages ??= runsOf(this.entries, ({ stage }) => stage).map((own) => ({
      ...own[0].stage,
      tiers: tiersOf(own),
    }));
    return this.ownStages;
  }

  get rules(): readonly Rule[] {
    this.ownRules ??= this.entries.filter(isOfRule).map(({ what }) => what);
    return this.ownRules;
  }

  get podCuts(): AddressCuts {
    return this.allCuts.podCuts;
  }

  get cuts(): AddressCuts {
    return this.allCuts.cuts;
  }

  get requests(): readonly HttpRequest[] {
    this.ownRequests ??= requestsOf(this.rules);
    return this.ownRequests;
  }

  private get allCuts(): Cuts {
    this.ownCuts ??= cutsOf(this.rules);
    return this.ownCuts;
  }
}

const NO_REQUESTS: readonly HttpRequest[] = [];

function requestsOf(rules: readonly Rule[]): readonly HttpRequest[] {
  // Few rules look into requests.
  if (rules.every(({ requests }) => requests === undefined)) return NO_REQUESTS;
  return requestsToTellApart(rules.flatMap(({ requests }) => (requests ? [requests.must, requests.may] : [])));
}

function tiersOf(entries: readonly Entry[]): readonly Tier[] {
  return runsOf(entries, ({ tier }) => tier).map((own) => {
    const ruled = own.filter(isOfRule);
    return {
      name: own[0].tier.name,
      ranks: runsOf(ruled, ({ way }) => way[0]).map((inRank) => rankOf(inRank, 1)),
      isolation: own.slice(ruled.length).map(({ what }) => what),
    };
  });
}

/** @param depth of the rank's lanes on the way of its entries */
function rankOf(entries: readonly RuleEntry[], depth: number): Rank {
  return {
    lanes: runsOf(entries, ({ way }) => way[depth]).map((inLane) =>
      runsOf(inLane, ({ way, what }) => way[depth + 1] ?? what).map((same) =>
        same[0].way.length > depth + 1 ? rankOf(same, depth + 2) : same[0].what,
      ),
    ),
  };
}

type RuleEntry = Entry & { readonly what: Rule };

function isOfRule(entry: Entry): entry is RuleEntry {
  return entry.way.length > 0;
}

/** Neighbours with the same key. */
function runsOf<E extends Entry>(entries: readonly E[], keyOf: (entry: E) => unknown): readonly (readonly E[])[] {
  const runs: E[][] = [];
  let last: unknown;
  for (const entry of entries) {
    const key = keyOf(entry);
    if (runs.length > 0 && key === last) runs[runs.length - 1].push(entry);
    else runs.push([entry]);
    last = key;
  }
  return runs;
}

/** Most rules mention no addresses. */
const NO_CUTS = new AddressCuts([]);

function cutsBy(ranges: ReadonlySet<CidrSet>): AddressCuts {
  return ranges.size === 0 ? NO_CUTS : new AddressCuts([...ranges]);
}

type Cuts = Pick<SubjectStages, 'cuts' | 'podCuts'>;

function cutsOf(rules: readonly Rule[]): Cuts {
  const cuts = new Set<CidrSet>();
  const podCuts = new Set<CidrSet>();
  const add = ({ addressed, others, nodes }: EndpointSet) => {
    for (const part of addressed) podCuts.add(part.addresses);
    if (!others.isEmpty) cuts.add(others);
    if (!nodes.isEmpty) cuts.add(nodes);
  };
  for (const { peer } of rules) {
    add(peer.may);
    if (peer.must !== peer.may) add(peer.must);
  }
  return { cuts: cutsBy(cuts), podCuts: cutsBy(podCuts) };
}
