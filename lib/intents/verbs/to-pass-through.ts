import type { PodGroup } from '../../model/cluster/workload';
import type { Network } from '../../model/network';
import type { End } from '../../model/reach/policy-hops';
import type { PairVerdict } from '../../model/reach/verdict';
import { PortSet } from '../../model/values/port-set';
import { type Doubt, distinctDoubts } from '../../model/values/ternary';
import { TrafficSet } from '../../model/values/traffic-set';
import type { Checked } from '../checked';
import { othersBehind } from '../foreign-ends';
import type { Intent } from '../intent';
import { isAmong } from '../others';
import { type Resolved, resolveEndpoint } from '../resolve';
import { everyPodSpokenFor, missingPort, podsBehind } from '../targets';
import { trafficTo } from '../traffic';
import type { Breach } from '../ways';
import { breachesOf, type Goal, goalsOf } from './not-to-reach';
import { broken, brokenBy, keptOut, undecided, vacuous } from './results';

type ToPassThrough = Intent & { verb: 'toPassThrough' };

/**
 * `expect(x).toPassThrough(hop, { onTheWayTo: y })`: no pod of x but the hop itself gets to y directly, on any way; some pod of
 * x gets to the hop, and the hop to y. What another pod forwards at its own will no policy tells.
 */
export function checkToPassThrough(intent: ToPassThrough, network: Network): readonly Checked[] {
  const subject = resolveEndpoint(intent.subject, network.cluster);
  const hop = resolveEndpoint(intent.hop, network.cluster);
  const goal = resolveEndpoint(intent.onTheWayTo, network.cluster);
  if (subject.nothing) return [vacuous(intent, subject, 'subject', goal)];
  if (hop.nothing) return [vacuous(intent, hop, 'target', subject)];
  const missing = missingPort(network, hop) ?? missingPort(network, goal);
  if (missing) return [broken(intent, subject, goal, missing)];
  const travellers = everyPodSpokenFor(network, subject).filter((pod) => !isAmong([hop], pod, network));
  if (travellers.length === 0) return [vacuous(intent, { ...subject, nothing: NO_TRAVELLER }, 'subject', goal)];
  const goals = goalsOf(network, goal).filter(({ to }) => !('pod' in to) || !isAmong([hop], to.pod, network));
  const others = othersBehind(network, goal);
  if (goals.length === 0) {
    return [others ? undecided(intent, subject, goal, [others]) : vacuous(intent, goal, 'target', subject)];
  }
  const breaches = waysPast(network, travellers, goal, goals);
  const isOpen = breaches.some(({ pair }) => pair.outcome === 'allowed');
  if (isOpen) return [brokenBy(intent, subject, goal, breaches, 'PTL701', network)];
  // A promise about a way that does not exist would hold whatever the cluster does.
  const gateways = podsBehind(network, hop);
  const legs = legsOf({ hop, goals, travellers, gateways }, network);
  const shut = legs.find(({ state }) => state === 'shut');
  if (shut) {
    const cause = { code: 'PTL702' as const, hop: hop.label, leg: shut.leg };
    const example = shut.way && exampleOf(shut.way, network);
    return [{ ...broken(intent, subject, goal, cause), blame: gateways[0]?.workload.origin, example }];
  }
  const doubts = [...(others ? [others] : []), ...legs.flatMap((leg) => leg.doubts)];
  if (breaches.length > 0) return [brokenBy(intent, subject, goal, breaches, 'PTL701', network, doubts)];
  if (doubts.length > 0) return [undecided(intent, subject, goal, doubts)];
  return [keptOut(intent, subject, goal, { leaving: travellers, entering: gateways }, network)];
}

const NO_TRAVELLER = { problem: 'it stands for no pod beside the one that all is to pass through' };

function waysPast(
  network: Network,
  travellers: readonly PodGroup[],
  goal: Resolved,
  goals: readonly Goal[],
): readonly Breach[] {
  return travellers.flatMap((pod) =>
    goals
      .filter(({ to }) => !('pod' in to) || to.pod !== pod)
      .flatMap((each) => breachesOf({ by: undefined }, { pod }, each, goal, network)),
  );
}

interface Journey {
  readonly hop: Resolved;
  readonly goals: readonly Goal[];
  readonly travellers: readonly PodGroup[];
  readonly gateways: readonly PodGroup[];
}

/** Whether some traffic gets to the hop, and on from there. */
interface Leg {
  readonly leg: 'to' | 'from';
  readonly state: 'open' | 'shut' | 'unknown';
  readonly doubts: readonly Doubt[];
  /** One that is shut, where there is any. */
  readonly way?: Way;
}

function legsOf({ hop, goals, travellers, gateways }: Journey, network: Network): readonly Leg[] {
  const declared = travellers.filter(({ provenance }) => provenance !== 'stranger');
  const running = gateways.filter(({ replicas }) => replicas !== 0);
  const there = declared.flatMap((from) =>
    running.map((to): Way => [{ pod: from }, { pod: to }, listenedTo(network, hop, to)]),
  );
  const onward = running.flatMap((from) => goals.map(({ to, traffic }): Way => [{ pod: from }, to, traffic]));
  return [legOf('to', there, network), legOf('from', onward, network)];
}

/** On what a gateway listens: the port that is named, else those that it declares, else nobody knows which. */
function listenedTo(network: Network, hop: Resolved, gateway: PodGroup): TrafficSet {
  if (hop.port || gateway.ports.length === 0) return trafficTo(network, hop, gateway);
  const sets = gateway.ports.map(({ protocol, port }) => TrafficSet.of(protocol, PortSet.of(port)));
  return sets.reduce((sum, set) => sum.union(set));
}

type Way = readonly [from: End, to: End, wanted: TrafficSet];

function legOf(leg: Leg['leg'], ways: readonly Way[], network: Network): Leg {
  const doubts: Doubt[] = [];
  let mayPass = false;
  for (const [from, to, wanted] of ways) {
    const outcome = network.anyTraffic(from, to);
    const may = outcome?.mayAllow.intersect(wanted);
    if (!outcome || !may || may.isEmpty) continue;
    if (!may.minus(outcome.mayDeny).isEmpty) return { leg, state: 'open', doubts: [] };
    mayPass = true;
    doubts.push(...network.doubtsBetween(from, to, may));
  }
  if (!mayPass) return { leg, state: 'shut', doubts: [], way: ways[0] };
  return { leg, state: 'unknown', doubts: doubts.length > 0 ? distinctDoubts(doubts) : [LEG_DOUBT] };
}

/** A packet that shows where it fails: to the port that most traffic is for, where any will do. */
function exampleOf([from, to, wanted]: Way, network: Network): PairVerdict | undefined {
  const protocol = (['TCP', 'UDP', 'SCTP'] as const).find((each) => !wanted.ports(each).isEmpty);
  if (protocol === undefined) return undefined;
  const port = wanted.hasPort(protocol, HTTPS) ? HTTPS : wanted.ports(protocol).ranges[0].first;
  const pair = network.packet(from, to, { port, protocol }, { runsElsewhere: true });
  return pair.outcome === 'denied' ? pair : undefined;
}

const HTTPS = 443;

const LEG_DOUBT: Doubt = {
  rule: 'NP-05',
  wouldDecide: 'policies that surely let the traffic to what it is to pass through, and on from there',
};
