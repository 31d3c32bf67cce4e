import { type Doubt, distinctDoubts } from '../../values/ternary';
import { joined } from '../decide';
import { conformant as normalizer } from '../normalize/conformant';
import type { UrlRequest } from '../request';
import type { Considered, Outcome, Routed, RouteRule } from '../routing';
import { type Candidate, candidatesOf } from './candidates';
import { terminationOf } from './certificates';
import { routeConnection } from './connection-routing';
import { covers, precision } from './hostnames';
import { outcomeOf } from './outcome';
import { reasonOf, rule } from './precedence';
import type { GatewayTable, ListenerTable } from './table';

/** The way of a request, before listeners that may not be there are told apart. */
interface Way extends Outcome {
  readonly rule?: RouteRule;
  readonly considered: readonly Considered[];
}

/** GW-02: a request goes to one listener, that with the most precise hostname, and to the routes of that one alone. */
export function routeThrough(request: UrlRequest, table: GatewayTable): Routed {
  const listeners = listening(request, table);
  if (listeners.length === 0) return refused(`nothing listens for ${request.scheme} on port ${request.port}`, table);
  const name = request.scheme === 'https' ? request.sni : request.host;
  const fitting = listeners
    .filter(({ served: { listener } }) => isFor(listener, name))
    .sort((a, b) => precision(hostOf(b)) - precision(hostOf(a)));
  const ways: Way[] = [];
  const doubts: Doubt[] = [];
  for (const listener of fitting) {
    ways.push(at(listener, request, listeners, table));
    if (listener.served.doubts.length === 0) break;
    doubts.push(...listener.served.doubts);
  }
  const isOpen = fitting.every(({ served }) => served.doubts.length > 0);
  if (isOpen) ways.push(noListener(request, name));
  const [first] = ways;
  const { answers, doubts: left } = joined(ways, doubts);
  const claim = claimOf(fitting[0], request);
  const tls = fitting[0] && terminationOf(fitting[0], name ?? request.host, table.cluster);
  return { answers, doubts: left, rule: first.rule, considered: [...first.considered, ...looseOf(table)], tls, claim };
}

/** The listeners that take the connection: whichever TLS there is, it begins before anybody knows what is within. */
function listening({ scheme, port }: UrlRequest, { listeners }: GatewayTable): readonly ListenerTable[] {
  const protocols = scheme === 'http' ? ['HTTP', 'TCP'] : ['HTTPS', 'TLS', 'TCP'];
  return listeners.filter(
    ({ served: { listener, conflict } }) =>
      listener.port === port && protocols.includes(listener.protocol) && conflict === undefined,
  );
}

function hostOf({ served }: ListenerTable): string | undefined {
  return served.listener.hostname;
}

function isFor({ hostname, protocol }: ListenerTable['served']['listener'], name: string | undefined): boolean {
  return protocol === 'TCP' || hostname === undefined || (name !== undefined && covers(hostname, name));
}

function refused(because: string, table: GatewayTable): Routed {
  return { answers: [{ type: 'refuses', because }], considered: looseOf(table), doubts: [], claim: 'none' };
}

/** GW-02: 404; with TLS there is no certificate to show, so that no connection comes about. */
function noListener({ scheme, host, port }: UrlRequest, name: string | undefined): Way {
  const because = `no listener on port ${port} is for ${name ?? 'a connection without a name'}`;
  if (scheme === 'https') return { answers: [{ type: 'refuses', because }], doubts: [], considered: [] };
  return {
    answers: [{ type: 'answers', status: 404, because: `no listener is for ${host}` }],
    doubts: [],
    considered: [],
  };
}

function at(listener: ListenerTable, request: UrlRequest, others: readonly ListenerTable[], table: GatewayTable): Way {
  const { fault, secrets, doubts } = listener.certificates;
  const refusal = (because: string): Way => ({ answers: [{ type: 'refuses', because }], doubts: [], considered: [] });
  if (fault && secrets.length === 0) return refusal(fault.because);
  const way = within(listener, request, others, table);
  if (doubts.length === 0) return way;
  // Without leave to use its certificate the listener serves nobody.
  return { ...way, ...joined([way, refusal('the listener may not use its certificate')], doubts) };
}

function within(
  listener: ListenerTable,
  request: UrlRequest,
  others: readonly ListenerTable[],
  table: GatewayTable,
): Way {
  const { protocol } = listener.served.listener;
  if (protocol === 'TCP' || protocol === 'TLS') return routeConnection(listener, request, table.cluster);
  return misdirected(listener, request, others) ?? routeRequest(listener, request, table);
}

/** GW-02: a connection that was made for another name than the request is for. */
function misdirected(
  listener: ListenerTable,
  { host, sni }: UrlRequest,
  others: readonly ListenerTable[],
): Way | undefined {
  if (listener.served.listener.protocol !== 'HTTPS' || host === sni) return undefined;
  const own = precision(hostOf(listener));
  const isOwn = covers(hostOf(listener), host);
  const better = others.some(
    (other) => other !== listener && covers(hostOf(other), host) && (!isOwn || precision(hostOf(other)) > own),
  );
  if (!better && isOwn) return undefined;
  const because = `the connection is for ${sni ?? 'an address'}, the request for ${host}`;
  return { answers: [{ type: 'answers', status: better ? 421 : 404, because }], doubts: [], considered: [] };
}

/** Reads host and path as proxies do, and asks the routes of the listener. */
function routeRequest(listener: ListenerTable, request: UrlRequest, table: GatewayTable): Way {
  const { readings, doubts } = normalizer(request);
  const ways = readings.map((reading): Way => {
    if (reading.ok) return routeReading(listener, { ...request, host: reading.host, path: reading.path }, table);
    const { status, because } = reading;
    return { answers: [{ type: 'answers', status, because }], doubts: [], considered: [] };
  });
  const first = ways.find((way) => way.rule) ?? ways[0];
  const raw = doubts.map(() => RAW_PATH);
  return { ...joined(ways, raw), rule: first.rule, considered: first.considered };
}

const RAW_PATH: Doubt = {
  rule: 'GW-07',
  wouldDecide: 'a plain host and path: what becomes of //, dot segments and encoded characters is up to the proxy',
};

/** HTTPRoutes and GRPCRoutes are not merged (GW-08): where both may be there, there are the ways of both. */
function routeReading({ served, requests }: ListenerTable, request: UrlRequest, table: GatewayTable): Way {
  const { port } = served.listener;
  const because = `no rule takes ${request.host}${request.path}`;
  const fallback: Outcome = { answers: [{ type: 'answers', status: 404, because }], doubts: [] };
  const answer = ({ route, rule, prefix }: Candidate) =>
    outcomeOf({ request, route, rule, port, prefix }, table.cluster);
  const byKind = (['httpRoute', 'grpcRoute'] as const).map((type) =>
    candidatesOf(
      requests.filter(({ route }) => route.type === type),
      request,
    ),
  );
  const rulings = byKind.filter((each) => each.length > 0).map((each) => rule(each, answer, fallback));
  const [winner] = rulings.flatMap((ruling) => ruling.winner ?? []);
  const candidates = byKind.flat();
  const mixture = rulings.length > 1 ? candidates.flatMap(({ doubts }) => doubts) : [];
  const outcome = rulings.length === 0 ? fallback : joined(rulings, distinctDoubts(mixture));
  return { ...outcome, rule: winner?.told, considered: consideredOf(candidates, winner) };
}

const NEARNESS = { yes: 0, maybe: 1, no: 2 };

/** All rules but the winner, each with the match that comes nearest. */
function consideredOf(candidates: readonly Candidate[], winner: Candidate | undefined): readonly Considered[] {
  const nearest = new Map<Candidate['rule'], Candidate>();
  for (const candidate of candidates.filter(({ rule }) => rule !== winner?.rule)) {
    const known = nearest.get(candidate.rule);
    const isNearer = !known || NEARNESS[candidate.match.matched] < NEARNESS[known.match.matched];
    if (isNearer) nearest.set(candidate.rule, candidate);
  }
  return [...nearest.values()]
    .map((candidate) => {
      const { matched, because } = candidate.match;
      const lost = winner && matched === 'yes' ? reasonOf(winner, candidate) : because;
      return { rule: candidate.told, matched, because: lost };
    })
    .sort((a, b) => NEARNESS[a.matched] - NEARNESS[b.matched]);
}

/** Routes that mean the Gateway, and which no listener takes. */
function looseOf({ loose }: GatewayTable): readonly Considered[] {
  return loose.map(({ route, refusal }) => {
    const { kind, namespace, name } = route;
    const field = ['spec', 'parentRefs'];
    const matches = route.hostnames.join(', ') || 'every host';
    const rule = { kind, namespace, name, matches, field, origin: route.originOf(field) };
    return { rule, matched: 'no', because: `is not attached: ${refusal.because}` };
  });
}

function claimOf(listener: ListenerTable | undefined, { host }: UrlRequest): Routed['claim'] {
  if (!listener) return 'none';
  const hosts = [...listener.requests, ...listener.connections]
    .flatMap((each) => each.hosts.map(({ effective }) => effective))
    .filter((each) => covers(each, host));
  if (hosts.includes(host)) return 'host';
  if (hosts.some((each) => each !== undefined)) return 'wildcard';
  return hosts.length > 0 ? 'any' : 'none';
}
