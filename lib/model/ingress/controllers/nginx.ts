import type { IngressResource, ServicePort } from '../../manifest/resources';
import { rememberedOf } from '../../values/remembered';
import type { Doubt } from '../../values/ternary';
import { backendOf, certainly, foundOutcome, hasEndpoints } from '../backend-outcome';
import type { Answer, Outcome, Rewrite } from '../routing';
import type { Entry } from '../rules';
import { tlsByServer } from '../tls/by-server';
import { byHostAndLength } from './conformant';
import type { Candidate, ControllerRules, FoundBackend, Received, RoutingTable } from './controller';
import { unmatched } from './default-backend';
import { annotation, flag } from './nginx/annotations';
import { divided } from './nginx/canary';
import { locations, OLDEST } from './nginx/locations';
import { isMoved, redirectOf } from './nginx/redirects';
import { rewritten } from './nginx/rewrite';
import { serverFor } from './nginx/server';
import { knowsSetting } from './nginx/settings';
import { limitedTo, type SourceRanges, sourceRanges } from './source-ranges';

/**
 * ingress-nginx of the Kubernetes project (ING-17 to ING-19). Sources: docs/how-it-works.md, docs/user-guide/ingress-path-matching.md
 * and nginx-configuration/annotations.md, docs/examples/rewrite; internal/ingress/controller/{controller,location}.go and
 * template/template.go; what nginx itself does was measured.
 */
export const nginx: ControllerRules = {
  kind: 'nginx',
  label: 'ingress-nginx',
  plainHttp: { key: 'nginx.ingress.kubernetes.io/ssl-redirect', value: 'false' },
  candidates: locations,
  backend: (entry, table) => (isMoved(entry) ? undefined : backendFor(entry, table)),
  knowsSetting,
  sources,
  offerDoubts: (entry, table) => (hasUnread(table) ? unread(entry, entry.host ?? '', table) : []),
  outcome,
  tls: tlsByServer,
  reason: (winner, loser) => {
    const [first, second] = [winner, loser].map(({ entry: { path = '/' } }) => path.length);
    if (loser.entry.type === 'path' && winner.entry.host === loser.entry.host && first < second) {
      return 'matches, but nginx asks an exact location first';
    }
    return byHostAndLength(winner, loser);
  },
  tie: OLDEST,
};

function outcome(request: Received, table: RoutingTable, winner?: Candidate): Outcome {
  const { entry } = winner ?? {};
  const moved = redirectOf(request, table, entry);
  if (moved) return moved;
  if (!winner || !entry) {
    const { answers, doubts } = unmatched(request, table);
    return { answers, doubts: [...doubts, ...serverFor(request.host, table).doubts] };
  }
  const { rewrite, doubts } = rewritten(winner);
  const forwarded = forward(entry, request, table, rewrite);
  const { ingress } = entry.served;
  const told = {
    answers: forwarded.answers,
    doubts: [...forwarded.doubts, ...doubts, ...unread(entry, request.host, table)],
  };
  return limitedTo(sources(ingress, table), ingress, told);
}

/** nginx looks at the address of the client after it has redirected. */
function sources(ingress: IngressResource, { cluster }: RoutingTable): SourceRanges | undefined {
  const told = ['allowlist-source-range', 'whitelist-source-range', 'denylist-source-range'].filter(
    (name) => annotation(ingress, name) !== undefined,
  );
  const allow = annotation(ingress, 'allowlist-source-range') ?? annotation(ingress, 'whitelist-source-range');
  return sourceRanges({ allow, deny: annotation(ingress, 'denylist-source-range'), told }, cluster);
}

function forward(entry: Entry, request: Received, table: RoutingTable, rewrite?: Rewrite): Outcome {
  const found = backendFor(entry, table);
  if (!found) return certainly({ type: 'answers', status: 404, because: 'the rule has no backend' });
  const sent = foundOutcome(found, { rewrite, takesNames: true });
  const answers = sent.answers.map((answer) => noted(answer, entry));
  const [only] = answers;
  const spare = annotation(entry.served.ingress, 'default-backend');
  if (spare !== undefined && !('missing' in found) && !hasEndpoints(found.service, found.port, table)) {
    return { answers, doubts: [...sent.doubts, spareDoubt(spare, entry)] };
  }
  if (answers.length !== 1 || only.type !== 'forwards') return { ...sent, answers };
  const [primary] = only.to;
  const division = 'service' in primary ? divided(primary, request, table) : undefined;
  if (!division) return { ...sent, answers };
  return { answers: [{ ...only, to: division.to }], doubts: [...sent.doubts, ...division.doubts] };
}

/** ING-19: `default-backend` takes what the backend has no endpoints for. */
function spareDoubt(spare: string, { served: { ingress } }: Entry): Doubt {
  const wouldDecide = `endpoints of the backend, or an Ingress ${ingress.namespace}/${ingress.name} without default-backend, by which ${spare} answers instead`;
  return { rule: 'ING-19', wouldDecide };
}

/** Unlike the API (ING-14), ingress-nginx also takes the target port for the port. */
function backendFor(entry: Entry, table: RoutingTable): FoundBackend | undefined {
  const found = backendOf(entry, table);
  return found && 'missing' in found ? (byTargetPort(entry, table) ?? found) : found;
}

function byTargetPort({ backend, served }: Entry, { cluster }: RoutingTable): FoundBackend | undefined {
  if (backend?.type !== 'service') return undefined;
  const service = cluster.servicesIn(served.ingress.namespace).find(({ name }) => name === backend.name);
  const port = service?.ports.find(
    ({ targetPort, protocol }: ServicePort) => protocol === 'TCP' && String(targetPort) === String(backend.port),
  );
  return service && port ? { service, port } : undefined;
}

/** What guards the way without changing it. */
const GUARDS = ['auth-url', 'auth-type', 'auth-tls-secret', 'limit-rps'];

function noted(answer: Answer, { served }: Entry): Answer {
  const guards = GUARDS.filter((name) => annotation(served.ingress, name) !== undefined);
  if (answer.type !== 'forwards' || guards.length === 0) return answer;
  return { ...answer, notes: guards.map((name) => `${name} of the Ingress may refuse the request`) };
}

/** What may send requests anywhere: of the Ingress itself, and of any other of the same host (ING-17). */
function unread({ served }: Entry, host: string, table: RoutingTable): readonly Doubt[] {
  const own = annotation(served.ingress, 'configuration-snippet') === undefined ? [] : [served.ingress];
  const ofServer = [...new Set([served.ingress, ...serverFor(host, table).ingresses])];
  const snippets = ofServer.filter((ingress) => annotation(ingress, 'server-snippet') !== undefined);
  const passing = ofServer.filter((ingress) => flag(ingress, 'ssl-passthrough') === true);
  return [
    ...own.map((ingress) => without('configuration-snippet', ingress, 'ING-19', 'Portolan does not read')),
    ...snippets.map((ingress) => without('server-snippet', ingress, 'ING-19', 'Portolan does not read')),
    ...passing.map((ingress) =>
      without('ssl-passthrough', ingress, 'ING-16', 'only some controllers are started with'),
    ),
  ];
}

/** Asked of each rule, where few Ingresses have any. */
const hasUnread = rememberedOf(({ served }: RoutingTable) =>
  served.some(({ ingress }) =>
    ['configuration-snippet', 'server-snippet', 'ssl-passthrough'].some(
      (name) => annotation(ingress, name) !== undefined,
    ),
  ),
);

function without(annotated: string, { namespace, name }: IngressResource, rule: string, why: string): Doubt {
  return { rule, wouldDecide: `an Ingress ${namespace}/${name} without ${annotated}, which ${why}` };
}
