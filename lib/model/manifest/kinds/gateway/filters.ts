import type { HeaderValue, PathModifier, RouteFilter } from '../../gateway-resource';
import { integerWithin, listOf, textUpTo } from '../../reader/bounded';
import { hostname } from '../../reader/hostname';
import { subdomain } from '../../reader/names';
import { portNumber } from '../../reader/network';
import { type Invalid, invalid, isObject, type Place } from '../../reader/place';
import { andThen, distinct, optional, part, type Reader, withDefault, wrongType } from '../../reader/reader';
import { alternatives, anything, integer, oneOf, text } from '../../reader/scalars';
import { headerName } from './matches';
import { objectReference, portReference } from './references';

/** A host without a wildcard: where requests are sent to, there is one. */
const preciseHostname: Reader<string> = andThen(hostname({ address: 'GW-01', wildcard: 'GW-01' }), (_host, place) =>
  subdomain(place),
);

const pathModifier: Reader<PathModifier> = andThen(
  part({
    type: oneOf('a way to change the path', ['ReplaceFullPath', 'ReplacePrefixMatch'] as const),
    replaceFullPath: optional(textUpTo(1024)),
    replacePrefixMatch: optional(textUpTo(1024)),
  }),
  ({ type, replaceFullPath, replacePrefixMatch }, place) => {
    const isFull = type === 'ReplaceFullPath';
    const [value, other] = isFull ? [replaceFullPath, replacePrefixMatch] : [replacePrefixMatch, replaceFullPath];
    const [field, otherField] = isFull
      ? ['replaceFullPath', 'replacePrefixMatch']
      : ['replacePrefixMatch', 'replaceFullPath'];
    if (other !== undefined) {
      const problem = `${otherField} stands beside the type ${type}`;
      return place.at(otherField).fault({ code: 'PTL020', problem, expected: `${field} alone`, rule: 'GW-12' });
    }
    if (value !== undefined) return { type, value };
    return place.at(field).fault({ code: 'PTL003', problem: 'the new path is missing', expected: 'a path' });
  },
);

const STATUSES = [301, 302, 303, 307, 308];

const redirectStatus: Reader<number> = andThen(integer, (status, place) =>
  STATUSES.includes(status)
    ? status
    : place.fault({
        code: 'PTL004',
        problem: `${status} is no status of a redirect`,
        expected: alternatives(STATUSES.map(String)),
      }),
);

const redirect = part({
  scheme: optional(oneOf('a scheme', ['http', 'https'] as const)),
  hostname: optional(preciseHostname),
  path: optional(pathModifier),
  port: optional(portNumber),
  statusCode: withDefault(redirectStatus, 302),
});

const headerValue: Reader<string> = andThen(textUpTo(4096), (value, place) =>
  value === ''
    ? place.fault({ code: 'PTL003', problem: 'the value is empty', expected: 'what the header says' })
    : value,
);

const header: Reader<HeaderValue> = part({ name: headerName, value: headerValue });
const headers = distinct(listOf(header, 0, 16), ({ name }) => `the header ${JSON.stringify(name)}`);

const headerFilter = part({
  set: headers,
  add: headers,
  remove: distinct(listOf(text, 0, 16), (name) => `the header ${JSON.stringify(name)}`),
});

const fraction = andThen(
  part({ numerator: integerWithin(0, 2 ** 31 - 1), denominator: withDefault(integerWithin(1, 2 ** 31 - 1), 100) }),
  (read, place) => {
    if (read.numerator <= read.denominator) return read;
    const problem = `${read.numerator} of ${read.denominator} is more than all`;
    return place.fault({ code: 'PTL004', problem, expected: 'a numerator up to the denominator', rule: 'GW-12' });
  },
);

/** GW-12: of which share of the requests copies are sent is told in one way. */
const mirror = andThen(
  part({ backendRef: portReference, percent: optional(integerWithin(0, 100)), fraction: optional(fraction) }),
  (read, place) => {
    if (read.percent === undefined || read.fraction === undefined) return read;
    const problem = 'percent and fraction say the same, and stand together';
    return place.at('fraction').fault({ code: 'PTL020', problem, expected: 'one of them', rule: 'GW-12' });
  },
);

interface Variant {
  /** The field that a filter of the type has, and no other type. */
  readonly field: string;
  readonly read: Reader<RouteFilter>;
}

function headersOf(type: 'RequestHeaderModifier' | 'ResponseHeaderModifier'): Reader<RouteFilter> {
  return andThen(headerFilter, (read) => ({ type, ...read }));
}

/** GW-12. */
const VARIANTS: Readonly<Record<RouteFilter['type'], Variant>> = {
  RequestHeaderModifier: { field: 'requestHeaderModifier', read: headersOf('RequestHeaderModifier') },
  ResponseHeaderModifier: { field: 'responseHeaderModifier', read: headersOf('ResponseHeaderModifier') },
  RequestMirror: {
    field: 'requestMirror',
    read: andThen(mirror, ({ backendRef }) => ({ type: 'RequestMirror', backend: backendRef })),
  },
  RequestRedirect: {
    field: 'requestRedirect',
    read: andThen(redirect, ({ statusCode, ...rest }) => ({ type: 'RequestRedirect', ...rest, status: statusCode })),
  },
  URLRewrite: {
    field: 'urlRewrite',
    read: andThen(part({ hostname: optional(preciseHostname), path: optional(pathModifier) }), (read) => ({
      type: 'URLRewrite',
      ...read,
    })),
  },
  ExtensionRef: {
    field: 'extensionRef',
    read: andThen(objectReference(''), (extension) => ({ type: 'ExtensionRef', extension })),
  },
  CORS: { field: 'cors', read: andThen(anything, () => ({ type: 'CORS' })) },
  ExternalAuth: {
    field: 'externalAuth',
    read: andThen(part({ backendRef: optional(portReference) }), ({ backendRef }) => ({
      type: 'ExternalAuth',
      backend: backendRef,
    })),
  },
};

const HTTP_TYPES = Object.keys(VARIANTS) as RouteFilter['type'][];
const GRPC_TYPES = HTTP_TYPES.filter(
  (type) => !['RequestRedirect', 'URLRewrite', 'CORS', 'ExternalAuth'].includes(type),
);

function filterOf(types: readonly RouteFilter['type'][]): Reader<RouteFilter> {
  const typeOf = part({ type: oneOf('a type of filter', types) });
  return (place) => {
    if (!isObject(place.value)) return wrongType(place, 'an object');
    const given = typeOf(place);
    if (given === invalid) return invalid;
    const { field, read } = VARIANTS[given.type];
    const strange = types.map((type) => VARIANTS[type].field).filter((each) => each !== field);
    const other = strange.find((each) => !place.at(each).isAbsent);
    if (other !== undefined) return doubleFilter(place.at(other), other, given.type);
    if (!place.at(field).isAbsent) return read(place.at(field));
    const detail = { problem: `a filter of type ${given.type} says nothing more`, expected: `\`${field}\`` };
    return place.at(field).fault({ code: 'PTL003', ...detail, rule: 'GW-12' });
  };
}

function doubleFilter(place: Place, field: string, type: string): Invalid {
  const problem = `${field} stands in a filter of type ${type}`;
  return place.fault({ code: 'PTL020', problem, expected: 'a filter of its own', rule: 'GW-12' });
}

/** What may stand several times in a rule. */
const REPEATABLE: readonly RouteFilter['type'][] = ['RequestMirror', 'ExtensionRef', 'ExternalAuth'];

function filters(types: readonly RouteFilter['type'][]): Reader<readonly RouteFilter[]> {
  return andThen(listOf(filterOf(types), 0, 16), (read, place) => {
    const kinds = read.map(({ type }) => type);
    const twin = kinds.findIndex((type, i) => kinds.indexOf(type) < i && !REPEATABLE.includes(type));
    if (twin >= 0) {
      const detail = { problem: `there is another filter of type ${kinds[twin]}`, expected: 'one of each type' };
      return place.at(twin).fault({ code: 'PTL019', ...detail, rule: 'GW-12' });
    }
    const [redirects, rewrites] = [kinds.indexOf('RequestRedirect'), kinds.indexOf('URLRewrite')];
    if (redirects < 0 || rewrites < 0) return read;
    const problem = 'a request is either redirected or rewritten, and these filters stand together';
    return place
      .at(Math.max(redirects, rewrites))
      .fault({ code: 'PTL020', problem, expected: 'one of them', rule: 'GW-12' });
  });
}

export const httpFilters = filters(HTTP_TYPES);
export const grpcFilters = filters(GRPC_TYPES);
