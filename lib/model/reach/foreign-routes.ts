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

function mayMean(spec: unknown, host: string): boolean {
  const named = [...textsIn(spec)].filter((text) => HOST.test(text));
  return named.length === 0 || named.some((text) => isFor(text.toLowerCase(), host));
}

/** A name with dots, a pattern of names, or an expression that holds one. */
const HOST = /^\*$|[\w*-]+(?:\.[\w*-]+)+|host/i;

function isFor(text: string, host: string): boolean {
  if (text === '*' || text.includes(host) || /regex/.test(text)) return true;
  const suffixes = text.match(/\*(?:\.[\w-]+)+/g) ?? [];
  return suffixes.some((suffix) => host.endsWith(suffix.slice(1)));
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* textsIn(part);
}
