import type { CidrSet } from '../values/cidr-set';
import type { IpAddress } from '../values/ip';
import type {
  GatewayClassResource,
  GatewayResource,
  ListenerSetResource,
  ReferenceGrantResource,
  RouteResource,
} from './gateway-resource';
import type { IngressClassResource, IngressResource } from './ingress-resource';
import type { PodResource, WorkloadResource } from './pod-resource';
import type { ClusterPolicyResource, NetworkPolicyResource } from './policy-resource';
import type { ResourceBase } from './resource-base';
import type { SecretResource } from './secret-resource';
import type { EndpointSliceResource, EndpointsResource, ServiceResource } from './service-resource';
import type { Taint } from './taints';

export type * from './gateway-resource';
export type * from './ingress-resource';
export type * from './pod-resource';
export type * from './policy-resource';
export type { OwnerReference, ResourceBase } from './resource-base';
export type { Scheduling } from './scheduling';
export type * from './secret-resource';
export type * from './service-resource';

export interface NamespaceResource extends ResourceBase {
  readonly type: 'namespace';
}

export interface NodeResource extends ResourceBase {
  readonly type: 'node';
  readonly addresses: readonly IpAddress[];
  readonly podCidrs: CidrSet;
  readonly taints: readonly Taint[];
}

/** What programs are told in words of their own: only ingress controllers are listened to. */
export interface ConfigMapResource extends ResourceBase {
  readonly type: 'configMap';
  readonly data: ReadonlyMap<string, string>;
}

/** A policy, mesh or routing kind that the model knows of but does not evaluate yet: what it may select is `unknown`. */
export interface UnmodelledResource extends ResourceBase {
  readonly type: 'unmodelled';
  /** What it could decide: L3/L4 policy between pods, mesh authorization, or the way of requests from outside. */
  readonly concern: 'policy' | 'mesh' | 'routing';
  /**
   * The manifest's `spec`, unvalidated: kept for the narrowest sound answer to what it may select. The whole object for
   * kinds without one and with rules beside it (Cilium's `specs`).
   */
  readonly spec: unknown;
}

export type Resource =
  | NamespaceResource
  | NodeResource
  | WorkloadResource
  | PodResource
  | ServiceResource
  | NetworkPolicyResource
  | ClusterPolicyResource
  | EndpointSliceResource
  | EndpointsResource
  | IngressResource
  | IngressClassResource
  | SecretResource
  | ConfigMapResource
  | GatewayClassResource
  | GatewayResource
  | ListenerSetResource
  | RouteResource
  | ReferenceGrantResource
  | UnmodelledResource;
