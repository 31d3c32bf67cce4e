import type { IConstruct } from 'constructs';
import type { Protocol } from '../model/values/traffic-set';
import type { AppPort } from './app-port';
import type { Port } from './port';

/**
 * Whose pods a Service sends to: an app, any other construct that made one workload, or labels. All are pods of the
 * Service's own namespace (SVC-03).
 */
export type ServiceSelector = IConstruct | Readonly<Record<string, string>>;

/** One port of a Service. */
export interface ServicePortProps {
  /** What clients dial, 1 to 65535. */
  readonly port: number;
  /**
   * Where it leads: a port of the app, a number, or the name that each pod's containers give to a port (SVC-07).
   *
   * @default - the same number (SVC-01)
   */
  readonly targetPort?: number | string | AppPort;
  /** @default - that of the app's port, else TCP */
  readonly protocol?: Protocol;
  /** What is spoken on the port, e.g. `https` or `kubernetes.io/h2c`. @default - that of the app's port, else not written */
  readonly appProtocol?: string;
  /** The port of every node that leads here (SVC-20). Types NodePort and LoadBalancer only. @default - the API server chooses */
  readonly nodePort?: number;
}

/** A bare number is a TCP port that leads to the same number; a port of an app is offered as the app itself offers it. */
export type DeclaredServicePort = number | Port | AppPort | ServicePortProps;

/** An address behind a Service without a selector. */
export interface ServiceEndpoint {
  /** An IP address; none of the node itself, of a link, or of another Service (SVC-26). */
  readonly address: string;
  /** Gives it a name of its own below a headless Service (DNS-06). @default - none */
  readonly hostname?: string;
  /** The node that it is on. @default - not written */
  readonly nodeName?: string;
  /** The zone that it is in. @default - not written */
  readonly zone?: string;
}

/** The pods of a selector, or addresses. */
type Backends =
  | { readonly selector: ServiceSelector; readonly endpoints?: undefined }
  | {
      readonly selector?: undefined;
      /** Addresses, written to EndpointSlices; with an empty list the slices are for somebody else to write (SVC-02). */
      readonly endpoints: readonly ServiceEndpoint[];
    };

export interface ServiceMetadata {
  /** Name of the object, and the first part of its DNS name. @default - the id */
  readonly name?: string;
  /** Labels of the object. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the object, e.g. for the cloud's load balancer. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Families {
  /** The IP families, the first of which is that of the `clusterIP` (SVC-27). @default - the cluster's own */
  readonly ipFamilies?: readonly ('IPv4' | 'IPv6')[];
  /** Whether one family will do (SVC-27). @default 'SingleStack' */
  readonly ipFamilyPolicy?: 'SingleStack' | 'PreferDualStack' | 'RequireDualStack';
}

/** What every Service has that sends to something. */
interface Sending extends Families {
  /** Whether pods count before they are ready, which peers of a cluster need to find one another (SVC-04). @default false */
  readonly publishNotReadyAddresses?: boolean;
}

/** What a Service with an address of its own has, which kube-proxy serves. */
interface Balancing<P extends string> extends Sending {
  /** The ports by name. */
  readonly ports: Readonly<Record<P, DeclaredServicePort>>;
  readonly headless?: false;
  /** The address inside the cluster. @default - the API server chooses */
  readonly clusterIP?: string;
  /** Addresses that lead to nodes from outside, and that nodes take for the Service's own (SVC-23). @default - none */
  readonly externalIPs?: readonly string[];
  /** Whether a client stays with the endpoint that it met first (SVC-24). @default 'None' */
  readonly sessionAffinity?: 'None' | 'ClientIP';
  /** How long it does, 1 to 86400 seconds. @default 10800 */
  readonly sessionAffinityTimeoutSeconds?: number;
  /** `Local`: clients in the cluster get to endpoints of their own node only (SVC-13). @default 'Cluster' */
  readonly internalTrafficPolicy?: 'Cluster' | 'Local';
  /** Which endpoints are preferred while there are any (SVC-25). @default - none is */
  readonly trafficDistribution?: 'PreferSameZone' | 'PreferSameNode' | 'PreferClose';
}

/** What a Service has that clients outside get to. */
interface External {
  /** `Local`: clients outside keep their address and get to endpoints of the node that they met (SVC-13, NP-39). @default 'Cluster' */
  readonly externalTrafficPolicy?: 'Cluster' | 'Local';
}

export type ClusterIpServiceProps<P extends string> = Balancing<P> &
  Backends &
  External & { readonly type?: 'ClusterIP' };

/** A Service without an address: its name stands for those of the pods, and nobody translates ports (SVC-21). */
export type HeadlessServiceProps<P extends string> = Sending &
  Backends & {
    readonly type?: 'ClusterIP';
    readonly headless: true;
    /** The ports by name, the same numbers as the pods'. @default - none, which only a headless Service may do without */
    readonly ports?: Readonly<Record<P, DeclaredServicePort>>;
  };

export type NodePortServiceProps<P extends string> = Balancing<P> & Backends & External & { readonly type: 'NodePort' };

export type LoadBalancerServiceProps<P extends string> = Balancing<P> &
  Backends &
  External & {
    readonly type: 'LoadBalancer';
    /** The only clients that the load balancer lets in; the ports of the nodes stay open to all (SVC-17). @default - all */
    readonly loadBalancerSourceRanges?: readonly string[];
    /** Who makes the load balancer; the cloud's own controller then leaves it alone (SVC-19). @default - the cloud's own */
    readonly loadBalancerClass?: string;
    /** Whether it opens ports on the nodes too (SVC-19). @default true */
    readonly allocateLoadBalancerNodePorts?: boolean;
    /** Where nodes tell whether they have endpoints; with `externalTrafficPolicy: 'Local'` only (NET-10). @default - the API server chooses */
    readonly healthCheckNodePort?: number;
  };

/** Another name for a host: nothing but a CNAME (SVC-22). */
export interface ExternalNameServiceProps<P extends string> {
  readonly type: 'ExternalName';
  /** The host that it stands for, e.g. `db.example.com`. */
  readonly externalName: string;
  /** The ports of that host by name, for `uses` and promises; nothing translates them. @default - none */
  readonly ports?: Readonly<Record<P, DeclaredServicePort>>;
}

/** @typeParam P names of the Service's ports, inferred from `ports` */
export type ServiceProps<P extends string> = ServiceMetadata &
  (
    | ClusterIpServiceProps<P>
    | HeadlessServiceProps<P>
    | NodePortServiceProps<P>
    | LoadBalancerServiceProps<P>
    | ExternalNameServiceProps<P>
  );

type KeysOf<T> = T extends unknown ? keyof T : never;
type ValueOf<T, K extends PropertyKey> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;

/** All props of all types side by side: what a program that nobody type-checked may give. */
export type AnyServiceProps = {
  readonly [K in KeysOf<ServiceProps<string>>]?: ValueOf<ServiceProps<string>, K>;
};
