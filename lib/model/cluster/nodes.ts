import type { Origin } from '../finding/origin';
import type { NodeResource } from '../manifest/resources';
import { keepsOff, type Taint } from '../manifest/taints';
import { CidrSet } from '../values/cidr-set';
import { formatIp, type IpAddress } from '../values/ip';
import { closedLabels, type Labels, openLabels } from '../values/labels';
import type { NodeGroup, NodeRole } from './node-groups';
import type { ClusterProfile } from './profile';

/** A node of the cluster, declared by its manifest or by the profile. */
export interface ClusterNode {
  readonly name: string;
  readonly addresses: readonly IpAddress[];
  readonly podCidrs: CidrSet;
  /** Those of a node that only the profile declares are not all known. */
  readonly labels: Labels;
  /** Those that keep pods off it; `undefined`: nobody tells whether it has any. */
  readonly taints?: readonly Taint[];
  /** `''`: it has none; `undefined`: nobody tells. */
  readonly zone?: string;
  /** `undefined`: nobody tells. */
  readonly role?: NodeRole;
  readonly origin: Origin;
}

/** The topology label from which nodes have their zone. */
const ZONE_LABEL = 'topology.kubernetes.io/zone';
/** What kubeadm and other installers put on the nodes of the control plane, the second of them until Kubernetes 1.24. */
const CONTROL_PLANE_LABELS = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];
/** Every kubelet registers its node with this one. */
const HOSTNAME_LABEL = 'kubernetes.io/hostname';

/** Every node that somebody declares: those of manifests, then those of the profile that are none of them. */
export function nodesOf(manifests: readonly NodeResource[], profile: ClusterProfile): readonly ClusterNode[] {
  const described = profile.nodes.flatMap((group) => nodesOfGroup(group, profile));
  if (described.length === 0) return manifests.map((node) => declaredNode(node));
  const twins = new Map(
    described.flatMap((node) => [node.name, ...node.addresses.map(formatIp)].map((key) => [key, node] as const)),
  );
  const twinOf = ({ name, addresses }: NodeResource) =>
    [...addresses.map(formatIp), name].map((key) => twins.get(key)).find((twin) => twin !== undefined);
  const declared = manifests.map((node) => ({ node, twin: twinOf(node) }));
  const known = new Set(declared.map(({ twin }) => twin));
  return [
    ...declared.map(({ node, twin }) => declaredNode(node, twin)),
    ...described.filter((node) => !known.has(node)),
  ];
}

function declaredNode(node: NodeResource, twin?: ClusterNode): ClusterNode {
  const { name, addresses, podCidrs, labels, origin } = node;
  const own = node.taints.filter(keepsOff);
  return {
    name,
    addresses,
    podCidrs,
    labels: closedLabels(labels),
    zone: labels.get(ZONE_LABEL) ?? '',
    role: twin?.role ?? roleByLabels(labels),
    // What somebody wrote by hand may lack them.
    taints: own.length > 0 || labels.has(HOSTNAME_LABEL) ? own : twin?.taints,
    origin,
  };
}

/** Of labels that a kubelet registered those without a role are a worker's; what somebody wrote by hand may lack any. */
function roleByLabels(labels: ReadonlyMap<string, string>): NodeRole | undefined {
  if (CONTROL_PLANE_LABELS.some((label) => labels.has(label))) return 'control-plane';
  return labels.has(HOSTNAME_LABEL) ? 'worker' : undefined;
}

/** Those of which the address is known: of the others nothing tells one from another. */
function nodesOfGroup(group: NodeGroup, { originOf }: ClusterProfile): readonly ClusterNode[] {
  const { name, addresses, count = addresses.length, labels, zone, role, taints, field } = group;
  const known = openLabels(zone === undefined ? labels : { ...labels, [ZONE_LABEL]: zone });
  return addresses.map((own, i) => ({
    name: count === 1 ? name : `${name}-${i}`,
    addresses: own,
    podCidrs: CidrSet.empty,
    labels: known,
    zone: zone ?? labels[ZONE_LABEL],
    role,
    taints,
    origin: originOf([...field, 'addresses', i]),
  }));
}
