import type { Cluster } from '../../cluster/cluster';
import type { Lint } from '../../finding/lint';
import { blame, nameOf } from '../../manifest/blame';
import type { PlacedPort, ServiceResource } from '../../manifest/resources';
import { openLabels } from '../../values/labels';
import { type Placement, placementOf } from './placement';
import { type NodeUse, usesOfNodes } from './ports-of-nodes';
import type { PodLintRule, PodMaker } from './rule';

/**
 * PTL322: a port of the node that the node itself uses (NET-01, NET-11, SVC-20). A pod in the node's network can't listen there, or
 * takes it from the one who does; a hostPort leads packets for it to the pod. All of these ports can be configured: a warning,
 * but where a declared Service has the very port.
 */
export const portOfTheNode: PodLintRule = ({ cluster, onNodePorts }) => {
  if (onNodePorts.length === 0) return [];
  const uses = usesOfNodes(cluster);
  return onNodePorts.flatMap((maker) => lintsOfPod(maker, uses, cluster));
};

function lintsOfPod(maker: PodMaker, uses: readonly NodeUse[], cluster: Cluster): readonly Lint[] {
  const placement = placementOf(maker);
  const containers = (maker.template.containers?.() ?? []).filter(({ role }) => role !== 'init');
  return containers.flatMap(({ ports }) =>
    ports.flatMap((port) => {
      const use = uses.find((each) => isTaken(port, each, placement, cluster));
      return use ? [lintOf(maker, port, use, cluster)] : [];
    }),
  );
}

function isTaken(
  { hostPort = 0, protocol }: PlacedPort,
  use: NodeUse,
  placement: Placement,
  cluster: Cluster,
): boolean {
  if (hostPort < use.first || hostPort > use.last || !use.protocols.includes(protocol)) return false;
  const { template, resource } = placement.maker;
  if (isItself(resource.namespace, use, template.hostNetwork)) return false;
  switch (use.on) {
    case 'every-node':
      return true;
    case 'loopback':
      return template.hostNetwork;
    case 'control-plane':
      return mayMeetControlPlane(placement, cluster);
  }
}

/** What runs in the node's network in a namespace of the system may be the one who listens there. */
function isItself(namespace: string, { madeBy }: NodeUse, hostNetwork: boolean): boolean {
  return hostNetwork && (namespace === 'kube-system' || namespace.includes(madeBy));
}

const LABELS = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

/** Installers taint the nodes of the control plane, so that only who tolerates it runs there. */
function mayMeetControlPlane({ nodes, toleratedKeys, isPinned, maker }: Placement, cluster: Cluster): boolean {
  const { nodes: groups } = cluster.profile;
  if (groups.length > 0 && groups.every(({ role }) => role === 'worker')) return false;
  if (isPinned) {
    return cluster.nodes.some(({ name, role }) => name === maker.template.nodeName && role === 'control-plane');
  }
  const tolerates = toleratedKeys.some((key) => key === '*' || LABELS.includes(key));
  const isOnly = groups.length > 0 && groups.every(({ role }) => role === 'control-plane');
  const labelled = openLabels({ [LABELS[0]]: '' });
  return (tolerates || isOnly) && nodes.some((selector) => selector.match(labelled) !== 'no');
}

function lintOf({ resource, template }: PodMaker, port: PlacedPort, use: NodeUse, cluster: Cluster): Lint {
  const { hostNetwork } = template;
  const service = use.rule === 'SVC-20' ? serviceAt(port, cluster) : undefined;
  // An address of its own may keep the two apart, as may those at which kube-proxy serves node ports.
  const isSure = service && port.hostIp === undefined && cluster.profile.kubeProxy.nodePortAddresses === undefined;
  return {
    severity: isSure ? 'error' : 'warning',
    ...blame(resource, [...port.field, hostNetwork ? 'containerPort' : 'hostPort']),
    code: 'PTL322',
    port: `${port.hostPort}/${port.protocol}`,
    hostNetwork,
    user: use.user,
    rule: use.rule,
    ...(service && { rival: placed(service.service, service.index) }),
  };
}

function serviceAt({ hostPort, protocol }: PlacedPort, { services }: Cluster) {
  for (const service of services) {
    const index = service.ports.findIndex((each) => each.nodePort === hostPort && each.protocol === protocol);
    if (index >= 0) return { service, index };
  }
  return undefined;
}

function placed(service: ServiceResource, index: number) {
  return { ...nameOf(service), origin: service.originOf(['spec', 'ports', index, 'nodePort']) };
}
