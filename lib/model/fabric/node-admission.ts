import type { Cluster } from '../cluster/cluster';
import type { FirewallRule } from '../cluster/node-firewall';
import type { NodeRole } from '../cluster/node-groups';
import { CidrSet } from '../values/cidr-set';
import { PortSet } from '../values/port-set';
import type { NodeTraffic } from './fabric';
import { countOf, type FirewallRow } from './firewall-table';

export const ROLES: readonly NodeRole[] = ['control-plane', 'worker'];

/** NET-11: of what the plugin sends between nodes, what nodes of a role do not let in. */
export interface Shut {
  /** Not surely. */
  readonly perhaps: readonly NodeTraffic[];
  /** Surely. */
  readonly surely: readonly NodeTraffic[];
}

/** By the role of the nodes, where the declared firewall does not surely let in all of it. */
export function shutTraffic(cluster: Cluster, needs: readonly NodeTraffic[]): ReadonlyMap<NodeRole, Shut> {
  const { profile } = cluster;
  const found = new Map<NodeRole, Shut>();
  if (countOf(profile) === 1) return found;
  const ofNodes = needs.filter(({ from = 'nodes' }) => from === 'nodes');
  for (const role of ROLES) {
    const rules = profile.firewall[role];
    if (!rules) continue;
    const sure = rules.filter((rule) => surelyMeansNodes(rule, cluster));
    const perhaps = ofNodes.filter(({ over }) => !letIn(sure, over));
    if (perhaps.length === 0) continue;
    const possible = rules.filter((rule) => mayMeanNodes(rule, cluster));
    found.set(role, { perhaps, surely: perhaps.filter(({ over }) => !letIn(possible, over)) });
  }
  return found;
}

/** By a word, or by a block that holds all the nodes, or wherever they may be. */
function surelyMeansNodes({ senders, addresses }: FirewallRule, cluster: Cluster): boolean {
  if (senders.has('anywhere') || senders.has('nodes')) return true;
  const declared = CidrSet.ofAddresses(cluster.nodes.flatMap((node) => node.addresses));
  const { nodeCidr } = cluster.profile;
  const possible = isEachPlaced(cluster) ? declared : nodeCidr.isEmpty ? nodeCidr : nodeCidr.union(declared);
  return !possible.isEmpty && addresses.covers(possible);
}

/** Whether somebody tells the addresses of all nodes; beside those of a few others may be anywhere. */
function isEachPlaced({ profile, nodes, isWhole }: Cluster): boolean {
  if (profile.nodes.length === 0) return isWhole && nodes.every(({ addresses }) => addresses.length > 0);
  return profile.nodes.every(({ count, addresses }) => count === addresses.length);
}

/** Whether a rule lets in some node, as far as anybody tells where nodes are. */
export function mayMeanNodes({ senders, addresses }: FirewallRule, { profile, nodes }: Cluster): boolean {
  if (senders.has('anywhere') || senders.has('nodes')) return true;
  const { nodeCidr } = profile;
  if (nodeCidr.isEmpty && senders.has('internet')) return true;
  const known = nodeCidr.union(CidrSet.ofAddresses(nodes.flatMap((node) => node.addresses)));
  // Of a family in which nobody says where nodes are any block may mean them.
  return addresses.families.some((family) => {
    return nodeCidr.ofFamily(family).isEmpty || addresses.intersects(known.ofFamily(family));
  });
}

/** Whether the rules together let in all of a protocol of IP, or of a range of ports. */
export function letIn(rules: readonly FirewallRule[], over: NodeTraffic['over'] | FirewallRow['over']): boolean {
  if ('ipProtocol' in over) {
    return rules.some(({ traffic, ipProtocols }) => traffic.other || ipProtocols.has(over.ipProtocol));
  }
  const open = rules.reduce((all, { traffic }) => all.union(traffic.ports(over.protocol)), PortSet.empty);
  return open.covers('port' in over ? PortSet.of(over.port) : PortSet.range(over.first, over.last));
}
