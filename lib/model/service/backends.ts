import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import type { ServicePort, ServiceResource } from '../manifest/resources';

/** A pod that answers for a Service port, at its own port. */
export interface Backend {
  readonly pod: PodGroup;
  readonly port: number;
}

export interface ServiceBackends {
  /** Every pod that the selector takes (SVC-02, SVC-03). */
  readonly selected: readonly PodGroup[];
  readonly backends: readonly Backend[];
  /** Selected pods that have no container port with the name that `targetPort` gives (SVC-07). */
  readonly lacking: readonly PodGroup[];
}

/** SVC-02, SVC-03: pods of the Service's own namespace by equality of labels; no selector selects nothing. */
export function selects(service: ServiceResource, pod: PodGroup): boolean {
  if (!service.selector || service.selector.size === 0) return false;
  if (pod.namespace.name !== service.namespace || pod.provenance === 'stranger') return false;
  return [...service.selector].every(([key, value]) => pod.labels.known.get(key) === value);
}

export function podsSelectedBy(service: ServiceResource, cluster: Cluster): readonly PodGroup[] {
  return cluster.pods.filter((pod) => selects(service, pod));
}

/** The endpoints behind one port of a Service: ready pods at their target port. */
export function backendsOf(service: ServiceResource, port: ServicePort, cluster: Cluster): ServiceBackends {
  const selected = podsSelectedBy(service, cluster);
  const candidates = selected.filter((pod) => pod.replicas !== 0 && (pod.ready || service.publishNotReadyAddresses));
  const backends: Backend[] = [];
  const lacking: PodGroup[] = [];
  for (const pod of candidates) {
    const number = targetPortOn(pod, port);
    if (number === undefined) lacking.push(pod);
    else backends.push({ pod, port: number });
  }
  return { selected, backends, lacking };
}

/** SVC-06: a number needs no declared container port. SVC-07: a name is looked up with the Service port's protocol. */
function targetPortOn(pod: PodGroup, port: ServicePort): number | undefined {
  if (typeof port.targetPort === 'number') return port.targetPort;
  return pod.ports.find((p) => p.name === port.targetPort && p.protocol === port.protocol)?.port;
}

/** The Services that select a pod. */
export function servicesOf(pod: PodGroup, cluster: Cluster): readonly ServiceResource[] {
  return cluster.services.filter((service) => selects(service, pod));
}
