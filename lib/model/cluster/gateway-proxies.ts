import type { GatewayAddress, GatewayClassResource, GatewayListener, UnmodelledResource } from '../manifest/resources';
import type { GatewayController } from './gateway-controller';
import type { IngressController, ProxyLocation } from './ingress-controller';
import { gatewayNameLabel, KNOWN_GATEWAY_CONTROLLERS, WITHOUT_PODS } from './known-gateway-controllers';
import type { ClusterProfile } from './profile';

/** What of a Gateway tells where its proxies are. */
export interface GatewayToServe {
  readonly namespace: string;
  readonly name: string;
  readonly className: string;
  readonly addresses: readonly GatewayAddress[];
  readonly listeners: readonly Pick<GatewayListener, 'port' | 'protocol'>[];
}

export type GatewayProxy =
  /** Proxies of its own: declared, or assumed where the controller puts them. */
  | { readonly type: 'own'; readonly location: ProxyLocation }
  /** The pods of an ingress controller that serves Gateways too. */
  | { readonly type: 'shared'; readonly controller: IngressController }
  /** Nobody says which controller it is: only pods that carry the Gateway's label (GEP-1762) are known to be its proxies. */
  | { readonly type: 'unknown'; readonly location: ProxyLocation };

/**
 * Where the proxies of a Gateway run, so that policies can let them in (NP-40).
 *
 * @param controllerName of its GatewayClass @default - no manifest declares the class, and the profile may know it
 * @param mayBeMerged whether all Gateways of the class may have the same proxies, which bear the name of none @default false
 */
export function gatewayProxyAt(
  gateway: GatewayToServe,
  profile: ClusterProfile,
  controllerName = controllerOfClass(gateway.className, profile),
  mayBeMerged = false,
): GatewayProxy {
  const told = profile.gateways.find((each) =>
    controllerName === undefined ? each.className === gateway.className : each.controllerName === controllerName,
  );
  if (told && (told.isTold || (isProvisioned(gateway) && !mayBeMerged)))
    return { type: 'own', location: locationOf(gateway, told) };
  const shared = profile.ingress.find((each) => each.gatewayController === controllerName);
  if (shared && controllerName !== undefined) return { type: 'shared', controller: shared };
  const known = Object.entries(KNOWN_GATEWAY_CONTROLLERS).find(([, each]) => each.controllerName === controllerName);
  if (known && isProvisioned(gateway) && !mayBeMerged) {
    return { type: 'own', location: locationOf(gateway, { name: known[0], ...known[1] }) };
  }
  const anyone = { name: 'gateway', labelsOf: gatewayNameLabel, containerPortOf: same };
  return { type: 'unknown', location: locationOf(gateway, anyone) };
}

/**
 * NP-40: whether the controller makes proxies for the Gateway. One that wants to be found by the name of a Service, or at
 * several addresses, is deployed by hand (Istio); one address is asked of the load balancer.
 */
export function isProvisioned({ addresses }: Pick<GatewayToServe, 'addresses'>): boolean {
  return addresses.length === 0 || (addresses.length === 1 && addresses[0].type === 'IPAddress');
}

/** Envoy Gateway: whether what configures a class may put all its Gateways on the same proxies (`mergeGateways`). */
export function mayMergeGateways(
  { controllerName, parameters }: Pick<GatewayClassResource, 'controllerName' | 'parameters'>,
  unmodelled: readonly UnmodelledResource[],
): boolean {
  const isEnvoys = controllerName === KNOWN_GATEWAY_CONTROLLERS.envoy.controllerName;
  if (!isEnvoys || parameters === undefined) return false;
  const { kind, name } = parameters;
  const declared = unmodelled.filter((each) => each.kind === kind && each.name === name);
  if (declared.length === 0) return true;
  return declared.some(({ spec }) => {
    const { mergeGateways = false } = (spec ?? {}) as { readonly mergeGateways?: unknown };
    return mergeGateways !== false;
  });
}

/** What the proxies of a controller are instead of pods; `undefined` where they are pods, as far as anybody knows. */
export function insteadOfPods(controllerName: string | undefined): string | undefined {
  return controllerName === undefined ? undefined : WITHOUT_PODS.get(controllerName);
}

function same(port: number): number {
  return port;
}

function controllerOfClass(className: string, profile: ClusterProfile): string | undefined {
  const told = profile.gateways.find((each) => each.className === className);
  const shared = profile.ingress.find((each) => each.gatewayController !== undefined && each.className === className);
  return told ? told.controllerName : shared?.gatewayController;
}

function locationOf(
  gateway: GatewayToServe,
  controller: Pick<GatewayController, 'name' | 'namespace' | 'labelsOf' | 'containerPortOf'>,
): ProxyLocation {
  const ports = new Map(
    gateway.listeners.map(({ port, protocol }) => {
      const own = controller.containerPortOf(port);
      const transport: 'TCP' | 'UDP' = protocol === 'UDP' ? 'UDP' : 'TCP';
      return [`${transport} ${own}`, { port: own, protocol: transport }];
    }),
  );
  return {
    name: `${gateway.name}-${controller.name}`,
    namespace: controller.namespace ?? gateway.namespace,
    labels: controller.labelsOf(gateway),
    ports: [...ports.values()],
  };
}
