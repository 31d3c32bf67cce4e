import type { PodGroup } from '../cluster/workload';
import type { Doubt } from '../values/ternary';
import type { TrafficSet } from '../values/traffic-set';
import { hasPeer, type Peer } from './endpoint-set';
import { doubtsOf, judge, splitPeer } from './evaluate';
import { foldStage, type Hit, surelyMatches } from './fold';
import type { RuleOrigin, RuleWants, Tier } from './language';
import type { SubjectStages } from './subject-stages';

export type Certainty = 'allowed' | 'denied' | 'unknown';

/** A rule of a policy that applies but did not match: what users need to see first. */
export interface NearMiss {
  readonly rule: RuleOrigin;
  /** What of the flow it did not match; `both` is the furthest miss. */
  readonly missed: 'peer' | 'traffic' | 'both';
  readonly wants: RuleWants;
}

/** What one tier made of a flow: `passes` by a rule that says so, `silent` where no rule speaks of it. */
export interface TierDecision {
  readonly tier: string;
  readonly result: 'allows' | 'denies' | 'passes' | 'silent' | 'unknown';
  /** The rules, or the isolations, that did. */
  readonly by: readonly RuleOrigin[];
}

/** What the policies of one direction decided about one flow, and by which rule. */
export interface PolicyDecision {
  readonly outcome: Certainty;
  /** The rules that allowed, denied or may have, or the isolations that denied; empty where no policy applies. */
  readonly decidedBy: readonly RuleOrigin[];
  /** The tiers that the flow came to, the last of them the one that decided. */
  readonly tiers: readonly TierDecision[];
  readonly nearMisses: readonly NearMiss[];
  readonly doubts: readonly Doubt[];
  /** Why the policies have no say: the pod's own node (NP-30), or the pod itself (NP-31). @default - they have */
  readonly exempt?: 'own-node' | 'itself';
}

/** Decides about `traffic` (one port of one protocol, or ICMP) between a subject and a peer, and says why. */
export function decide(own: SubjectStages, subject: PodGroup, peer: Peer, traffic: TrafficSet): PolicyDecision {
  const outcome = certaintyOf(judge(own, subject, peer), traffic);
  if (own.stages.length === 0) return { outcome, decidedBy: [], tiers: [], nearMisses: [], doubts: [] };
  const places = splitPeer(peer, own);
  const hits = hitsOf(own, subject, places, traffic);
  const deciding = hits.filter((hit) => decides(hit, outcome));
  return {
    outcome,
    decidedBy: distinct(deciding.flatMap((hit) => togetherWith(hit, places, traffic))),
    tiers: own.stages.flatMap((stage) => tiersOf(stage.tiers, hits, outcome)),
    // What an explicit deny met no allow would have helped.
    nearMisses: outcome === 'allowed' || deciding.some(isDeny) ? [] : missesOf(own, places, traffic, subject),
    doubts: outcome === 'unknown' ? doubtsOf(own, subject, peer, traffic) : [],
  };
}

/** Every rule and isolation that got the traffic, or may have, in the order in which it met them. */
function hitsOf(own: SubjectStages, subject: PodGroup, places: readonly Peer[], traffic: TrafficSet): readonly Hit[] {
  const hits = new Map<Hit['by'], Hit>();
  const onHit = (hit: Hit) => hits.set(hit.by, hit);
  const requests = own.requests.length === 0 ? [undefined] : own.requests;
  for (const place of places) {
    for (const request of requests) {
      for (const stage of own.stages) foldStage(stage, traffic, { subject, peer: place, request, onHit });
    }
  }
  return [...hits.values()];
}

function decides({ by }: Hit, outcome: Certainty): boolean {
  if (outcome === 'unknown') return !('action' in by) || by.action !== 'pass';
  const action = 'action' in by ? by.action : 'deny';
  return action === (outcome === 'allowed' ? 'allow' : 'deny');
}

function isDeny({ by }: Hit): boolean {
  return 'action' in by && by.action === 'deny';
}

/** Where a lane only allows, its order means nothing: all that match decide together. */
function togetherWith({ by, lane }: Hit, places: readonly Peer[], traffic: TrafficSet): readonly RuleOrigin[] {
  const rules = lane?.filter((entry) => 'action' in entry) ?? [];
  if (rules.length !== lane?.length || rules.some((rule) => rule.action !== 'allow')) return [by.origin];
  const matching = rules.filter(
    (rule) => rule.traffic.may.intersects(traffic) && places.some((place) => hasPeer(rule.peer.may, place)),
  );
  return matching.map((rule) => rule.origin);
}

function tiersOf(tiers: readonly Tier[], hits: readonly Hit[], outcome: Certainty): readonly TierDecision[] {
  const last = Math.max(...hits.map((hit) => tiers.indexOf(hit.tier)), -1);
  return tiers.slice(0, last + 1).map((tier, i): TierDecision => {
    const own = hits.filter((hit) => hit.tier === tier);
    const by = distinct(own.map((hit) => hit.by.origin));
    if (own.length === 0) return { tier: tier.name, result: 'silent', by };
    const actions = new Set(own.map(({ by: what }) => ('action' in what ? what.action : 'deny')));
    if (actions.size === 1 && actions.has('pass')) return { tier: tier.name, result: 'passes', by };
    if (outcome === 'unknown' || i < last) return { tier: tier.name, result: 'unknown', by };
    return { tier: tier.name, result: outcome === 'allowed' ? 'allows' : 'denies', by };
  });
}

export function certaintyOf(outcome: { mayAllow: TrafficSet; mayDeny: TrafficSet }, traffic: TrafficSet): Certainty {
  if (!outcome.mayDeny.intersects(traffic)) return 'allowed';
  return outcome.mayAllow.intersects(traffic) ? 'unknown' : 'denied';
}

function missesOf(
  own: SubjectStages,
  places: readonly Peer[],
  traffic: TrafficSet,
  subject: PodGroup,
): readonly NearMiss[] {
  const misses = new Map<string, NearMiss>();
  for (const rule of own.rules) {
    if (rule.action !== 'allow') continue;
    const peerMatches = places.every((place) => surelyMatches(rule, subject, place));
    const trafficMatches = rule.traffic.must.covers(traffic);
    if (peerMatches && trafficMatches) continue;
    const missed = peerMatches ? 'traffic' : trafficMatches ? 'peer' : 'both';
    const key = originKey(rule.origin);
    const known = misses.get(key);
    if (!known || (known.missed === 'both' && missed !== 'both')) {
      misses.set(key, { rule: rule.origin, missed, wants: rule.wants() });
    }
  }
  const near = { traffic: 0, peer: 1, both: 2 };
  return [...misses.values()].sort((a, b) => near[a.missed] - near[b.missed]);
}

function distinct(origins: readonly RuleOrigin[]): readonly RuleOrigin[] {
  return [...new Map(origins.map((origin) => [originKey(origin), origin])).values()];
}

function originKey(origin: RuleOrigin): string {
  return `${origin.kind} ${origin.namespace}/${origin.name} ${origin.direction} ${origin.index}`;
}
