import type { PodGroup } from '../cluster/workload';
import type { HttpRequest, HttpSet } from '../values/http-set';
import { TrafficSet } from '../values/traffic-set';
import { hasPeer, type Peer } from './endpoint-set';
import type { Isolation, Lane, Rank, Rule, Stage, Tier } from './language';
import type { Outcome } from './outcome';

/** What the rules of a stage are asked about. */
export interface Asked {
  readonly subject: PodGroup;
  readonly peer: Peer;
  readonly request?: HttpRequest;
  /** Told of every rule and isolation that gets some of the traffic, in order. */
  readonly onHit?: (hit: Hit) => void;
}

/** A rule, with the lane that it stands in, or an isolation, that gets some of the traffic. */
export interface Hit {
  readonly tier: Tier;
  readonly by: Rule | Isolation;
  readonly lane?: Lane;
}

/**
 * The whole algebra: from rule to rule, `open` is what none before surely got; each may get of it what it may match.
 * What no tier decides is allowed.
 */
export function foldStage(stage: Stage, traffic: TrafficSet, asked: Asked): Outcome {
  let mayAllow = TrafficSet.empty;
  let mayDeny = TrafficSet.empty;
  let entering = traffic;
  for (const tier of stage.tiers) {
    const result = foldTier(tier, asked, entering);
    mayAllow = mayAllow.union(result.mayAllow);
    mayDeny = mayDeny.union(result.mayDeny);
    entering = result.next;
  }
  return { mayAllow: mayAllow.union(entering), mayDeny };
}

interface TierOutcome extends Outcome {
  /** What leaves the tier undecided, or by a pass. */
  readonly next: TrafficSet;
}

function foldTier(tier: Tier, asked: Asked, entering: TrafficSet): TierOutcome {
  let open = entering;
  let result: TierOutcome = { mayAllow: TrafficSet.empty, mayDeny: TrafficSet.empty, next: TrafficSet.empty };
  for (const rank of tier.ranks) {
    const folded = foldRank(rank, tier, asked, open);
    result = merge(result, folded);
    open = folded.open;
  }
  for (const isolation of tier.isolation) {
    const hit = open.intersect(isolation.traffic.may);
    if (hit.isEmpty) continue;
    asked.onHit?.({ tier, by: isolation });
    result = { ...result, mayDeny: result.mayDeny.union(hit) };
  }
  for (const isolation of tier.isolation) {
    if (isolation.subject.must.pods.has(asked.subject.index)) open = open.minus(isolation.traffic.must);
  }
  return { ...result, next: result.next.union(open) };
}

/** Lanes have no order among themselves: each may be the first to match, and only what none surely matches stays open. */
function foldRank(rank: Rank, tier: Tier, asked: Asked, open: TrafficSet): TierOutcome & { open: TrafficSet } {
  let result: TierOutcome = { mayAllow: TrafficSet.empty, mayDeny: TrafficSet.empty, next: TrafficSet.empty };
  let left = open;
  for (const lane of rank.lanes) {
    const folded = foldLane(lane, tier, asked, open);
    result = merge(result, folded);
    left = left.intersect(folded.open);
  }
  return { ...result, open: left };
}

function foldLane(lane: Lane, tier: Tier, asked: Asked, entering: TrafficSet): TierOutcome & { open: TrafficSet } {
  let open = entering;
  let mayAllow = TrafficSet.empty;
  let mayDeny = TrafficSet.empty;
  let next = TrafficSet.empty;
  for (const rule of lane) {
    if (open.isEmpty) break;
    if ('lanes' in rule) {
      const folded = foldRank(rule, tier, asked, open);
      mayAllow = mayAllow.union(folded.mayAllow);
      mayDeny = mayDeny.union(folded.mayDeny);
      next = next.union(folded.next);
      open = folded.open;
      continue;
    }
    if (!hasPeer(rule.peer.may, asked.peer) || !speaksOf(rule.requests?.may, asked.request)) continue;
    const hit = open.intersect(rule.traffic.may);
    if (hit.isEmpty) continue;
    asked.onHit?.({ tier, by: rule, lane });
    if (rule.action === 'allow') mayAllow = mayAllow.union(hit);
    else if (rule.action === 'deny') mayDeny = mayDeny.union(hit);
    else next = next.union(hit);
    if (surelyMatches(rule, asked.subject, asked.peer) && speaksOf(rule.requests?.must, asked.request))
      open = open.minus(rule.traffic.must);
  }
  return { mayAllow, mayDeny, next, open };
}

function speaksOf(requests: HttpSet | undefined, request: HttpRequest | undefined): boolean {
  return requests === undefined || (request !== undefined && requests.has(request));
}

export function surelyMatches(rule: Rule, subject: PodGroup, peer: Peer): boolean {
  return rule.subject.must.pods.has(subject.index) && hasPeer(rule.peer.must, peer);
}

function merge(a: TierOutcome, b: TierOutcome): TierOutcome {
  return {
    mayAllow: a.mayAllow.union(b.mayAllow),
    mayDeny: a.mayDeny.union(b.mayDeny),
    next: a.next.union(b.next),
  };
}
