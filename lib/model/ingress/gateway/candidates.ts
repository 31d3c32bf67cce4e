import type { GrpcRouteResource, HttpRouteResource, RouteRuleBase } from '../../manifest/resources';
import { byCodeUnit } from '../../values/by-code-unit';
import type { Doubt } from '../../values/ternary';
import type { Match } from '../controllers/controller';
import type { UrlRequest } from '../request';
import type { RouteRule } from '../routing';
import type { RouteHost } from './attachment';
import { GRPC_ORDER, grpcMatchText, grpcRank, matchGrpc } from './grpc-match';
import { covers } from './hostnames';
import { HTTP_ORDER, httpMatchText, httpRank, matchHttp } from './http-match';

/** A route that a listener takes. */
export interface AttachedRoute<R> {
  readonly route: R;
  readonly hosts: readonly RouteHost[];
  readonly doubts: readonly Doubt[];
}

/** One match of one rule, compared with a request. */
export interface Candidate {
  readonly route: HttpRouteResource | GrpcRouteResource;
  readonly rule: RouteRuleBase;
  readonly told: RouteRule;
  readonly match: Match;
  /** GW-06, GW-08: the greater goes first, part by part. */
  readonly rank: readonly number[];
  /** What the parts of the rank say, for people. */
  readonly order: readonly string[];
  /** GW-06: a regular expression, the place of which among the others is up to the controller. */
  readonly isPattern: boolean;
  /** The path that is matched, where it is a prefix. */
  readonly prefix: string;
  readonly host?: string;
  /** What leaves open whether the rule is there at all. */
  readonly doubts: readonly Doubt[];
}

type Attached = AttachedRoute<HttpRouteResource | GrpcRouteResource>;

/** Every match of the routes that are for the host of a request, in the order of routes and rules. */
export function candidatesOf(attached: readonly Attached[], request: UrlRequest): readonly Candidate[] {
  return attached.flatMap(({ route, hosts, doubts }) => {
    const own = hosts.filter(({ effective }) => covers(effective, request.host)).sort(byPrecision);
    if (own.length === 0) return [];
    const host = own[0].own;
    const common = { route, doubts, host };
    const places = route.type === 'httpRoute' ? httpPlaces(route, request) : grpcPlaces(route, request);
    return places.map(({ rank, order, ...place }) => ({
      ...common,
      ...place,
      rank: [...hostRank(host), ...rank],
      order: ['has the more precise hostname', 'has the more precise hostname', ...order],
      told: toldOf(route, place, host),
    }));
  });
}

/** GW-06: the characters of a hostname without a wildcard, then those of any. */
export function hostRank(host: string | undefined): readonly number[] {
  if (host === undefined) return [0, 0];
  return host.startsWith('*.') ? [0, host.length] : [host.length, host.length];
}

function byPrecision(a: RouteHost, b: RouteHost): number {
  const [first, second] = [hostRank(a.own), hostRank(b.own)];
  return second[0] - first[0] || second[1] - first[1] || byCodeUnit(a.own ?? '', b.own ?? '');
}

interface Spot {
  readonly rule: RouteRuleBase;
  readonly index: number;
  readonly text: string;
}

function toldOf({ kind, namespace, name, originOf }: Attached['route'], spot: Spot, host?: string): RouteRule {
  const { field } = spot.rule;
  const matches =
    host === undefined || spot.text.startsWith('/') ? `${host ?? ''}${spot.text}` : `${host} ${spot.text}`;
  return { kind, namespace, name, index: spot.index, matches, field, origin: originOf(field) };
}

function httpPlaces({ rules }: HttpRouteResource, request: UrlRequest) {
  return rules.flatMap((rule, index) =>
    rule.matches.map((match) => ({
      rule,
      index,
      text: httpMatchText(match),
      match: matchHttp(match, request),
      rank: httpRank(match),
      order: HTTP_ORDER,
      isPattern: match.path.type === 'RegularExpression',
      prefix: match.path.type === 'PathPrefix' ? match.path.value : '/',
    })),
  );
}

function grpcPlaces({ rules }: GrpcRouteResource, request: UrlRequest) {
  return rules.flatMap((rule, index) => {
    const matches = rule.matches.length > 0 ? rule.matches : [{ type: 'Exact' as const, headers: [] }];
    return matches.map((match) => ({
      rule,
      index,
      text: grpcMatchText(match),
      match: matchGrpc(match, request),
      rank: grpcRank(match),
      order: GRPC_ORDER,
      isPattern: match.type === 'RegularExpression',
      prefix: '/',
    }));
  });
}
