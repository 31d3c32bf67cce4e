import type { Cluster } from '../cluster/cluster';
import { COMPONENTS, componentPort, type PortClient } from '../cluster/component-ports';
import type { NodeRole } from '../cluster/node-groups';
import type { ClusterProfile } from '../cluster/profile';
import type { PortRange } from '../values/port-set';
import type { Protocol } from '../values/traffic-set';
import type { NodeTraffic } from './fabric';
import { fabricOf } from './registry';

/** A port of nodes that a cluster needs, or has, as a row of the table that whoever guards the nodes works with. */
export interface FirewallRow {
  readonly nodes: NodeRole | 'all';
  /** Ports of a protocol, or a protocol of IP by its number. */
  readonly over: ({ readonly protocol: Protocol } & PortRange) | { readonly ipProtocol: number };
  /** Nobody where only the node itself asks for it. */
  readonly from: readonly PortClient[];
  readonly purpose: string;
  readonly rule: 'NET-01' | 'NET-11';
}

/** NET-01, NET-11: what Kubernetes itself listens on, then what the network plugin sends between nodes. */
export function firewallTable(profile: ClusterProfile): readonly FirewallRow[] {
  const own = COMPONENTS.flatMap((name): readonly FirewallRow[] => {
    const { role: nodes, protocols, first, last, clients: from, purpose } = componentPort(name, profile);
    return protocols.map((protocol) => ({ nodes, over: { protocol, first, last }, from, purpose, rule: 'NET-01' }));
  });
  return [...own, ...fabricOf(profile).nodeTraffic.map(rowOfTraffic)];
}

function rowOfTraffic({ purpose, over, from = 'nodes' }: NodeTraffic): FirewallRow {
  const ports = 'port' in over ? { protocol: over.protocol, first: over.port, last: over.port } : over;
  return { nodes: 'all', over: ports, from: [from], purpose, rule: 'NET-11' };
}

/** How many nodes of a role there are; `undefined` where nobody tells. */
export function countOf({ nodes }: Pick<Cluster['profile'], 'nodes'>, role?: NodeRole): number | undefined {
  const groups = nodes.filter((group) => role === undefined || group.role === role);
  if (groups.length === 0 || groups.some(({ count }) => count === undefined)) return undefined;
  return groups.reduce((sum, { count = 0 }) => sum + count, 0);
}
