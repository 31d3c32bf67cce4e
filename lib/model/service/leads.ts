import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import type { EndpointSliceResource, ServicePort, ServiceResource } from '../manifest/resources';
import { formatIp } from '../values/ip';
import { podAt, podsSelectedBy, selects, sharesFamily, slicePort, slicesOf, targetPortOn } from './backends';

/**
 * A container port of a pod that a Service port leads to, today or once the pod is ready or scaled up: what may be, where
 * `backendsOf` tells what is.
 */
export interface Lead {
  readonly service: ServiceResource;
  readonly port: ServicePort;
  readonly pod: PodGroup;
  readonly number: number;
}

/** Everything that a Service may lead to. */
export function leadsOf(service: ServiceResource, cluster: Cluster): readonly Lead[] {
  const selected = podsSelectedBy(service, cluster).flatMap((pod) => leadsBySelector(service, pod, cluster));
  return [...selected, ...slicesOf(service, cluster).flatMap((slice) => leadsBySlice(service, slice, cluster))];
}

/** Every Service port that may lead to a pod. */
export function leadsTo(pod: PodGroup, cluster: Cluster): readonly Lead[] {
  const selecting = cluster.servicesIn(pod.namespace.name).flatMap((service) => leadsBySelector(service, pod, cluster));
  return [...selecting, ...leadsToAddressesOf(pod, cluster)];
}

/** INVARIANT: slices name addresses, so that only pods whose address is known are in one. */
function leadsToAddressesOf(pod: PodGroup, cluster: Cluster): readonly Lead[] {
  const own = new Set(pod.addresses?.map(formatIp));
  if (own.size === 0) return [];
  const naming = cluster.endpointSlices.filter(
    ({ endpoints, isMirror }) => !isMirror && endpoints.some((e) => e.addresses.some((a) => own.has(formatIp(a)))),
  );
  return naming.flatMap((slice) => {
    const service = cluster.servicesIn(slice.namespace).find(({ name }) => name === slice.serviceName);
    return service ? leadsBySlice(service, slice, cluster).filter((lead) => lead.pod === pod) : [];
  });
}

function leadsBySelector(service: ServiceResource, pod: PodGroup, cluster: Cluster): readonly Lead[] {
  if (selects(service, pod) === 'no' || !sharesFamily(service, pod, cluster)) return [];
  return service.ports.flatMap((port) => {
    const number = targetPortOn(pod, port) ?? (pod.provenance === 'stranger' ? port.port : undefined);
    return number === undefined ? [] : [{ service, port, pod, number }];
  });
}

function leadsBySlice(service: ServiceResource, slice: EndpointSliceResource, cluster: Cluster): readonly Lead[] {
  return slice.endpoints.flatMap(({ addresses }) => {
    const pod = addresses.length > 0 ? podAt(addresses[0], cluster) : undefined;
    if (!pod || service.serviceType === 'ExternalName') return [];
    return service.ports.flatMap((port) => {
      const number = slicePort(slice, port);
      return number === undefined ? [] : [{ service, port, pod, number }];
    });
  });
}
