import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import type { EndpointSliceResource, ServicePort, ServiceResource } from '../manifest/resources';
import { formatIp, type IpAddress } from '../values/ip';

/** What answers for a Service port, at its own port: a pod, or an address that no declared pod has. */
export type Backend =
  | { readonly pod: PodGroup; readonly port: number }
  | { readonly address: IpAddress; readonly port: number };

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
  // A Service for one pod of a StatefulSet selects by a label that its controller sets: that pod is like the others.
  return [...service.selector].every(
    ([key, value]) => pod.labels.known.get(key) === value || pod.labels.withheld?.has(key),
  );
}

export function podsSelectedBy(service: ServiceResource, cluster: Cluster): readonly PodGroup[] {
  return cluster.pods.filter((pod) => selects(service, pod));
}

/** The Services that select a pod. */
export function servicesOf(pod: PodGroup, cluster: Cluster): readonly ServiceResource[] {
  return cluster.servicesIn(pod.namespace.name).filter((service) => selects(service, pod));
}

/** SVC-04: the pods that are ready for a Service, of those it selects. */
export function readyPods(service: ServiceResource, selected: readonly PodGroup[]): readonly PodGroup[] {
  return selected.filter((pod) => pod.replicas !== 0 && (pod.ready || service.publishNotReadyAddresses));
}

/** SVC-06: a number needs no declared container port. SVC-07: a name is looked up with the Service port's protocol. */
export function targetPortOn(pod: PodGroup, port: ServicePort): number | undefined {
  if (typeof port.targetPort === 'number') return port.targetPort;
  return pod.ports.find((p) => p.name === port.targetPort && p.protocol === port.protocol)?.port;
}

/** What is behind one port of a Service: the pods of its selector, and the slices that others made for it. */
export function backendsOf(service: ServiceResource, port: ServicePort, cluster: Cluster): ServiceBackends {
  const selected = podsSelectedBy(service, cluster);
  const ready = readyPods(service, selected);
  const slices = slicesOf(service, cluster);
  const offered = slices.flatMap((slice) => slice.endpoints);
  // SVC-05: those that are being deleted and still answer serve only while nothing is ready.
  const anyReady = ready.length > 0 || offered.some((endpoint) => endpoint.ready);
  const pods = anyReady ? ready : selected.filter((pod) => pod.lastResort);
  const lacking = pods.filter((pod) => targetPortOn(pod, port) === undefined);
  const fromPods = pods.flatMap((pod): Backend[] => {
    const number = targetPortOn(pod, port);
    return number === undefined ? [] : [{ pod, port: number }];
  });
  return {
    selected,
    backends: [...fromPods, ...slices.flatMap((s) => behindSlice(s, port, anyReady, cluster))],
    lacking,
  };
}

/** Slices join a Service by label; those of the Service's own controller only repeat the selector. */
function slicesOf(service: ServiceResource, cluster: Cluster): readonly EndpointSliceResource[] {
  return cluster.endpointSlices.filter(
    (slice) => slice.serviceName === service.name && slice.namespace === service.namespace && !slice.isMirror,
  );
}

/** SVC-08: the join is by port name and protocol; the number is the slice's, whatever the Service's targetPort says. */
function behindSlice(
  slice: EndpointSliceResource,
  port: ServicePort,
  anyReady: boolean,
  cluster: Cluster,
): readonly Backend[] {
  const joined = slice.ports.find((p) => p.name === (port.name ?? '') && p.protocol === port.protocol)?.port;
  if (joined === undefined) return [];
  const usable = slice.endpoints.filter((e) => (anyReady ? e.ready : e.serving && e.terminating));
  return usable.flatMap(({ addresses }) => (addresses.length > 0 ? [ownerOf(addresses[0], joined, cluster)] : []));
}

function ownerOf(address: IpAddress, port: number, cluster: Cluster): Backend {
  const text = formatIp(address);
  const pod = cluster.pods.find((p) => p.addresses?.some((a) => formatIp(a) === text));
  return pod ? { pod, port } : { address, port };
}
