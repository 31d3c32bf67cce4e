import type { PodGroup } from '../../cluster/workload';
import type { ClusterPolicyPeer, NetworkPolicyPeer } from '../../manifest/resources';
import { CidrSet } from '../../values/cidr-set';
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
  const selecting = placed.direction === 'ingress' ? [subjectOf(placed.policy)] : selectingPeers(placed);
  const pods = [...new Set(selecting.flatMap(({ selection }) => context.podsOf(selection)))];
  const isSelected = selecting.length > 0 && !selecting.some(({ selection }) => isBoundless(selection.namespaces));
  if (placed.direction === 'ingress') return { pods, isOpen: !isSelected };
  const isOpen = !isSelected || selecting.length < placed.rule.peers.length;
  return { pods, isOpen, onlyAddresses: addressesOf(placed.rule.peers) };
}

function addressesOf(peers: readonly (NetworkPolicyPeer | ClusterPolicyPeer)[]): CidrSet | undefined {
  if (peers.length === 0) return undefined;
  let addresses = CidrSet.empty;
  for (const peer of peers) {
    if (peer.type !== 'ipBlock' && peer.type !== 'networks') return undefined;
    addresses = addresses.union(peer.addresses);
  }
  return addresses;
}
