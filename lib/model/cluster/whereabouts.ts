import type { ApartFrom } from '../manifest/scheduling';
import { type Toleration, tolerates } from '../manifest/taints';
import { LabelSelector } from '../values/label-selector';
import { rememberedOf } from '../values/remembered';
import type { Cluster } from './cluster';
import { knownNodesOf, type NodeKind, schedulingLabelsOf } from './known-nodes';
import type { PodGroup } from './workload';

/**
 * Whether a pod may run on a node, by the node that it names, or by the labels that it asks of it and the taints that it does not
 * tolerate. Only what is known of the node keeps it away: NP-30 and NET-11 turn on it.
 */
export function mayRunOn({ addresses }: Cluster, pod: PodGroup, node: string): boolean {
  if (pod.nodeName !== undefined) return pod.nodeName === node;
  const known = addresses.node(node);
  if (known === undefined) return true;
  return mayTake({ labels: schedulingLabelsOf(known), taints: known.taints }, askedOf(pod));
}

/** What a pod asks of a node and of its neighbours. */
interface Asked {
  readonly nodes: readonly LabelSelector[];
  readonly isExact: boolean;
  readonly apartFrom: readonly ApartFrom[];
  readonly tolerated: readonly Toleration[];
  readonly isByDefault: boolean;
}

type Known = Pick<NodeKind, 'labels' | 'taints'>;

/**
 * What a scheduler other than the default one makes of taints nobody knows. The kubelet itself admits pods by their node selector
 * and required affinity, and by `NoExecute` alone of all effects.
 */
function mayTake({ labels, taints = [] }: Known, { nodes, tolerated, isByDefault }: Asked): boolean {
  const counting = isByDefault ? taints : taints.filter(({ effect }) => effect === 'NoExecute');
  return (
    nodes.some((selector) => selector.match(labels) !== 'no') &&
    counting.every((taint) => tolerates(tolerated, taint) !== 'no')
  );
}

/** Whether two pods may run on one node, or two of the pods that a group stands for. */
export function mayRunTogether(cluster: Cluster, one: PodGroup, other: PodGroup): boolean {
  if (one.nodeName !== undefined) return mayRunOn(cluster, other, one.nodeName);
  if (other.nodeName !== undefined) return mayRunOn(cluster, one, other.nodeName);
  if (one === other) return true;
  const [a, b] = [askedOf(one), askedOf(other)];
  if (FREE.has(a) && FREE.has(b)) return true;
  if (!a.nodes.some((asked) => b.nodes.some((also) => asked.intersects(also)))) return false;
  if (keepsApart(a, one, b, other) || keepsApart(b, other, a, one)) return false;
  const known = knownNodesOf(cluster);
  if (!known?.areAll || !isControlPlaneKnown(cluster)) return true;
  return known.kinds.some((kind) => kind.count > 0 && mayTake(kind, a) && mayTake(kind, b));
}

/** The nodes of a control plane that somebody else runs no profile has. */
function isControlPlaneKnown({ profile, isWhole }: Cluster): boolean {
  return profile.nodes.length === 0 ? isWhole : profile.nodes.some(({ role }) => role === 'control-plane');
}

/** Whether a DaemonSet surely has a pod on a node: where the node has the labels, and no taints that keep it off. */
export function surelyRunsOn({ addresses }: Cluster, pod: PodGroup, node: string): boolean {
  if (!isOfDaemonSet(pod)) return false;
  const known = addresses.node(node);
  return known !== undefined && surelyTakes({ labels: schedulingLabelsOf(known), taints: known.taints }, askedOf(pod));
}

/** Whether a DaemonSet surely has a pod on each node that there is. */
export function surelyRunsEverywhere(cluster: Cluster, pod: PodGroup): boolean {
  if (!isOfDaemonSet(pod)) return false;
  const asked = askedOf(pod);
  const isFree = asked.isExact && asked.nodes.some(({ isEverything }) => isEverything);
  if (isFree && toleratesAll(asked)) return true;
  const known = knownNodesOf(cluster);
  if (!known?.areAll || !isControlPlaneKnown(cluster)) return false;
  return known.kinds.every((kind) => kind.count === 0 || surelyTakes(kind, asked));
}

function isOfDaemonSet({ workload, nodeName }: PodGroup): boolean {
  return workload.kind === 'DaemonSet' && workload.provenance === 'declared' && nodeName === undefined;
}

function surelyTakes({ labels, taints }: Known, asked: Asked): boolean {
  if (!asked.isExact || !asked.nodes.some((selector) => selector.match(labels) === 'yes')) return false;
  if (taints === undefined) return toleratesAll(asked);
  return taints.every((taint) => tolerates(asked.tolerated, taint) === 'yes');
}

function toleratesAll({ tolerated }: Asked): boolean {
  return tolerated.some(
    ({ key, operator, effect, isOpen }) => key === '' && operator === 'Exists' && effect === '' && !isOpen,
  );
}

const ANYWHERE: Asked = {
  nodes: [LabelSelector.everything],
  isExact: true,
  apartFrom: [],
  tolerated: [],
  isByDefault: true,
};

/** A pod that no manifest has may tolerate whatever there is. */
const ANYBODY: Asked = {
  ...ANYWHERE,
  tolerated: [{ key: '', operator: 'Exists', value: '', effect: '', isOpen: false }],
};
const FREE: ReadonlySet<Asked> = new Set([ANYWHERE, ANYBODY]);

/** What a pod asks of its node and its neighbours: one and the same for all that ask nothing. */
const askedOf = rememberedOf((pod: PodGroup): Asked => {
  const asked = pod.scheduling?.();
  if (!asked) return ANYBODY;
  const { nodes, isExact, apartFrom, tolerated, isByDefault } = asked;
  const asksNothing = isExact && apartFrom.length === 0 && nodes.some(({ isEverything }) => isEverything);
  return asksNothing && tolerated.length === 0 && isByDefault ? ANYWHERE : asked;
});

/** Required anti-affinity by node: the default scheduler puts neither beside the other. */
function keepsApart(asked: Asked, own: PodGroup, others: Asked, other: PodGroup): boolean {
  if (!asked.isByDefault || !others.isByDefault) return false;
  return asked.apartFrom.some(({ pods, namespaces = [own.namespace.name] }) => {
    return namespaces.includes(other.namespace.name) && pods.match(other.labels) === 'yes';
  });
}
