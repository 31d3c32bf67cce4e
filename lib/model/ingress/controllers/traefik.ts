import type { ContainerSettings, IngressResource } from '../../manifest/resources';
import type { Doubt } from '../../values/ternary';
import { backendOf, backendOutcome, certainly, hasEndpoints } from '../backend-outcome';
import { hostRank } from '../hosts';
import { belowElements, belowText, exactly, withoutSlash } from '../paths';
import type { Outcome } from '../routing';
import type { Entry } from '../rules';
import { tlsByNames } from '../tls/by-names';
import { anotherHost } from './conformant';
import type { Candidate, ControllerRules, Match, Received, RoutingTable } from './controller';
import { besidesRedirection, isOfRedirection, redirected } from './traefik/redirection';

/**
 * Traefik's provider of Ingresses (ING-21). Sources: docs/content/providers/kubernetes-ingress.md,
 * routing/providers/kubernetes-ingress.md and routing/rules-and-priority.md, pkg/provider/kubernetes/ingress/kubernetes.go.
 */
export const traefik: ControllerRules = {
  kind: 'traefik',
  label: 'Traefik',
  candidates: (request, table) => {
    const all = table.entries.map((entry) => candidate(entry, request, table));
    return all.map((each) => (isEmpty(each.entry, table) ? perhapsPassedOver(each, all) : each));
  },
  backend: (entry, table) => (passedOver(entry, table) === undefined ? backendOf(entry, table) : undefined),
  readsArgument: isOfRedirection,
  isSetBy,
  offerDoubts: (entry, { words }) => {
    const { ingress } = entry.served;
    const changed = annotation(ingress, 'middlewares') === undefined ? [] : [unread('middlewares', ingress)];
    return [...changed, ...besidesRedirection(entry, words, annotation(ingress, 'tls') === 'true')];
  },
  outcome: (request, table, winner) => {
    const usual = outcome(request, table, winner);
    const sent = redirected(request, table.words, winner);
    const own = sent && sent.doubts.length > 0 ? either(sent, usual) : (sent ?? usual);
    return isChallenge(request, table) ? either(own, CHALLENGE) : own;
  },
  tls: tlsByNames,
  reason: (winner, loser) =>
    `matches, but the rule of Traefik for ${winner.entry.rule.matches} is longer than that for ${loser.entry.rule.matches}`,
  tie: {
    rule: 'ING-21',
    wouldDecide: 'a router.priority: of two rules of the same length nobody says which goes first',
  },
};

const PREFIX = 'traefik.ingress.kubernetes.io/router.';

function annotation({ annotations }: IngressResource, name: string): string | undefined {
  return annotations.get(`${PREFIX}${name}`) || undefined;
}

/** Every rule by itself: Traefik gathers none of one host, and a less precise host takes what is left. */
function candidate(entry: Entry, request: Received, table: RoutingTable): Candidate {
  const { ingress } = entry.served;
  const passed = passedOver(entry, table);
  if (passed !== undefined) return { entry, match: { matched: 'no', because: passed }, rank: [] };
  if (entry.type === 'default') {
    return { entry, match: { matched: 'yes', because: 'a default backend takes what no rule matches' }, rank: [] };
  }
  if (hostRank(entry.host, request.host) === 0) return { entry, match: anotherHost(entry), rank: [] };
  const match = atEntryPoint(byPath(entry, request.path, isStrict(table)), ingress, request);
  return { entry, match, rank: [priorityOf(entry, isStrict(table))] };
}

/** What makes no router: rules without paths, what is no Service port, and the default backend of an Ingress with rules. */
function passedOver(entry: Entry, table: RoutingTable): string | undefined {
  const { type } = entry;
  const { ingress } = entry.served;
  if (type === 'host') return 'Traefik passes over rules without paths';
  if (type === 'default' && ingress.rules.length > 0)
    return 'Traefik passes over the default backend of an Ingress with rules';
  const found = backendOf(entry, table);
  if (!found) return 'Traefik passes over what is no Service';
  if ('missing' in found) return found.elsewhere ? undefined : `Traefik passes over the rule, as ${found.because}`;
  return found.service.serviceType === 'ExternalName' ? 'Traefik passes over Services that are mere names' : undefined;
}

/**
 * Whether Traefik may make no router of a rule, as nothing is behind its Service: with `allowEmptyServices` it answers 503 for it,
 * and without, which is the default but not that of its Helm chart, another rule takes the requests.
 */
function isEmpty(entry: Entry, table: RoutingTable): boolean {
  if (table.words.some((word) => ALLOWS_EMPTY.test(word))) return false;
  const found = backendOf(entry, table);
  if (!found || 'missing' in found || found.service.serviceType === 'ExternalName') return false;
  return !hasEndpoints(found.service, found.port, table);
}

const ALLOWS_EMPTY = /^--providers\.kubernetesingress\.allowemptyservices(?:=true)?$/i;

/** Where no other rule takes the request, it is refused in any case. */
function perhapsPassedOver(one: Candidate, all: readonly Candidate[]): Candidate {
  const { match, entry } = one;
  const isTaken = all.some((other) => other !== one && other.match.matched !== 'no');
  if (match.matched === 'no' || !isTaken) return one;
  const { namespace, name } = entry.served.ingress;
  const wouldDecide = `endpoints of the backend of ${entry.rule.matches} in Ingress ${namespace}/${name}, or Traefik with the argument --providers.kubernetesingress.allowEmptyServices`;
  return {
    ...one,
    match: { ...match, matched: 'maybe', doubts: [...(match.doubts ?? []), { rule: 'ING-21', wouldDecide }] },
  };
}

function isStrict({ controller }: RoutingTable): boolean {
  return controller?.strictPrefixMatching ?? false;
}

/** ING-21: a prefix of the text, unless told to be strict; ImplementationSpecific is one too, if nothing else is said. */
function byPath({ path, pathType, served }: Entry, requested: string, strict: boolean): Match {
  if (path === undefined) return { matched: 'yes', because: 'the rule names no path' };
  if (pathType === 'Exact') return exactly(path, requested);
  const matcher = pathType === 'ImplementationSpecific' ? annotation(served.ingress, 'pathmatcher') : undefined;
  if (matcher === 'Path') return exactly(path, requested);
  if (matcher !== undefined && matcher !== 'PathPrefix') {
    return {
      matched: 'maybe',
      because: `${matcher} of ${path} is not read`,
      doubts: [unread('pathmatcher', served.ingress)],
    };
  }
  return strict ? belowElements(path, requested) : belowText(path, requested);
}

/** ING-21: the length of the rule that Traefik writes, unless the Ingress gives a number. */
function priorityOf({ host, path, pathType, served }: Entry, strict: boolean): number {
  const given = Number(annotation(served.ingress, 'priority') ?? 0);
  if (Number.isInteger(given) && given !== 0) return given;
  const parts = [
    ...(host === undefined ? [] : [hostRule(host)]),
    ...(path === undefined ? [] : [pathRule(path, pathType, strict)]),
  ];
  return parts.join(' && ').length;
}

function hostRule(host: string): string {
  if (!host.startsWith('*.')) return `Host(\`${host}\`)`;
  return `HostRegexp(\`^[a-zA-Z0-9-]+\\.${host.slice(2).replaceAll('.', '\\.')}$\`)`;
}

function pathRule(path: string, pathType: Entry['pathType'], strict: boolean): string {
  if (pathType === 'Exact') return `Path(\`${path}\`)`;
  if (!strict || path === '/') return `PathPrefix(\`${path}\`)`;
  const root = withoutSlash(path);
  return `(Path(\`${root}\`) || PathPrefix(\`${root}/\`))`;
}

/** The entry points of the Helm chart: `web` for http, and `websecure` for https, where TLS is on. */
const ENTRY_POINTS = { http: 'web', https: 'websecure' } as const;

function atEntryPoint(match: Match, ingress: IngressResource, { sent: { scheme } }: Received): Match {
  if (match.matched === 'no') return match;
  if (annotation(ingress, 'tls') === 'true' && scheme === 'http') {
    return { matched: 'no', because: 'the Ingress is for https alone (router.tls)' };
  }
  const named = annotation(ingress, 'entrypoints')
    ?.split(',')
    .map((name) => name.trim());
  if (named === undefined || named.includes(ENTRY_POINTS[scheme])) return match;
  const isKnown = named.every((name) => Object.values(ENTRY_POINTS).some((known) => known === name));
  if (isKnown) return { matched: 'no', because: `the Ingress is for the entry point ${named.join(', ')} alone` };
  return { ...match, matched: 'maybe', doubts: [...(match.doubts ?? []), unread('entrypoints', ingress)] };
}

function outcome(request: Received, table: RoutingTable, winner?: Candidate): Outcome {
  const { entry } = winner ?? {};
  if (!entry?.backend) {
    return certainly({ type: 'answers', status: 404, because: `no rule takes ${request.host}${request.path}` });
  }
  const { ingress } = entry.served;
  const { answers, doubts } = backendOutcome(entry.backend, ingress.namespace, table);
  const hasMiddlewares = annotation(ingress, 'middlewares') !== undefined;
  return { answers, doubts: hasMiddlewares ? [...doubts, unread('middlewares', ingress)] : doubts };
}

function either(one: Outcome, other: Outcome): Outcome {
  return { answers: [...one.answers, ...other.answers], doubts: [...one.doubts, ...other.doubts] };
}

const FILES = /^\/etc\/traefik(?:\/|\/traefik\.(?:ya?ml|toml))?$/;

/** A configuration file goes before all arguments, and these before all variables (getting-started/configuration-overview.md). */
function isSetBy(settings: ContainerSettings | undefined, words: readonly string[]): readonly string[] {
  if (!settings) return [];
  const files = settings.mounts.filter((path) => FILES.test(path)).map((path) => `what is mounted at ${path}`);
  const variables = words.length > 0 ? [] : settings.variables.filter((name) => name.startsWith('TRAEFIK_'));
  return [...files, ...variables.map((name) => `the variable ${name}`)];
}

const CHALLENGES = /^--certificatesresolvers\.[^.]+\.acme\.httpchallenge\.entrypoint=web$/i;

/** What is below this path goes to Traefik itself before any rule, where it gets certificates by HTTP. */
function isChallenge({ sent: { scheme }, path }: Received, { words }: RoutingTable): boolean {
  const isBelow = scheme === 'http' && path.startsWith('/.well-known/acme-challenge/');
  return isBelow && words.some((word) => CHALLENGES.test(word));
}

const CHALLENGE: Outcome = {
  answers: [{ type: 'answers', status: 404, because: 'Traefik answers the challenges of its own certificates' }],
  doubts: [
    {
      rule: 'ING-21',
      wouldDecide: 'the challenges that Traefik is asked for: it answers those of its own certificates itself',
    },
  ],
};

function unread(name: string, { namespace, name: ingress }: IngressResource): Doubt {
  return {
    rule: 'ING-21',
    wouldDecide: `an Ingress ${namespace}/${ingress} without ${PREFIX}${name}, which Portolan does not read`,
  };
}
