import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import type { ServiceResource } from '../manifest/resources';
import type { Protocol } from '../values/traffic-set';
import { backendsOf, selects } from './backends';

/** A way into a pod that starts at an address of a node, a load balancer or an external IP. */
export interface FrontDoor {
  readonly via: 'LoadBalancer' | 'NodePort' | 'externalIP' | 'hostPort' | 'hostNetwork';
  readonly service?: ServiceResource;
  readonly pod: PodGroup;
  readonly protocol: Protocol;
  /** The container port that it leads to. */
  readonly port: number;
  /** Whom the pod's policies see: the node that masqueraded, or the client itself (NP-39). */
  readonly sees: 'node' | 'client';
}

/** Every front door of a pod. Ingresses and Gateways are no doors of the pod: their controller is (NP-40). */
export function frontDoorsOf(pod: PodGroup, cluster: Cluster): readonly FrontDoor[] {
  const ofServices = cluster
    .servicesIn(pod.namespace.name)
    .filter((service) => viaOf(service) !== undefined && !service.headless && selects(service, pod))
    .flatMap((service) => doorsOfService(service, pod, cluster));
  return [...ofServices, ...hostDoorsOf(pod)];
}

function doorsOfService(service: ServiceResource, pod: PodGroup, cluster: Cluster): readonly FrontDoor[] {
  const via = viaOf(service);
  if (!via) return [];
  // NP-39, SVC-13: with Cluster the receiving node puts its own address in place of the client's.
  const sees = service.externalTrafficPolicy === 'Local' ? 'client' : 'node';
  return service.ports.flatMap((port) =>
    backendsOf(service, port, cluster)
      .backends.filter((backend) => 'pod' in backend && backend.pod === pod)
      .map((backend) => ({ via, service, pod, protocol: port.protocol, port: backend.port, sees }) as const),
  );
}

function viaOf(service: ServiceResource): FrontDoor['via'] | undefined {
  if (service.serviceType === 'LoadBalancer' || service.serviceType === 'NodePort') return service.serviceType;
  return service.externalIps.length > 0 ? 'externalIP' : undefined;
}

/** NET-08: a hostPort is open on the pod's node; a hostNetwork pod listens on the node itself. */
function hostDoorsOf(pod: PodGroup): readonly FrontDoor[] {
  const via = pod.hostNetwork ? 'hostNetwork' : 'hostPort';
  return pod.ports
    .filter((port) => pod.hostNetwork || port.hostPort !== undefined)
    .map((port) => ({ via, pod, protocol: port.protocol, port: port.port, sees: 'client' }) as const);
}
