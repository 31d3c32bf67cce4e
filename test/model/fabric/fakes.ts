import { Cluster } from '../../../lib/model/cluster/cluster';
import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { resolveProfile } from '../../../lib/model/cluster/resolve-profile';
import type { Carriage, Fabric } from '../../../lib/model/fabric/fabric';
import { parseManifests } from '../../../lib/model/manifest/parse';
import type { IpFamily } from '../../../lib/model/values/ip';

/** A pod network of no plugin in particular. */
export function fabricWith(fabric: Partial<Fabric>): Fabric {
  return {
    links: [],
    blocks: { by: 'unknown' },
    nodeTraffic: [],
    masquerade: { outgoing: 'unknown', exceptTo: [] },
    ...fabric,
  };
}

/** Its way between nodes, the same for each family. */
export function links(within: Carriage, across: Carriage, families: readonly IpFamily[] = [4]): Fabric['links'] {
  return families.map((family) => ({ family, within, across }));
}

export const AS_THEY_ARE: Carriage = { by: 'none' };
export const NO_ROUTE: Carriage = { by: 'unreachable', because: 'No router knows the ranges of pods.' };

export function wrappedIn(name: string, overhead: number, isEncrypted = false): Carriage {
  return { by: 'encapsulation', encapsulation: { name, overhead, isEncrypted } };
}

/** A cluster without a check of its profile. */
export function clusterOf(spec: ClusterProfileSpec, manifests: readonly object[] = []): Cluster {
  const { resources } = parseManifests(manifests.map((object) => ({ object, origin: {} })));
  return new Cluster(resources, resolveProfile({ object: spec, origin: {} }).profile);
}
