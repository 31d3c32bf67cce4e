import type { Cluster } from '../cluster/cluster';
import type { Doubt } from '../values/ternary';

/**
 * What else may take requests for a host: routing of kinds that are not modelled, such as those of Istio, OpenShift and
 * Traefik, as far as it speaks of the host, of every host, or of none.
 */
export function foreignRoutes({ unmodelled }: Cluster, host: string): readonly Doubt[] {
  return unmodelled
    .filter(({ concern, spec }) => concern === 'routing' && mayMean(spec, host))
    .map(({ kind, namespace, name }) => ({
      rule: 'PTL302',
      wouldDecide: `a model of ${kind} ${namespace === '' ? name : `${namespace}/${name}`}`,
    }));
}

/** Where it names no host at all, it may mean every one. */
function mayMean(spec: unknown, host: string): boolean {
  const named = [...hostsIn(spec)];
  return named.length === 0 || named.some((text) => isFor(text.toLowerCase(), host));
}

/** How these kinds call the hosts that they are for. */
const HOST_KEY = /^(?:(?:virtual|sni)?hosts?|hostnames?|fqdn|domains?)$/i;

/** The texts that stand for hosts; with Traefik an expression, in which one may be. */
function* hostsIn(value: unknown, isOfHosts = false): Generator<string> {
  if (typeof value === 'string' && isOfHosts) yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    const isExpression = key === 'match' && typeof part === 'string';
    yield* hostsIn(part, isExpression || HOST_KEY.test(key) || (isOfHosts && Array.isArray(value)));
  }
}

function isFor(text: string, host: string): boolean {
  if (text === '*' || text.includes(host)) return true;
  const isExpression = text.includes('(');
  if (isExpression && (/regex/.test(text) || !text.includes('host'))) return true;
  const suffixes = text.match(/\*(?:\.[\w-]+)+/g) ?? [];
  return suffixes.some((suffix) => host.endsWith(suffix.slice(1)));
}
