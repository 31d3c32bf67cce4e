import type { PodGroup } from '../cluster/workload';
import { CidrSet } from '../values/cidr-set';
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
  private readonly selecting: number[][] = [];
  private readonly kinds = new Map<string, SubjectStages>();
  private readonly own: SubjectStages[] = [];

  constructor(stages: readonly Stage[]) {
    this.entries = entriesOf(stages);
    for (let id = 0; id < this.entries.length; id++) {
      const { must, may } = this.entries[id].what.subject;
      may.pods.forEach((index) => {
        this.selecting[index] ??= [];
        this.selecting[index].push(must === may || must.pods.has(index) ? id : ~id);
      });
    }
  }

  of(subject: PodGroup): SubjectStages {
    this.own[subject.index] ??= this.kindOf(this.selecting[subject.index] ?? NOTHING);
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

const NOTHING: readonly number[] = [];

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

export function rulesOf(stages: readonly Stage[]): readonly Rule[] {
  return rulesAmong(entriesOf(stages));
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
      for (const rank of tier.ranks) enterRank(rank, { stage, tier, way: NO_WAY }, entries);
      for (const what of tier.isolation) entries.push({ what, stage, tier, way: NO_WAY });
    }
  }
  return entries;
}

function enterRank(rank: Rank, { stage, tier, way }: Omit<Entry, 'what'>, entries: Entry[]): void {
  for (const lane of rank.lanes) {
    const within = { stage, tier, way: [...way, rank, lane] };
    for (const what of lane) {
      if ('lanes' in what) enterRank(what, within, entries);
      else entries.push({ what, stage, tier, way: within.way });
    }
  }
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
    this.ownStages ??= stagesOf(this.entries);
    return this.ownStages;
  }

  get rules(): readonly Rule[] {
    this.ownRules ??= rulesAmong(this.entries);
    return this.ownRules;
  }

  get podCuts(): AddressCuts {
    this.ownCuts ??= cutsOf(this.rules);
    return this.ownCuts.podCuts;
  }

  get cuts(): AddressCuts {
    this.ownCuts ??= cutsOf(this.rules);
    return this.ownCuts.cuts;
  }

  get requests(): readonly HttpRequest[] {
    this.ownRequests ??= requestsOf(this.rules);
    return this.ownRequests;
  }
}

const NO_REQUESTS: readonly HttpRequest[] = [];

function requestsOf(rules: readonly Rule[]): readonly HttpRequest[] {
  // Few rules look into requests.
  if (rules.every(({ requests }) => requests === undefined)) return NO_REQUESTS;
  return requestsToTellApart(rules.flatMap(({ requests }) => (requests ? [requests.must, requests.may] : [])));
}

type RuleEntry = Entry & { readonly what: Rule };

function isOfRule(entry: Entry): entry is RuleEntry {
  return entry.way.length > 0;
}

function rulesAmong(entries: readonly Entry[]): readonly Rule[] {
  const rules: Rule[] = [];
  for (const entry of entries) if (isOfRule(entry)) rules.push(entry.what);
  return rules;
}

/** A rank that is being filled. */
interface OpenRank {
  readonly lanes: (Rule | OpenRank)[][];
}

interface OpenTier extends Tier {
  readonly ranks: OpenRank[];
  readonly isolation: Isolation[];
}

/** The stages with these entries alone. What the entry before stands in is open still, all the rest is complete. */
function stagesOf(entries: readonly Entry[]): readonly Stage[] {
  const stages: (Stage & { readonly tiers: OpenTier[] })[] = [];
  let before: Entry | undefined;
  for (const entry of entries) {
    const { stage, tier } = entry;
    if (stage !== before?.stage) stages.push({ ...stage, tiers: [] });
    const { tiers } = stages[stages.length - 1];
    if (tier !== before?.tier) tiers.push({ name: tier.name, ranks: [], isolation: [] });
    const { ranks, isolation } = tiers[tiers.length - 1];
    if (isOfRule(entry)) enterLane(ranks, entry, before, 0);
    else isolation.push(entry.what);
    before = entry;
  }
  return stages;
}

/** @param depth of the rank on the way of the entry */
function enterLane(ranks: (Rule | OpenRank)[], entry: RuleEntry, before: Entry | undefined, depth: number): void {
  const { way, what } = entry;
  const { lanes } = openRank(ranks, before?.way[depth] === way[depth]);
  if (before?.way[depth + 1] !== way[depth + 1]) lanes.push([]);
  const lane = lanes[lanes.length - 1];
  if (way.length > depth + 2) enterLane(lane, entry, before, depth + 2);
  else lane.push(what);
}

function openRank(siblings: (Rule | OpenRank)[], isOpen: boolean): OpenRank {
  const last = siblings[siblings.length - 1];
  if (isOpen && 'lanes' in last) return last;
  const rank: OpenRank = { lanes: [] };
  siblings.push(rank);
  return rank;
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
    if (others !== CidrSet.empty) cuts.add(others);
    if (nodes !== CidrSet.empty) cuts.add(nodes);
  };
  for (const { peer } of rules) {
    add(peer.may);
    if (peer.must !== peer.may) add(peer.must);
  }
  return { cuts: cutsBy(cuts), podCuts: cutsBy(podCuts) };
}
