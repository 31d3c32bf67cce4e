import type { PodGroup } from '../cluster/workload';
import type { Doubt } from '../values/ternary';
import type { TrafficSet } from '../values/traffic-set';
import { hasPeer, type Peer } from './endpoint-set';
import { doubtsOf, judge, splitPeer, surelyMatches } from './evaluate';
import type { Rule, RuleOrigin, RuleWants } from './language';
import { rulesOf, type SubjectStages } from './subject-stages';

export type Certainty = 'allowed' | 'denied' | 'unknown';

/** A rule of a policy that applies but did not match: what users need to see first. */
export interface NearMiss {
  readonly rule: RuleOrigin;
  /** What of the flow it did not match; `both` is the furthest miss. */
  readonly missed: 'peer' | 'traffic' | 'both';
  readonly wants: RuleWants;
}

/** What the policies of one direction decided about one flow, and by which rule. */
export interface PolicyDecision {
  readonly outcome: Certainty;
  /** The rules that allowed (or may have), or the isolations that denied; empty where no policy applies. */
  readonly decidedBy: readonly RuleOrigin[];
  readonly nearMisses: readonly NearMiss[];
  readonly doubts: readonly Doubt[];
}

/** Decides about `traffic` (one port of one protocol, or ICMP) between a subject and a peer, and says why. */
export function decide(own: SubjectStages, subject: PodGroup, peer: Peer, traffic: TrafficSet): PolicyDecision {
  const outcome = certaintyOf(judge(own, subject, peer), traffic);
  if (own.stages.length === 0) return { outcome, decidedBy: [], nearMisses: [], doubts: [] };
  const places = splitPeer(peer, own);
  const rules = [...rulesOf(own.stages)];
  const matching = rules.filter(
    (rule) => rule.traffic.may.intersects(traffic) && places.some((p) => hasPeer(rule.peer.may, p)),
  );
  const isolations = own.stages
    .flatMap((stage) => stage.tiers.flatMap((tier) => tier.isolation))
    .filter((isolation) => isolation.traffic.may.intersects(traffic));
  const deciding =
    outcome === 'allowed'
      ? matching.filter((r) => r.action !== 'deny')
      : outcome === 'denied'
        ? denying(matching, isolations)
        : [...matching, ...isolations];
  return {
    outcome,
    decidedBy: distinct(deciding.map((entry) => entry.origin)),
    nearMisses: outcome === 'allowed' ? [] : missesOf(rules, places, traffic, subject),
    doubts: outcome === 'unknown' ? doubtsOf(own, subject, peer, traffic) : [],
  };
}

export function certaintyOf(outcome: { mayAllow: TrafficSet; mayDeny: TrafficSet }, traffic: TrafficSet): Certainty {
  if (!outcome.mayDeny.intersects(traffic)) return 'allowed';
  return outcome.mayAllow.intersects(traffic) ? 'unknown' : 'denied';
}

function denying(
  matching: readonly Rule[],
  isolations: readonly { origin: RuleOrigin }[],
): readonly { origin: RuleOrigin }[] {
  const denies = matching.filter((rule) => rule.action === 'deny');
  return denies.length > 0 ? denies : isolations;
}

function missesOf(
  rules: readonly Rule[],
  places: readonly Peer[],
  traffic: TrafficSet,
  subject: PodGroup,
): readonly NearMiss[] {
  const misses = new Map<string, NearMiss>();
  for (const rule of rules) {
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
