import type { ComponentName } from '../model/cluster/component-ports';
import type { Protocol } from '../model/values/traffic-set';

/** A set of label requirements in plain form: every label must have the value, or one of the values. */
export type LabelValues = Readonly<Record<string, string | readonly string[]>>;

/**
 * What a promise speaks of, as a plain frozen value with a JSON form.
 * References are resolved against the final manifests when the promise is checked, never when it is written.
 */
export type EndpointRef =
  /**
   * Whatever the construct at this path, and those below it, made: workloads, pods, Services. `knownBy` are the labels by
   * which the pods of a Job are its own: its manifest has no selector that would tell.
   */
  | { readonly kind: 'construct'; readonly path: string; readonly knownBy?: Readonly<Record<string, string>> }
  /** A declared object, e.g. `{ object: 'Service', namespace: 'shop', name: 'api' }`; any workload kind or pod where `object` is absent. */
  | { readonly kind: 'object'; readonly object?: string; readonly namespace: string; readonly name: string }
  /** One port of the endpoint: by name, or by number (the Service port by name; the container port by pod IP). */
  | { readonly kind: 'port'; readonly of: EndpointRef; readonly port: string | number; readonly protocol?: Protocol }
  /** One port of a Service, by the port of every node that leads to it (SVC-20). */
  | {
      readonly kind: 'nodePort';
      readonly of: EndpointRef;
      readonly port: string | number;
      readonly protocol?: Protocol;
    }
  /** One container of the pods: to others in its pod by localhost (NET-07), to everybody else as its pod. */
  | { readonly kind: 'container'; readonly of: EndpointRef; readonly name: string }
  /** Pods by labels, declared here or elsewhere; in every namespace when neither `namespace` nor `namespaceLabels` is given. */
  | {
      readonly kind: 'pods';
      readonly labels: LabelValues;
      readonly namespace?: string;
      readonly namespaceLabels?: LabelValues;
    }
  /** A declared node. */
  | { readonly kind: 'node'; readonly name: string }
  /** What Kubernetes itself has listening on nodes (NET-01). */
  | { readonly kind: 'component'; readonly name: ComponentName }
  /** All pods of a namespace. */
  | { readonly kind: 'namespace'; readonly name: string }
  /** Addresses outside the cluster. */
  | { readonly kind: 'addresses'; readonly cidrs: readonly string[] }
  /** Every address outside the cluster's declared ranges. */
  | { readonly kind: 'internet' }
  /** A host outside the cluster, by its name; its addresses are unknown unless given. */
  | { readonly kind: 'external'; readonly host: string; readonly cidrs?: readonly string[] };

/** A request from outside, as a plain frozen value with a JSON form: no end of a flow, but what promises can be about. */
export interface UrlRef {
  readonly kind: 'url';
  readonly url: string;
  /** @default 'GET' */
  readonly method?: string;
  /** By their names as they were written. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Whatever a promise can be about. */
export type SubjectRef = EndpointRef | UrlRef;

/** The mark by which any object (of any copy of this library) offers itself as an endpoint. */
export const ENDPOINT: unique symbol = Symbol.for('portolan.endpoint') as never;

/** Anything that carries its endpoint reference. */
export interface HasEndpoint {
  readonly [ENDPOINT]: EndpointRef;
}

/** The mark of a request: no endpoint, so that what is promised of endpoints can't be said of it. */
export const REQUEST: unique symbol = Symbol.for('portolan.request') as never;

/** A request that promises can be about. */
export interface HasRequest {
  readonly [REQUEST]: UrlRef;
}
