import { type ClusterDescription, clusterPoliciesOf, nodesOf } from './cluster';
import type { ClusterPolicy, ClusterPort, ClusterRule } from './cluster-policy-form';
import type { ClusterPeerManifest, ClusterSubject } from './cluster-policy-manifests';
import { shapesOfSelector } from './shapes';

/** What occurs in the administrators' policies of a generated cluster, in words. */
export function clusterShapesOf(cluster: ClusterDescription): string[] {
  const policies = clusterPoliciesOf(cluster);
  return [
    `ClusterNetworkPolicy is read: ${cluster.clusterNetworkPolicy}`,
    `AdminNetworkPolicy is read: ${cluster.adminNetworkPolicy}`,
    `kinds: ${[...new Set(policies.map(({ kind }) => kind))].sort().join(' and ')}`,
    ...nodesOf(cluster).map(({ status }) => `node with addresses: ${status !== undefined}`),
    ...policies.flatMap((policy) => shapesOfPolicy(policy, policies)),
  ];
}

function shapesOfPolicy(policy: ClusterPolicy, all: readonly ClusterPolicy[]): string[] {
  const { kind, tier, priority, subject, rules } = policy;
  const ties = all.filter((each) => each.tier === tier && each.priority === priority).length;
  return [
    `${kind} of tier ${tier}`,
    `${ties} of one priority`,
    ...shapesOfPods('subject', subject),
    ...(['Ingress', 'Egress'] as const).flatMap((direction) => [
      `${rules[direction].length} rules`,
      ...rules[direction].flatMap((rule) => shapesOfRule(kind, direction, rule)),
    ]),
  ];
}

function shapesOfRule(kind: string, direction: string, { action, peers, ports }: ClusterRule): string[] {
  return [
    `${kind} ${direction} ${action}`,
    `ports ${ports === undefined ? 'absent' : 'given'}`,
    ...peers.flatMap((peer) => shapesOfPeer(direction, peer)),
    ...(ports ?? []).map((port) => `${kind} ${direction} port ${shapeOfPort(port)}`),
  ];
}

function shapesOfPeer(direction: string, { nodes, networks, ...peer }: ClusterPeerManifest): string[] {
  if (nodes !== undefined) {
    return shapesOfSelector('nodes', nodes);
  }
  const families = (networks ?? []).map((cidr) => `${direction} network of ${cidr.includes(':') ? 'IPv6' : 'IPv4'}`);
  return [...families, ...Object.keys(peer).map((key) => `${direction} peer ${key}`), ...shapesOfPods('peer', peer)];
}

function shapesOfPods(name: string, { namespaces, pods }: ClusterSubject): string[] {
  return [
    ...(namespaces ? shapesOfSelector(`${name} namespaces`, namespaces) : []),
    ...(pods ? shapesOfSelector(`${name} podSelector`, pods.podSelector) : []),
    ...(pods ? shapesOfSelector(`${name} namespaceSelector`, pods.namespaceSelector) : []),
  ];
}

function shapeOfPort(port: ClusterPort): string {
  if (port.type !== 'range') {
    return port.type;
  }
  const { first, last, protocol } = port;
  return `${first === last ? 'number' : first === 1 && last === 65535 ? 'all' : 'range'} of ${protocol}`;
}
