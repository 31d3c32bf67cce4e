import type { IConstruct } from 'constructs';
import { type CheckReport, check } from '../intents/check';
import { collectManifests } from './collect';
import { intentsOf, registryOf } from './registry';

/**
 * Checks every promise of the app that the construct belongs to, against what it would emit now.
 * Emits and prints nothing, and does not throw for a broken promise.
 */
export function verify(scope: IConstruct): CheckReport {
  const { root } = scope.node;
  const registry = registryOf(root);
  const { network } = registry;
  return check({
    manifests: collectManifests(root),
    profile: network?.spec ?? {},
    profileOrigin: network && { construct: network.path },
    intents: intentsOf(registry),
    assumptions: registry.assumptions,
    acknowledgements: registry.acknowledgements,
  });
}
