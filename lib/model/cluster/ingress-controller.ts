import type { ContainerPort } from '../manifest/resources';
import type { PodGroup } from './workload';

/** A controller that brings requests from outside to Services, as users write it: a name that Portolan knows, and what differs. */
export interface IngressControllerSpec {
  /**
   * `nginx` (ingress-nginx), `haproxy` (haproxytech/kubernetes-ingress), `traefik`; or that of another one, which then does
   * what the API says of Ingresses, and of which `namespace` and `labels` must be told.
   */
  readonly name: string;
  /** Where its pods run. @default - where its Helm chart is usually put */
  readonly namespace?: string;
  /** By which its pods are found, and assumed where no manifest has them. @default - those of its Helm chart */
  readonly labels?: Readonly<Record<string, string>>;
  /** The class of the Ingresses that it serves, where no IngressClass in the manifests says so. @default - the name */
  readonly className?: string;
  /** What an IngressClass says in `spec.controller`. @default - what the controller is known by */
  readonly controller?: string;
  /** Whether it also serves Ingresses that have no class (ING-13). @default - nobody tells */
  readonly servesWithoutClass?: boolean;
  /** Traefik: whether `/foo` leaves out `/foobar` (ING-21). @default false */
  readonly strictPrefixMatching?: boolean;
}

/** A controller as the model knows it. */
export interface IngressController {
  readonly name: string;
  /** Which rules it follows: `conformant` those that the API gives to all. */
  readonly kind: 'nginx' | 'haproxy' | 'traefik' | 'conformant';
  /** What an IngressClass says in `spec.controller`; `undefined` where nobody tells. */
  readonly controller?: string;
  /** What a GatewayClass says in `spec.controllerName`, where it serves Gateways too. */
  readonly gatewayController?: string;
  readonly className: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Of its pods, where they are assumed. */
  readonly ports: readonly ContainerPort[];
  readonly servesWithoutClass?: boolean;
  readonly strictPrefixMatching: boolean;
}

/** Where the pods of a proxy are found, and what they listen on where they are assumed. */
export interface ProxyLocation {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly ContainerPort[];
}

/** A proxy at the edge of the cluster with its pods. */
export interface PlacedProxy {
  readonly controller: ProxyLocation;
  /** Those of the manifests, else assumed ones. */
  readonly pods: readonly PodGroup[];
}

/** A controller with its pods. */
export interface PlacedController extends PlacedProxy {
  readonly controller: IngressController;
}
