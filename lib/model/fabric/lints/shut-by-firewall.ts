import type { Cluster } from '../../cluster/cluster';
import { fieldOfFirewall } from '../../cluster/node-firewall';
import type { NodeRole } from '../../cluster/node-groups';
import type { FabricLint } from '../../finding/fabric-lint';
import { PortSet } from '../../values/port-set';
import { countOf, type FirewallRow, firewallTable } from '../firewall-table';
import { letIn, mayMeanNodes, ROLES } from '../node-admission';
import type { FabricLintRule } from './rule';

/** PTL331: a firewall of nodes that shuts what the nodes of the cluster need of each other (NET-01, NET-11). */
export const shutByFirewall: FabricLintRule = (cluster) => {
  const { profile } = cluster;
  // One node alone sends nothing to another.
  if (ROLES.every((role) => !profile.firewall[role]) || countOf(profile) === 1) return [];
  const table = firewallTable(profile).filter((row) => isNeeded(row, cluster));
  return ROLES.flatMap((role) => {
    const rules = profile.firewall[role];
    if (!rules) return [];
    const own = table.filter(({ nodes }) => nodes === 'all' || nodes === role);
    const ofNodes = rules.filter((rule) => mayMeanNodes(rule, cluster));
    return own.filter(({ over }) => !letIn(ofNodes, over)).map((row) => objection(role, row));
  });
};

/** What nodes ask of each other; who else may be a client nobody says here. A control plane of one node has nobody to ask. */
function isNeeded({ nodes, from }: FirewallRow, { profile }: Cluster): boolean {
  if (from.includes('nodes')) return true;
  return from.includes('control-plane') && !(nodes === 'control-plane' && countOf(profile, 'control-plane') === 1);
}

function objection(role: NodeRole, { over, purpose, rule }: FirewallRow): FabricLint {
  const port =
    'ipProtocol' in over ? `${over.ipProtocol}/IP` : `${PortSet.range(over.first, over.last)}/${over.protocol}`;
  // Without the network of the pods, or the API, nothing works; without the others some of what people do.
  const severity = rule === 'NET-11' || port === '6443/TCP' ? 'error' : 'warning';
  return { code: 'PTL331', severity, field: fieldOfFirewall(role), role, port, purpose, rule };
}
