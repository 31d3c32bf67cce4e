import type { FieldPath } from '../finding/origin';
import type { ResourceBase } from './resource-base';

/** Where requests from outside go by their host and path. */
export interface IngressResource extends ResourceBase {
  readonly type: 'ingress';
  /** Of the field, else of the older annotation; `undefined`: the default class of the cluster (ING-12). */
  readonly className?: string;
  readonly rules: readonly IngressRule[];
  /** ING-10: what no rule takes. */
  readonly defaultBackend?: IngressBackend;
  readonly tls: readonly IngressTls[];
}

/** Which controller serves the Ingresses of a class. */
export interface IngressClassResource extends ResourceBase {
  readonly type: 'ingressClass';
  /** E.g. `k8s.io/ingress-nginx`. */
  readonly controller: string;
  /** ING-12: whether Ingresses without a class get this one. */
  readonly isDefault: boolean;
}

export interface IngressRule {
  /** `*.example.com` means one label more (ING-02); `undefined`: every host (ING-03). */
  readonly host?: string;
  /** `undefined`: the rule says nothing of paths, and what it means is left to the controller (ING-11). */
  readonly paths?: readonly IngressPath[];
}

export interface IngressPath {
  readonly pathType: 'Exact' | 'Prefix' | 'ImplementationSpecific';
  /** `undefined` with ImplementationSpecific only, where the controller decides what it means (ING-07). */
  readonly path?: string;
  readonly backend: IngressBackend;
}

/** ING-14: a Service of the Ingress's own namespace, or some other object there that the controller knows of. */
export type IngressBackend =
  | {
      readonly type: 'service';
      readonly name: string;
      /** The name or the number of a port of the Service. */
      readonly port: string | number;
      readonly field: FieldPath;
    }
  | {
      readonly type: 'resource';
      /** Empty for the core group. */
      readonly apiGroup: string;
      readonly kind: string;
      readonly name: string;
      readonly field: FieldPath;
    };

/** ING-16: which certificate a connection for a host is answered with. */
export interface IngressTls {
  /** Empty: left to the controller. */
  readonly hosts: readonly string[];
  readonly secretName?: string;
}
