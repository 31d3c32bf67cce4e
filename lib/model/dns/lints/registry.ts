import type { Cluster } from '../../cluster/cluster';
import type { Lint } from '../../finding/lint';
import { capturedName } from './captured-name';
import type { DnsLintRule } from './context';
import { nameOfNobody } from './name-of-nobody';
import { namedPlaces } from './named-places';
import { namesOnHostNetwork } from './names-on-host-network';
import { portOfNobody } from './port-of-nobody';

/** Every lint of names, in the order of codes. */
const RULES: readonly DnsLintRule[] = [nameOfNobody, portOfNobody, capturedName, namesOnHostNetwork];

/** What is suspicious about the names that containers are told, by code, and for each code in the order of the manifests. */
export function dnsLintsOf(cluster: Cluster): readonly Lint[] {
  const context = { cluster, places: namedPlaces(cluster) };
  return RULES.flatMap((rule) => rule(context));
}
