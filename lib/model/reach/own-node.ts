import type { Cluster } from '../cluster/cluster';
import { mayRunTogether } from '../cluster/whereabouts';
import type { PodGroup } from '../cluster/workload';
import type { PolicyEngine } from '../policy/engine';
import type { PairOutcome } from '../policy/joint-outcomes';
import { outcomeIn, type Rows } from '../policy/rows';
import { uncarriedBy } from '../policy/sctp';
import type { Doubt } from '../values/ternary';
import { TrafficSet } from '../values/traffic-set';

export const OWN_NODE_DOUBT: Doubt = {
  rule: 'NP-30',
  wouldDecide: 'on which node the pod runs: traffic from its own node is always let in',
};

/**
 * Between two pods of which one is on the host network, as far as the own node matters: policies can't shut out a pod's own
 * node, and whether they keep a pod from it is the plugin's to say (NP-30). `undefined` where they share no family.
 */
export function besideOwnNode(engine: PolicyEngine, rows: Rows, from: PodGroup, to: PodGroup): PairOutcome | undefined {
  const { outcomes } = rows;
  const leaving = outcomeIn(rows.of('egress', from), to);
  const entering = outcomeIn(rows.of('ingress', to), from);
  if (!mayShareNode(engine.cluster, from, to)) return outcomes.inSeries(leaving, entering);
  const { letsOwnNodeIn, hostNetworkPods } = engine.cluster.profile.capabilities;
  const isExempt = from.hostNetwork && (letsOwnNodeIn || hostNetworkPods !== 'as-node');
  const outcome = outcomes.inSeries(
    to.hostNetwork ? outcomes.opened(leaving) : leaving,
    isExempt ? (isLetIn(engine, from, to) ? outcomes.freed(entering) : outcomes.opened(entering)) : entering,
  );
  // NP-09: what the datapath drops it drops of the own node's packets too.
  const uncarried = from.hostNetwork && to.hostNetwork ? undefined : uncarriedBy(engine.cluster.profile.capabilities);
  return outcome && uncarried && !uncarried.isEmpty ? without(outcome, uncarried) : outcome;
}

function without(outcome: PairOutcome, traffic: TrafficSet): PairOutcome {
  const mayAllow = outcome.mayAllow.minus(traffic);
  const mayDeny = outcome.mayDeny.union(traffic);
  return { ...outcome, mayAllow, mayDeny, opensPorts: mayAllow.intersects(TrafficSet.allPorts) };
}

/** Whether one of two pods may be the other's own node: on the network of the node that both run on. */
export function mayShareNode(cluster: Cluster, from: PodGroup, to: PodGroup): boolean {
  return (from.hostNetwork || to.hostNetwork) && mayRunTogether(cluster, from, to);
}

/** Where the node is known to be one, and nobody but NetworkPolicies could keep it away (NP-28). */
function isLetIn(engine: PolicyEngine, from: PodGroup, to: PodGroup): boolean {
  const isOneNode = from.nodeName !== undefined && from.nodeName === to.nodeName;
  if (!isOneNode || engine.cluster.profile.capabilities.hostNetworkPods !== 'as-node') return false;
  return engine.of('ingress', to).rules.every(({ action }) => action !== 'deny');
}
