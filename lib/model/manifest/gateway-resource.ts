import type { FieldPath } from '../finding/origin';
import type { LabelSelector } from '../values/label-selector';
import type { ResourceBase } from './resource-base';

/** The API group of GatewayClass, Gateway, ListenerSet, the routes and ReferenceGrant. */
export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

export interface GatewayClassResource extends ResourceBase {
  readonly type: 'gatewayClass';
  /** Which controller serves the Gateways of the class, e.g. `istio.io/gateway-controller`. */
  readonly controllerName: string;
  /** What configures the proxies of all Gateways of the class. */
  readonly parameters?: ParametersReference;
}

export interface GatewayResource extends ResourceBase {
  readonly type: 'gateway';
  readonly className: string;
  /** Where it wants to be found. Empty: where its controller puts it. */
  readonly addresses: readonly GatewayAddress[];
  /** What its controller gives to the objects that it makes for it. */
  readonly infrastructure: GatewayInfrastructure;
  readonly listeners: readonly GatewayListener[];
  /** Whose ListenerSets may add listeners. @default none */
  readonly allowedListeners: AllowedNamespaces;
}

export interface GatewayAddress {
  /** `IPAddress`, `Hostname`, `NamedAddress`, or one that the controller alone knows. */
  readonly type: string;
  readonly value: string;
}

export interface GatewayInfrastructure {
  readonly annotations: ReadonlyMap<string, string>;
  readonly parameters?: ParametersReference;
}

/** An object of the controller's own that configures what it makes. */
export interface ParametersReference {
  readonly kind: string;
  readonly name: string;
}

/** More listeners for a Gateway; also the XListenerSet that was before it. */
export interface ListenerSetResource extends ResourceBase {
  readonly type: 'listenerSet';
  readonly parent: ObjectReference;
  readonly listeners: readonly GatewayListener[];
}

/** Where a Gateway takes connections, and whose routes may say what becomes of them. */
export interface GatewayListener {
  readonly name: string;
  /** `*.example.com` means any number of labels more (GW-01); `undefined`: every host. */
  readonly hostname?: string;
  readonly port: number;
  /** HTTP, HTTPS, TLS, TCP and UDP in upper case; others are known to the controller alone. */
  readonly protocol: string;
  readonly tls?: ListenerTls;
  /** GW-04. @default those of the listener's own namespace */
  readonly allowedNamespaces: AllowedNamespaces;
  /** GW-04. Empty: those that go with the protocol. */
  readonly allowedKinds: readonly { readonly group: string; readonly kind: string }[];
  readonly field: FieldPath;
}

export type AllowedNamespaces =
  | { readonly from: 'All' | 'Same' | 'None' }
  | { readonly from: 'Selector'; readonly selector: LabelSelector };

export interface ListenerTls {
  readonly mode: 'Terminate' | 'Passthrough';
  readonly certificates: readonly ObjectReference[];
}

export interface ObjectReference {
  /** Empty for the core group. */
  readonly group: string;
  readonly kind: string;
  /** `undefined`: that of the object which refers. */
  readonly namespace?: string;
  readonly name: string;
  readonly field: FieldPath;
}

/** GW-05: what a route wants to be attached to. */
export interface ParentReference extends ObjectReference {
  /** The name of one listener. */
  readonly sectionName?: string;
  readonly port?: number;
}

interface RouteBase<R> extends ResourceBase {
  readonly parents: readonly ParentReference[];
  /** Empty: every host that the listener has. */
  readonly hostnames: readonly string[];
  readonly rules: readonly R[];
}

export interface HttpRouteResource extends RouteBase<HttpRouteRule> {
  readonly type: 'httpRoute';
}

export interface GrpcRouteResource extends RouteBase<GrpcRouteRule> {
  readonly type: 'grpcRoute';
}

/** A route of connections, which has no matches but the hostnames of a TLSRoute (GW-09). */
export interface ConnectionRouteResource extends RouteBase<RouteRuleBase> {
  readonly type: 'connectionRoute';
  readonly kind: 'TLSRoute' | 'TCPRoute' | 'UDPRoute';
}

export type RouteResource = HttpRouteResource | GrpcRouteResource | ConnectionRouteResource;

export interface RouteRuleBase {
  /** The author's name for the rule. */
  readonly name?: string;
  readonly filters: readonly RouteFilter[];
  readonly backends: readonly BackendReference[];
  readonly field: FieldPath;
}

export interface HttpRouteRule extends RouteRuleBase {
  /** GW-07: one of them is enough. Never empty. */
  readonly matches: readonly HttpRouteMatch[];
}

/** GW-07: all of it must match. */
export interface HttpRouteMatch {
  readonly path: HttpPathMatch;
  readonly method?: string;
  readonly headers: readonly NamedMatch[];
  readonly queryParams: readonly NamedMatch[];
}

export interface HttpPathMatch {
  readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression';
  readonly value: string;
}

/** What a header or a query parameter must be. */
export interface NamedMatch {
  readonly name: string;
  readonly type: 'Exact' | 'RegularExpression';
  readonly value: string;
}

export interface GrpcRouteRule extends RouteRuleBase {
  /** One of them is enough. Empty: every call. */
  readonly matches: readonly GrpcRouteMatch[];
}

export interface GrpcRouteMatch {
  readonly type: 'Exact' | 'RegularExpression';
  /** `undefined`: any. */
  readonly service?: string;
  readonly method?: string;
  readonly headers: readonly NamedMatch[];
}

export interface BackendReference extends ObjectReference {
  /** Of the Service; `undefined` for kinds that have none. */
  readonly port?: number;
  /** GW-11: its part of the sum of all weights. */
  readonly weight: number;
  readonly filters: readonly RouteFilter[];
}

export type RouteFilter =
  | {
      readonly type: 'RequestRedirect';
      readonly scheme?: 'http' | 'https';
      readonly hostname?: string;
      readonly path?: PathModifier;
      readonly port?: number;
      readonly status: number;
    }
  | { readonly type: 'URLRewrite'; readonly hostname?: string; readonly path?: PathModifier }
  | {
      readonly type: 'RequestHeaderModifier' | 'ResponseHeaderModifier';
      readonly set: readonly HeaderValue[];
      readonly add: readonly HeaderValue[];
      readonly remove: readonly string[];
    }
  | { readonly type: 'RequestMirror'; readonly backend: ObjectReference & { readonly port?: number } }
  | { readonly type: 'ExtensionRef'; readonly extension: ObjectReference }
  /** Asks another Service whether the request may pass; `undefined` where it is told in a way that is not read. */
  | { readonly type: 'ExternalAuth'; readonly backend?: ObjectReference & { readonly port?: number } }
  | { readonly type: 'CORS' };

export interface HeaderValue {
  readonly name: string;
  readonly value: string;
}

export interface PathModifier {
  readonly type: 'ReplaceFullPath' | 'ReplacePrefixMatch';
  readonly value: string;
}

/** GW-10: leave for objects of other namespaces to refer to objects of this one. */
export interface ReferenceGrantResource extends ResourceBase {
  readonly type: 'referenceGrant';
  readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[];
  /** Without a name: all objects of the kind. */
  readonly to: readonly { readonly group: string; readonly kind: string; readonly name?: string }[];
}
