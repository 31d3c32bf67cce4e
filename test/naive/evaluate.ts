import { contains, type Family, familyOf } from './address';
import type {
  Direction,
  IpBlock,
  LabelExpression,
  Labels,
  NetworkPolicyManifest,
  Peer,
  PolicyPort,
  Protocol,
  Selector,
} from './manifests';

export interface ContainerPort {
  readonly name?: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/** A pod of which everything is known, as far as policies can see it. */
export interface Pod {
  readonly id: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
  readonly addresses: Readonly<Partial<Record<Family, string>>>;
  readonly hostNetwork: boolean;
  readonly node: string;
  readonly finished: boolean;
}

/** An address that belongs to no pod and to no node of the cluster. */
export interface External {
  readonly ip: string;
}

export type End = Pod | External;

/** A cluster in which nothing is left open. */
export interface World {
  /** The complete labels of each namespace, `kubernetes.io/metadata.name` among them (NP-14). */
  readonly namespaces: Readonly<Record<string, Labels>>;
  readonly policies: readonly NetworkPolicyManifest[];
  /** NP-17 */
  readonly ipBlockSelectsPods: boolean;
  /** NP-28: true where hostNetwork pods are pods like all others, false where their traffic is their node's. */
  readonly hostNetworkPodsAreSelected: boolean;
  /** NP-30: whether egress rules leave traffic to the pod's own node alone. Traffic from it is always let in. */
  readonly ownNodeOutIsExempt: boolean;
}

/** The tuple that the dataplane sees: after Service translation (NP-19), so the port is the destination's own. */
export interface Connection {
  readonly from: End;
  readonly to: End;
  readonly protocol: Protocol;
  readonly port: number;
  readonly family: Family;
}

/** Whether the policies let this connection be opened. Its replies need no rule (NP-33), so nobody asks for them. */
export function allows(world: World, connection: Connection): boolean {
  const { from, to } = connection;
  if (isFinished(from) || isFinished(to)) {
    return false; // NP-34: a finished pod opens no connection and answers none.
  }
  if (isPod(from) && isPod(to) && from.id === to.id) {
    return true; // NP-31
  }
  return passesEgress(world, connection) && passesIngress(world, connection); // NP-05
}

function passesEgress(world: World, connection: Connection): boolean {
  const { from, to } = connection;
  if (world.ownNodeOutIsExempt && isOwnNode(world, to, from)) {
    return true; // NP-30
  }
  return passes(world, 'Egress', from, to, connection);
}

function passesIngress(world: World, connection: Connection): boolean {
  const { from, to } = connection;
  if (isOwnNode(world, from, to)) {
    return true; // NP-30
  }
  return passes(world, 'Ingress', to, from, connection);
}

function passes(world: World, direction: Direction, subject: End, peer: End, connection: Connection): boolean {
  const pod = visiblePod(world, subject);
  if (pod === undefined) {
    return true; // NP-03: policies restrict pods only.
  }
  const selecting = world.policies.filter((policy) => isolates(policy, pod, direction));
  if (selecting.length === 0) {
    return true; // NP-03
  }
  return selecting.some((policy) => hasMatchingRule(world, policy, direction, peer, connection)); // NP-04
}

/** NP-03, NP-06: of its own namespace, selected, and in a direction that the policy lists. */
function isolates(policy: NetworkPolicyManifest, pod: Pod, direction: Direction): boolean {
  return (
    policy.metadata.namespace === pod.namespace &&
    selects(policy.spec.podSelector ?? {}, pod.labels) &&
    directionsOf(policy).includes(direction)
  );
}

/** NP-01, NP-02 */
function directionsOf(policy: NetworkPolicyManifest): readonly Direction[] {
  const { policyTypes, egress } = policy.spec;
  if (policyTypes !== undefined && policyTypes.length > 0) {
    return policyTypes;
  }
  return (egress ?? []).length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

/** NP-07: no rule, nothing matches; an empty rule matches all. */
function hasMatchingRule(
  world: World,
  policy: NetworkPolicyManifest,
  direction: Direction,
  peer: End,
  connection: Connection,
): boolean {
  const { ingress, egress } = policy.spec;
  const rules =
    direction === 'Ingress'
      ? (ingress ?? []).map((rule) => ({ peers: rule.from ?? [], ports: rule.ports ?? [] }))
      : (egress ?? []).map((rule) => ({ peers: rule.to ?? [], ports: rule.ports ?? [] }));
  return rules.some(
    ({ peers, ports }) =>
      // NP-07, NP-08: an empty list restricts nothing, and its entries are alternatives (NP-10).
      (peers.length === 0 || peers.some((each) => matchesPeer(world, policy, each, peer, connection.family))) &&
      (ports.length === 0 || ports.some((each) => matchesPort(world, each, connection))), // NP-09
  );
}

function matchesPeer(world: World, policy: NetworkPolicyManifest, peer: Peer, end: End, family: Family): boolean {
  if (peer.ipBlock !== undefined) {
    return matchesBlock(world, peer.ipBlock, end, family);
  }
  const pod = visiblePod(world, end);
  if (pod === undefined) {
    return false; // NP-11, NP-18: selectors mean pods, never addresses or nodes.
  }
  const namespaceMatches =
    peer.namespaceSelector === undefined
      ? pod.namespace === policy.metadata.namespace // NP-11
      : selects(peer.namespaceSelector, world.namespaces[pod.namespace]); // NP-14
  return namespaceMatches && selects(peer.podSelector ?? {}, pod.labels); // NP-10
}

/** NP-15: an exception only takes addresses out of its own block; NP-38: a block holds addresses of its own family. */
function matchesBlock(world: World, block: IpBlock, end: End, family: Family): boolean {
  if (visiblePod(world, end) !== undefined && !world.ipBlockSelectsPods) {
    return false; // NP-17
  }
  const address = addressOf(end, family);
  return contains(block.cidr, address) && !(block.except ?? []).some((except) => contains(except, address));
}

function matchesPort(world: World, entry: PolicyPort, connection: Connection): boolean {
  const { port, protocol } = connection;
  if ((entry.protocol ?? 'TCP') !== protocol) {
    return false; // NP-09, NP-26
  }
  if (entry.port === undefined) {
    return true; // NP-09
  }
  if (typeof entry.port === 'number') {
    return entry.port <= port && port <= (entry.endPort ?? entry.port); // NP-25
  }
  // NP-21, NP-22, NP-23: a name means the destination pod's container port of that name and protocol, if it has one.
  const destination = visiblePod(world, connection.to);
  return (destination?.ports ?? []).some(
    (each) => each.name === entry.port && each.protocol === protocol && each.port === port,
  );
}

/** NP-13: all requirements hold. */
function selects(selector: Selector, labels: Labels): boolean {
  return (
    Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value) &&
    (selector.matchExpressions ?? []).every((expression) => holds(expression, labels))
  );
}

/** NP-13: `NotIn` and `DoesNotExist` hold without the key too. */
function holds({ key, operator, values = [] }: LabelExpression, labels: Labels): boolean {
  const value: string | undefined = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}

/** The pod that policies see at this end; nothing where all they see is an address (NP-28). */
function visiblePod(world: World, end: End): Pod | undefined {
  return isPod(end) && (!end.hostNetwork || world.hostNetworkPodsAreSelected) ? end : undefined;
}

/** Whether `end` speaks as the very node on which `pod` runs. */
function isOwnNode(world: World, end: End, pod: End): boolean {
  return isPod(end) && visiblePod(world, end) === undefined && isPod(pod) && end.node === pod.node;
}

function addressOf(end: End, family: Family): string {
  const address = isPod(end) ? end.addresses[family] : end.ip;
  if (address === undefined || familyOf(address) !== family) {
    throw new Error(`an end of the connection has no IPv${family} address`);
  }
  return address;
}

function isFinished(end: End): boolean {
  return isPod(end) && end.finished;
}

function isPod(end: End): end is Pod {
  return 'labels' in end;
}
