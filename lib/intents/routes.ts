import type { PodGroup } from '../model/cluster/workload';
import { namesOf } from '../model/dns/lookup';
import { referredBy } from '../model/ingress/gateway/referred';
import type { ObjectReference, RouteResource, ServiceResource, UnmodelledResource } from '../model/manifest/resources';
import type { Network } from '../model/network';
import { servicesOf } from '../model/service/selection';
import { formatIp } from '../model/values/ip';
import type { Doubt } from '../model/values/ternary';
import { argumentDoubts } from './controller-arguments';
import { objectName } from './diagnose';
import { annotationDoubts } from './free-annotations';
import { isBareHost, namesHost } from './names-in-text';

/** Of kinds that are not modelled whatever names a Service of the pod, or its address, may lead to it from outside. */
export function routesTo(pod: PodGroup, network: Network): readonly UnmodelledResource[] {
  const services = servicesLeadingTo(pod, network);
  const addresses = (pod.addresses ?? []).map(formatIp);
  return network.cluster.unmodelled.filter(
    (resource) =>
      resource.concern === 'routing' &&
      (services.some((service) => namesService(resource, service, network)) ||
        hasText(resource.spec, (text) => namesHost(text, { full: addresses }))),
  );
}

function servicesLeadingTo(pod: PodGroup, network: Network): readonly ServiceResource[] {
  const leading = network.leadsTo(pod).map((lead) => lead.service);
  return [...new Set([...servicesOf(pod, network.cluster), ...leading])];
}

/** Whom a route leads to its pods nobody can tell. */
export function routeDoubt(resource: UnmodelledResource): Doubt {
  return { rule: 'PTL302', wouldDecide: `a model of ${objectName(resource)}` };
}

/** What leaves open whether routes lead to a pod from outside, though no proxy that is declared offers it. */
export function routesElsewhere(pod: PodGroup, network: Network): readonly Doubt[] {
  const services = servicesLeadingTo(pod, network);
  const told = [...annotationDoubts(services, network), ...argumentDoubts(services, network)];
  return [...told, ...routesOfGateways(services, network)];
}

function routesOfGateways(services: readonly ServiceResource[], network: Network): readonly Doubt[] {
  return network.cluster.gatewayApi.routes
    .filter((route) =>
      referredBy(route).some((reference) => services.some((service) => isIt(reference, route, service))),
    )
    .flatMap((route) => [...gatewayDoubts(route, network), ...copyDoubts(route, services)]);
}

/** GW-10: of the route's own namespace, or of the one that it names; whatever kind it is, its controller knows. */
function isIt({ name, namespace }: ObjectReference, route: RouteResource, service: ServiceResource): boolean {
  return name === service.name && (namespace ?? route.namespace) === service.namespace;
}

/** GW-05: what a Gateway that others declare lets a route serve nobody here can tell. */
function gatewayDoubts(route: RouteResource, { cluster }: Network): readonly Doubt[] {
  const declared = new Set([...cluster.gatewayApi.gateways, ...cluster.gatewayApi.listenerSets].map(objectName));
  return route.parents
    .filter(({ kind }) => kind !== 'Service')
    .map(({ kind, name, namespace = route.namespace }) => objectName({ kind, name, namespace }))
    .filter((parent) => !declared.has(parent))
    .map((parent) => ({
      rule: 'GW-05',
      wouldDecide: `${parent}, to which ${objectName(route)} is attached and which no manifest declares`,
    }));
}

/** A filter that mirrors requests sends copies of them, and one that asks for leave sends them too. */
function copyDoubts(route: RouteResource, services: readonly ServiceResource[]): readonly Doubt[] {
  const backends = new Set<ObjectReference>(route.rules.flatMap((rule) => rule.backends));
  const isCopied = referredBy(route).some(
    (reference) => !backends.has(reference) && services.some((service) => isIt(reference, route, service)),
  );
  if (!isCopied) return [];
  return [{ rule: 'GW-12', wouldDecide: `filters of ${objectName(route)} that send no copies of requests there` }];
}

/**
 * ING-14: the bare name means a Service of the resource's own namespace, unless a namespace stands beside it (GW-10). Kinds
 * that take hosts, such as VirtualService and Mapping, may use any of the Service's DNS names, with a scheme and a port.
 */
function namesService(resource: UnmodelledResource, service: ServiceResource, { cluster }: Network): boolean {
  const [bare, ...full] = namesOf(service, cluster);
  const isAtHome = resource.namespace === service.namespace;
  const names = { full, bare: isAtHome ? bare : undefined };
  const qualified = `${service.namespace}/${bare}`;
  if (hasText(resource.spec, (text) => namesHost(text, names) || isBareHost(text, qualified))) return true;
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
