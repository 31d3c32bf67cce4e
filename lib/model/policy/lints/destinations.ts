import type { PodGroup } from '../../cluster/workload';
import type { ClusterPolicyPeer, NetworkPolicyPeer } from '../../manifest/resources';
import { CidrSet } from '../../values/cidr-set';
import type { LabelSelector } from '../../values/label-selector';
import { isBoundless } from './absence';
import type { LintContext } from './context';
import { type PlacedRule, selectingPeers, subjectOf } from './places';

/** Where the traffic of a rule goes: its ports are those of the destination, whichever end that is (NP-19, NP-21, NP-22). */
export interface Destinations {
  /** The declared pods, and those of every cluster, that may receive it. */
  readonly pods: readonly PodGroup[];
  /** Whether it is also for whatever runs in namespaces that nobody spoke of, or for addresses outside. */
  readonly isOpen: boolean;
  /** The addresses, where no pods are selected beside them. */
  readonly onlyAddresses?: CidrSet;
}

export function destinationsOf(placed: PlacedRule, context: LintContext): Destinations {
  const known = KNOWN.get(context) ?? new Map<PlacedRule, Destinations>();
  KNOWN.set(context, known);
  const found = known.get(placed) ?? findDestinations(placed, context);
  known.set(placed, found);
  return found;
}

/** Several lints look at the ports of every rule. */
const KNOWN = new WeakMap<LintContext, Map<PlacedRule, Destinations>>();

function findDestinations(placed: PlacedRule, context: LintContext): Destinations {
  // NP-08: no peers, no restriction.
  if (placed.direction === 'egress' && placed.rule.peers.length === 0) return { pods: context.pods, isOpen: true };
  const selecting = placed.direction === 'ingress' ? [subjectOf(placed.policy)] : selectingPeers(placed);
  const pods = [...new Set(selecting.flatMap(({ selection }) => context.podsOf(selection)))];
  const isOpen = selecting.some(({ selection }) => !isSettled(selection.namespaces, pods));
  if (placed.direction === 'ingress') return { pods, isOpen };
  const hasOthers = selecting.length < placed.rule.peers.length;
  return { pods, isOpen: isOpen || hasOthers, onlyAddresses: addressesOf(placed.rule.peers) };
}

/** Whether a selector means the namespaces that are here: not also any other, nor one of unknown labels. */
function isSettled(namespaces: LabelSelector, pods: readonly PodGroup[]): boolean {
  return !isBoundless(namespaces) && pods.every(({ namespace }) => namespaces.match(namespace.labels) !== 'maybe');
}

function addressesOf(peers: readonly (NetworkPolicyPeer | ClusterPolicyPeer)[]): CidrSet | undefined {
  let addresses = CidrSet.empty;
  for (const peer of peers) {
    if (peer.type !== 'ipBlock' && peer.type !== 'networks') return undefined;
    addresses = addresses.union(peer.addresses);
  }
  return addresses;
}
