import { contains } from './address';
import type { ClusterPolicy, ClusterPort, ClusterRule } from './cluster-policy-form';
import type { ClusterAction, ClusterPeerManifest, ClusterSubject } from './cluster-policy-manifests';
import type { Direction } from './manifests';
import { selects } from './selector';
import { addressOf, type Connection, type End, isPod, type Tier, type World } from './world';

/**
 * NP-43: the first rule that matches decides, and where it says Pass, or no rule matches, the next tier is asked.
 * Nothing where no tier decides: selected pods are not isolated, as they would be by NetworkPolicy.
 */
export function isDecidedBy(
  world: World,
  tiers: readonly Tier[],
  direction: Direction,
  connection: Connection,
): 'Accept' | 'Deny' | undefined {
  for (const tier of tiers) {
    const action = firstMatch(world, tier, direction, connection);
    if (action === 'Accept' || action === 'Deny') {
      return action;
    }
  }
  return undefined;
}

function firstMatch(world: World, tier: Tier, direction: Direction, connection: Connection): ClusterAction | undefined {
  const [subject, peer] = direction === 'Egress' ? [connection.from, connection.to] : [connection.to, connection.from];
  for (const policy of tier.filter((each) => isSubject(world, each, subject))) {
    for (const rule of policy.rules[direction]) {
      const action = actionOf(world, rule, peer, connection);
      if (action !== undefined) {
        return action;
      }
    }
  }
  return undefined;
}

/** Whether the policy applies to this end; addresses and hostNetwork pods are never subjects. */
export function isSubject(world: Pick<World, 'namespaces'>, policy: ClusterPolicy, end: End): boolean {
  return selectsPod(world, policy.subject, end);
}

/** What the rule says of this connection. A peer or protocol of a later version of the API makes it fail closed. */
function actionOf(world: World, rule: ClusterRule, peer: End, connection: Connection): ClusterAction | undefined {
  if (rule.peers.some(isUnknown) || rule.ports?.some(({ type }) => type === 'unknown')) {
    return rule.action === 'Accept' ? undefined : 'Deny';
  }
  const matches =
    rule.peers.some((each) => matchesPeer(world, each, peer, connection)) &&
    (rule.ports?.some((each) => matchesPort(each, connection)) ?? true);
  return matches ? rule.action : undefined;
}

function isUnknown({ namespaces, pods, nodes, networks, domainNames }: ClusterPeerManifest): boolean {
  return [namespaces, pods, nodes, networks, domainNames].every((each) => each === undefined);
}

function matchesPeer(world: World, peer: ClusterPeerManifest, end: End, { family }: Connection): boolean {
  const { nodes, networks, domainNames } = peer;
  if (nodes !== undefined) {
    return isPod(end) && end.hostNetwork && selects(nodes, world.nodes[end.node]);
  }
  if (networks !== undefined) {
    // NP-38: each block is of one family.
    return isSeenByAddress(world, end) && networks.some((cidr) => contains(cidr, addressOf(end, family)));
  }
  if (domainNames !== undefined) {
    return isSeenByAddress(world, end) && domainNames.some((name) => world.domainNames.has(name));
  }
  return selectsPod(world, peer, end);
}

/** NP-17: networks are meant for what is outside, but match what is inside as well, as far as the plugin lets them. */
function isSeenByAddress(world: World, end: End): boolean {
  return !isPod(end) || (end.hostNetwork ? world.ipBlockSelectsNodes : world.ipBlockSelectsPods);
}

/** hostNetwork pods are never selected, whatever NetworkPolicy makes of them (NP-28). */
function selectsPod(world: Pick<World, 'namespaces'>, { namespaces, pods }: ClusterSubject, end: End): boolean {
  if (!isPod(end) || end.hostNetwork) {
    return false;
  }
  const inNamespace = namespaces ?? pods?.namespaceSelector ?? {};
  return selects(inNamespace, world.namespaces[end.namespace]) && selects(pods?.podSelector ?? {}, end.labels);
}

/** NP-21, NP-22: names are those of the destination's container ports, here of any protocol. */
function matchesPort(entry: ClusterPort, { to, protocol, port }: Connection): boolean {
  switch (entry.type) {
    case 'range':
      return entry.protocol === protocol && entry.first <= port && port <= entry.last;
    case 'name':
      return (
        isPod(to) &&
        to.ports.some((each) => each.name === entry.name && each.protocol === protocol && each.port === port)
      );
    case 'unknown':
      return false;
  }
}
