import type { Cluster } from '../../cluster/cluster';
import type { ConnectionRouteResource } from '../../manifest/resources';
import { byCodeUnit } from '../../values/by-code-unit';
import { joined } from '../decide';
import type { UrlRequest } from '../request';
import type { Considered, Outcome, RouteRule } from '../routing';
import { type AttachedRoute, hostRank } from './candidates';
import { covers } from './hostnames';
import { outcomeOf } from './outcome';
import { compareRanks } from './precedence';
import type { ListenerTable } from './table';

type Attached = AttachedRoute<ConnectionRouteResource>;

/** A connection as a route of connections takes it. */
interface Ranked {
  readonly each: Attached;
  readonly host?: string;
  readonly rank: readonly number[];
}

/** GW-09: a connection goes to the route for its SNI with the more precise hostname, or is refused. */
export function routeConnection(
  { served, connections }: ListenerTable,
  request: UrlRequest,
  cluster: Cluster,
): Outcome & { readonly rule?: RouteRule; readonly considered: readonly Considered[] } {
  const { listener } = served;
  const ranked = connections
    .flatMap((each): readonly Ranked[] => {
      const own = each.hosts
        .filter(
          ({ effective }) => effective === undefined || (request.sni !== undefined && covers(effective, request.sni)),
        )
        .map((host) => ({ each, host: host.own, rank: hostRank(host.own) }))
        .sort((a, b) => compareRanks(b.rank, a.rank));
      return own.slice(0, 1);
    })
    .sort((a, b) => compareRanks(b.rank, a.rank) || byAge(a, b));
  const outcomes: Outcome[] = [];
  const [first] = ranked;
  const rivals = first
    ? ranked.filter((other) => compareRanks(first.rank, other.rank) === 0 && isOpen(first, other))
    : [];
  for (const { each } of rivals) outcomes.push(refusing(outcomeOf(takenBy(each, request, listener.port), cluster)));
  if (!first) {
    const because = `no route of listener ${listener.name} is for ${request.sni ?? 'a connection without a name'}`;
    outcomes.push({ answers: [{ type: 'refuses', because }], doubts: [] });
  }
  const doubts = [
    ...rivals.flatMap(({ each }) => each.doubts),
    ...(rivals.length > 1
      ? [{ rule: 'GW-09', wouldDecide: 'which of the routes that claim the same is the older' }]
      : []),
  ];
  const considered = ranked.slice(1).map(({ each, host }) => ({
    rule: toldOf(each.route, host),
    matched: 'yes' as const,
    because: 'matches, but another route is older or more precise',
  }));
  return { ...joined(outcomes, doubts), rule: first && toldOf(first.each.route, first.host), considered };
}

function byAge(a: Ranked, b: Ranked): number {
  const [first, second] = [a.each.route, b.each.route];
  const age = (first.createdAt ?? 0) - (second.createdAt ?? 0);
  return age || byCodeUnit(`${first.namespace}/${first.name}`, `${second.namespace}/${second.name}`);
}

/** Whether nobody can tell the two apart; the first itself is among them. */
function isOpen(first: Ranked, other: Ranked): boolean {
  if (first === other) return true;
  return first.each.route.createdAt === undefined || other.each.route.createdAt === undefined;
}

function takenBy({ route }: Attached, request: UrlRequest, port: number) {
  return { request, route, rule: route.rules[0], port, prefix: '/' };
}

/** GW-11: where no backend is there a connection is refused: there is nobody to answer with a status. */
function refusing({ answers, doubts }: Outcome): Outcome {
  return {
    answers: answers.map((answer) =>
      answer.type === 'answers' ? { type: 'refuses', because: answer.because } : answer,
    ),
    doubts,
  };
}

export function toldOf(route: ConnectionRouteResource, host?: string): RouteRule {
  const { kind, namespace, name } = route;
  const { field } = route.rules[0];
  return { kind, namespace, name, index: 0, matches: host ?? 'every connection', field, origin: route.originOf(field) };
}
