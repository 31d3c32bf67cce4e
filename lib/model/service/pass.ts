import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import type { Doubt } from '../values/ternary';
import type { ServiceEndpoint } from './endpoints';
import type { Packet, PacketTarget, Standpoint } from './packet';
import type { Claim } from './service-table';

/** A translation by one node on the way. */
export interface Pass {
  readonly claim: Claim;
  readonly at: Standpoint;
  /** The packet as it came to the node. */
  readonly before: Packet;
  readonly isMasqueraded: boolean;
  readonly endpoint: ServiceEndpoint;
  /** How many endpoints the node had to choose from. */
  readonly choices: number;
  readonly doubts: readonly Doubt[];
  /** It may be that the node has no endpoint at all. */
  readonly mayFail: boolean;
}

/** A node by its name, outside of the cluster, or nobody knows where. */
export type Location = { readonly node: string } | 'outside' | 'unknown';

/** Where a packet for an address goes. */
export function locationOf({ addresses, profile }: Cluster, { pod, address }: PacketTarget): Location {
  const owner = pod ?? (address && addresses.podAt(address));
  if (owner) return placeOf(owner);
  const node = address && addresses.nodeAt(address);
  if (node) return { node: node.name };
  const isInside = !address || profile.podCidr.has(address) || profile.nodeCidr.has(address);
  return isInside ? 'unknown' : 'outside';
}

export function placeOf({ nodeName }: PodGroup): Location {
  return nodeName === undefined ? 'unknown' : { node: nodeName };
}
