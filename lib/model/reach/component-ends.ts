import type { Cluster } from '../cluster/cluster';
import { type ComponentName, componentPort } from '../cluster/component-ports';
import type { NodeGroup, NodeRole } from '../cluster/node-groups';
import { CidrSet } from '../values/cidr-set';
import type { End } from './policy-hops';

/** Something of Kubernetes itself as ends of ways: one for each node whose address is known, and one for all others that may be. */
export function componentEnds(cluster: Cluster, name: ComponentName): readonly End[] {
  const { role: guarded, label } = componentPort(name, cluster.profile);
  const known = cluster.nodes
    .filter(({ role, addresses }) => role === guarded && addresses.length > 0)
    .map((node): End => {
      const addresses = CidrSet.ofAddresses(node.addresses);
      return { addresses, label: `${label} at node/${node.name}`, node: node.name, guarded };
    });
  const rest = addressesOfOthers(cluster, guarded);
  if (rest.isEmpty) return known;
  return [
    ...known,
    { addresses: rest, label: known.length > 0 ? `${label} at another node` : label, node: '', guarded },
  ];
}

/** Where nodes of the role may be that nobody gives an address; nowhere where all are known. */
function addressesOfOthers(cluster: Cluster, role: NodeRole): CidrSet {
  const groups = cluster.profile.nodes.filter((group) => group.role === role);
  if (groups.length === 0) {
    const areAll = cluster.isWhole && cluster.nodes.some((node) => node.role === role);
    return areAll ? CidrSet.empty : anyNode(cluster, role);
  }
  const open = groups.filter(({ count, addresses }) => count === undefined || count > addresses.length);
  return open.map((group) => addressesOf(group, cluster)).reduce((all, each) => all.union(each), CidrSet.empty);
}

function addressesOf({ subnet, role }: NodeGroup, cluster: Cluster): CidrSet {
  if (!subnet.isEmpty) return subnet;
  const { nodeCidr } = cluster.profile;
  return nodeCidr.isEmpty ? anyNode(cluster, role) : nodeCidr;
}

/** A control plane that nobody describes may be run by a provider, outside of the networks of the nodes. */
function anyNode({ profile, outside }: Cluster, role: NodeRole): CidrSet {
  const { nodeCidr } = profile;
  return role === 'worker' && !nodeCidr.isEmpty ? nodeCidr : outside.union(nodeCidr);
}
