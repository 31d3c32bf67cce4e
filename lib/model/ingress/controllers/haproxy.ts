import type { IngressResource } from '../../manifest/resources';
import { append } from '../../values/group-by';
import type { Doubt } from '../../values/ternary';
import { backendOf, backendOutcome, certainly } from '../backend-outcome';
import { hostRank } from '../hosts';
import { belowElements, belowTextInAnyCase, exactly } from '../paths';
import type { Outcome } from '../routing';
import type { Entry } from '../rules';
import { tlsByNames } from '../tls/by-names';
import { targetOf } from '../url-parts';
import { anotherHost, asDefault, byHostAndLength, isRule, lengthOf } from './conformant';
import type { Candidate, ControllerRules, Match, Received, RoutingTable } from './controller';
import { unmatched } from './default-backend';
import { limitedTo, type SourceRanges, sourceRanges } from './source-ranges';

/**
 * haproxytech/kubernetes-ingress (ING-20). Sources: pkg/route/route.go, pkg/controller/controller.go (the maps of hosts and paths),
 * pkg/annotations/ingress/*.go, documentation/annotations.md.
 */
export const haproxy: ControllerRules = {
  kind: 'haproxy',
  label: 'HAProxy',
  plainHttp: { key: 'haproxy.org/ssl-redirect', value: 'false' },
  candidates,
  backend: (entry, table) => (entry.type === 'host' ? undefined : backendOf(entry, table)),
  knowsSetting: (key) => REDIRECTS.includes(key) || HARMLESS.test(key),
  sources,
  offerDoubts: unread,
  outcome,
  tls: tlsByNames,
  reason: byHostAndLength,
  tie: {
    rule: 'ING-17',
    wouldDecide: 'rules that do not claim the same host and path: which HAProxy finds first nobody says',
  },
};

/** A host that any rule names is looked up in full; only others are tried as wildcards, then rules without a host. */
function candidates(request: Received, table: RoutingTable): readonly Candidate[] {
  const routed = table.entries.filter((entry) => isRouted(entry, table));
  const best = Math.max(0, ...routed.filter(isRule).map(({ host }) => hostRank(host, request.host)));
  return table.entries.map((entry): Candidate => {
    if (!routed.includes(entry))
      return {
        entry,
        match: { matched: 'no', because: 'HAProxy passes over what leads to no port of a Service' },
        rank: [0],
      };
    if (entry.type === 'default') return asDefault(entry);
    const host = hostRank(entry.host, request.host);
    if (host === 0) return { entry, match: anotherHost(entry), rank: [0] };
    if (host < best)
      return {
        entry,
        match: { matched: 'no', because: 'HAProxy looks no further than the rules for the more precise host' },
        rank: [0],
      };
    return { entry, match: byPath(entry, request.path), rank: [lengthOf(entry), TYPE_RANK[entry.pathType]] };
  });
}

/** Rules without paths, and those whose Service or port is missing, make no route. */
function isRouted(entry: Entry, table: RoutingTable): boolean {
  const found = entry.type === 'host' ? undefined : backendOf(entry, table);
  return found !== undefined && (!('missing' in found) || found.elsewhere !== undefined);
}

/** ING-20: exact, prefix, begin; a longer path always goes first. */
const TYPE_RANK = { Exact: 3, Prefix: 2, ImplementationSpecific: 1 } as const;

/** ING-20: a path of type ImplementationSpecific is a beginning, in whatever case. */
function byPath({ path = '/', pathType }: Entry, requested: string): Match {
  if (pathType === 'Exact') return exactly(path, requested);
  return pathType === 'Prefix'
    ? belowElements(path, requested)
    : belowTextInAnyCase(path.replace(/\/$/, ''), requested);
}

function outcome(request: Received, table: RoutingTable, winner?: Candidate): Outcome {
  const { entry } = winner ?? {};
  if (!entry?.backend) return unmatched(request, table);
  const { ingress } = entry.served;
  const moved = entry.type === 'default' ? undefined : toHttps(request, ingress, table);
  const { answers, doubts } = moved ?? backendOutcome(entry.backend, ingress.namespace, table, { takesNames: true });
  return limitedTo(sources(ingress, table), ingress, { answers, doubts: [...doubts, ...unread(entry, table)] });
}

/** HAProxy looks at the address of the client before it redirects. */
function sources(ingress: IngressResource, { cluster }: RoutingTable): SourceRanges | undefined {
  const told = ['allow-list', 'whitelist', 'deny-list', 'blacklist'].filter(
    (name) => annotation(ingress, name) !== undefined,
  );
  const allow = annotation(ingress, 'allow-list') ?? annotation(ingress, 'whitelist');
  const deny = annotation(ingress, 'deny-list') ?? annotation(ingress, 'blacklist');
  return sourceRanges({ allow, deny, told }, cluster);
}

const PREFIXES = ['haproxy.org/', 'ingress.kubernetes.io/', 'haproxy.com/'];

function annotation({ annotations }: Pick<IngressResource, 'annotations'>, name: string): string | undefined {
  return PREFIXES.map((prefix) => annotations.get(`${prefix}${name}`)).find(
    (value) => value !== undefined && value !== '',
  );
}

/** On where the Ingress has a `tls`, unless it says otherwise, or the ConfigMap does for all. */
function toHttps({ sent }: Received, ingress: IngressResource, { settings }: RoutingTable): Outcome | undefined {
  const [told, code, port] = REDIRECTS.map((name) => annotation(ingress, name) ?? (settings.get(name) || undefined));
  const isOn = told === undefined ? ingress.tls.length > 0 : told === 'true';
  if (sent.scheme === 'https' || !isOn) return undefined;
  const status = Number(code ?? 302);
  const to = (port: string) => ({
    type: 'redirects' as const,
    status,
    location: `https://${sent.host}${port === '443' ? '' : `:${port}`}${targetOf(sent)}`,
  });
  if (port !== undefined) return certainly(to(port));
  return { answers: [to('443'), to('8443')], doubts: [REDIRECT_PORT] };
}

const REDIRECTS: readonly string[] = ['ssl-redirect', 'ssl-redirect-code', 'ssl-redirect-port'];

/** Keys of the ConfigMap about logs, times and numbers of connections; most others are annotations for all Ingresses. */
const HARMLESS =
  /^(?:timeout-|log|syslog|dontlog|request-capture|maxconn|pod-maxconn|nbthread|hard-stop|load-balance|forwarded-for|check|scale-server|servers-increment|http-(?:connection-mode|keep-alive|server-close)|stats|prometheus|src-ip-header|tls-alpn|ssl-certificate$|cr-)/;

const REDIRECT_PORT: Doubt = {
  rule: 'ING-20',
  wouldDecide:
    'haproxy.org/ssl-redirect-port: the port that HAProxy redirects to is 443 in older releases and 8443 in newer ones',
};

/** What changes the way of requests in a language of its own. */
const FREE = [
  'path-rewrite',
  'request-redirect',
  'set-host',
  'ssl-passthrough',
  'frontend-config-snippet',
  'standalone-backend',
];

function unread({ served, backend }: Entry, { cluster }: RoutingTable): readonly Doubt[] {
  const { ingress } = served;
  const found = new Map<string, string[]>();
  for (const name of FREE) {
    const value = annotation(ingress, name);
    if (value !== undefined && value !== 'false') append(found, `Ingress ${ingress.namespace}/${ingress.name}`, name);
  }
  const service = cluster
    .servicesIn(ingress.namespace)
    .find(({ name }) => backend?.type === 'service' && name === backend.name);
  if (service && annotation(service, 'route-acl') !== undefined)
    append(found, `Service ${service.namespace}/${service.name}`, 'route-acl');
  return [...found].flatMap(([object, names]) =>
    names.map((name) => ({
      rule: 'ING-20',
      wouldDecide: `a ${object} without haproxy.org/${name}, which Portolan does not read`,
    })),
  );
}
