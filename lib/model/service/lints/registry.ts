import type { Cluster } from '../../cluster/cluster';
import type { Lint } from '../../finding/lint';
import { addressesOutOfRange, addressesTwice } from './cluster-ips';
import { endpointAtService } from './endpoint-at-service';
import { externalNameIsAddress } from './external-name-is-address';
import { nodePortsOutOfRange, nodePortsTwice } from './node-ports';
import type { ServiceLintRule } from './rule';
import { selectsNoPod } from './selects-no-pod';
import { slicePortNames } from './slice-port-names';
import { targetPortOfNobody } from './target-port-of-nobody';
import { withoutEndpoints } from './without-endpoints';

/** Every lint, in the order of codes. */
const RULES: readonly ServiceLintRule[] = [
  selectsNoPod,
  targetPortOfNobody,
  withoutEndpoints,
  slicePortNames,
  externalNameIsAddress,
  nodePortsTwice,
  nodePortsOutOfRange,
  addressesOutOfRange,
  addressesTwice,
  endpointAtService,
];

/** What is suspicious about the Services of a cluster, by code, and for each code in the order of the manifests. */
export function serviceLintsOf(cluster: Cluster): readonly Lint[] {
  const withEndpoints = cluster.services.filter(({ serviceType }) => serviceType !== 'ExternalName');
  return RULES.flatMap((rule) => rule({ cluster, withEndpoints }));
}
