import type { Cluster } from '../cluster/cluster';
import { Zone } from './zone';

/** What a cluster's DNS answers does not change, and is asked for again and again. */
const ZONES = new WeakMap<Cluster, Zone>();

/** The zone of a cluster, the same one each time. */
export function zoneOf(cluster: Cluster): Zone {
  const zone = ZONES.get(cluster) ?? new Zone(cluster);
  ZONES.set(cluster, zone);
  return zone;
}
