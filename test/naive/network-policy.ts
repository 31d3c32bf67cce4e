import { contains, type Family } from './address';
import type { Direction, IpBlock, NetworkPolicyManifest, Peer, PolicyPort } from './manifests';
import { selects } from './selector';
import { addressOf, type Connection, type End, isPod, type Pod, type World } from './world';

/** The pod that NetworkPolicy sees at this end; nothing where all it sees is an address (NP-28). */
export function visiblePod(world: World, end: End): Pod | undefined {
  return isPod(end) && (!end.hostNetwork || world.hostNetworkPodsAreSelected) ? end : undefined;
}

/** NP-03: whether a policy selects the pod in this direction. */
export function isIsolated(world: World, pod: Pod, direction: Direction): boolean {
  return world.policies.some((policy) => isolates(policy, pod, direction));
}

/** NP-04: whether a rule of any policy that isolates the pod matches. */
export function isLetThrough(world: World, pod: Pod, direction: Direction, connection: Connection): boolean {
  const peer = direction === 'Egress' ? connection.to : connection.from;
  return world.policies
    .filter((policy) => isolates(policy, pod, direction))
    .some((policy) => hasMatchingRule(world, policy, direction, peer, connection));
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
  const selected = visiblePod(world, end) !== undefined ? world.ipBlockSelectsPods : world.ipBlockSelectsNodes;
  if (isPod(end) && !selected) {
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
