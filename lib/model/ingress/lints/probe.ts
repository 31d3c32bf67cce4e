import type { Cluster } from '../../cluster/cluster';
import type { IngressResource } from '../../manifest/resources';
import { ServiceTable } from '../../service/service-table';
import { append } from '../../values/group-by';
import type { Edge } from '../edge';
import { ingressEdges } from '../ingress-edges';
import { requestTo } from '../request';
import type { Routed, RouteRule } from '../routing';
import { claimsOf, type PathClaim } from './path-claims';

/** The paths of one host, as a rule writes it, and the controllers that serve the Ingresses which can matter to it. */
export interface HostPaths {
  readonly claims: readonly PathClaim[];
  /** Worked out when asked for. */
  readonly edges: () => readonly Edge[];
}

/** The hosts of several paths. */
export function hostsOf(cluster: Cluster): readonly HostPaths[] {
  const services = once(() => new ServiceTable(cluster));
  const byHost = new Map<string | undefined, PathClaim[]>();
  for (const claim of cluster.ingresses.flatMap(claimsOf)) append(byHost, claim.host, claim);
  return [...byHost].flatMap(([host, claims]): readonly HostPaths[] => {
    if (claims.length < 2) return [];
    const own = new Set(claims.map(({ ingress }) => ingress));
    const edges = () => {
      const related = cluster.ingresses.filter((each) => own.has(each) || isOfMany(each, host));
      return ingressEdges(cluster, related, services());
    };
    return [{ claims, edges: once(edges) }];
  });
}

/** ING-02, ING-03: what has rules for more than one host may take requests of another's. */
function isOfMany({ rules, defaultBackend }: IngressResource, host: string | undefined): boolean {
  return defaultBackend !== undefined || host === undefined || rules.some((rule) => rule.host?.startsWith('*') ?? true);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Characters that stand for themselves in whatever a controller takes a path for. */
const PLAIN = /^\/[\w\-/~%]*$/;

/** What a controller surely does with a request for the host of a rule. */
export interface Probed {
  readonly edge: Edge;
  readonly routed: Routed;
  readonly winner: RouteRule;
}

/** Sends a request for a path to the host of a rule; what nobody can know is left out. */
export function probe(
  { host = 'any.invalid', ingress }: PathClaim,
  path: string,
  edges: readonly Edge[],
): readonly Probed[] {
  const scheme = ingress.tls.length > 0 ? 'https' : 'http';
  const parsed = PLAIN.test(path)
    ? requestTo(`${scheme}://${host.replace('*', 'any')}${path}`)
    : { ok: false as const };
  if (!parsed.ok) return [];
  return edges.flatMap((edge): readonly Probed[] => {
    const routed = edge.route(parsed.request);
    const { rule: winner, answers, doubts } = routed;
    const isSure = answers.length === 1 && doubts.length === 0 && edge.doubts.length === 0;
    return winner && isSure ? [{ edge, routed, winner }] : [];
  });
}

export function isRuleOf({ ingress, field }: PathClaim, rule: RouteRule): boolean {
  const { namespace, name } = ingress;
  return rule.namespace === namespace && rule.name === name && rule.field.join() === field.join();
}
