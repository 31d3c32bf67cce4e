import type { ServiceResource } from '../model/manifest/resources';
import type { EndpointRef, LabelValues, SubjectRef } from './endpoint';
import { propCode, valueCode } from './fix-code';
import type { Intent } from './intent';
import { constructVariable } from './words/variables';

/** The parts of a promise as they stand in a program: what it is about, and its verb with what is told of that. */
export function promiseCode(intent: Intent): readonly [subject: string, verb: string] {
  const not = 'negated' in intent && intent.negated ? 'not.' : '';
  return [endCode(intent.subject), `${not}${verbCode(intent)}`];
}

/** Verbs about ends have them all; options are told only where fixes change them. */
function verbCode(intent: Intent): string {
  switch (intent.verb) {
    case 'toReach': {
      const targets = intent.targets.map(endCode);
      const listed = targets.length === 1 ? targets[0] : `[${targets.join(', ')}]`;
      return `toReach(${listed}${intent.by === undefined ? '' : `, { by: ${text(intent.by)} }`})`;
    }
    case 'toReachOnly':
      return `toReachOnly(${intent.targets.map(endCode).join(', ')})`;
    case 'toBeReachedOnlyBy':
      return `toBeReachedOnlyBy(${intent.sources.map(endCode).join(', ')})`;
    case 'toBeExposedTo':
      return `toBeExposedTo(${endCode(intent.zone)})`;
    case 'toPassThrough':
      return `toPassThrough(${endCode(intent.hop)}, { onTheWayTo: ${endCode(intent.onTheWayTo)} })`;
    case 'toResolve':
      return `toResolve(${text(intent.name)})`;
    case 'toRouteTo':
      return `toRouteTo(${endCode(intent.backend)})`;
    case 'toRedirectTo':
      return `toRedirectTo(${text(intent.location)})`;
    case 'toTerminateTls':
    case 'toBeIsolated':
    case 'none':
      return `${intent.verb}(…)`;
  }
}

/** An end: a construct by what its author may call it. */
function endCode(ref: SubjectRef): string {
  switch (ref.kind) {
    case 'url':
      return `url(${text(ref.url)})`;
    case 'construct':
      return constructVariable({ construct: ref.path });
    case 'object':
      return constructVariable({ construct: ref.name });
    case 'port':
      return `${endCode(ref.of)}.port(${valueCode(ref.port, false)})`;
    case 'nodePort':
      return `${endCode(ref.of)}.nodePort(${valueCode(ref.port, false)})`;
    case 'container':
      return `container(${endCode(ref.of)}, ${text(ref.name)})`;
    case 'pods':
      return podsCode(ref);
    case 'node':
    case 'namespace':
      return `${ref.kind}(${text(ref.name)})`;
    case 'addresses':
      return `cidr(${ref.cidrs.map(text).join(', ')})`;
    case 'external':
      return `external(${text(ref.host)})`;
    case 'component':
    case 'internet':
      return ref.kind === 'internet' ? 'internet' : ref.name;
  }
}

function podsCode({ labels, namespace, namespaceLabels }: EndpointRef & { kind: 'pods' }): string {
  const options = [
    ...(namespace === undefined ? [] : [`namespace: ${text(namespace)}`]),
    ...(namespaceLabels === undefined ? [] : [`namespaceLabels: ${labelValuesCode(namespaceLabels)}`]),
  ];
  return `pods(${labelValuesCode(labels)}${options.length === 0 ? '' : `, { ${options.join(', ')} }`})`;
}

function labelValuesCode(labels: LabelValues): string {
  const pairs = Object.entries(labels).map(([key, value]) => {
    const values = [value].flat().map(text);
    return `${propCode(key)}: ${typeof value === 'string' ? values[0] : `[${values.join(', ')}]`}`;
  });
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/** The construct of a Service as an end. */
export function refOfService({ namespace, name, origin }: ServiceResource): EndpointRef {
  const { construct } = origin;
  return construct === undefined
    ? { kind: 'object', object: 'Service', namespace, name }
    : { kind: 'construct', path: construct };
}

function text(value: string): string {
  return valueCode(value, false);
}
