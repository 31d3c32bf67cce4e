import {
  type BackendReference,
  type ConnectionRouteResource,
  GATEWAY_GROUP,
  type GrpcRouteRule,
  type HttpRouteRule,
  type ParentReference,
  type RouteFilter,
  type RouteRuleBase,
} from '../../gateway-resource';
import { listOf } from '../../reader/bounded';
import { type Invalid, invalid, type Place } from '../../reader/place';
import { andThen, both, distinct, optional, orEmpty, part, type Reader } from '../../reader/reader';
import { kind } from '../kind';
import { grpcFilters, httpFilters } from './filters';
import { hostnames } from './listener';
import { EVERY_PATH, grpcMatch, httpMatch, ruleName } from './matches';
import { parentReference, portReference, weight } from './references';
import { timeouts } from './timeouts';

function isSame(a: ParentReference, b: ParentReference): boolean {
  return a.group === b.group && a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}

/** Where both name a listener, versions of the CRD differ in what the ports must be. */
function narrowedBy({ sectionName, port }: ParentReference): 'sectionName' | 'port' | 'nothing' {
  if (sectionName !== undefined) return 'sectionName';
  return port === undefined ? 'nothing' : 'port';
}

const differentParents: Reader<readonly ParentReference[]> = distinct(
  listOf(parentReference, 0, 32),
  ({ group, kind, namespace = '', name, sectionName = '', port = '' }) =>
    `the parent ${[group, kind, namespace, name, sectionName, port].filter((part) => part !== '').join('/')}`,
);

/** GW-05: two references to one object must tell its listeners apart, and both in the same way. */
const parents: Reader<readonly ParentReference[]> = andThen(differentParents, (read, place) => {
  const mixed = read.findIndex((parent, i) =>
    read.slice(0, i).some((other) => isSame(parent, other) && narrowedBy(parent) !== narrowedBy(other)),
  );
  if (mixed < 0) return read;
  return place.at(mixed).fault({
    code: 'PTL020',
    problem: `another reference to ${read[mixed].name} names its listener in another way, or means all`,
    expected: 'sectionName in each reference to one object, or a single reference',
    rule: 'GW-05',
  });
});

function backends(filters: Reader<readonly RouteFilter[]>, least: number): Reader<readonly BackendReference[]> {
  const item = both(portReference, part({ weight, filters }));
  return least === 0 ? listOf(item, 0, 16) : listOf(item, least, 16);
}

const NO_FILTERS: Reader<readonly RouteFilter[]> = () => [];
const NO_HOSTNAMES: Reader<readonly string[]> = () => [];

function rule<M>(matches: Reader<readonly M[]>, filters: Reader<readonly RouteFilter[]>, leastBackends: number) {
  const shape = part({ name: ruleName, matches, filters, backendRefs: backends(filters, leastBackends) });
  return andThen(shape, ({ backendRefs, ...rest }, place) => ({ ...rest, backends: backendRefs, field: place.path }));
}

const httpMatches = listOf(httpMatch, 0, 64);

const timed = both(rule(httpMatches, httpFilters, 0), part({ timeouts: optional(timeouts) }));

const httpRule: Reader<HttpRouteRule> = andThen(timed, ({ timeouts: _, ...read }, place) => {
  const { matches } = read;
  const complete = matches.length > 0 ? matches : [{ path: EVERY_PATH, headers: [], queryParams: [] }];
  return isSound({ ...read, matches: complete }, place) ? { ...read, matches: complete } : invalid;
});

/** GW-12: what may not stand beside a redirect, and where a prefix can't be replaced. */
function isSound({ matches, filters, backends }: HttpRouteRule, place: Place): boolean {
  const redirect = filters.findIndex(({ type }) => type === 'RequestRedirect');
  if (redirect >= 0 && backends.length > 0) {
    const problem = 'a rule that redirects has backends, which no request would reach';
    place.at('backendRefs').fault({ code: 'PTL020', problem, expected: 'the redirect or the backends', rule: 'GW-12' });
    return false;
  }
  const replaces = (filter: RouteFilter) => 'path' in filter && filter.path?.type === 'ReplacePrefixMatch';
  const all = [...filters, ...backends.flatMap((backend) => backend.filters)];
  const hasOnePrefix = matches.length === 1 && matches[0].path.type === 'PathPrefix';
  if (hasOnePrefix || !all.some(replaces)) return true;
  const expected = 'exactly one match, of type PathPrefix';
  place.fault({
    code: 'PTL020',
    problem: 'ReplacePrefixMatch finds no one prefix to replace',
    expected,
    rule: 'GW-12',
  });
  return false;
}

const MOST_MATCHES = 128;

function rules<R extends RouteRuleBase & { readonly matches: readonly unknown[] }>(item: Reader<R>) {
  const named = distinct(listOf(item, 0, 16), ({ name }) => name && `the rule ${JSON.stringify(name)}`);
  return andThen(named, (read, place): readonly R[] | Invalid => {
    const total = read.reduce((sum, { matches }) => sum + matches.length, 0);
    if (total <= MOST_MATCHES) return read;
    const expected = `at most ${MOST_MATCHES} in the rules of one route`;
    return place.fault({ code: 'PTL004', problem: `the rules have ${total} matches`, expected });
  });
}

/** GW-07: a route without rules takes every request, and has no backend for it. */
const httpRules = andThen(rules(httpRule), (read, place): readonly HttpRouteRule[] =>
  read.length > 0 || !place.isAbsent
    ? read
    : [
        {
          matches: [{ path: EVERY_PATH, headers: [], queryParams: [] }],
          filters: [],
          backends: [],
          field: place.path,
        },
      ],
);

const grpcRule: Reader<GrpcRouteRule> = rule(listOf(grpcMatch, 0, 64), grpcFilters, 0);

/** GRPCRoutes alone may be without. */
function required<T>(spec: Reader<T>): Reader<T> {
  const read = orEmpty(spec);
  return (place) =>
    place.isAbsent
      ? place.fault({ code: 'PTL003', problem: '`spec` is missing', expected: 'a spec, be it empty', rule: 'GW-07' })
      : read(place);
}

const common = { parentRefs: parents, hostnames: hostnames(0, 16) };
const httpSpec = part({ ...common, rules: httpRules });
const httpRoute = part({ spec: required(httpSpec) });
const grpcSpec = part({ ...common, rules: rules(grpcRule) });
const grpcRoute = part({ spec: orEmpty(grpcSpec) });

export const httpRouteKind = kind({
  kind: 'HTTPRoute',
  apiVersions: ['v1', 'v1beta1', 'v1alpha2'].map((version) => `${GATEWAY_GROUP}/${version}`),
  body: httpRoute,
  make: ({ spec: { parentRefs, ...rest } }) => ({ type: 'httpRoute', parents: parentRefs, ...rest }),
});

export const grpcRouteKind = kind({
  kind: 'GRPCRoute',
  apiVersions: [`${GATEWAY_GROUP}/v1`, `${GATEWAY_GROUP}/v1alpha2`],
  body: grpcRoute,
  make: ({ spec: { parentRefs, ...rest } }) => ({ type: 'grpcRoute', parents: parentRefs, ...rest }),
});

/** GW-09: connections have no matches and no filters. */
const connectionRule = andThen(
  rule(() => [], NO_FILTERS, 1),
  ({ matches: _, ...rest }): RouteRuleBase => rest,
);

/** GW-09: one rule where the kind is stable; older versions took more, of which only the first can ever win. */
const connectionRules = listOf(connectionRule, 1, 16);

function connectionRouteKind(name: ConnectionRouteResource['kind'], versions: readonly string[], hosts = NO_HOSTNAMES) {
  const spec = part({ parentRefs: parents, hostnames: hosts, rules: connectionRules });
  const body = part({ spec: required(spec) });
  return kind({
    kind: name,
    apiVersions: versions.map((version) => `${GATEWAY_GROUP}/${version}`),
    body,
    make: ({ spec: { parentRefs, ...rest } }) => ({ type: 'connectionRoute', parents: parentRefs, ...rest }),
  });
}

/** GW-09. */
export const connectionRouteKinds = [
  connectionRouteKind('TLSRoute', ['v1', 'v1alpha3'], hostnames(1, 1024)),
  connectionRouteKind('TLSRoute', ['v1alpha2'], hostnames(0, 16)),
  connectionRouteKind('TCPRoute', ['v1', 'v1alpha2']),
  connectionRouteKind('UDPRoute', ['v1alpha2']),
];
