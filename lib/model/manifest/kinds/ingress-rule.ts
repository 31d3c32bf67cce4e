import { problemOfUrlPath } from '../../values/url-path';
import { listOf } from '../reader/bounded';
import { hostname } from '../reader/hostname';
import type { Invalid, Place } from '../reader/place';
import { andThen, both, optional, optionalText, part, type Reader } from '../reader/reader';
import { oneOf, text } from '../reader/scalars';
import type { IngressPath, IngressRule } from '../resources';
import { ingressBackend } from './ingress-backend';

type Matched = Pick<IngressPath, 'path' | 'pathType'>;

const PATH_TYPES: readonly IngressPath['pathType'][] = ['Exact', 'Prefix', 'ImplementationSpecific'];

/** ING-01, ING-02: a name, or one with `*` in place of its first label. */
export const ingressHost = hostname({ address: 'ING-01', wildcard: 'ING-02' });

const pathType: Reader<IngressPath['pathType']> = (place) =>
  place.isAbsent
    ? place.fault({
        code: 'PTL003',
        problem: 'the path has no type',
        expected: 'Exact, Prefix or ImplementationSpecific',
        rule: 'ING-05',
      })
    : oneOf('a path type', PATH_TYPES, 'ING-05')(place);

const matched: Reader<Matched> = andThen(part({ path: optionalText(text), pathType }), (read, place) => {
  const problem = problemOfPath(read);
  return problem === undefined ? read : wrongPath(place.at('path'), problem);
});

const ingressPath: Reader<IngressPath> = both(matched, part({ backend: ingressBackend }));

/** ING-11: without `http` a rule leaves to the controller what it means. */
export const ingressRule: Reader<IngressRule> = andThen(
  part({
    host: optionalText(ingressHost),
    http: optional(part({ paths: listOf(ingressPath, 1, Number.POSITIVE_INFINITY) })),
  }),
  ({ host, http }) => ({ host, paths: http?.paths }),
);

function problemOfPath({ path, pathType }: Matched): string | undefined {
  const isFree = pathType === 'ImplementationSpecific';
  if (path === undefined) return isFree ? undefined : 'the path is missing';
  if (!isFree) return problemOfUrlPath(path);
  return path.startsWith('/') ? undefined : `${JSON.stringify(path)} does not begin with /`;
}

function wrongPath(place: Place, problem: string): Invalid {
  return place.fault({
    code: 'PTL021',
    problem,
    expected: 'a path from / on, without empty parts, dots and encoded slashes',
    rule: 'ING-05',
  });
}
