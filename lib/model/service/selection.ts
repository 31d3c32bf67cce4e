import type { Cluster } from '../cluster/cluster';
import { hasOrdinal, type PodGroup } from '../cluster/workload';
import type { ServicePort, ServiceResource } from '../manifest/resources';
import { append } from '../values/group-by';
import type { Match } from '../values/label-selector';
import { rememberedOf } from '../values/remembered';
import type { Doubt } from '../values/ternary';

/** SVC-02, SVC-03: pods of the Service's own namespace by equality of labels; no selector selects nothing. */
export function selects(service: ServiceResource, pod: PodGroup): Match {
  // SVC-22: an ExternalName is a name only, whatever selector it has.
  if (!service.selector || service.serviceType === 'ExternalName') return 'no';
  if (pod.namespace.name !== service.namespace) return 'no';
  let result: Match = 'yes';
  for (const [key, value] of service.selector) {
    const answer = hasLabel(pod, key, value);
    if (answer === 'no') return 'no';
    if (answer === 'maybe') result = 'maybe';
  }
  return result;
}

function hasLabel(pod: PodGroup, key: string, value: string): Match {
  const known = pod.labels.known.get(key);
  if (known !== undefined || !pod.labels.withheld?.has(key)) return known === value ? 'yes' : 'no';
  return isOrdinal(pod, key, value) ? 'yes' : 'maybe';
}

/** The controller of a StatefulSet numbers its pods, so that the label of each is known: a Service may be for one of them. */
function isOrdinal(pod: PodGroup, key: string, value: string): boolean {
  const { workload } = pod;
  const prefix = { 'statefulset.kubernetes.io/pod-name': `${workload.name}-`, 'apps.kubernetes.io/pod-index': '' }[key];
  if (prefix === undefined || workload.kind !== 'StatefulSet' || !value.startsWith(prefix)) return false;
  const ordinal = value.slice(prefix.length);
  return /^(0|[1-9][0-9]*)$/.test(ordinal) && hasOrdinal(pod, Number(ordinal));
}

/** The declared pods that the selector of a Service takes, or may take. */
export function podsSelectedBy(service: ServiceResource, cluster: Cluster): readonly PodGroup[] {
  const known = selectedIn(cluster);
  let pods = known.get(service);
  if (!pods) {
    pods = candidatesFor(service, cluster).filter((pod) => selects(service, pod) !== 'no');
    known.set(service, pods);
  }
  return pods;
}

/** All that the selector may take, and few others: most have a label that few pods carry. */
function candidatesFor({ namespace, selector }: ServiceResource, cluster: Cluster): readonly PodGroup[] {
  let fewest = cluster.podsIn(namespace);
  if (!selector || fewest.length < FEW) return fewest;
  const { byLabel, withheld } = cluster.labelledIn(namespace);
  for (const [key, value] of selector) {
    const carrying = byLabel.get(`${key}=${value}`) ?? NOBODY;
    if (carrying.length < fewest.length && !withheld.has(key)) fewest = carrying;
  }
  return fewest;
}

/** So many pods are looked through one by one. */
const FEW = 4;
const NOBODY: readonly PodGroup[] = [];

/** Endpoints, names, promises and lints all ask for them. */
const selectedIn = rememberedOf((_: Cluster) => new Map<ServiceResource, readonly PodGroup[]>());

/** The Services that select a pod, or may. */
export function servicesOf(pod: PodGroup, cluster: Cluster): readonly ServiceResource[] {
  const services = cluster.servicesIn(pod.namespace.name);
  if (pod.provenance === 'stranger') return services.filter((service) => selects(service, pod) !== 'no');
  return servicesByPod(cluster).get(pod) ?? [];
}

/** By pod, what `podsSelectedBy` tells by Service. */
const servicesByPod = rememberedOf((cluster: Cluster): ReadonlyMap<PodGroup, readonly ServiceResource[]> => {
  const selecting = new Map<PodGroup, ServiceResource[]>();
  for (const service of cluster.services) {
    for (const pod of podsSelectedBy(service, cluster)) append(selecting, pod, service);
  }
  return selecting;
});

/** SVC-04: the pods that are ready, or are endpoints of the Service without being so. */
export function readyPods(
  selected: readonly PodGroup[],
  service?: Pick<ServiceResource, 'publishNotReadyAddresses'>,
): readonly PodGroup[] {
  return selected.filter((pod) => pod.replicas !== 0 && (pod.ready || service?.publishNotReadyAddresses));
}

/** SVC-06: a number needs no declared container port. SVC-07: a name is looked up with the Service port's protocol. */
export function targetPortOn(pod: PodGroup, port: ServicePort): number | undefined {
  if (typeof port.targetPort === 'number') return port.targetPort;
  for (const { name, protocol, port: number } of pod.ports) {
    if (name === port.targetPort && protocol === port.protocol) return number;
  }
  return undefined;
}

/** What leaves open whether the Service has all of these pods. */
export function doubtsAbout(service: ServiceResource, pods: readonly PodGroup[]): readonly Doubt[] {
  if (pods.every((pod) => selects(service, pod) === 'yes')) return [];
  const wouldDecide = `a selector of Service ${service.namespace}/${service.name} without labels whose values a controller chooses`;
  return [{ rule: 'SVC-03', wouldDecide }];
}

/** SVC-27: a Service has no endpoints of a family that is not its own. Where nobody tells the pods' families it may. */
export function sharesFamily(
  { families }: Pick<ServiceResource, 'families'>,
  pod: PodGroup,
  { profile }: Cluster,
): boolean {
  if (families === undefined || (profile.podCidr.isEmpty && !pod.addresses)) return true;
  return families.some((family) => !pod.domain.ofFamily(family).isEmpty);
}
