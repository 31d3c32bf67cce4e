import type { Network } from '../../model/network';
import type { Checked } from '../checked';
import { unguarded } from '../foreign-ends';
import type { Intent } from '../intent';
import { resolveEndpoint } from '../resolve';
import { everyPodBehind, everySender } from '../targets';
import { brokenBy, keptOut, undecided, vacuous } from './results';
import { enteringBreaches } from './to-be-reached-only-by';
import { labelOfListed, leavingBreaches } from './to-reach-only';

/**
 * `expect(x).toBeIsolated({ except })`: nobody but the exceptions gets to x, and x gets to nobody but them, lookups at the
 * cluster's DNS left out; or one direction of it alone. Within x its pods may talk.
 */
export function checkToBeIsolated(intent: Intent & { verb: 'toBeIsolated' }, network: Network): readonly Checked[] {
  const subject = resolveEndpoint(intent.subject, network.cluster);
  const except = intent.except.map((ref) => resolveEndpoint(ref, network.cluster));
  const target = { label: labelOfListed(except) };
  if (subject.nothing) return [vacuous(intent, subject, 'subject', target)];
  const pods = everyPodBehind(network, subject);
  const doubts = intent.ingress ? unguarded(network, subject) : [];
  if (pods.length === 0 && doubts.length === 0) return [vacuous(intent, subject, 'subject', target)];
  const senders = everySender(network, subject);
  const entering = intent.ingress ? enteringBreaches(network, pods, except, subject) : [];
  const leaving = intent.egress ? leavingBreaches(network, senders, except, subject) : [];
  const found = [
    ...(entering.length > 0
      ? [brokenBy(intent, subject, target, entering, 'PTL113', network, doubts)]
      : doubts.length > 0
        ? [undecided(intent, subject, target, doubts)]
        : []
    ).map((one) => ({ ...one, part: 'ingress' })),
    ...(leaving.length > 0
      ? [{ ...brokenBy(intent, subject, target, leaving, 'PTL114', network), part: 'egress' }]
      : []),
  ];
  if (found.length > 0) return found;
  const ends = { leaving: intent.egress ? senders : [], entering: intent.ingress ? pods : [] };
  return [keptOut(intent, subject, target, ends, network)];
}
