import type { Network } from '../../model/network';
import type { Checked } from '../checked';
import { causeOfBreach } from '../diagnose';
import type { Cause } from '../finding';
import type { Intent } from '../intent';
import { labelOf, type Resolved, resolveEndpoint } from '../resolve';
import { missingPort, podsBehind } from '../targets';
import { type Breach, breachOf, endsOf, trafficTo } from '../ways';
import { broken, keptOut, vacuous } from './results';

type ToReach = Intent & { verb: 'toReach' };

/** `expect(x).not.toReach(y)`: no pod of x gets to y, on no way and, unless a port is named, on no port of any protocol. */
export function checkNotToReach(intent: ToReach, network: Network): readonly Checked[] {
  const subject = resolveEndpoint(intent.subject, network.cluster);
  if (subject.nothing) return [vacuous(intent, subject, 'subject', labelOf(intent.targets, network.cluster))];
  return intent.targets.map((ref) => keptApart(intent, subject, resolveEndpoint(ref, network.cluster), network));
}

function keptApart(intent: ToReach, subject: Resolved, target: Resolved, network: Network): Checked {
  const missing = missingPort(network, target);
  if (missing) return broken(intent, subject, target, missing);
  const pods = podsBehind(network, target);
  const goals = pods.length > 0 ? pods.map((pod) => ({ pod })) : endsOf(network, target);
  const sources = endsOf(network, subject);
  if (sources.length === 0) return vacuous(intent, subject, 'subject', target);
  if (goals.length === 0) return broken(intent, subject, target, behindNobody(target));
  const breaches = sources.flatMap((from) =>
    goals
      // A promise between an app and itself is about its other replicas.
      .filter((to) => !('pod' in from && 'pod' in to && from.pod === to.pod && from.pod.replicas === 1))
      .flatMap((to) => breachOf(network, from, to, trafficTo(target, 'pod' in to ? to.pod : undefined)) ?? []),
  );
  if (breaches.length === 0)
    return keptOut(intent, subject, target, { leaving: subject.pods, entering: pods }, network);
  return brokenBy(intent, subject, target, breaches, 'PTL104', network);
}

/** What nobody declared here may exist all the same: pods of a namespace, endpoints of a Service. */
function behindNobody({ label }: Resolved): Cause {
  return {
    code: 'PTL904',
    doubts: [{ rule: 'NP-18', wouldDecide: `the pods behind ${label}, of which none is declared here` }],
  };
}

/** The finding for ways that are open, or may be: the surest one is its example. */
export function brokenBy(
  intent: Intent,
  subject: { label: string },
  target: { label: string },
  breaches: readonly Breach[],
  code: 'PTL104' | 'PTL113' | 'PTL120',
  network: Network,
): Checked {
  const open = breaches.filter((breach) => breach.pair.outcome === 'allowed');
  const shown = open[0] ?? breaches[0];
  const { cause, blame } = causeOfBreach(shown, code, network);
  const offenders = [...new Set((open.length > 0 ? open : breaches).map((breach) => breach.pair.from))];
  return { ...broken(intent, subject, target, cause), blame, example: shown.pair, offenders };
}
