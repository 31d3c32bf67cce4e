import type { PodGroup } from '../../model/cluster/workload';
import type { Network } from '../../model/network';
import type { End } from '../../model/reach/policy-hops';
import type { CidrSet } from '../../model/values/cidr-set';
import type { Checked } from '../checked';
import { coversStranger } from '../coverage';
import { unguarded } from '../foreign-ends';
import type { Intent } from '../intent';
import { type Resolved, resolveEndpoint } from '../resolve';
import { everyPodBehind, missingPort, podsSurelyBehind } from '../targets';
import { trafficTo } from '../traffic';
import { ANYBODY, breachOf, sourcesThatMayEnter } from '../ways';
import { brokenBy } from './not-to-reach';
import { broken, keptOut, vacuous } from './results';

/**
 * `expect(x).toBeReachedOnlyBy(a, b)`: whoever is not a, b or x itself gets to x on no way: declared pods, strangers that
 * a rule could mean, other nodes and everything outside. It does not promise that a and b do.
 */
export function checkToBeReachedOnlyBy(
  intent: Intent & { verb: 'toBeReachedOnlyBy' },
  network: Network,
): readonly Checked[] {
  const subject = resolveEndpoint(intent.subject, network.cluster);
  const sources = intent.sources.map((ref) => resolveEndpoint(ref, network.cluster));
  const label = sources.length === 0 ? 'nobody' : sources.map((source) => source.label).join(', ');
  if (subject.nothing) return [vacuous(intent, subject, 'subject', { label })];
  const missing = missingPort(network, subject);
  if (missing) return [broken(intent, subject, { label }, { ...missing, role: 'subject' })];
  const pods = everyPodBehind(network, subject);
  const doubt = unguarded(network, subject);
  if (doubt) return [broken(intent, subject, { label }, { code: 'PTL904', doubts: [doubt] })];
  if (pods.length === 0) return [vacuous(intent, subject, 'subject', { label })];
  const others = everybodyBut(network, sources, subject);
  const breaches = pods.flatMap((pod) => {
    const traffic = trafficTo(network, subject, pod);
    // Whom the target's own policies shut out need not be looked at any further.
    const sources = sourcesThatMayEnter(network, pod, traffic).filter(others.has);
    const ends = [...sources.map((from): End => ({ pod: from })), ...others.addresses];
    return ends.flatMap((from) => breachOf(network, from, { pod }, traffic, ANYBODY) ?? []);
  });
  if (breaches.length === 0) return [keptOut(intent, subject, { label }, { entering: pods }, network)];
  return [brokenBy(intent, subject, { label }, breaches, 'PTL113', network)];
}

/** Everybody whom the promise does not list. */
interface Others {
  readonly has: (pod: PodGroup) => boolean;
  readonly addresses: readonly End[];
}

function everybodyBut(network: Network, sources: readonly Resolved[], subject: Resolved): Others {
  const { cluster } = network;
  const allowed = [...sources, subject];
  const listed = new Set(allowed.flatMap((source) => podsSurelyBehind(network, source)));
  const own = new Set(podsSurelyBehind(network, subject).map((pod) => pod.workload));
  const selections = allowed.flatMap((source) => source.selections);
  const rest = (all: CidrSet) =>
    sources.reduce((left, source) => (source.anyOneAddress ? left : left.minus(source.addresses)), all);
  const outside = rest(cluster.outside);
  return {
    has: (pod) =>
      pod.provenance === 'stranger'
        ? !coversStranger(selections, pod, network)
        : !listed.has(pod) && !own.has(pod.workload),
    addresses: [
      ...network.parts(outside).map((part): End => ({ addresses: part, label: labelOf(part, outside) })),
      // Which node it is nobody says, and its own one is left out (NP-30).
      ...network
        .parts(rest(cluster.profile.nodeCidr))
        .map((part): End => ({ addresses: part, label: 'another node', node: '' })),
    ],
  };
}

function labelOf(part: CidrSet, all: CidrSet): string {
  return part.equals(all) ? 'every address outside' : `outside (${part})`;
}
