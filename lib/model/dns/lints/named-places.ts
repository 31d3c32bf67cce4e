import type { Cluster } from '../../cluster/cluster';
import type { PodGroup } from '../../cluster/workload';
import type { FieldPath } from '../../finding/origin';
import type { ContainerText, ResourceBase } from '../../manifest/resources';
import { type Resolution, resolveFor } from '../resolve';
import { zoneOf } from '../zones';
import { type NamedPlace, placesIn } from './addresses-in-text';

/** A host that a container's environment or arguments name, and what it means to the container. */
export interface Named extends NamedPlace {
  readonly resource: ResourceBase;
  readonly field: FieldPath;
  readonly pod: PodGroup;
  readonly resolution: Resolution;
  /** What it would mean to a pod with a network of its own (DNS-19); the same for one that has. */
  readonly inCluster: Resolution;
}

/** Every place that the declared workloads name, in the order of the manifests. */
export function namedPlaces(cluster: Cluster): readonly Named[] {
  const zone = zoneOf(cluster);
  return cluster.workloads.flatMap(({ resource, pods, provenance }) => {
    if (provenance !== 'declared' || !resource) return [];
    const [pod] = pods;
    const texts = resource.template.texts?.() ?? [];
    return texts.flatMap(({ text, field }: ContainerText) =>
      placesIn(text).map((place): Named => {
        const ask = (asking: PodGroup) => resolveFor(asking, place.host, zone, cluster, { types: ['A', 'AAAA'] });
        const resolution = ask(pod);
        const inCluster = pod.hostNetwork ? ask({ ...pod, hostNetwork: false }) : resolution;
        return { ...place, resource, field, pod, resolution, inCluster };
      }),
    );
  });
}
