import type { EnvValue, k8s } from 'cdk8s-plus-28';
import type { AppAddress } from './app-port';
import type { Port } from './port';

/** @typeParam P names of the app's ports, inferred from `ports` */
export interface DnsAppProps<P extends string> {
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

  /** @default 1 */
  readonly replicas?: number;

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

  /** Offers the app outside the cluster. Everybody may then reach the exposed ports. @default - it is not offered */
  readonly expose?: Exposure<NoInfer<P>>;

  /** Gives clients the pods' own addresses instead of a virtual one (SVC-21). @default false */
  readonly headless?: boolean;

  /** Containers that run to their end before the app starts. @default - none */
  readonly initContainers?: readonly InitContainer[];

  /** When a pod may receive traffic. @default - as soon as it runs */
  readonly readiness?: HealthCheck<NoInfer<P>>;

  /** When a pod is to be restarted. @default - when its process ends */
  readonly liveness?: HealthCheck<NoInfer<P>>;

  /** Requests and limits of the container. @default - none */
  readonly resources?: Resources;

  /** Of the container, as it is to stand in the manifest. @default - none */
  readonly securityContext?: k8s.SecurityContext;

  /** Whether the pods get a token for the API server. @default false */
  readonly automountServiceAccountToken?: boolean;
}

export interface Exposure<P extends string> {
  readonly type: 'LoadBalancer' | 'NodePort';
  /** @default - `<name>-external` */
  readonly name?: string;
  /** @default - every port of the Service */
  readonly ports?: readonly P[];
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

/** Quantities as Kubernetes writes them, e.g. `{ requests: { cpu: '100m', memory: '128Mi' } }`. */
export interface Resources {
  readonly requests?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, string>>;
}
