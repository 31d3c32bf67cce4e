import type { PolicyCapability } from '../model/cluster/cni/capabilities';
import type { ClusterProfile } from '../model/cluster/profile';
import type { Resource } from '../model/manifest/resources';
import { Network } from '../model/network';
import { settledBy } from './assumed';
import type { Checked } from './checked';
import type { Intent } from './intent';
import { misplacedComponent } from './misplaced-component';
import { endpointsOf } from './promised-ends';
import { mentionsOf, subjectLabel } from './resolve';
import { refusedContainer } from './verbs/containers';
import { checkNotToReach } from './verbs/not-to-reach';
import { broken } from './verbs/results';
import { checkToBeExposedTo } from './verbs/to-be-exposed-to';
import { checkToBeIsolated } from './verbs/to-be-isolated';
import { checkToBeReachedOnlyBy } from './verbs/to-be-reached-only-by';
import { checkToPassThrough } from './verbs/to-pass-through';
import { checkToReach } from './verbs/to-reach';
import { checkToReachOnly } from './verbs/to-reach-only';
import { checkToRedirectTo } from './verbs/to-redirect-to';
import { checkToResolve } from './verbs/to-resolve';
import { checkToRouteTo } from './verbs/to-route-to';
import { checkToTerminateTls } from './verbs/to-terminate-tls';
import { type Assumption, ENFORCED, isBelow } from './waivers';

/** Judges promises on variations of one app: another profile, or resources with a fix tried on. */
export type Judge = (profile: ClusterProfile, changed?: readonly Resource[]) => readonly Checked[];

export function judgeOf(
  resources: readonly Resource[],
  intents: readonly Intent[],
  assumptions: readonly Assumption[],
): Judge {
  const enforced = assumptions.filter(({ fact }) => fact === ENFORCED);
  const isAssumedEnforced = ({ origin }: Intent) => enforced.some(({ scope }) => isBelow(origin.construct, scope));
  return (profile, changed = resources) => {
    // A network takes its time, and many a check promises nothing.
    if (intents.length === 0) return [];
    const network = networkFor(changed, profile, intents);
    if (profile.capabilities.enforcesNetworkPolicy || enforced.length === 0) {
      return settledBy(
        intents.flatMap((intent) => checkIntent(intent, network)),
        assumptions,
      );
    }
    const elsewise = networkFor(changed, granting(profile, ['enforcesNetworkPolicy']), intents);
    const checked = intents.flatMap((intent) => {
      if (!isAssumedEnforced(intent)) return checkIntent(intent, network);
      return checkIntent(intent, elsewise);
    });
    return settledBy(checked, assumptions).map((each) =>
      isAssumedEnforced(each.intent) ? reliesOn(each, enforced) : each,
    );
  };
}

/** The network that promises are judged on: its universe has everybody of whom they speak. */
export function networkFor(
  resources: readonly Resource[],
  profile: ClusterProfile,
  intents: readonly Intent[],
): Network {
  const last = LATEST.get(resources);
  if (last?.profile === profile && last.intents === intents) return last.network;
  const mentions = intents.flatMap((intent) => endpointsOf(intent).flatMap(mentionsOf));
  const network = Network.of(resources, profile, mentions);
  LATEST.set(resources, { profile, intents, network });
  return network;
}

/** Promises, their contradictions and lints ask about one network. */
const LATEST = new WeakMap<
  readonly Resource[],
  { readonly profile: ClusterProfile; readonly intents: readonly Intent[]; readonly network: Network }
>();

/** The same cluster with something on it that does what policies ask for. */
export function granting(profile: ClusterProfile, capabilities: readonly PolicyCapability[]): ClusterProfile {
  const granted = Object.fromEntries(capabilities.map((capability) => [capability, true]));
  return { ...profile, capabilities: { ...profile.capabilities, ...granted } };
}

function reliesOn(checked: Checked, assumptions: readonly Assumption[]): Checked {
  if (!checked.kept) return checked;
  const path = checked.intent.origin.construct;
  const own = assumptions.filter(({ scope }) => isBelow(path, scope));
  return { ...checked, assuming: [...(checked.assuming ?? []), ...own] };
}

function checkIntent(intent: Intent, network: Network): readonly Checked[] {
  const refused = refusedContainer(intent, network) ?? misplacedComponent(intent, network);
  if (refused) return [refused];
  switch (intent.verb) {
    case 'toReach':
      return intent.negated ? checkNotToReach(intent, network) : checkToReach(intent, network);
    case 'toReachOnly':
      return checkToReachOnly(intent, network);
    case 'toBeReachedOnlyBy':
      return checkToBeReachedOnlyBy(intent, network);
    case 'toBeIsolated':
      return checkToBeIsolated(intent, network);
    case 'toBeExposedTo':
      return checkToBeExposedTo(intent, network);
    case 'toPassThrough':
      return checkToPassThrough(intent, network);
    case 'toResolve':
      return checkToResolve(intent, network);
    case 'toRouteTo':
      return [checkToRouteTo(intent, network)];
    case 'toRedirectTo':
      return [checkToRedirectTo(intent, network)];
    case 'toTerminateTls':
      return [checkToTerminateTls(intent, network)];
    case 'none':
      return [broken(intent, subjectLabel(intent.subject, network.cluster), { label: '' }, { code: 'PTL903' })];
  }
}
