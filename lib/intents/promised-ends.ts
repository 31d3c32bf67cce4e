import type { EndpointRef } from './endpoint';
import type { Intent } from './intent';

/** All endpoints that a promise speaks of. */
export function endpointsOf(intent: Intent): readonly EndpointRef[] {
  switch (intent.verb) {
    case 'toReach':
    case 'toReachOnly':
      return [intent.subject, ...intent.targets];
    case 'toBeReachedOnlyBy':
      return [intent.subject, ...intent.sources];
    case 'toBeIsolated':
      return [intent.subject, ...intent.except];
    case 'toBeExposedTo':
      return [intent.subject, intent.zone, ...intent.except];
    case 'toPassThrough':
      return [intent.subject, intent.hop, intent.onTheWayTo];
    case 'toResolve':
      return [intent.subject, ...(intent.to ? [intent.to] : [])];
    case 'toRouteTo':
      return [intent.backend];
    case 'toRedirectTo':
    case 'toTerminateTls':
      return [];
    case 'none':
      return intent.subject.kind === 'url' ? [] : [intent.subject];
  }
}
