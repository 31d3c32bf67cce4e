import type { Network } from '../../model/network';
import { type End, labelOf as labelOfEnd } from '../../model/reach/policy-hops';
import type { Doubt } from '../../model/values/ternary';
import type { TrafficSet } from '../../model/values/traffic-set';
import { behindAlias } from '../aliases';
import type { Checked } from '../checked';
import { type ForeignEnd, foreignEndsOf, mayLeaveUntranslated, othersBehind, trafficToForeign } from '../foreign-ends';
import type { Intent } from '../intent';
import { narrowedBreachOf } from '../narrowed-ways';
import { nodePortBreaches, nodePortBreachesTo } from '../node-ports';
import { breachesAtNode } from '../nodes';
import { labelOf, type Resolved, resolveEndpoint } from '../resolve';
import { routeDoubt, routesElsewhere, routesTo } from '../routes';
import { missingPort, podsBehind } from '../targets';
import { trafficTo } from '../traffic';
import { undeclaredBackends } from '../undeclared-backends';
import { type Breach, breachOf, everyEndOf, NAMED } from '../ways';
import { inseparable, isWithin } from './containers';
import { aboutNoTarget, broken, brokenBy, brokenByRoutes, keptOut, undecided, vacuous } from './results';

type ToReach = Intent & { verb: 'toReach' };

/** `expect(x).not.toReach(y)`: no pod of x gets to y, on no way and, unless a port is named, on no port of any protocol. */
export function checkNotToReach(intent: ToReach, network: Network): readonly Checked[] {
  const subject = resolveEndpoint(intent.subject, network.cluster);
  if (subject.nothing) return [vacuous(intent, subject, 'subject', labelOf(intent.targets, network.cluster))];
  if (intent.targets.length === 0) return [aboutNoTarget(intent, subject)];
  return intent.targets.map((ref) => {
    return keptApart(intent, subject, behindAlias(network, resolveEndpoint(ref, network.cluster)), network);
  });
}

function keptApart(intent: ToReach, subject: Resolved, target: Resolved, network: Network): Checked {
  const missing = missingPort(network, target);
  if (missing) return broken(intent, subject, target, missing);
  const sources = everyEndOf(network, subject);
  if (sources.length === 0) return vacuous(intent, subject, 'subject', target);
  const inPod = target.pods.find((pod) => subject.pods.includes(pod) && isWithin(pod, target, intent.by));
  const inseparably = inPod && inseparable(inPod, subject, target);
  if (inseparably) return { ...broken(intent, subject, target, inseparably.cause), blame: inseparably.blame };
  const goals = goalsOf(network, target);
  const others = othersBehind(network, target);
  if (goals.length === 0) {
    if (others) return undecided(intent, subject, target, [others]);
    return target.nothing
      ? vacuous(intent, target, 'target', subject)
      : undecided(intent, subject, target, [behindNobody(target)]);
  }
  if (goals.every(({ traffic }) => traffic.isEmpty)) {
    const problem = `no pod of it has the port \`${target.port?.name}\``;
    return broken(intent, subject, target, { code: 'PTL901', role: 'target', problem });
  }
  const breaches = sources.flatMap((from) =>
    goals.filter(({ to }) => !isItself(from, to)).flatMap((goal) => breachesOf(intent, from, goal, target, network)),
  );
  const exposed = isFromOutside(intent, sources) ? podsBehind(network, target) : [];
  const routed = exposed.flatMap((pod) => routesTo(pod, network));
  const elsewhere = exposed.flatMap((pod) => [...routesElsewhere(pod, network), ...undeclaredBackends(pod, network)]);
  const doubts = [...(others ? [others] : []), ...routed.map(routeDoubt), ...elsewhere];
  if (breaches.length > 0) return brokenBy(intent, subject, target, breaches, 'PTL104', network, doubts);
  if (routed.length > 0) return brokenByRoutes(intent, subject, target, routed, doubts);
  if (doubts.length > 0) return undecided(intent, subject, target, doubts);
  const entering = podsBehind(network, target);
  return keptOut(intent, subject, target, { leaving: subject.pods, entering }, network);
}

/** No policy keeps a pod from itself (NP-31): a promise between an app and itself is about its other replicas. */
function isItself(from: End, to: End): boolean {
  return 'pod' in from && 'pod' in to && from.pod === to.pod && from.pod.replicas === 1;
}

/** NP-40: what comes from outside may come through a controller, which no policy of the target sees. */
function isFromOutside({ by }: ToReach, sources: readonly End[]): boolean {
  return by === undefined && sources.some((from) => !('pod' in from) && from.node === undefined);
}

export interface Goal {
  readonly to: End;
  readonly traffic: TrafficSet;
  /** Where it is an address behind a Service. */
  readonly foreign?: ForeignEnd;
}

/** Every end that must not be reached, and by which traffic. */
export function goalsOf(network: Network, target: Resolved): readonly Goal[] {
  const own = everyEndOf(network, target).map((to): Goal => {
    return { to, traffic: trafficTo(network, target, 'pod' in to ? to.pod : undefined) };
  });
  const foreign = foreignEndsOf(network, target).map(
    (each): Goal => ({ to: each.end, traffic: trafficToForeign(each, target), foreign: each }),
  );
  return [...own, ...foreign];
}

/** On every way, unless the promise or its target is about one of them. */
export function breachesOf(
  { by }: Pick<ToReach, 'by'>,
  from: End,
  { to, traffic, foreign }: Goal,
  target: Resolved,
  network: Network,
): readonly Breach[] {
  const atNode = target.node ? breachesAtNode(network, from, traffic) : [];
  if (atNode.length > 0) return atNode;
  if (target.byNodePort) {
    return 'pod' in to
      ? nodePortBreaches(network, from, to.pod, target)
      : nodePortBreachesTo(network, from, to, target);
  }
  const breach = by
    ? narrowedBreachOf(network, from, to, traffic, { by, target })
    : breachOf(network, from, to, traffic, NAMED);
  if (breach) return [breach];
  if (by === 'podIP' || !foreign || !mayLeaveUntranslated(network, from, foreign)) return [];
  const ends = { from: labelOfEnd(from), to: labelOfEnd(to) };
  return [{ via: 'podIP', pair: { ...ends, outcome: 'unknown', hops: [], doubts: [TRANSLATION_DOUBT] } }];
}

const TRANSLATION_DOUBT: Doubt = {
  rule: 'NP-20',
  wouldDecide:
    'egress rules that do not name the address of the Service, which policies may see before it is translated',
};

/** What nobody declared here may exist all the same: pods of a namespace, endpoints of a Service. */
function behindNobody({ label }: Resolved): Doubt {
  return { rule: 'NP-18', wouldDecide: `the pods behind ${label}, of which none is declared here` };
}
