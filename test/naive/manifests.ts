import type { ClusterPolicyManifest } from './cluster-policy-manifests';

/** The plain JSON of the few Kubernetes kinds that the naive evaluator reads: exactly what a user would write. */

export type Labels = Readonly<Record<string, string>>;
export type Protocol = 'TCP' | 'UDP' | 'SCTP';
export type Direction = 'Ingress' | 'Egress';

/** An absent list and a list written as null are the same to the API server. */
export type Nullable<T> = T | null | undefined;

export interface LabelExpression {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

export interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly LabelExpression[];
}

export interface IpBlock {
  readonly cidr: string;
  readonly except?: readonly string[];
}

export interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: IpBlock;
}

export interface PolicyPort {
  readonly port?: number | string;
  readonly endPort?: number;
  readonly protocol?: Protocol;
}

export interface IngressRule {
  readonly from?: Nullable<readonly Peer[]>;
  readonly ports?: Nullable<readonly PolicyPort[]>;
}

export interface EgressRule {
  readonly to?: Nullable<readonly Peer[]>;
  readonly ports?: Nullable<readonly PolicyPort[]>;
}

export interface PolicySpec {
  readonly podSelector?: Selector;
  readonly policyTypes?: readonly Direction[];
  readonly ingress?: Nullable<readonly IngressRule[]>;
  readonly egress?: Nullable<readonly EgressRule[]>;
}

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels?: Labels;
}

export interface NetworkPolicyManifest {
  readonly apiVersion: 'networking.k8s.io/v1';
  readonly kind: 'NetworkPolicy';
  readonly metadata: Metadata;
  readonly spec: PolicySpec;
}

export interface NamespaceManifest {
  readonly apiVersion: 'v1';
  readonly kind: 'Namespace';
  readonly metadata: { readonly name: string; readonly labels?: Labels };
}

export interface ContainerPortManifest {
  readonly name?: string;
  readonly containerPort: number;
  readonly protocol?: Protocol;
}

export interface PodSpec {
  readonly hostNetwork?: boolean;
  readonly nodeName?: string;
  readonly containers: readonly {
    readonly name: string;
    readonly image: string;
    readonly ports?: readonly ContainerPortManifest[];
  }[];
}

export interface PodStatus {
  readonly phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  readonly podIP?: string;
  readonly podIPs?: readonly { readonly ip: string }[];
}

export interface PodManifest {
  readonly apiVersion: 'v1';
  readonly kind: 'Pod';
  readonly metadata: Metadata;
  readonly spec: PodSpec;
  readonly status?: PodStatus;
}

export interface DeploymentManifest {
  readonly apiVersion: 'apps/v1';
  readonly kind: 'Deployment';
  readonly metadata: Metadata;
  readonly spec: {
    readonly replicas?: number;
    readonly selector: Selector;
    readonly template: { readonly metadata: { readonly labels: Labels }; readonly spec: PodSpec };
  };
}

export interface NodeManifest {
  readonly apiVersion: 'v1';
  readonly kind: 'Node';
  readonly metadata: { readonly name: string; readonly labels?: Labels };
  readonly status?: { readonly addresses: readonly { readonly type: 'InternalIP'; readonly address: string }[] };
}

export type Manifest =
  | NamespaceManifest
  | NodeManifest
  | PodManifest
  | DeploymentManifest
  | NetworkPolicyManifest
  | ClusterPolicyManifest;
