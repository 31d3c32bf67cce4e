import type { FieldPath } from '../finding/origin';
import type { CidrSet } from '../values/cidr-set';
import type { IpAddress, IpFamily } from '../values/ip';
import type { LabelSelector } from '../values/label-selector';
import type { Protocol } from '../values/traffic-set';
import type {
  GatewayClassResource,
  GatewayResource,
  ListenerSetResource,
  ReferenceGrantResource,
  RouteResource,
} from './gateway-resource';
import type { IngressClassResource, IngressResource } from './ingress-resource';
import type { ResourceBase } from './resource-base';
import type { Scheduling } from './scheduling';
import type { SecretResource } from './secret-resource';

export type * from './gateway-resource';
export type * from './ingress-resource';
export type { OwnerReference, ResourceBase } from './resource-base';
export type { Scheduling } from './scheduling';
export type * from './secret-resource';

export interface NamespaceResource extends ResourceBase {
  readonly type: 'namespace';
}

export interface NodeResource extends ResourceBase {
  readonly type: 'node';
  readonly addresses: readonly IpAddress[];
  readonly podCidrs: CidrSet;
}

export interface ContainerPort {
  readonly name?: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly hostPort?: number;
  /** The one address of the node on which the host port is open; `undefined`: all of them (NET-08). */
  readonly hostIp?: IpAddress;
}

/** A port with the field that declares it, from the root of the object. */
export interface PlacedPort extends ContainerPort {
  readonly field: FieldPath;
}

export interface PodContainer {
  /** The empty text where the manifest gives none. */
  readonly name: string;
  /** SVC-07: an init container runs to its end before the others start, unless it is a sidecar, which restarts and stays. */
  readonly role: 'container' | 'sidecar' | 'init';
  readonly ports: readonly PlacedPort[];
  readonly field: FieldPath;
}

/** A line of `/etc/hosts`. */
export interface HostAlias {
  readonly ip: IpAddress;
  readonly hostnames: readonly string[];
}

/** A value of an environment variable, a word of a command or an argument. */
export interface ContainerText {
  readonly text: string;
  /** From the root of the object. */
  readonly field: FieldPath;
}

/** What a pod adds to its `resolv.conf`; without any dnsPolicy of its own it is all of it (DNS-20). */
export interface DnsConfig {
  readonly nameservers: readonly IpAddress[];
  readonly searches: readonly string[];
  readonly options: readonly { readonly name: string; readonly value?: string }[];
}

/** The part of a pod (or pod template) that the network looks at. */
export interface PodTemplate {
  readonly labels: ReadonlyMap<string, string>;
  readonly hostNetwork: boolean;
  readonly dnsPolicy: 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None';
  readonly serviceAccount: string;
  readonly hostname?: string;
  readonly subdomain?: string;
  /** What the pod itself is called, whatever `hostname` and `subdomain` say to the DNS (DNS-24). */
  readonly hostnameOverride?: string;
  readonly nodeName?: string;
  /** What its `/etc/hosts` answers, whatever the DNS says (DNS-24). */
  readonly hostAliases?: readonly HostAlias[];
  readonly dnsConfig?: DnsConfig;
  /** `windows` where the manifest says so, in `os` or in the node selector: names are looked up differently there (DNS-30). */
  readonly os?: 'windows';
  /** `enableServiceLinks`: whether its containers have variables for the Services of its namespace (DNS-25). @default true */
  readonly serviceLinks?: boolean;
  /** What its containers are told by their environment and arguments; read when it is asked for. */
  readonly texts?: () => readonly ContainerText[];
  /** Its containers one by one; read when it is asked for. */
  readonly containers?: () => readonly PodContainer[];
  /** On which nodes it may run; read when it is asked for. */
  readonly scheduling?: () => Scheduling;
  /** Of containers and of restartable init containers (SVC-07); the order is that of the manifest. */
  readonly ports: readonly ContainerPort[];
}

export type WorkloadKind =
  | 'Deployment'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'ReplicaSet'
  | 'ReplicationController'
  | 'Job'
  | 'CronJob';

export interface WorkloadResource extends ResourceBase {
  readonly type: 'workload';
  readonly kind: WorkloadKind;
  /** `undefined` where the manifest leaves it open (an autoscaler may set it) or the kind has none. */
  readonly replicas?: number;
  /** Which pods are its own; Jobs and CronJobs usually have none (the controller fills it in). */
  readonly selector?: LabelSelector;
  /** Of a StatefulSet: the headless Service that its pods have their own names below (DNS-06). */
  readonly serviceName?: string;
  /** Of a StatefulSet: the number of its first pod. @default 0 */
  readonly firstOrdinal?: number;
  readonly template: PodTemplate;
}

export interface PodResource extends ResourceBase {
  readonly type: 'pod';
  readonly template: PodTemplate;
  readonly phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  /** `status.podIPs`, else `status.podIP`; empty where the manifest tells none. */
  readonly addresses: readonly IpAddress[];
  /** The Ready condition of the status; `undefined` where the manifest has no status. */
  readonly ready?: boolean;
  readonly terminating: boolean;
}

export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** SVC-01: equal to `port` where absent. */
  readonly targetPort: number | string;
  readonly nodePort?: number;
}

export interface ServiceResource extends ResourceBase {
  readonly type: 'service';
  readonly serviceType: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
  readonly headless: boolean;
  /** `undefined` when absent or empty: no managed endpoints (SVC-02). */
  readonly selector?: ReadonlyMap<string, string>;
  /** The selector stands in the manifest and asks for no label, which is the same as none (SVC-02). */
  readonly hasEmptySelector: boolean;
  readonly ports: readonly ServicePort[];
  readonly clusterIps: readonly IpAddress[];
  /** SVC-27: the families that it has addresses and endpoints of; `undefined` where the API server is yet to choose. */
  readonly families?: readonly IpFamily[];
  readonly ipFamilyPolicy?: 'SingleStack' | 'PreferDualStack' | 'RequireDualStack';
  readonly externalIps: readonly IpAddress[];
  /** What the load balancer got, else the address that the author asked for. */
  readonly loadBalancers: readonly LoadBalancerAddress[];
  readonly loadBalancerSourceRanges?: CidrSet;
  /** SVC-19: whether a load balancer's Service opens ports on the nodes too. */
  readonly allocateNodePorts: boolean;
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
  readonly internalTrafficPolicy: 'Cluster' | 'Local';
  /** SVC-24: a client stays with the endpoint that it met first. */
  readonly sessionAffinity: 'None' | 'ClientIP';
  /** SVC-25: `PreferClose` is the older name of `PreferSameZone`. */
  readonly trafficDistribution?: 'PreferSameZone' | 'PreferSameNode';
  /** Where each node tells load balancers whether it has endpoints of its own. */
  readonly healthCheckNodePort?: number;
  /** SVC-19: set, and the cloud's own controller leaves the Service alone. */
  readonly loadBalancerClass?: string;
  readonly externalName?: string;
  readonly publishNotReadyAddresses: boolean;
}

export interface LoadBalancerAddress {
  readonly ip: IpAddress;
  /** SVC-18: with `VIP` kube-proxy serves the address itself; with `Proxy` packets leave for the load balancer. */
  readonly mode: 'VIP' | 'Proxy';
  /** The author asked for it, and no status tells that the load balancer got it. */
  readonly isAskedFor?: boolean;
}

/** Addresses behind a Service, made by hand or by some other controller than the Service's own. */
export interface EndpointSliceResource extends ResourceBase {
  readonly type: 'endpointSlice';
  /** The label `kubernetes.io/service-name`: without it the slice serves nobody (SVC-08). */
  readonly serviceName?: string;
  /** Copied from the pods of the Service's selector, which the model reads itself. */
  readonly isMirror: boolean;
  /** Copied from an Endpoints object by the controller that mirrors them. */
  readonly mirrorsEndpoints: boolean;
  /** The label `service.kubernetes.io/headless`: kube-proxy passes over the slice. */
  readonly isHeadless: boolean;
  readonly addressType: 'IPv4' | 'IPv6' | 'FQDN';
  readonly ports: readonly { readonly name: string; readonly port?: number; readonly protocol: Protocol }[];
  readonly endpoints: readonly SliceEndpoint[];
}

export interface SliceEndpoint {
  readonly addresses: readonly IpAddress[];
  /** Ready where nobody says otherwise. */
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly hostname?: string;
  readonly nodeName?: string;
  readonly zone?: string;
  /** SVC-25: the zones and nodes that are to use it; `undefined` where there is no hint of that kind. */
  readonly forZones?: readonly string[];
  readonly forNodes?: readonly string[];
  /** `ns/name` of the Pod that it stands for. */
  readonly pod?: string;
}

/** The older form of an EndpointSlice, which a controller copies into slices for Services without a selector. */
export interface EndpointsResource extends ResourceBase {
  readonly type: 'endpoints';
  readonly subsets: readonly EndpointSubset[];
}

/** Every address at every port. */
export interface EndpointSubset {
  readonly addresses: readonly EndpointsAddress[];
  readonly notReadyAddresses: readonly EndpointsAddress[];
  readonly ports: readonly { readonly name: string; readonly port: number; readonly protocol: Protocol }[];
}

export interface EndpointsAddress {
  readonly ip: IpAddress;
  readonly hostname?: string;
  readonly nodeName?: string;
  /** `ns/name` of the Pod that it stands for. */
  readonly pod?: string;
}

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
