/** The administrators' policies as a user would write them: v1alpha2, and the two kinds of v1alpha1 before it. */
import type { Protocol, Selector } from './manifests';

/** Exactly one of the two. */
export interface ClusterSubject {
  readonly namespaces?: Selector;
  readonly pods?: { readonly namespaceSelector?: Selector; readonly podSelector: Selector };
}

/** Exactly one of them; `serviceAccounts` stands for all that a later version of the API may add. */
export interface ClusterPeerManifest extends ClusterSubject {
  readonly nodes?: Selector;
  readonly networks?: readonly string[];
  readonly domainNames?: readonly string[];
  readonly serviceAccounts?: Selector;
}

export interface DestinationPort {
  readonly number?: number;
  readonly range?: { readonly start: number; readonly end: number };
}

interface PortOfProtocol {
  readonly destinationPort?: DestinationPort;
}

/** Exactly one of them; `gre` stands for all that a later version of the API may add. */
export interface ProtocolManifest {
  readonly tcp?: PortOfProtocol;
  readonly udp?: PortOfProtocol;
  readonly sctp?: PortOfProtocol;
  readonly destinationNamedPort?: string;
  readonly gre?: object;
}

/** Exactly one of them. */
export interface AdminPortManifest {
  readonly portNumber?: { readonly protocol?: Protocol; readonly port: number };
  readonly portRange?: { readonly protocol?: Protocol; readonly start: number; readonly end: number };
  readonly namedPort?: string;
}

interface Rule<Action extends string> {
  readonly name?: string;
  readonly action: Action;
}

type From = { readonly from: readonly ClusterPeerManifest[] };
type To = { readonly to: readonly ClusterPeerManifest[] };

interface Spec<R> {
  readonly subject: ClusterSubject;
  readonly ingress?: readonly (R & From)[];
  readonly egress?: readonly (R & To)[];
}

export type ClusterAction = 'Accept' | 'Deny' | 'Pass';
export type AdminAction = 'Allow' | 'Deny' | 'Pass';

export type ClusterRuleManifest = Rule<ClusterAction> & { readonly protocols?: readonly ProtocolManifest[] };
export type AdminRuleManifest = Rule<AdminAction> & { readonly ports?: readonly AdminPortManifest[] };

interface ClusterScoped<Kind extends string, Version extends string, S> {
  readonly apiVersion: `policy.networking.k8s.io/${Version}`;
  readonly kind: Kind;
  readonly metadata: { readonly name: string };
  readonly spec: S;
}

export interface ClusterNetworkPolicySpec extends Spec<ClusterRuleManifest> {
  readonly tier: 'Admin' | 'Baseline';
  readonly priority: number;
}

export interface AdminNetworkPolicySpec extends Spec<AdminRuleManifest> {
  readonly priority: number;
}

/** Without `Pass` and without domain names. */
export type BaselineAdminNetworkPolicySpec = Spec<AdminRuleManifest>;

export type ClusterNetworkPolicyManifest = ClusterScoped<'ClusterNetworkPolicy', 'v1alpha2', ClusterNetworkPolicySpec>;
export type AdminNetworkPolicyManifest = ClusterScoped<'AdminNetworkPolicy', 'v1alpha1', AdminNetworkPolicySpec>;
export type BaselineAdminNetworkPolicyManifest = ClusterScoped<
  'BaselineAdminNetworkPolicy',
  'v1alpha1',
  BaselineAdminNetworkPolicySpec
>;

export type ClusterPolicyManifest =
  | ClusterNetworkPolicyManifest
  | AdminNetworkPolicyManifest
  | BaselineAdminNetworkPolicyManifest;
