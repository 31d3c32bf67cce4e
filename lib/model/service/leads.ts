import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import type { ServicePort, ServiceResource } from '../manifest/resources';
import { formatIp, type IpAddress } from '../values/ip';
import { slicePort, slicesOf } from './endpoints';
import type { ServiceSlice } from './mirrored-endpoints';
import { podsSelectedBy, selects, servicesOf, sharesFamily, targetPortOn } from './selection';

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
  const selecting = servicesOf(pod, cluster).flatMap((service) => leadsBySelector(service, pod, cluster));
  return [...selecting, ...leadsToAddressesOf(pod, cluster)];
}

/** INVARIANT: slices name addresses, so that only pods whose address is known are in one. */
function leadsToAddressesOf(pod: PodGroup, cluster: Cluster): readonly Lead[] {
  const own = new Set(pod.addresses?.map(formatIp));
  if (own.size === 0) return [];
  const isOwn = (address: IpAddress) => own.has(formatIp(address));
  const slices = cluster.endpointSlices.filter(
    ({ endpoints, isMirror }) => !isMirror && endpoints.some(({ addresses }) => addresses.some(isOwn)),
  );
  const legacy = cluster.endpoints.filter(({ subsets }) =>
    subsets.some(({ addresses, notReadyAddresses }) =>
      [...addresses, ...notReadyAddresses].some(({ ip }) => isOwn(ip)),
    ),
  );
  const naming = new Set([
    ...slices.map(({ namespace, serviceName }) => `${namespace}/${serviceName}`),
    ...legacy.map(({ namespace, name }) => `${namespace}/${name}`),
  ]);
  return [...naming].flatMap((key) => {
    const [namespace, name] = key.split('/');
    const service = cluster.servicesIn(namespace).find((s) => s.name === name);
    if (!service) return [];
    return slicesOf(service, cluster).flatMap((slice) =>
      leadsBySlice(service, slice, cluster).filter((lead) => lead.pod === pod),
    );
  });
}

function leadsBySelector(service: ServiceResource, pod: PodGroup, cluster: Cluster): readonly Lead[] {
  if (selects(service, pod) === 'no' || !sharesFamily(service, pod, cluster)) return [];
  return service.ports.flatMap((port) => {
    const number = targetPortOn(pod, port) ?? (pod.provenance === 'stranger' ? port.port : undefined);
    return number === undefined ? [] : [{ service, port, pod, number }];
  });
}

function leadsBySlice(service: ServiceResource, slice: ServiceSlice, cluster: Cluster): readonly Lead[] {
  return slice.endpoints.flatMap(({ addresses }) => {
    const pod = addresses.length > 0 ? cluster.addresses.podAt(addresses[0]) : undefined;
    if (!pod || service.serviceType === 'ExternalName') return [];
    return service.ports.flatMap((port) => {
      const number = slicePort(slice, port);
      return number === undefined ? [] : [{ service, port, pod, number }];
    });
  });
}
