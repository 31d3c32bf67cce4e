import type { PodGroup } from '../cluster/workload';
import type { CidrSet } from '../values/cidr-set';
import type { IpAddress } from '../values/ip';
import type { Protocol } from '../values/traffic-set';

/** Who sends a packet, as its source address tells. */
export type PacketSource =
  /** A pod with an address of its own; those of the host network are their node. */
  | { readonly kind: 'pod'; readonly pod: PodGroup }
  /** A node; without a name where nobody tells which. */
  | { readonly kind: 'node'; readonly node?: string; readonly addresses: CidrSet }
  | { readonly kind: 'outside'; readonly addresses: CidrSet };

/** Where a packet is sent; at least one of both is known. */
export interface PacketTarget {
  readonly address?: IpAddress;
  readonly pod?: PodGroup;
}

export interface Packet {
  readonly source: PacketSource;
  readonly to: PacketTarget;
  readonly port: number;
  readonly protocol: Protocol;
}

/** The node on which a packet is looked at. */
export interface Standpoint {
  /** `undefined`: nobody tells which node it is. */
  readonly node?: string;
  /** The packet comes from the node itself or from one of its pods, and has not been on a wire yet. */
  readonly isOrigin: boolean;
}

/** Whether the source address is one of the node's own. */
export function isNodeItself({ source }: Packet, { node, isOrigin }: Standpoint): boolean {
  return source.kind === 'node' && (isOrigin || (node !== undefined && source.node === node));
}
