import type { PodGroup } from '../../model/cluster/workload';
import type { Network } from '../../model/network';
import type { End } from '../../model/reach/policy-hops';
import type { Checked } from '../checked';
import { unguarded } from '../foreign-ends';
import type { Intent } from '../intent';
import { everybodyBut } from '../others';
import { type Resolved, resolveEndpoint } from '../resolve';
import { everyPodBehind, missingPort } from '../targets';
import { trafficTo } from '../traffic';
import { ANYBODY, type Breach, breachOf, sourcesThatMayEnter } from '../ways';
import { broken, brokenBy, keptOut, undecided, vacuous } from './results';
import { labelOfListed } from './to-reach-only';

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
  const label = labelOfListed(sources);
  if (subject.nothing) return [vacuous(intent, subject, 'subject', { label })];
  const missing = missingPort(network, subject);
  if (missing) return [broken(intent, subject, { label }, { ...missing, role: 'subject' })];
  for (const source of sources) {
    const unknownPort = missingPort(network, source);
    if (unknownPort) return [broken(intent, subject, source, unknownPort)];
  }
  const pods = everyPodBehind(network, subject);
  const doubts = unguarded(network, subject);
  if (pods.length === 0 && doubts.length === 0) return [vacuous(intent, subject, 'subject', { label })];
  const breaches = enteringBreaches(network, pods, sources, subject);
  if (breaches.length > 0) return [brokenBy(intent, subject, { label }, breaches, 'PTL113', network, doubts)];
  if (doubts.length > 0) return [undecided(intent, subject, { label }, doubts)];
  return [keptOut(intent, subject, { label }, { entering: pods }, network)];
}

/** Every way into the pods that is open, or may be, to whoever is not listed. */
export function enteringBreaches(
  network: Network,
  pods: readonly PodGroup[],
  listed: readonly Resolved[],
  subject: Resolved,
): readonly Breach[] {
  const others = everybodyBut(network, listed, subject);
  return pods.flatMap((pod) => {
    const traffic = trafficTo(network, subject, pod);
    // Whom the target's own policies shut out need not be looked at any further.
    const sources = sourcesThatMayEnter(network, pod, traffic).filter(others.has);
    const ends = [...sources.map((from): End => ({ pod: from })), ...others.addresses];
    return ends.flatMap((from) => breachOf(network, from, { pod }, traffic, ANYBODY) ?? []);
  });
}
