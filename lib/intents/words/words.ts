import type { IngressPath, ServiceResource } from '../../model/manifest/resources';
import type { LabelSelector } from '../../model/values/label-selector';
import type { Protocol } from '../../model/values/traffic-set';

/** One more port for a Service. */
export interface PortOffer {
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly target: Target;
}

/** Where a Service port leads: as a manifest has it, and the number behind it where that is known. */
export interface Target {
  readonly port: number | string;
  readonly number?: number;
}

/** A port of a Service that requests are sent to, as an Ingress names it. */
export interface NamedBackend {
  readonly name: string;
  readonly port: string | number;
  /** Absent where there is no such Service. */
  readonly service?: ServiceResource;
}

/** A path of an Ingress, and where its requests go. */
export interface RoutedPath {
  /** The construct of the Ingress, as its author may call it. */
  readonly ingress: string;
  readonly host?: string;
  readonly path: string;
  readonly pathType: IngressPath['pathType'];
  readonly backend: NamedBackend;
}

/**
 * How an author writes what a fix changes: in YAML, as a plain object of the API in TypeScript, or in the props of a library.
 * What a library has no words for is `undefined`.
 */
export interface Words {
  readonly inYaml: boolean;
  serviceType(type: 'NodePort' | 'LoadBalancer' | 'ClusterIP'): string;
  /** @param pods the construct of the pods, as its author may call it */
  selector(labels: LabelSelector, pods?: string): string | undefined;
  servicePort(offer: PortOffer): string | undefined;
  targetPort(target: Target): string | undefined;
  /** A field of a Service's spec. @param service its construct, as its author may call it */
  serviceField(service: string, field: string, value: string | boolean): string;
  /** What makes a Service headless. */
  readonly headless: string;
  name(name: string): string;
  /** `undefined`: the chart tells it. */
  namespace(name: string): string | undefined;
  ingressClass(name: string): string;
  path(path: RoutedPath): string | undefined;
  pathType(type: 'Exact' | 'Prefix'): string;
  backend(backend: NamedBackend): string | undefined;
  /** What of a backend of a route differs from another one. */
  routeBackend(
    backend: NamedBackend,
    other: { readonly name: string; readonly port?: string | number },
  ): string | undefined;
  /** @param isFirst whether the object has no annotation yet */
  annotation(ingress: string, key: string, value: string, isFirst: boolean): string;
  /** @param isFirst whether the Ingress has no other certificate */
  certificate(host: string, secret: string, isFirst: boolean): string;
  /** The Secret of a certificate. */
  secret(name: string): string;
  dnsPolicy(policy: string): string;
  /** A port in the rule of a policy. */
  rulePort(port: number, protocol: Protocol): string;
  /** Likewise, where its number alone is meant. */
  rulePortNumber(port: number, protocol: Protocol): string;
  /** Namespaces in the peer of a policy. */
  peerNamespaces(selector: LabelSelector): string;
  /** The one namespace of this name in the peer of a policy. */
  peerNamespace(name: string): string;
}
