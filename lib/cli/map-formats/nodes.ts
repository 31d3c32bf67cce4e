import type { Connections } from '../../model/reach/connection';

/** The ends of a map's connections, sorted, each with an identifier that any drawing language takes. */
export function nodesOf(map: Connections): ReadonlyMap<string, string> {
  const labels = new Set<string>();
  for (const connections of [map.connections, map.unknown]) {
    for (const { src, dst } of connections) labels.add(src).add(dst);
  }
  return new Map([...labels].sort().map((label, i) => [label, `n${i}`]));
}

/** Ends by namespace, sorted; those outside the cluster under the empty name. */
export function byNamespace(labels: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const label of labels) {
    const namespace = label.endsWith('[External]') ? '' : withoutType(label).split('/')[0];
    const group = groups.get(namespace);
    if (group) group.push(label);
    else groups.set(namespace, [label]);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The part of an end's label that its namespace does not say already. */
export function withoutNamespace(label: string): string {
  if (label.endsWith('[External]')) return label;
  const own = withoutType(label);
  return `${own === label ? '' : SERVICE}${own.slice(own.indexOf('/') + 1)}`;
}

const SERVICE = 'service/';

/** `shop/api` for `service/shop/api`. */
function withoutType(label: string): string {
  return label.startsWith(SERVICE) ? label.slice(SERVICE.length) : label;
}
