import type { PodGroup } from '../cluster/workload';
import type { CidrSet } from '../values/cidr-set';
import type { HttpRequest } from '../values/http-set';
import type { Doubt } from '../values/ternary';
import { TrafficSet } from '../values/traffic-set';
import { hasPeer, type Peer } from './endpoint-set';
import { foldStage } from './fold';
import type { Rank } from './language';
import { eitherOf, FREE, inSeries, type Outcome } from './outcome';
import type { SubjectStages } from './subject-stages';

/** A peer at each place where the rules can tell its address apart: what keeps doubts about an address independent. */
export function splitPeer(peer: Peer, own: SubjectStages): readonly Peer[] {
  const cuts = peer.pod ? own.podCuts : own.cuts;
  if (cuts.ranges.length === 0) return [peer];
  const parts = cuts.split(peer.addresses);
  return parts.length === 1 ? [peer] : parts.map((addresses) => ({ ...peer, addresses }));
}

/**
 * What the stages of a subject do to all traffic between it and a peer. Exemptions are the caller's to apply.
 * @param request one that is asked about @default all of them
 */
export function judge(own: SubjectStages, subject: PodGroup, peer: Peer, request?: HttpRequest): Outcome {
  const { stages } = own;
  if (stages.length === 0) return FREE;
  const places = splitPeer(peer, own);
  // Nearly every question: one stage, one place, nothing about requests.
  if (places.length === 1 && stages.length === 1 && own.requests.length === 0) {
    return foldStage(stages[0], TrafficSet.all, { subject, peer, request });
  }
  const judgeOne = (asked?: HttpRequest) =>
    places
      .map((place) => stages.map((stage) => foldStage(stage, TrafficSet.all, { subject, peer: place, request: asked })))
      .map((outcomes) => outcomes.reduce(inSeries, FREE))
      .reduce(eitherOf);
  if (request || own.requests.length === 0) return judgeOne(request);
  return everyRequest(own.requests.map(judgeOne));
}

/** Likewise with a pod at each of its places, e.g. in each family; `undefined` for a place that is empty. */
export function judgeAtEach(
  own: SubjectStages,
  subject: PodGroup,
  pod: PodGroup,
  places: readonly CidrSet[],
): readonly (Outcome | undefined)[] {
  // Nearly no rule tells pods apart by their addresses.
  const isSameEverywhere = own.podCuts.ranges.length === 0;
  const outcomes: (Outcome | undefined)[] = [];
  let last: Outcome | undefined;
  for (const addresses of places) {
    if (!addresses.isEmpty && !(last && isSameEverywhere)) last = judge(own, subject, { pod, addresses });
    outcomes.push(addresses.isEmpty ? undefined : last);
  }
  return outcomes;
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
  for (const rule of own.rules) {
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
  if (own.stages.some((stage) => stage.tiers.some((tier) => tier.ranks.some(isTied)))) add([ORDER_DOUBT]);
  return [...doubts.values()];
}

function isTied({ lanes }: Rank): boolean {
  return lanes.length > 1 || lanes.some((lane) => lane.some((entry) => 'lanes' in entry && isTied(entry)));
}

const ORDER_DOUBT: Doubt = {
  rule: 'NP-43',
  wouldDecide: 'an order between policies of one tier that have none: give them different priorities',
};

const ADDRESS_DOUBT: Doubt = {
  rule: 'NP-17',
  wouldDecide:
    'the address that the pod will get: declare podCidr in the cluster profile, or select the pod by its labels',
};
