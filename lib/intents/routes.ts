import type { PodGroup } from '../model/cluster/workload';
import { namesOf } from '../model/dns/lookup';
import { backendsOf } from '../model/ingress/backends';
import { referredBy } from '../model/ingress/gateway/referred';
import type { IngressResource, RouteResource, ServiceResource, UnmodelledResource } from '../model/manifest/resources';
import type { Network } from '../model/network';
import { servicesOf } from '../model/service/selection';
import { formatIp } from '../model/values/ip';
import type { Doubt } from '../model/values/ternary';
import { objectName } from './diagnose';

export type Routing = UnmodelledResource | IngressResource | RouteResource;

/** Routing is not modelled yet: whatever names a Service of the pod, or its address, may lead to it from outside. */
export function routesTo(pod: PodGroup, network: Network): readonly Routing[] {
  const { cluster } = network;
  const leading = network.leadsTo(pod).map((lead) => lead.service);
  const services = [...new Set([...servicesOf(pod, cluster), ...leading])];
  const addresses = new Set(pod.addresses?.map(formatIp));
  const ingresses = cluster.ingresses.filter((ingress) => services.some((service) => sendsTo(ingress, service)));
  const routes = cluster.gatewayApi.routes.filter((route) => services.some((service) => refersTo(route, service)));
  const others = cluster.unmodelled.filter(
    (resource) =>
      resource.concern === 'routing' &&
      (services.some((service) => namesService(resource, service, network)) ||
        hasText(resource.spec, (text) => addresses.has(text))),
  );
  return [...ingresses, ...routes, ...others];
}

/** ING-14: the backend's name is that of a Service of the own namespace; what a resource of that name is, its controller knows. */
function sendsTo(ingress: IngressResource, { namespace, name }: ServiceResource): boolean {
  return ingress.namespace === namespace && backendsOf(ingress).some(({ backend }) => backend.name === name);
}

/** GW-10: a backend of the route's own namespace, or of the one that it names; whatever kind it is, its controller knows. */
function refersTo(route: RouteResource, service: ServiceResource): boolean {
  return [...referredBy(route), ...route.parents].some(
    ({ name, namespace = route.namespace }) => name === service.name && namespace === service.namespace,
  );
}

/** Whom a route leads to its pods nobody can tell. */
export function routeDoubt(resource: Routing): Doubt {
  return { rule: 'PTL302', wouldDecide: `a model of ${objectName(resource)}` };
}

/**
 * ING-14: the bare name means a Service of the resource's own namespace, unless a namespace stands beside it (GW-10). Kinds
 * that take hosts, such as VirtualService, may use any of the Service's DNS names.
 */
function namesService(resource: UnmodelledResource, service: ServiceResource, { cluster }: Network): boolean {
  const [bare, ...full] = namesOf(service, cluster);
  const isAtHome = resource.namespace === service.namespace;
  if (hasText(resource.spec, (text) => full.includes(text) || (isAtHome && text === bare))) return true;
  return hasReference(resource.spec, bare, service.namespace);
}

function hasText(value: unknown, isIt: (text: string) => boolean): boolean {
  if (typeof value === 'string') return isIt(value);
  return typeof value === 'object' && value !== null && Object.values(value).some((part) => hasText(part, isIt));
}

/** An object that holds both texts, e.g. `{ name: 'api', namespace: 'shop' }`. */
function hasReference(value: unknown, name: string, namespace: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const parts: readonly unknown[] = Object.values(value);
  if (parts.includes(name) && parts.includes(namespace)) return true;
  return parts.some((part) => hasReference(part, name, namespace));
}
