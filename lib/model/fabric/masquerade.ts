import type { Cluster } from '../cluster/cluster';
import { CidrSet } from '../values/cidr-set';
import { rememberedOf } from '../values/remembered';
import { fabricOf } from './registry';

/** NET-04: who puts the address of the node in place of a pod's: the network plugin, and an ip-masq-agent beside it. */
export interface Masquerading {
  /** Whether packets that leave the cluster get the address of their node, but for those to `exceptTo`. */
  readonly outgoing: boolean | 'unknown';
  readonly exceptTo: CidrSet;
  /** Whether somebody may do so for the others as well. */
  readonly isOpen: boolean;
  /** Whether those to nodes surely do. */
  readonly toNodes: boolean;
  /** Whether those to nodes surely don't. */
  readonly leavesNodesAlone: boolean;
}

/** Both together, worked out once for a cluster. */
export const masqueradingOf = rememberedOf((cluster: Cluster): Masquerading => {
  const { outgoing, exceptTo } = fabricOf(cluster.profile).masquerade;
  const kept = CidrSet.parse(...exceptTo);
  const agent = agentOf(cluster);
  const toNodes = outgoing === true;
  const leavesNodesAlone = outgoing === false;
  if (agent === 'none') return { outgoing, exceptTo: kept, isOpen: false, toNodes, leavesNodesAlone };
  if (agent === 'unknown') {
    return { outgoing: outgoing || 'unknown', exceptTo: kept, isOpen: true, toNodes, leavesNodesAlone: false };
  }
  const nodes = nodesIn(cluster);
  return {
    outgoing: outgoing || true,
    exceptTo: outgoing === false ? agent : kept.intersect(agent),
    isOpen: false,
    toNodes: toNodes || !agent.intersects(nodes),
    leavesNodesAlone: leavesNodesAlone && agent.covers(nodes),
  };
});

/** By the name that its own manifest and those of clouds give it, e.g. `azure-ip-masq-agent`. */
const AGENT = /(^|-)ip-masq-agent(-|$)/;

function agentOf({ profile, workloads }: Cluster): CidrSet | 'none' | 'unknown' {
  if (profile.ipMasqAgent !== undefined) return profile.ipMasqAgent;
  const isThere = workloads.some(({ kind, name }) => kind === 'DaemonSet' && AGENT.test(name));
  return isThere ? 'unknown' : 'none';
}

/** Where nodes may be: anywhere in a family of which nobody tells. */
function nodesIn({ profile: { nodeCidr }, nodes, families }: Cluster): CidrSet {
  const told = nodeCidr.union(CidrSet.ofAddresses(nodes.flatMap(({ addresses }) => addresses)));
  const untold = families.filter((family) => nodeCidr.ofFamily(family).isEmpty);
  return untold.reduce((all, family) => all.union(CidrSet.all(family)), told);
}
