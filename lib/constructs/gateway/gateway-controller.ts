import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { GatewayControllerSpec } from '../../model/cluster/gateway-controller';
import { model } from '../../synth/model';
import { readManifest } from '../../synth/read-manifest';
import { clusterSpecOf, registryOf } from '../../synth/registry';
import type { PodsOfApp } from '../app-port';

export type { GatewayControllerSpec } from '../../model/cluster/gateway-controller';

/** Where a controller puts its proxies, and what it is known by. */
export type GatewayControllerOptions = Omit<GatewayControllerSpec, 'name'>;

/** The controllers of Gateways that Portolan knows, as plain values for `PodNetwork`: they put proxies where they usually do, unless told otherwise. */
export const GatewayController = {
  /** Istio. */
  istio: (options: GatewayControllerOptions = {}): GatewayControllerSpec => ({ name: 'istio', ...options }),
  /** Envoy Gateway. */
  envoy: (options: GatewayControllerOptions = {}): GatewayControllerSpec => ({ name: 'envoy', ...options }),
  /** NGINX Gateway Fabric. */
  nginx: (options: GatewayControllerOptions = {}): GatewayControllerSpec => ({ name: 'nginx', ...options }),
  kgateway: (options: GatewayControllerOptions = {}): GatewayControllerSpec => ({ name: 'kgateway', ...options }),
} as const;

/** A Gateway as its controller knows it. */
export interface ServedGateway {
  readonly name: string;
  readonly namespace: string;
  readonly className: string;
}

/** Adds a controller that a Gateway names itself to what is known of the cluster. */
export function nameGatewayController(scope: IConstruct, spec: GatewayControllerSpec, className: string): void {
  const registry = registryOf(scope);
  registry.controllers ??= { ingress: [], gateways: [] };
  registry.controllers.gateways.push({ className, ...spec });
}

/**
 * The pods that forward for the Gateway, as far as anybody tells whose they are; else those that carry its name, which is how
 * what controllers make for a Gateway is found (GEP-1762). Not before synth: the cluster may be described after the apps.
 */
export function proxyPods(scope: IConstruct, gateway: ServedGateway): PodsOfApp {
  const { profile } = model.profiles.resolveProfile({ object: clusterSpecOf(scope), origin: {} });
  const at = (controllerName?: string) =>
    model.gatewayProxies.gatewayProxyAt({ ...gateway, addresses: [], listeners: [] }, profile, controllerName);
  const told = at();
  const proxy = told.type === 'unknown' ? at(declaredController(scope, gateway.className)) : told;
  return proxy.type === 'shared' ? proxy.controller : proxy.location;
}

/** What the GatewayClass says, where it is one of this app. */
function declaredController(scope: IConstruct, className: string): string | undefined {
  const declared = scope.node.root.node
    .findAll()
    .find((child) => ApiObject.isApiObject(child) && child.kind === 'GatewayClass' && child.name === className);
  if (!declared) return undefined;
  const { spec } = readManifest(declared as ApiObject) as { spec?: { controllerName?: string } };
  return spec?.controllerName;
}
