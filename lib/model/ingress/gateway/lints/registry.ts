import type { Cluster } from '../../../cluster/cluster';
import type { Lint } from '../../../finding/lint';
import { attachesToNothing } from './attaches-to-nothing';
import { conflictingListeners } from './conflicting-listeners';
import { missingGrant } from './missing-grant';
import type { GatewayLintRule } from './rule';

/** Every lint, in the order of codes. */
const RULES: readonly GatewayLintRule[] = [attachesToNothing, missingGrant, conflictingListeners];

/** What is suspicious about the Gateways and routes of a cluster, by code, and for each code in the order of the manifests. */
export function gatewayLintsOf(cluster: Cluster): readonly Lint[] {
  const { gateways, listenerSets, routes } = cluster.gatewayApi;
  const isEmpty = gateways.length + listenerSets.length + routes.length === 0;
  return isEmpty ? [] : RULES.flatMap((rule) => rule(cluster));
}
