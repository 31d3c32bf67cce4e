import type { Scheduling } from '../manifest/resources';
import { LabelSelector } from '../values/label-selector';
import { rememberedOf } from '../values/remembered';
import type { Cluster } from './cluster';
import { knownNodesOf, mostNodes, schedulingLabelsOf } from './known-nodes';
import type { PodGroup } from './workload';

/**
 * Whether a pod may run on a node, by the node that it names, or by the labels that it asks of it. Only what is known of the
 * node keeps it away: NP-30 and NET-11 turn on it.
 */
export function mayRunOn({ addresses }: Cluster, pod: PodGroup, node: string): boolean {
  if (pod.nodeName !== undefined) return pod.nodeName === node;
  const known = addresses.node(node);
  const { nodes } = askedOf(pod);
  return known === undefined || isAnyMet(nodes, known);
}

function isAnyMet(asked: readonly LabelSelector[], node: Parameters<typeof schedulingLabelsOf>[0]): boolean {
  const labels = schedulingLabelsOf(node);
  return asked.some((selector) => selector.match(labels) !== 'no');
}

/** Whether two pods may run on one node, or two of the pods that a group stands for. */
export function mayRunTogether(cluster: Cluster, one: PodGroup, other: PodGroup): boolean {
  if (one.nodeName !== undefined) return mayRunOn(cluster, other, one.nodeName);
  if (other.nodeName !== undefined) return mayRunOn(cluster, one, other.nodeName);
  if (one === other) return true;
  const [a, b] = [askedOf(one), askedOf(other)];
  if (a === ANYWHERE && b === ANYWHERE) return true;
  if (!a.nodes.some((asked) => b.nodes.some((also) => asked.intersects(also)))) return false;
  if (keepsApart(a, one, other) || keepsApart(b, other, one)) return false;
  const known = knownNodesOf(cluster);
  return !known?.areAll || !isControlPlaneKnown(cluster) || mostNodes(known, a.nodes, b.nodes) > 0;
}

/** The nodes of a control plane that somebody else runs no profile has. */
function isControlPlaneKnown({ profile, isWhole }: Cluster): boolean {
  return profile.nodes.length === 0 ? isWhole : profile.nodes.some(({ role }) => role === 'control-plane');
}

const ANYWHERE: Pick<Scheduling, 'nodes' | 'apartFrom'> = {
  nodes: [LabelSelector.everything],
  apartFrom: [],
};

/** What a pod asks of its node and its neighbours: one and the same for all that ask nothing. */
const askedOf = rememberedOf((pod: PodGroup): Pick<Scheduling, 'nodes' | 'apartFrom'> => {
  const asked = pod.scheduling?.();
  return !asked || (asked.apartFrom.length === 0 && asked.nodes.some(({ isEverything }) => isEverything))
    ? ANYWHERE
    : asked;
});

/** Required anti-affinity by node: the scheduler puts neither beside the other. */
function keepsApart({ apartFrom }: Pick<Scheduling, 'apartFrom'>, own: PodGroup, other: PodGroup): boolean {
  return apartFrom.some(({ pods, namespaces = [own.namespace.name] }) => {
    return namespaces.includes(other.namespace.name) && pods.match(other.labels) === 'yes';
  });
}
