import type { PlacedRange } from '../cluster/profile-ranges';
import type { FieldPath } from '../finding/origin';
import type { IpFamily } from '../values/ip';
import type { Doubt } from '../values/ternary';

/** What the pod network does with packets, told by one plugin with its options for one cluster. */
export interface Fabric {
  /** How packets to pods of another node travel, one for each family that the plugin carries. */
  readonly links: readonly Link[];
  readonly blocks: PodBlocks;
  /** Ranges of pods that the plugin's own options or defaults say, with their fields. @default - those of the profile */
  readonly podRanges?: readonly PlacedRange[];
  /** NET-06: the MTU of pods that the plugin's options or defaults say. @default - as large as packets may be */
  readonly podMtu?: { readonly bytes: number; readonly field: FieldPath };
  /** NET-11: what the nodes must let each other send, beside what Kubernetes itself needs. */
  readonly nodeTraffic: readonly NodeTraffic[];
  readonly masquerade: Masquerade;
}

/** The way between two nodes, for one family. */
export interface Link {
  readonly family: IpFamily;
  /** Between nodes of one subnet. */
  readonly within: Carriage;
  /** Between nodes with a router between them. */
  readonly across: Carriage;
}

/** `none`: as they are, by routes that the nodes have; `unreachable`: there is no such route; `open`: nobody tells. */
export type Carriage =
  | { readonly by: 'none' }
  | {
      readonly by: 'encapsulation';
      readonly encapsulation: Encapsulation;
      /**
       * NET-11: the port at which packets surely come to the node of the pod, sent from another one for each flow, so that no firewall
       * takes them for answers. @default - one may, or nobody knows what is outermost
       */
      readonly udpPort?: number;
    }
  /** `because`: as a sentence; `rule`: where it is not NET-04. */
  | { readonly by: 'unreachable'; readonly because: string; readonly rule?: 'NET-11' }
  | { readonly by: 'open'; readonly doubt: Doubt };

export interface Encapsulation {
  /** As its plugin's documentation writes it, e.g. `VXLAN`, `IP-in-IP`, `Geneve`, `WireGuard`. */
  readonly name: string;
  /** NET-06: bytes that it takes from each packet. */
  readonly overhead: number;
  readonly isEncrypted: boolean;
  /** The device on the node, e.g. `vxlan.calico`; absent where there is none of its own. */
  readonly device?: string;
}

/**
 * Which part of the pod ranges a node's pods get their addresses from. `node-cidr`: the one that Kubernetes gives the node
 * (NET-02); `own-node-cidr`: one that the plugin itself gives it, once; `on-demand`: blocks of a size, more as they are needed, of
 * which a node may also borrow single addresses; `flat`: any address of the whole range on any node.
 */
export type PodBlocks =
  | { readonly by: 'node-cidr' }
  | { readonly by: 'own-node-cidr'; readonly maskSize: Readonly<Record<IpFamily, number>> }
  | { readonly by: 'on-demand'; readonly maskSize: Readonly<Record<IpFamily, number>> }
  | { readonly by: 'flat' }
  | { readonly by: 'unknown' };

/** Traffic between nodes. */
export interface NodeTraffic {
  /** What it is for, e.g. `VXLAN of Calico`. */
  readonly purpose: string;
  /** A port of TCP or UDP, or a protocol of IP by its number: 4 is IP-in-IP, 50 is ESP. */
  readonly over: { readonly protocol: 'TCP' | 'UDP'; readonly port: number } | { readonly ipProtocol: number };
  /** @default 'nodes' */
  readonly from?: 'nodes' | 'bgp-peers';
  /**
   * What travels in it: packets of pods; what nodes know of the ways to each other's pods; how they are; or what they first meet by,
   * so that without it none sends another anything. @default 'packets'
   */
  readonly carries?: 'packets' | 'routes' | 'health' | 'peering';
}

/** NET-04: what becomes of a pod's address on the way to what is not in the cluster. */
export interface Masquerade {
  /** Whether packets that leave the cluster get the address of their node. */
  readonly outgoing: boolean | 'unknown';
  /** Ranges to which pods show their own address all the same: those of the cluster are meant always. */
  readonly exceptTo: readonly string[];
}
