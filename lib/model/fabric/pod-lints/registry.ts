import type { Cluster } from '../../cluster/cluster';
import type { Lint } from '../../finding/lint';
import { hostPortClash } from './host-port-clash';
import { portOfTheNode } from './port-of-the-node';
import { isOnNodePorts, type PodLintRule, podMakersOf } from './rule';
import { sharedPort } from './shared-port';

/** Every lint, in the order of codes. */
const RULES: readonly PodLintRule[] = [sharedPort, hostPortClash, portOfTheNode];

/** What containers of a pod, and pods on a node, would take from each other, by code, then in the order of the manifests. */
export function podLintsOf(cluster: Cluster): readonly Lint[] {
  const makers = podMakersOf(cluster);
  const context = { cluster, makers, onNodePorts: makers.filter(isOnNodePorts) };
  return RULES.flatMap((rule) => rule(context));
}
