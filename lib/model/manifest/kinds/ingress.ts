import { subdomain } from '../reader/names';
import { type Invalid, invalid, type Place } from '../reader/place';
import { andThen, list, optional, optionalText, orEmpty, part, type Read, type Reader } from '../reader/reader';
import type { IngressTls } from '../resources';
import { ingressBackend } from './ingress-backend';
import { ingressHost, ingressRule } from './ingress-rule';
import { kind } from './kind';

/** ING-12: what classes were before they had a field. */
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

const tls: Reader<IngressTls> = part({ hosts: list(ingressHost), secretName: optionalText(subdomain) });

const spec = andThen(
  part({
    ingressClassName: optional(subdomain),
    rules: list(ingressRule),
    defaultBackend: optional(ingressBackend),
    tls: list(tls),
  }),
  (read, place) => {
    if (read.rules.length > 0 || read.defaultBackend) return read;
    return place.fault({
      code: 'PTL003',
      problem: 'the Ingress has neither rules nor a default backend',
      expected: 'rules, defaultBackend or both',
      rule: 'ING-10',
    });
  },
);

type Body = { readonly spec: Read<typeof spec> };

const body: Reader<Body> = andThen(part({ spec: orEmpty(spec) }), oneClass);

/** Of `networking.k8s.io/v1`: what older versions have is read as a kind that is not modelled. */
export const ingressKind = kind({
  kind: 'Ingress',
  apiVersions: ['networking.k8s.io/v1'],
  body,
  make: ({ spec: { ingressClassName, ...rest } }, { annotations }) => ({
    type: 'ingress',
    className: ingressClassName ?? annotations.get(CLASS_ANNOTATION),
    ...rest,
  }),
});

/** ING-12: the annotation and the field may stand together only where they say the same. */
function oneClass(body: Body, object: Place): Body | Invalid {
  const annotation = object.at('metadata').at('annotations').at(CLASS_ANNOTATION);
  const { ingressClassName } = body.spec;
  if (annotation.isAbsent || ingressClassName === undefined || annotation.value === ingressClassName) return body;
  annotation.fault({
    code: 'PTL020',
    problem: `the annotation names another class than ingressClassName, ${JSON.stringify(ingressClassName)}`,
    expected: 'one of them, or the same class in both',
    rule: 'ING-12',
  });
  return invalid;
}
