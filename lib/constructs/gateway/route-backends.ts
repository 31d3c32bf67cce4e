import type { IConstruct } from 'constructs';
import { type AppPort, isAppPort, type PodsOfApp } from '../app-port';
import { grantReference } from './reference-grant';

/** A part of the requests, and where it goes. */
export interface WeightedBackend {
  readonly port: AppPort;
  /** Its part of the sum of all weights, 0 to 1,000,000 (GW-11). @default 1 */
  readonly weight?: number;
}

/** A port of a Service, or several that share the requests by their weights. */
export type Backends = AppPort | readonly WeightedBackend[];

/** A route as its backends have to know it. */
export interface RouteOfBackends {
  readonly kind: 'HTTPRoute' | 'GRPCRoute';
  /** For messages, e.g. `HttpRoute "shop/cart"`. */
  readonly where: string;
  readonly namespace: string;
  /** The pods that forward the requests. */
  readonly proxy: () => PodsOfApp;
}

/** A backend as it stands in the manifest. */
export interface BackendRef {
  readonly name: string;
  /** `undefined`: that of the route. */
  readonly namespace?: string;
  readonly port: number;
  readonly weight?: number;
}

/** The ports in one form; one alone has no weight. */
export function backendsOf(to: Backends): readonly WeightedBackend[] {
  return isAppPort(to) ? [{ port: to }] : to;
}

/** Refers to the backend, opens its policy to the proxy, and makes the grant that a reference to another namespace needs. */
export function backendRef(route: RouteOfBackends, { port, weight }: WeightedBackend): BackendRef {
  const { service, label, home } = port.owner;
  const cannotRoute = `Unable to route to port "${port.name}" of ${label} in ${route.where}:`;
  if (!service || port.dialled === undefined) throw new Error(`${cannotRoute} it is in no Service of the cluster.`);
  if (port.protocol !== 'TCP')
    throw new Error(`${cannotRoute} it is ${port.protocol}, and HTTP comes over TCP. Give a TCP port.`);
  if (weight !== undefined && (!Number.isInteger(weight) || weight < 0 || weight > 1_000_000)) {
    throw new Error(`${cannotRoute} ${weight} is no weight. A weight is a whole number from 0 to 1000000 (GW-11).`);
  }
  // Proxies send to the pods themselves, not through the Service (ING-15).
  port.owner.admit(route.proxy, port);
  const isForeign = service.namespace !== route.namespace;
  if (isForeign && home) grantBackend(route, home, service);
  return { name: service.name, namespace: isForeign ? service.namespace : undefined, port: port.dialled, weight };
}

function grantBackend(
  { kind, namespace }: RouteOfBackends,
  home: IConstruct,
  service: { readonly name: string; readonly namespace: string },
): void {
  grantReference(home, { from: { kind, namespace }, to: { kind: 'Service', ...service } });
}
