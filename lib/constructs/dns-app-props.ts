import type { EnvValue, IServiceAccount, k8s } from 'cdk8s-plus-28';
import type { AppAddress } from './app-port';
import type { Exposure } from './exposure';
import type { DnsOptions } from './pod-dns';
import type { Port } from './port';
import type { WorkloadProps } from './workload-props';

/**
 * @typeParam P names of the app's ports, inferred from `ports`
 * @typeParam S names of its sidecars, inferred from `sidecars`
 */
export type DnsAppProps<P extends string, S extends string = string> = AppProps<P, S> & WorkloadProps;

/** What an app has whatever the kind of its workload. */
export interface AppProps<P extends string, S extends string = string> {
  /** The container image, e.g. `shop/api:3`. */
  readonly image: string;

  /**
   * What the app listens on, by name: a number is a TCP port with a Service port of the same number.
   *
   * @default - the app is a client only and has no Service
   */
  readonly ports?: Readonly<Record<P, number | Port>>;

  /**
   * What the app calls: the environment variable for each address. Opens the least privilege at both ends,
   * lookups of names included, and promises that the app reaches it.
   *
   * @default - nothing, see also `use`
   */
  readonly uses?: Readonly<Record<string, AppAddress>>;

  /** Other environment variables; they may refer to those of `uses` as `$(NAME)`. @default - none */
  readonly env?: Readonly<Record<string, string | EnvValue>>;

  /** Name of the workload, the Service, the service account and the policy; part of the DNS name. @default - the id */
  readonly name?: string;

  /** The entry point. @default - the image's */
  readonly command?: readonly string[];

  /** Arguments of the entry point. @default - the image's */
  readonly args?: readonly string[];

  /** Further labels of the pods and of the app's objects. @default - none */
  readonly labels?: Readonly<Record<string, string>>;

  /** Annotations of the pods, e.g. for a mesh. @default - none */
  readonly podAnnotations?: Readonly<Record<string, string>>;

  /**
   * Whether a NetworkPolicy lets through only what the app and its users declare.
   * An app that is not closed has no policy of its own.
   *
   * @default true
   */
  readonly closed?: boolean;

  /**
   * Offers the app outside the cluster, by one Service or several. Everybody may then reach the exposed ports: behind a load
   * balancer policies may see another address than the client's (NP-39).
   *
   * @default - it is not offered
   */
  readonly expose?: Exposure<NoInfer<P>> | readonly Exposure<NoInfer<P>>[];

  /** Whether pods have a name before they are ready, which peers need to find one another (SVC-04). @default false */
  readonly publishNotReadyAddresses?: boolean;

  /** How the pods look up names. The app's policy lets lookups out to where they go. @default - the cluster's DNS first */
  readonly dns?: DnsOptions;

  /** Containers that run to their end before the app starts. @default - none */
  readonly initContainers?: readonly InitContainer[];

  /**
   * Containers that run beside the app's own in each pod, by name. They have one network with it: the same address, one localhost,
   * one set of ports, and the same policies (NET-07).
   *
   * @default - none
   */
  readonly sidecars?: Readonly<Record<S, Sidecar>>;

  /** When a pod may receive traffic. @default - as soon as it runs */
  readonly readiness?: HealthCheck<NoInfer<P>>;

  /** When a pod is to be restarted. @default - when its process ends */
  readonly liveness?: HealthCheck<NoInfer<P>>;

  /** What must succeed before the other two are asked. @default - nothing */
  readonly startup?: HealthCheck<NoInfer<P>>;

  /** Requests and limits of the container. @default - none */
  readonly resources?: Resources;

  /** Of the container, as it is to stand in the manifest. @default - none */
  readonly securityContext?: k8s.SecurityContext;

  /** An account that something else made, e.g. for the roles of a cloud. @default - one of its own, with the app's name */
  readonly serviceAccount?: IServiceAccount;

  /** Whether the pods get a token for the API server. @default false */
  readonly automountServiceAccountToken?: boolean;
}

/** A request to the container that must succeed. Probes come from the pod's own node, which no policy keeps out (NP-30). */
export type HealthCheck<P extends string> = HealthCheckTiming &
  (
    | { readonly tcp: P }
    | { readonly http: string; readonly port: P; readonly headers?: Readonly<Record<string, string>> }
    | { readonly grpc: P }
  );

export interface HealthCheckTiming {
  /** Seconds after the start of the container until the first request. @default 0 */
  readonly initialDelaySeconds?: number;
  /** Seconds between requests. @default 10 */
  readonly periodSeconds?: number;
}

export interface InitContainer {
  readonly name: string;
  readonly image: string;
  /** @default - the image's */
  readonly command?: readonly string[];
  /** @default - the image's */
  readonly args?: readonly string[];
  /** What this container calls, as `uses` of the app: the pods are the same, and so are their policies. @default - none */
  readonly uses?: Readonly<Record<string, AppAddress>>;
  /** @default - none */
  readonly env?: Readonly<Record<string, string | EnvValue>>;
  /** As it is to stand in the manifest. @default - none */
  readonly securityContext?: k8s.SecurityContext;
}

export interface Sidecar {
  readonly image: string;
  /**
   * What it listens on, by name. The app's own container gets to it by localhost; others only where `ports` of the app offer the
   * same name.
   *
   * @default - nothing
   */
  readonly ports?: Readonly<Record<string, number | Port>>;
  /** What this container calls, as `uses` of the app: the pods are the same, and so are their policies. @default - none */
  readonly uses?: Readonly<Record<string, AppAddress>>;
  /** @default - none */
  readonly env?: Readonly<Record<string, string | EnvValue>>;
  /** @default - the image's */
  readonly command?: readonly string[];
  /** @default - the image's */
  readonly args?: readonly string[];
  /**
   * Whether it starts before init containers and the app, and ends after it: an init container that restarts (SVC-07). A Job needs
   * that in order to end.
   *
   * @default false
   */
  readonly native?: boolean;
  /** When it is ready, without which its pod is not. @default - as soon as it runs */
  readonly readiness?: HealthCheck<string>;
  /** When it is to be restarted. @default - when its process ends */
  readonly liveness?: HealthCheck<string>;
  /** What must succeed before the other two are asked. @default - nothing */
  readonly startup?: HealthCheck<string>;
  /** @default - none */
  readonly resources?: Resources;
  /** As it is to stand in the manifest. @default - none */
  readonly securityContext?: k8s.SecurityContext;
}

/** Quantities as Kubernetes writes them, e.g. `{ requests: { cpu: '100m', memory: '128Mi' } }`. */
export interface Resources {
  readonly requests?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, string>>;
}
