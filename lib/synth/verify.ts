import type { IConstruct } from 'constructs';
import type { CheckInput, CheckReport } from '../intents/check';
import { collectEmitted, manifestsOf } from './collect';
import type { Emitted } from './emission';
import { model } from './model';
import { describedBy, intentsOf, registryOf } from './registry';

/**
 * Checks every promise of the app that the construct belongs to, against what it would emit now.
 * Emits and prints nothing, and does not throw for a broken promise.
 */
export function verify(scope: IConstruct): CheckReport {
  return model.intents.check(checkInput(scope, collectEmitted(scope.node.root)));
}

/** What is to be judged: the manifests, with all that the tree declares beside them now. */
export function checkInput(scope: IConstruct, emitted: readonly Emitted[]): CheckInput {
  const registry = registryOf(scope);
  const { network } = registry;
  return {
    manifests: manifestsOf(emitted),
    readCertificate: (pem, key) => model.certificates.readCertificate(pem, key),
    profile: describedBy(registry),
    profileOrigin: network && { construct: network.path },
    intents: intentsOf(registry),
    assumptions: registry.assumptions,
    acknowledgements: registry.acknowledgements,
  };
}
