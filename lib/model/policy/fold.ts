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
  const got: Got = { mayAllow: TrafficSet.empty, mayDeny: TrafficSet.empty, mayPass: TrafficSet.empty };
  let open = traffic;
  for (const tier of stage.tiers) open = foldTier(tier, asked, open, got);
  return { mayAllow: got.mayAllow.union(open), mayDeny: got.mayDeny };
}

/** What the rules so far may have got: grows within one fold, and is nobody else's. */
interface Got {
  mayAllow: TrafficSet;
  mayDeny: TrafficSet;
  /** Out of the tier, to the next. */
  mayPass: TrafficSet;
}

/** What leaves the tier undecided, or by a pass. */
function foldTier(tier: Tier, asked: Asked, entering: TrafficSet, got: Got): TrafficSet {
  got.mayPass = TrafficSet.empty;
  let open = entering;
  for (const rank of tier.ranks) open = foldRank(rank, tier, asked, open, got);
  let left = open;
  for (const isolation of tier.isolation) {
    // Isolations have no order among themselves: each gets of all that the rules left open.
    const hit = open.intersect(isolation.traffic.may);
    if (!hit.isEmpty) {
      asked.onHit?.({ tier, by: isolation });
      got.mayDeny = got.mayDeny.union(hit);
    }
    if (isolation.subject.must.pods.has(asked.subject.index)) left = left.minus(isolation.traffic.must);
  }
  return got.mayPass.union(left);
}

/**
 * What stays open of a rank: lanes have no order among themselves, so that each may be the first to match, and only what
 * none surely matches stays.
 */
function foldRank(rank: Rank, tier: Tier, asked: Asked, open: TrafficSet, got: Got): TrafficSet {
  let left = open;
  for (const lane of rank.lanes) left = left.intersect(foldLane(lane, tier, asked, open, got));
  return left;
}

function foldLane(lane: Lane, tier: Tier, asked: Asked, entering: TrafficSet, got: Got): TrafficSet {
  let open = entering;
  for (const rule of lane) {
    if (open.isEmpty) break;
    if ('lanes' in rule) {
      open = foldRank(rule, tier, asked, open, got);
      continue;
    }
    if (!hasPeer(rule.peer.may, asked.peer)) continue;
    // Few rules look into requests.
    if (rule.requests && !speaksOf(rule.requests.may, asked.request)) continue;
    const hit = open.intersect(rule.traffic.may);
    if (hit.isEmpty) continue;
    asked.onHit?.({ tier, by: rule, lane });
    if (rule.action === 'allow') got.mayAllow = got.mayAllow.union(hit);
    else if (rule.action === 'deny') got.mayDeny = got.mayDeny.union(hit);
    else got.mayPass = got.mayPass.union(hit);
    if (rule.requests && !speaksOf(rule.requests.must, asked.request)) continue;
    if (surelyMatches(rule, asked.subject, asked.peer)) open = open.minus(rule.traffic.must);
  }
  return open;
}

function speaksOf(requests: HttpSet, request: HttpRequest | undefined): boolean {
  return request !== undefined && requests.has(request);
}

export function surelyMatches(rule: Rule, subject: PodGroup, peer: Peer): boolean {
  return rule.subject.must.pods.has(subject.index) && hasPeer(rule.peer.must, peer);
}
