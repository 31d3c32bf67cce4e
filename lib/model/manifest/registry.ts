import { groupBy } from '../values/group-by';
import { nearest } from '../values/nearest';
import { groupOf } from './api-group';
import { GATEWAY_GROUP } from './gateway-resource';
import { adminNetworkPolicyKind, baselineAdminNetworkPolicyKind } from './kinds/admin-network-policy';
import { clusterNetworkPolicyKind } from './kinds/cluster-network-policy';
import { configMapKind } from './kinds/config-map';
import { endpointSliceKind } from './kinds/endpoint-slice';
import { endpointsKind } from './kinds/endpoints';
import { gatewayClassKind, gatewayKind, listenerSetKinds } from './kinds/gateway/gateway';
import { referenceGrantKind } from './kinds/gateway/reference-grant';
import { connectionRouteKinds, grpcRouteKind, httpRouteKind } from './kinds/gateway/routes';
import { ingressKind } from './kinds/ingress';
import { ingressClassKind } from './kinds/ingress-class';
import type { Kind } from './kinds/kind';
import { namespaceKind } from './kinds/namespace';
import { networkPolicyKind } from './kinds/network-policy';
import { nodeKind } from './kinds/node';
import { podKind } from './kinds/pod';
import { secretKind } from './kinds/secret';
import { serviceKind } from './kinds/service';
import { foreignKind, unmodelledKinds } from './kinds/unmodelled';
import { workloadKinds } from './kinds/workload';
import type { Invalid, Place } from './reader/place';
import { alternatives } from './reader/scalars';

const MODELLED = [
  adminNetworkPolicyKind,
  baselineAdminNetworkPolicyKind,
  clusterNetworkPolicyKind,
  configMapKind,
  endpointSliceKind,
  endpointsKind,
  gatewayClassKind,
  gatewayKind,
  grpcRouteKind,
  httpRouteKind,
  ingressClassKind,
  ingressKind,
  namespaceKind,
  networkPolicyKind,
  nodeKind,
  podKind,
  secretKind,
  referenceGrantKind,
  serviceKind,
  ...connectionRouteKinds,
  ...listenerSetKinds,
  ...workloadKinds,
];

/** By kind, then apiVersion. */
const EXACT: ReadonlyMap<string, ReadonlyMap<string, Kind>> = new Map(
  Array.from(
    groupBy(MODELLED, ({ kind }) => kind),
    ([name, kinds]) => [
      name,
      new Map(kinds.flatMap((kind) => (kind.apiVersions ?? []).map((version) => [version, kind]))),
    ],
  ),
);

/** By group and kind, whatever the version. */
const OF_GROUP: ReadonlyMap<string, Kind> = new Map(
  unmodelledKinds.map((kind) => [`${kind.group} ${kind.kind}`, kind]),
);

/** How to read such an object; `undefined` for the kinds that say nothing of the network. */
export function findKind(apiVersion: string, kind: string): Kind | undefined {
  const exact = EXACT.get(kind)?.get(apiVersion);
  if (exact) return exact;
  const group = groupOf(apiVersion);
  return OF_GROUP.get(`${group} ${kind}`) ?? (isBuiltIn(group) ? undefined : foreignKind(group, kind));
}

/**
 * Tells a slip in apiVersion or kind from a kind of somebody else's: the cluster would refuse the object, and to pass
 * over a policy in silence would let a verdict be wrong.
 */
export function checkUnknownKind(object: Place, apiVersion: string, kind: string): Invalid | undefined {
  const versions = MODELLED.filter((each) => each.kind === kind).flatMap((each) => each.apiVersions ?? []);
  if (versions.length > 0 && isBuiltIn(groupOf(apiVersion))) {
    return object.at('apiVersion').fault({
      code: 'PTL004',
      problem: `there is no ${kind} in ${JSON.stringify(apiVersion)}`,
      expected: alternatives(versions),
      didYouMean: versions[0],
    });
  }
  const kinds = MODELLED.filter((each) => each.apiVersions?.includes(apiVersion)).map((each) => each.kind);
  const meant = nearest(kind, kinds);
  return meant === undefined
    ? undefined
    : object.at('kind').fault({
        code: 'PTL004',
        problem: `there is no kind ${JSON.stringify(kind)} in ${apiVersion}`,
        expected: alternatives(kinds),
        didYouMean: meant,
      });
}

/** Names without a dot are kept for Kubernetes itself; others may name their own kinds as they like, such as a `Service`. */
function isBuiltIn(group: string): boolean {
  return !group.includes('.') || group === 'networking.k8s.io' || group === GATEWAY_GROUP;
}
