import type { PodGroup } from '../cluster/workload';
import { splitIntoAtoms } from '../values/cidr-set';
import type { HttpRequest, HttpSet } from '../values/http-set';
import type { Doubt } from '../values/ternary';
import { TrafficSet } from '../values/traffic-set';
import { hasPeer, type Peer } from './endpoint-set';
import type { Rank, Rule, Stage, Tier } from './language';
import { rulesOf, type SubjectStages } from './subject-stages';

/** What may happen to traffic: allowed is what is not in `mayDeny`, denied what is not in `mayAllow`, the rest is unknown. */
export interface Outcome {
  readonly mayAllow: TrafficSet;
  readonly mayDeny: TrafficSet;
  /** Of which it depends on the request whether it passes; part of both others. Absent: of none. */
  readonly byRequest?: TrafficSet;
}

export const FREE: Outcome = { mayAllow: TrafficSet.all, mayDeny: TrafficSet.empty };

/** Both must let traffic pass: stages of a way, egress and ingress (NP-05). */
export function inSeries(a: Outcome, b: Outcome): Outcome {
  if (a === FREE) return b;
  if (b === FREE) return a;
  const mayAllow = a.mayAllow.intersect(b.mayAllow);
  return { mayAllow, mayDeny: a.mayDeny.union(b.mayDeny), ...byRequest(a, b, mayAllow) };
}

/** Either may be the case: the addresses that a pod may have, the families that a name may resolve to. */
export function eitherOf(a: Outcome, b: Outcome): Outcome {
  if (a === b) return a;
  const mayAllow = a.mayAllow.union(b.mayAllow);
  return { mayAllow, mayDeny: a.mayDeny.union(b.mayDeny), ...byRequest(a, b, mayAllow) };
}

function byRequest(a: Outcome, b: Outcome, within: TrafficSet): Pick<Outcome, 'byRequest'> {
  if (!a.byRequest && !b.byRequest) return {};
  return { byRequest: (a.byRequest ?? TrafficSet.empty).union(b.byRequest ?? TrafficSet.empty).intersect(within) };
}

/** A peer at each place where the rules can tell its address apart: what keeps doubts about an address independent. */
export function splitPeer(peer: Peer, own: SubjectStages): readonly Peer[] {
  const cutting = (peer.pod ? own.podCuts : own.cuts).filter(
    (cut) => cut.intersects(peer.addresses) && !cut.covers(peer.addresses),
  );
  if (cutting.length === 0) return [peer];
  return splitIntoAtoms(peer.addresses, cutting).map((addresses) => ({ ...peer, addresses }));
}

/**
 * What the stages of a subject do to all traffic between it and a peer. Exemptions are the caller's to apply.
 * @param request one that is asked about @default all of them
 */
export function judge(own: SubjectStages, subject: PodGroup, peer: Peer, request?: HttpRequest): Outcome {
  if (own.stages.length === 0) return FREE;
  const places = splitPeer(peer, own);
  const judgeOne = (asked?: HttpRequest) =>
    places
      .map((place) => own.stages.map((stage) => foldStage(stage, { subject, peer: place, request: asked })))
      .map((outcomes) => outcomes.reduce(inSeries, FREE))
      .reduce(eitherOf);
  if (request || own.requests.length === 0) return judgeOne(request);
  return everyRequest(own.requests.map(judgeOne));
}

/** For each kind of request one answer: where surely some pass and surely others don't, it depends on the request. */
function everyRequest(outcomes: readonly Outcome[]): Outcome {
  const union = (sets: readonly TrafficSet[]) => sets.reduce((a, b) => a.union(b));
  const passes = union(outcomes.map((o) => o.mayAllow.minus(o.mayDeny)));
  const stops = union(outcomes.map((o) => o.mayDeny.minus(o.mayAllow)));
  return {
    mayAllow: union(outcomes.map((o) => o.mayAllow)),
    mayDeny: union(outcomes.map((o) => o.mayDeny)),
    byRequest: passes.intersect(stops),
  };
}

/** What the rules of a stage are asked about. */
interface Asked {
  readonly subject: PodGroup;
  readonly peer: Peer;
  readonly request?: HttpRequest;
}

function foldStage(stage: Stage, asked: Asked): Outcome {
  let mayAllow = TrafficSet.empty;
  let mayDeny = TrafficSet.empty;
  let entering = TrafficSet.all;
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
    const folded = foldRank(rank, asked, open);
    result = merge(result, folded);
    open = folded.open;
  }
  for (const isolation of tier.isolation) {
    result = { ...result, mayDeny: result.mayDeny.union(open.intersect(isolation.traffic.may)) };
  }
  for (const isolation of tier.isolation) {
    if (isolation.subject.must.pods.has(asked.subject.index)) open = open.minus(isolation.traffic.must);
  }
  return { ...result, next: result.next.union(open) };
}

/** Lanes have no order among themselves: each may be the first to match, and only what none surely matches stays open. */
function foldRank(rank: Rank, asked: Asked, open: TrafficSet): TierOutcome & { open: TrafficSet } {
  let result: TierOutcome = { mayAllow: TrafficSet.empty, mayDeny: TrafficSet.empty, next: TrafficSet.empty };
  let left = open;
  for (const lane of rank.lanes) {
    const folded = foldLane(lane, asked, open);
    result = merge(result, folded);
    left = left.intersect(folded.open);
  }
  return { ...result, open: left };
}

function foldLane(lane: readonly Rule[], asked: Asked, entering: TrafficSet): TierOutcome & { open: TrafficSet } {
  let open = entering;
  let mayAllow = TrafficSet.empty;
  let mayDeny = TrafficSet.empty;
  let next = TrafficSet.empty;
  for (const rule of lane) {
    if (open.isEmpty) break;
    if (!hasPeer(rule.peer.may, asked.peer) || !speaksOf(rule.requests?.may, asked.request)) continue;
    const hit = open.intersect(rule.traffic.may);
    if (hit.isEmpty) continue;
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

/** The doubts of rules and isolations that may, but need not, decide about this traffic. */
export function doubtsOf(own: SubjectStages, subject: PodGroup, peer: Peer, traffic: TrafficSet): readonly Doubt[] {
  const doubts = new Map<string, Doubt>();
  const add = (because: readonly Doubt[] = [], pod?: PodGroup) => {
    for (const doubt of because) {
      if (doubt.namespace !== undefined && doubt.namespace !== pod?.namespace.name) continue;
      doubts.set(`${doubt.rule} ${doubt.wouldDecide}`, doubt);
    }
  };
  const places = splitPeer(peer, own);
  for (const rule of rulesOf(own.stages)) {
    const reached = places.filter((place) => hasPeer(rule.peer.may, place));
    if (reached.length === 0 || !rule.traffic.may.intersects(traffic)) continue;
    if (!rule.subject.must.pods.has(subject.index)) add(rule.subject.because, subject);
    if (!reached.every((place) => hasPeer(rule.peer.must, place))) add(rule.peer.because, peer.pod);
    if (!rule.traffic.must.covers(traffic)) add(rule.traffic.because);
    if (reached.length < places.length) add([ADDRESS_DOUBT]);
  }
  for (const isolation of own.stages.flatMap((stage) => stage.tiers.flatMap((tier) => tier.isolation))) {
    if (!isolation.traffic.may.intersects(traffic)) continue;
    if (!isolation.subject.must.pods.has(subject.index)) add(isolation.subject.because, subject);
    if (!isolation.traffic.must.covers(traffic)) add(isolation.traffic.because);
  }
  return [...doubts.values()];
}

const ADDRESS_DOUBT: Doubt = {
  rule: 'NP-17',
  wouldDecide:
    'the address that the pod will get: declare podCidr in the cluster profile, or select the pod by its labels',
};
