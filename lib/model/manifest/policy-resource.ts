import type { FieldPath } from '../finding/origin';
import type { CidrSet } from '../values/cidr-set';
import type { LabelSelector } from '../values/label-selector';
import type { Protocol } from '../values/traffic-set';
import type { ResourceBase } from './resource-base';

/** One peer of a NetworkPolicy rule; exactly one of its two forms (NP-12). */
export type NetworkPolicyPeer =
  | { readonly type: 'pods'; readonly namespaceSelector?: LabelSelector; readonly podSelector?: LabelSelector }
  | {
      readonly type: 'ipBlock';
      readonly cidr: string;
      readonly except: readonly string[];
      readonly addresses: CidrSet;
    };

export type NetworkPolicyPort =
  | { readonly type: 'all'; readonly protocol: Protocol }
  | { readonly type: 'range'; readonly protocol: Protocol; readonly first: number; readonly last: number }
  | { readonly type: 'named'; readonly protocol: Protocol; readonly name: string };

export interface NetworkPolicyRule {
  /** Empty: any peer at all (NP-07, NP-08). */
  readonly peers: readonly NetworkPolicyPeer[];
  /** Empty: any traffic at all (NP-07, NP-09). */
  readonly ports: readonly NetworkPolicyPort[];
  /** The list of ports stands in the manifest, and is empty. @default - it is not there, or it has ports */
  readonly hasEmptyPorts?: true;
  readonly field: FieldPath;
}

export interface NetworkPolicyResource extends ResourceBase {
  readonly type: 'networkPolicy';
  readonly podSelector: LabelSelector;
  /** Explicit or by the defaulting of NP-01. */
  readonly directions: { readonly ingress: boolean; readonly egress: boolean };
  readonly ingress: readonly NetworkPolicyRule[];
  readonly egress: readonly NetworkPolicyRule[];
  /** `egress` stands in the manifest as an empty list, without policyTypes: it restricts nothing then (NP-01). */
  readonly ignoresEmptyEgress: boolean;
}

/** Pods by their labels in namespaces by theirs; `LabelSelector.everything` where the manifest selects no further. */
export interface SelectedPods {
  readonly namespaceSelector: LabelSelector;
  readonly podSelector: LabelSelector;
}

/** One peer of a cluster-wide policy's rule. */
export type ClusterPolicyPeer =
  | ({ readonly type: 'pods' } & SelectedPods)
  /** `addresses` is the union of `cidrs`, which are the author's words. */
  | { readonly type: 'networks'; readonly cidrs: readonly string[]; readonly addresses: CidrSet }
  /** Nodes by their labels. */
  | { readonly type: 'nodes'; readonly selector: LabelSelector }
  /** Egress only; `*.example.com` means every name below, but not `example.com` itself. */
  | { readonly type: 'domainNames'; readonly names: readonly string[] }
  /** A field that a later version of the API may have: rules with such a peer fail closed. */
  | { readonly type: 'unknown'; readonly keys: readonly string[] };

export type ClusterPolicyPort =
  | Exclude<NetworkPolicyPort, { type: 'named' }>
  /** A container port of the destination by its name, whatever its protocol. */
  | { readonly type: 'named'; readonly name: string }
  /** As with peers: the rule fails closed. */
  | { readonly type: 'unknown'; readonly keys: readonly string[] };

export interface ClusterPolicyRule {
  /** The author's name for the rule. */
  readonly name?: string;
  readonly action: 'allow' | 'deny' | 'pass';
  /** Never empty. */
  readonly peers: readonly ClusterPolicyPeer[];
  /** Empty: all traffic. */
  readonly ports: readonly ClusterPolicyPort[];
  readonly field: FieldPath;
}

/**
 * A policy of the cluster's administrators, above NetworkPolicy or below it (NP-43): ClusterNetworkPolicy v1alpha2, and
 * the AdminNetworkPolicy and BaselineAdminNetworkPolicy v1alpha1 that it replaces, in one form.
 */
export interface ClusterPolicyResource extends ResourceBase {
  readonly type: 'clusterPolicy';
  readonly kind: 'ClusterNetworkPolicy' | 'AdminNetworkPolicy' | 'BaselineAdminNetworkPolicy';
  readonly tier: 'Admin' | 'Baseline';
  /** 0 to 1000, the lowest first; those of one tier with the same number have no order. 0 for a BaselineAdminNetworkPolicy. */
  readonly priority: number;
  readonly subject: SelectedPods;
  readonly ingress: readonly ClusterPolicyRule[];
  readonly egress: readonly ClusterPolicyRule[];
}
