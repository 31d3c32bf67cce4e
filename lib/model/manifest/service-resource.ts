import type { CidrSet } from '../values/cidr-set';
import type { IpAddress, IpFamily } from '../values/ip';
import type { Protocol } from '../values/traffic-set';
import type { ResourceBase } from './resource-base';

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
