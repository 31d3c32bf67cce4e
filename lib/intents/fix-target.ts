import type { FixContext } from './candidate';
import type { Broken } from './checked';
import type { EndpointRef } from './endpoint';
import type { Intent } from './intent';
import { type Resolved, resolveEndpoint } from './resolve';

/** What a broken promise is to lead to; `undefined` where that is no end in the cluster. */
export function meantBy({ intent, target }: Broken, { network }: FixContext): Resolved | undefined {
  const meant = endsMeant(intent).map((ref) => resolveEndpoint(ref, network.cluster));
  return meant.find(({ label }) => label === target) ?? meant[0];
}

function endsMeant(intent: Intent): readonly EndpointRef[] {
  switch (intent.verb) {
    case 'toReach':
      return intent.targets;
    case 'toRouteTo':
      return [intent.backend];
    case 'toResolve':
      return intent.to ? [intent.to] : [];
    case 'toBeExposedTo':
      return [intent.subject];
    default:
      return [];
  }
}
