import type { Doubt } from '../../values/ternary';
import { backendOf, backendOutcome, certainly } from '../backend-outcome';
import { HOST_RANK, hostRank } from '../hosts';
import { belowElements, exactly, withoutSlash } from '../paths';
import type { Outcome, Routed } from '../routing';
import type { Entry, ServedIngress } from '../rules';
import { tlsByHosts } from '../tls/by-hosts';
import type { Candidate, ControllerRules, Match, Received, RoutingTable } from './controller';
import { foreignAnnotations } from './foreign-annotations';

/** What the API itself says of Ingresses; where it leaves something to the controller nobody knows. */
export const conformant: ControllerRules = {
  kind: 'conformant',
  label: 'the ingress controller',
  candidates: (request, { entries }) => {
    const best = Math.max(0, ...entries.filter(isRule).map(({ host }) => hostRank(host, request.host)));
    return entries.map((entry) => candidate(entry, request, best));
  },
  backend: backendOf,
  offerDoubts: ({ served }) => foreignAnnotations(served.ingress),
  outcome: (request, table, winner) => overTls(request, table, forwardOrNotFound(table, request, winner)),
  tls: tlsByHosts,
  reason: byHostAndLength,
  tie: {
    rule: 'ING-17',
    wouldDecide: 'rules that do not claim the same host and path: which of them goes first is up to the controller',
  },
};

/** What the backend of the winner makes of it: 404 where there is none (ING-10). */
function forwardOrNotFound(table: RoutingTable, request: Received, winner?: Candidate): Outcome {
  const { backend, served } = winner?.entry ?? {};
  if (backend && served) {
    const { answers, doubts } = backendOutcome(backend, served.ingress.namespace, table);
    return { answers, doubts: [...doubts, ...foreignAnnotations(served.ingress)] };
  }
  return certainly({ type: 'answers', status: 404, because: `no rule takes ${request.host}${request.path}` });
}

/** ING-16: for a host that no `tls` is about the API promises plain HTTP only. */
function overTls({ sent }: Received, { served }: RoutingTable, outcome: Outcome): Outcome {
  const name = sent.sni ?? sent.host;
  const isSecured = ({ ingress }: ServedIngress) =>
    ingress.tls.some(({ hosts }) => hosts.length === 0 || hosts.some((host) => hostRank(host.toLowerCase(), name) > 0));
  if (sent.scheme === 'http' || served.some(isSecured)) return outcome;
  const because = `no Ingress has a \`tls\` for ${name}`;
  const wouldDecide = `a \`tls\` for ${name}, or the controller, in the profile's \`ingress\`: without a \`tls\` it may take the connection with a certificate of its own, or not at all`;
  return {
    answers: [...outcome.answers, { type: 'refuses', because }],
    doubts: [...outcome.doubts, { rule: 'ING-16', wouldDecide }],
  };
}

/** ING-04, ING-08: the more precise host, then the longer path, then Exact. */
export function byHostAndLength({ entry: winner }: Candidate, { entry: loser }: Candidate): string {
  if (loser.type === 'default') return 'a default backend takes what no rule matches';
  if (winner.host !== loser.host) return `matches, but ${winner.host ?? 'its host'} is more precise`;
  const [longer, shorter] = [winner, loser].map(({ path = '/' }) => withoutSlash(path).length);
  if (longer > shorter) return `matches, but ${winner.path} is longer`;
  return winner.pathType === 'Exact' && loser.pathType !== 'Exact'
    ? 'matches, but an Exact path goes before a Prefix'
    : 'claims the same host and path';
}

export function isRule({ type }: Entry): boolean {
  return type !== 'default';
}

/** ING-10: what a default backend has is what no rule takes; its rank is the last. */
export function asDefault(entry: Entry): Candidate {
  return { entry, match: { matched: 'yes', because: 'a default backend takes what no rule matches' }, rank: [0] };
}

/** Why a rule is not for the host, where it is not. */
export function anotherHost({ host }: Entry): Match {
  return { matched: 'no', because: `is for ${host ?? 'another host'}` };
}

/** ING-08: without the slash at the end, which says nothing. */
export function lengthOf({ path = '/' }: Entry): number {
  return withoutSlash(path).length;
}

/** ING-11: a rule without paths takes what its other rules leave. */
function candidate(entry: Entry, request: Received, best: number): Candidate {
  if (entry.type === 'default') return asDefault(entry);
  const host = hostRank(entry.host, request.host);
  if (host === 0) return { entry, match: anotherHost(entry), rank: [0] };
  const match = byPath(entry, request.path);
  const rank = entry.type === 'host' ? [host, -1] : [host, lengthOf(entry), TYPE_RANK[entry.pathType]];
  if (host === best || match.matched === 'no') return { entry, match, rank };
  const because = `${match.because}, but another rule names the host`;
  return { entry, match: { matched: 'maybe', because, doubts: [...(match.doubts ?? []), lessPrecise(request)] }, rank };
}

/** Exact goes before Prefix (ING-08); where a path of the third type stands nobody says, so that it is asked first. */
const TYPE_RANK = { ImplementationSpecific: 3, Exact: 2, Prefix: 1 } as const;

function byPath({ type, path, pathType, backend }: Entry, requested: string): Match {
  if (type === 'host') {
    const because = 'the rule names the host alone';
    return backend ? { matched: 'yes', because } : { matched: 'maybe', because, doubts: [NO_DEFAULT] };
  }
  if (path !== undefined && pathType === 'Exact') return exactly(path, requested);
  if (path !== undefined && pathType === 'Prefix') return belowElements(path, requested);
  const because = `what ${path ?? 'no path'} of type ImplementationSpecific matches is up to the controller`;
  return { matched: 'maybe', because, doubts: [UP_TO_CONTROLLER] };
}

const NO_DEFAULT: Doubt = {
  rule: 'ING-11',
  wouldDecide:
    'a default backend of the Ingress: a rule without paths is for it, and without one for whom is up to the controller',
};

const UP_TO_CONTROLLER: Doubt = {
  rule: 'ING-07',
  wouldDecide:
    "the controller, in the profile's `ingress`: a path of type ImplementationSpecific is what it makes of it",
};

/** ING-04: the API gives an order to nobody; most controllers look no further than the most precise host. */
function lessPrecise({ host }: Received): Doubt {
  return {
    rule: 'ING-04',
    wouldDecide: `the controller, in the profile's \`ingress\`: whether a rule with a less precise host takes what those for ${host} leave is up to it`,
  };
}

/** Whether any rule is for this very host. */
export function claimOf(entries: readonly Entry[], host: string): Routed['claim'] {
  const ranks = entries.map((entry) => (isRule(entry) ? hostRank(entry.host, host) : HOST_RANK.any));
  const best = Math.max(0, ...ranks);
  return best === HOST_RANK.precise ? 'host' : best === HOST_RANK.wildcard ? 'wildcard' : best ? 'any' : 'none';
}
