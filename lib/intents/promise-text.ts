import type { Cluster } from '../model/cluster/cluster';
import type { EndpointRef } from './endpoint';
import type { Intent } from './intent';
import { resolveEndpoint, subjectLabel } from './resolve';
import { secretText } from './secret-text';

/** A promise as its author could have written it, with all of its options: `expect(shop).toBeIsolated({ except: [ops/debug] })`. */
export function promiseText(intent: Intent, cluster: Cluster): string {
  const label = (ref: EndpointRef) => resolveEndpoint(ref, cluster).label;
  const not = 'negated' in intent && intent.negated ? '.not' : '';
  return `expect(${subjectLabel(intent.subject, cluster).label})${not}${verbText(intent, label)}`;
}

function verbText(intent: Intent, label: (ref: EndpointRef) => string): string {
  const list = (refs: readonly EndpointRef[]) => refs.map(label).join(', ');
  const array = (refs: readonly EndpointRef[]) => (refs.length === 1 ? list(refs) : `[${list(refs)}]`);
  switch (intent.verb) {
    case 'toReach':
      return call('toReach', [array(intent.targets)], { by: intent.by && `'${intent.by}'` });
    case 'toReachOnly':
      return call('toReachOnly', [list(intent.targets)]);
    case 'toBeReachedOnlyBy':
      return call('toBeReachedOnlyBy', [list(intent.sources)]);
    case 'toBeIsolated':
      return call('toBeIsolated', [], {
        ingress: intent.ingress ? undefined : 'false',
        egress: intent.egress ? undefined : 'false',
        except: exceptText(intent.except, list),
      });
    case 'toBeExposedTo':
      return call('toBeExposedTo', [label(intent.zone)], { except: exceptText(intent.except, list) });
    case 'toPassThrough':
      return call('toPassThrough', [label(intent.hop)], { onTheWayTo: label(intent.onTheWayTo) });
    case 'toResolve':
      return `${call('toResolve', [`'${intent.name}'`])}${intent.to ? `.to(${label(intent.to)})` : ''}`;
    case 'toRouteTo':
      return call('toRouteTo', [label(intent.backend)]);
    case 'toRedirectTo':
      return call('toRedirectTo', [`'${intent.location}'`]);
    case 'toTerminateTls':
      return call('toTerminateTls', [], { with: intent.secret && `'${secretText(intent.secret)}'` });
    case 'none':
      return '';
  }
}

function exceptText(refs: readonly EndpointRef[], list: (refs: readonly EndpointRef[]) => string): string | undefined {
  return refs.length === 0 ? undefined : `[${list(refs)}]`;
}

function call(
  verb: string,
  args: readonly string[],
  options: Readonly<Record<string, string | undefined>> = {},
): string {
  const set = Object.entries(options).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
  return `.${verb}(${[...args, ...(set.length > 0 ? [`{ ${set.join(', ')} }`] : [])].join(', ')})`;
}
