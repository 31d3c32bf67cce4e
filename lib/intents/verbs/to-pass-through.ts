import type { PodGroup } from '../../model/cluster/workload';
import type { Network } from '../../model/network';
import type { Doubt } from '../../model/values/ternary';
import { TrafficSet } from '../../model/values/traffic-set';
import type { Checked } from '../checked';
import type { Intent } from '../intent';
import { isAmong } from '../others';
import { type Resolved, resolveEndpoint } from '../resolve';
import { everyPodSpokenFor, missingPort, podsBehind } from '../targets';
import { trafficTo } from '../traffic';
import { type Breach, breachOf, everyEndOf, NAMED } from '../ways';
import { broken, brokenBy, keptOut, vacuous } from './results';

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
  if (everyEndOf(network, goal).length === 0) return [vacuous(intent, goal, 'target', subject)];
  const breaches = waysPast(network, travellers, hop, goal);
  if (breaches.length > 0) return [brokenBy(intent, subject, goal, breaches, 'PTL701', network)];
  return [throughTheHop(intent, { subject, hop, goal, travellers }, network)];
}

const NO_TRAVELLER = { problem: 'it stands for no pod beside the one that all is to pass through' };

function waysPast(network: Network, travellers: readonly PodGroup[], hop: Resolved, goal: Resolved): readonly Breach[] {
  const ends = everyEndOf(network, goal).filter((to) => !('pod' in to) || !isAmong([hop], to.pod, network));
  return travellers.flatMap((pod) =>
    ends
      .filter((to) => !('pod' in to) || to.pod !== pod)
      .flatMap((to) => {
        const traffic = trafficTo(network, goal, 'pod' in to ? to.pod : undefined);
        return breachOf(network, { pod }, to, traffic, NAMED) ?? [];
      }),
  );
}

interface Journey {
  readonly subject: Resolved;
  readonly hop: Resolved;
  readonly goal: Resolved;
  readonly travellers: readonly PodGroup[];
}

/** A promise about a way that does not exist would hold whatever the cluster does. */
function throughTheHop(intent: ToPassThrough, journey: Journey, network: Network): Checked {
  const { subject, hop, goal, travellers } = journey;
  const gateways = podsBehind(network, hop);
  const declared = travellers.filter(({ provenance }) => provenance !== 'stranger');
  const legs = [
    openness(
      declared.flatMap((from) =>
        gateways.map((to) => open(network, { pod: from }, { pod: to }, trafficTo(network, hop, to))),
      ),
    ),
    openness(
      gateways.flatMap((from) =>
        everyEndOf(network, goal).map((to) =>
          open(network, { pod: from }, to, trafficTo(network, goal, 'pod' in to ? to.pod : undefined)),
        ),
      ),
    ),
  ];
  const shut = legs.indexOf('shut');
  if (shut >= 0) {
    const cause = { code: 'PTL702' as const, hop: hop.label, leg: shut === 0 ? ('to' as const) : ('from' as const) };
    return { ...broken(intent, subject, goal, cause), blame: gateways[0]?.workload.origin };
  }
  if (legs.includes('unknown')) return broken(intent, subject, goal, { code: 'PTL904', doubts: [LEG_DOUBT] });
  return keptOut(intent, subject, goal, { leaving: declared, entering: gateways }, network);
}

const LEG_DOUBT: Doubt = {
  rule: 'NP-05',
  wouldDecide: 'policies that surely let the traffic to what it is to pass through, and on from there',
};

type Openness = 'open' | 'shut' | 'unknown';

function openness(ways: readonly Openness[]): Openness {
  if (ways.includes('open')) return 'open';
  return ways.includes('unknown') ? 'unknown' : 'shut';
}

function open(
  network: Network,
  from: Parameters<Network['anyTraffic']>[0],
  to: typeof from,
  wanted: TrafficSet,
): Openness {
  const outcome = network.anyTraffic(from, to);
  const may = outcome?.mayAllow.intersect(wanted) ?? TrafficSet.empty;
  if (!outcome || may.isEmpty) return 'shut';
  return may.minus(outcome.mayDeny).isEmpty ? 'unknown' : 'open';
}
