import type { ClusterProfile } from '../cluster/profile';
import type { FabricLint } from '../finding/fabric-lint';
import type { IpFamily } from '../values/ip';

/**
 * PTL317, for plugins that route by the addresses of nodes: nodes with a router between them. Each group is told once, of the
 * first group whose subnet is another; where a group says no subnet nobody knows.
 */
export function separateNodes(
  { nodes, families }: ClusterProfile,
  { because, expected }: { readonly because: string; readonly expected: string },
): readonly FabricLint[] {
  const isApart = (a: (typeof nodes)[number], b: (typeof nodes)[number]) => (family: IpFamily) => {
    const [one, other] = [a.subnet.ofFamily(family), b.subnet.ofFamily(family)];
    return !one.isEmpty && !other.isEmpty && !one.intersects(other);
  };
  return nodes.flatMap((group, i): FabricLint[] => {
    const other = nodes.slice(0, i).find((earlier) => families.some(isApart(earlier, group)));
    if (!other) return [];
    const between = [other.name, group.name] as const;
    return [{ code: 'PTL317', severity: 'error', field: ['nodes', i, 'subnet'], between, because, expected }];
  });
}
