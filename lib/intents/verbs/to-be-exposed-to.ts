import type { Network } from '../../model/network';
import type { PairVerdict } from '../../model/reach/verdict';
import type { Checked } from '../checked';
import { causeOf } from '../diagnose';
import { doorless } from '../diagnose-doors';
import { unguarded } from '../foreign-ends';
import type { Intent } from '../intent';
import { isAmong, withoutSpared } from '../others';
import { type Resolved, resolveEndpoint } from '../resolve';
import { routeDoubt, routesElsewhere, routesTo } from '../routes';
import { everyPodSpokenFor, missingPort, podsBehind } from '../targets';
import { trafficTo } from '../traffic';
import { undeclaredBackends } from '../undeclared-backends';
import { breachOf, endsOf, everyEndOf, NAMED, type Stance } from '../ways';
import { waysIn } from '../ways-in';
import {
  bestOf,
  broken,
  brokenBy,
  brokenByRoutes,
  doubtsOfUnknown,
  kept,
  keptOut,
  undecided,
  vacuous,
} from './results';

type ToBeExposedTo = Intent & { verb: 'toBeExposedTo' };

/** `expect(x).toBeExposedTo(internet)`, and its negation with every way in and `except`. */
export function checkToBeExposedTo(intent: ToBeExposedTo, network: Network): readonly Checked[] {
  const subject = resolveEndpoint(intent.subject, network.cluster);
  const zone = resolveEndpoint(intent.zone, network.cluster);
  if (subject.nothing) return [vacuous(intent, subject, 'subject', zone)];
  const missing = missingPort(network, subject);
  if (missing) return [broken(intent, subject, zone, { ...missing, role: 'subject' })];
  const pods = intent.negated ? everyPodSpokenFor(network, subject) : podsBehind(network, subject);
  if (pods.length === 0 && (!intent.negated || unguarded(network, subject).length === 0))
    return [vacuous(intent, subject, 'subject', zone)];
  if (everyEndOf(network, zone).length === 0) return [vacuous(intent, zone, 'target', subject)];
  return [intent.negated ? unexposed(intent, subject, zone, network) : exposed(intent, subject, zone, network)];
}

function unexposed(intent: ToBeExposedTo, subject: Resolved, zone: Resolved, network: Network): Checked {
  const exceptions = intent.except.map((ref) => resolveEndpoint(ref, network.cluster));
  const whole = exceptions.filter((exception) => !exception.port);
  const pods = everyPodSpokenFor(network, subject).filter((pod) => !isAmong(whole, pod, network));
  const ends = everyEndOf(network, zone);
  const breaches = pods.flatMap((pod) => {
    const traffic = withoutSpared(network, trafficTo(network, subject, pod), pod, exceptions);
    return ends.flatMap((from) => breachOf(network, from, { pod }, traffic, ZONE) ?? []);
  });
  const routed = pods.flatMap((pod) => routesTo(pod, network));
  const elsewhere = pods.flatMap((pod) => [...routesElsewhere(pod, network), ...undeclaredBackends(pod, network)]);
  const doubts = [...unguarded(network, subject), ...routed.map(routeDoubt), ...elsewhere];
  if (breaches.length > 0) return brokenBy(intent, subject, zone, breaches, 'PTL120', network, doubts);
  if (routed.length > 0) return brokenByRoutes(intent, subject, zone, routed, doubts);
  if (doubts.length > 0) return undecided(intent, subject, zone, doubts);
  return keptOut(intent, subject, zone, { entering: pods }, network);
}

/** The promise names who is in the zone, but whoever is there brings policies of its own. */
const ZONE: Stance = { ...NAMED, strangersAreOpen: true };

/** Every pod of the subject has some way in, from wherever in the zone. */
function exposed(intent: ToBeExposedTo, subject: Resolved, zone: Resolved, network: Network): Checked {
  const pairs: PairVerdict[] = [];
  for (const pod of podsBehind(network, subject)) {
    const wanted = trafficTo(network, subject, pod);
    for (const from of endsOf(network, zone)) {
      const ways = waysIn(network, from, pod, wanted);
      if (ways.length === 0) {
        const { cause, blame } = doorless(pod, network);
        return { ...broken(intent, subject, zone, cause), blame };
      }
      pairs.push(bestOf(ways));
    }
  }
  const failing = pairs.find((pair) => pair.outcome === 'denied') ?? pairs.find((pair) => pair.outcome === 'unknown');
  if (!failing) return kept(intent, subject, zone, () => pairs);
  const { cause, blame } = causeOf(failing, network);
  return { ...broken(intent, subject, zone, cause), blame, example: failing, doubts: doubtsOfUnknown(pairs) };
}
