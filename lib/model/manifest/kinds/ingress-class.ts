import { textUpTo } from '../reader/bounded';
import { dnsLabel, subdomain } from '../reader/names';
import type { Invalid, Place } from '../reader/place';
import { andThen, optional, optionalText, orEmpty, part, type Reader, withDefault } from '../reader/reader';
import { oneOf, text } from '../reader/scalars';
import { kind } from './kind';

/** ING-12: of Ingresses that name no class. */
const DEFAULT_ANNOTATION = 'ingressclass.kubernetes.io/is-default-class';

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const PATH = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

const controller: Reader<string> = andThen(textUpTo(250), (value, place) => {
  const slash = value.indexOf('/');
  if (slash > 0 && SUBDOMAIN.test(value.slice(0, slash)) && PATH.test(value.slice(slash + 1))) return value;
  return place.fault({
    code: 'PTL014',
    problem: value === '' ? 'the class names no controller' : `${JSON.stringify(value)} is no name of a controller`,
    expected: 'a DNS name, / and a path, e.g. k8s.io/ingress-nginx',
    rule: 'ING-13',
  });
});

const parameters: Reader<unknown> = andThen(
  part({
    apiGroup: optionalText(subdomain),
    kind: text,
    name: text,
    scope: withDefault(oneOf('a scope', ['Cluster', 'Namespace'] as const), 'Cluster'),
    namespace: optionalText(dnsLabel),
  }),
  (read, place) => ((read.scope === 'Namespace') === (read.namespace !== undefined) ? read : wrongNamespace(place)),
);

function wrongNamespace(place: Place): Invalid {
  const namespace = place.at('namespace');
  return namespace.isAbsent
    ? namespace.fault({
        code: 'PTL003',
        problem: 'parameters of scope Namespace have no namespace',
        expected: 'the namespace of the parameters',
      })
    : namespace.fault({
        code: 'PTL020',
        problem: 'parameters of scope Cluster have a namespace',
        expected: 'no namespace, or scope Namespace',
      });
}

interface Body {
  readonly spec: { readonly controller: string };
}

const body: Reader<Body> = part({ spec: orEmpty(part({ controller, parameters: optional(parameters) })) });

export const ingressClassKind = kind({
  kind: 'IngressClass',
  // Both have the same fields.
  apiVersions: ['networking.k8s.io/v1', 'networking.k8s.io/v1beta1'],
  namespaced: false,
  name: subdomain,
  body,
  make: ({ spec: { controller } }, { annotations }) => ({
    type: 'ingressClass',
    controller,
    isDefault: annotations.get(DEFAULT_ANNOTATION) === 'true',
  }),
});
