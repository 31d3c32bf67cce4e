import type { Cluster } from '../cluster/cluster';
import type { FirewallRule } from '../cluster/node-firewall';
import type { NodeRole } from '../cluster/node-groups';
import { CidrSet } from '../values/cidr-set';
import { PortSet } from '../values/port-set';
import type { NodeTraffic } from './fabric';
import { countOf } from './firewall-table';

const ROLES: readonly NodeRole[] = ['control-plane', 'worker'];

/** NET-11: what the plugin sends between nodes that the declared firewall does not surely let in, by the role of the node. */
export function shutTraffic(
  cluster: Cluster,
  needs: readonly NodeTraffic[],
): ReadonlyMap<NodeRole, readonly NodeTraffic[]> {
  const { profile } = cluster;
  const found = new Map<NodeRole, readonly NodeTraffic[]>();
  if (countOf(profile) === 1) return found;
  const ofNodes = needs.filter(({ from = 'nodes' }) => from === 'nodes');
  for (const role of ROLES) {
    const rules = profile.firewall[role]?.filter((rule) => surelyMeansNodes(rule, cluster));
    const shut = rules ? ofNodes.filter((each) => !letIn(rules, each)) : [];
    if (shut.length > 0) found.set(role, shut);
  }
  return found;
}

/** By a word, or by a block that holds the nodes of which somebody tells where they are. */
function surelyMeansNodes({ senders, addresses }: FirewallRule, { profile, nodes }: Cluster): boolean {
  if (senders.has('anywhere') || senders.has('nodes')) return true;
  const declared = CidrSet.ofAddresses(nodes.flatMap((node) => node.addresses));
  const known = declared.isEmpty ? profile.nodeCidr : declared;
  return !known.isEmpty && addresses.covers(known);
}

function letIn(rules: readonly FirewallRule[], { over }: NodeTraffic): boolean {
  if ('ipProtocol' in over) {
    return rules.some(({ traffic, ipProtocols }) => traffic.other || ipProtocols.has(over.ipProtocol));
  }
  const open = rules.reduce((all, { traffic }) => all.union(traffic.ports(over.protocol)), PortSet.empty);
  return open.has(over.port);
}
