import type { Edge } from '../ingress/edge';
import type { UrlRequest } from '../ingress/request';
import type { Answer, Routed, Share } from '../ingress/routing';
import type { PolicyEngine } from '../policy/engine';
import type { FrontDoor } from '../service/front-doors';
import { type Doubt, distinctDoubts } from '../values/ternary';
import { clientsOutside, entrancesFor, OUTSIDE } from './entrance';
import { foreignRoutes } from './foreign-routes';
import { schemeDoubts } from './scheme-port';
import { backendOf, isServing, outcomeOfBackends } from './url-backend';
import type { AtEdge, ServiceShare, UrlBackend, UrlVerdict } from './url-verdict';
import { combine, type Hop, type PairVerdict, type Verdict, verdictOf } from './verdict';

/** The way of one request from outside, by URL: which proxy takes it, what it does, and who keeps it from its end. */
export function route(engine: PolicyEngine, edges: readonly Edge[], request: UrlRequest): UrlVerdict {
  const verdict = routeThrough(engine, edges, request);
  const foreign = foreignRoutes(engine.cluster, request.host);
  if (foreign.length === 0) return verdict;
  return { ...verdict, outcome: 'unknown', doubts: [...verdict.doubts, ...foreign] };
}

function routeThrough(engine: PolicyEngine, edges: readonly Edge[], request: UrlRequest): UrlVerdict {
  const all = edges.map((edge): AtEdge => ({ edge, routed: edge.route(request) }));
  const meant = claimants(all);
  const ways = meant.map((at) => wayThrough(engine, at, request));
  const [first] = ways;
  const others = all.filter((at) => !meant.includes(at));
  if (!first) return { request, outcome: 'denied', others, answers: [], entrances: [], backends: [], doubts: [] };
  if (ways.every((way) => isAlike(way, first))) {
    return { request, ...first, others: [...meant.slice(1), ...others] };
  }
  const answers = distinctAnswers(meant.flatMap(({ routed }) => routed.answers));
  const doubts = distinctDoubts([meantDoubt(meant), ...ways.flatMap((way) => way.doubts)]);
  return { request, outcome: 'unknown', others: all, answers, entrances: [], backends: [], doubts };
}

const CLAIMS: readonly Routed['claim'][] = ['host', 'wildcard', 'any'];

/**
 * Of several proxies the ones that know the host best: the address that its name has is theirs. Where none of these surely
 * takes it, those that know it less may as well. Of those that know nothing of it one that answers at all goes before one that
 * nobody gets through to.
 */
function claimants(all: readonly AtEdge[]): readonly AtEdge[] {
  const found: AtEdge[] = [];
  for (const claim of CLAIMS) {
    found.push(...all.filter(({ routed }) => routed.claim === claim));
    if (found.some(({ edge, routed }) => edge.doubts.length + routed.doubts.length === 0)) break;
  }
  if (found.length > 0) return found;
  const answering = all.filter(({ routed }) => routed.answers.some(({ type }) => type !== 'refuses'));
  return answering.length > 0 ? answering : all;
}

function meantDoubt(meant: readonly AtEdge[]): Doubt {
  const names = meant.map(({ edge }) => edge.label);
  const isOfGateways = meant.every(({ edge }) => edge.gateway);
  const wouldDecide = `which of ${names.join(', ')} the name of the host leads to${isOfGateways ? ': name the Gateway' : ''}`;
  return { rule: isOfGateways ? 'GW-02' : 'ING-17', wouldDecide };
}

type Way = Omit<UrlVerdict, 'request' | 'others'> & { readonly taken: AtEdge };

/** NP-40: two legs, of which the second begins at the proxy. */
function wayThrough(engine: PolicyEngine, taken: AtEdge, request: UrlRequest): Way {
  const { edge, routed } = taken;
  const knock = { port: request.port, protocol: 'TCP', scheme: request.scheme } as const;
  const doors: FrontDoor[] = [];
  const entrances = isDown(edge)
    ? [nobodyEnters(edge, request)]
    : entrancesFor(engine, edge, knock, (door) => {
        doors.push(door);
        return clientsOutside(engine, door);
      });
  const entering = entrances && verdictOf(entrances).outcome;
  const { answers } = routed;
  const [answer] = answers;
  const shares = answers.length === 1 && answer.type === 'forwards' ? answer.to : [];
  const backends = shares
    .filter((share): share is ServiceShare => 'service' in share)
    .map((share) => backendOf(engine, edge, share));
  const open = [...edge.doubts, ...routed.doubts, ...schemeDoubts(edge, request, doors)];
  const arriving = answers.length === 1 ? arrivalOf(answer, backends) : 'unknown';
  const sure = inSeries(entering ?? 'allowed', arriving);
  const outcome = open.length > 0 ? 'unknown' : sure;
  const own = [...(entrances ?? []), ...backends.flatMap(({ ways }) => ways)].flatMap((way) => way.doubts);
  const doubts = distinctDoubts([...open, ...own, ...backends.flatMap(({ stop }) => stop?.doubts ?? [])]);
  return { outcome, taken, answers, entering, entrances: entrances ?? [], backends, doubts };
}

/** SVC-12: no pod of the proxy takes requests, as while it is scaled to zero. */
function isDown({ controller }: Edge): boolean {
  return controller !== undefined && !controller.pods.some(isServing);
}

function nobodyEnters({ label, controller }: Edge, { port }: UrlRequest): PairVerdict {
  const selected = controller?.pods ?? [];
  const stop: Hop = {
    hop: 'service',
    decision: 'stops',
    service: undefined,
    port,
    problem: 'no-endpoints',
    selected,
    lacking: [],
  };
  return { from: OUTSIDE, to: label, outcome: 'denied', hops: [stop], doubts: [] };
}

/** Whether a request that has come to the proxy gets what the rule promises. */
function arrivalOf(answer: Answer, backends: readonly UrlBackend[]): Verdict['outcome'] {
  switch (answer.type) {
    case 'forwards': {
      const refused = answer.to.some((share) => 'status' in share) ? (['denied'] as const) : [];
      const open = answer.to.some((share) => 'elsewhere' in share) ? (['unknown'] as const) : [];
      return combine(new Set([...refused, ...open, ...(backends.length > 0 ? [outcomeOfBackends(backends)] : [])]));
    }
    case 'redirects':
      return 'allowed';
    case 'answers':
      return answer.status < 400 ? 'allowed' : 'denied';
    case 'refuses':
      return 'denied';
  }
}

function inSeries(first: Verdict['outcome'], second: Verdict['outcome']): Verdict['outcome'] {
  for (const outcome of ['denied', 'unknown', 'partial'] as const) {
    if (first === outcome || second === outcome) return outcome;
  }
  return 'allowed';
}

function isAlike(one: Way, other: Way): boolean {
  return one.outcome === other.outcome && answersText(one.answers) === answersText(other.answers);
}

function answersText(answers: readonly Answer[]): string {
  return JSON.stringify(answers.map(answerKey));
}

function distinctAnswers(answers: readonly Answer[]): readonly Answer[] {
  return [...new Map(answers.map((answer) => [JSON.stringify(answerKey(answer)), answer])).values()];
}

/** What tells answers apart: texts for people don't. */
function answerKey(answer: Answer): unknown {
  switch (answer.type) {
    case 'forwards':
      return [answer.to.map(shareKey), answer.rewrite?.host, answer.rewrite?.path];
    case 'redirects':
      return [answer.status, answer.location];
    case 'answers':
      return answer.status;
    case 'refuses':
      return answer.type;
  }
}

function shareKey(share: Share): unknown {
  if ('elsewhere' in share) return [share.share, share.elsewhere];
  return 'service' in share
    ? [share.share, share.service.namespace, share.service.name, share.port.port]
    : [share.share, share.status];
}
