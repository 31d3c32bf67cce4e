import { type Family, familyOf } from './address';
import type { ClusterPolicy } from './cluster-policy-form';
import type { Direction, Labels, NetworkPolicyManifest, Protocol } from './manifests';

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

/** One tier of the administrators' policies, in the order in which they are looked at. */
export type Tier = readonly ClusterPolicy[];

/** A cluster in which nothing is left open. */
export interface World {
  /** The complete labels of each namespace, `kubernetes.io/metadata.name` among them (NP-14). */
  readonly namespaces: Readonly<Record<string, Labels>>;
  /** The complete labels of each node. */
  readonly nodes: Readonly<Record<string, Labels>>;
  readonly policies: readonly NetworkPolicyManifest[];
  /** NP-43: the tiers before NetworkPolicy. Equal priorities have no order, so each direction may have its own. */
  readonly admin: Readonly<Record<Direction, readonly Tier[]>>;
  /** NP-43: the tiers after NetworkPolicy. */
  readonly baseline: Readonly<Record<Direction, readonly Tier[]>>;
  /** NP-17 */
  readonly ipBlockSelectsPods: boolean;
  /** NP-17, NP-29 */
  readonly ipBlockSelectsNodes: boolean;
  /** NP-28: true where NetworkPolicy sees hostNetwork pods as pods like all others, false where as their node. */
  readonly hostNetworkPodsAreSelected: boolean;
  /** NP-30: whether egress rules leave traffic to the pod's own node alone. Traffic from it is always let in. */
  readonly ownNodeOutIsExempt: boolean;
  /** Whether the administrators' policies, whose API is silent about it, spare the pod's own node as NetworkPolicy does. */
  readonly clusterPoliciesSpareOwnNode: boolean;
  /** Those of the domain names in policies that lead to the destination's address. */
  readonly domainNames: ReadonlySet<string>;
}

/** The tuple that the dataplane sees: after Service translation (NP-19), so the port is the destination's own. */
export interface Connection {
  readonly from: End;
  readonly to: End;
  readonly protocol: Protocol;
  readonly port: number;
  readonly family: Family;
}

export function isPod(end: End): end is Pod {
  return 'labels' in end;
}

/** Whether `end` is on the host network of the very node on which `pod` runs. */
export function isOnNodeOf(end: End, pod: End): boolean {
  return isPod(end) && end.hostNetwork && isPod(pod) && end.node === pod.node;
}

export function addressOf(end: End, family: Family): string {
  const address = isPod(end) ? end.addresses[family] : end.ip;
  if (address === undefined || familyOf(address) !== family) {
    throw new Error(`an end of the connection has no IPv${family} address`);
  }
  return address;
}
