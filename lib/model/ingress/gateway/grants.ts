import type { Cluster } from '../../cluster/cluster';
import { GATEWAY_GROUP } from '../../manifest/gateway-resource';
import type { ObjectReference } from '../../manifest/resources';
import type { Doubt } from '../../values/ternary';

/** GW-10: whether an object of the Gateway API may refer to another: in its own namespace, or where a ReferenceGrant lets it. */
export function isGranted(
  from: { readonly kind: string; readonly namespace: string },
  to: ObjectReference,
  { gatewayApi }: Cluster,
): boolean {
  const namespace = to.namespace ?? from.namespace;
  if (namespace === from.namespace) return true;
  return gatewayApi.grants.some(
    (grant) =>
      grant.namespace === namespace &&
      grant.from.some(
        (each) => each.group === GATEWAY_GROUP && each.kind === from.kind && each.namespace === from.namespace,
      ) &&
      grant.to.some(
        (each) =>
          each.group === to.group && each.kind === to.kind && (each.name === undefined || each.name === to.name),
      ),
  );
}

/**
 * A grant that no manifest has may be there where nothing of its namespace is declared here. `undefined`: it is, and the grant
 * would be too.
 */
export function grantDoubt(
  from: { readonly kind: string; readonly namespace: string },
  { kind, name, namespace = from.namespace }: ObjectReference,
  cluster: Cluster,
): readonly Doubt[] | undefined {
  if (cluster.isWhole || cluster.namespaces.has(namespace)) return undefined;
  const wouldDecide = `the ReferenceGrants of namespace ${namespace}, whether they let ${from.kind}s of ${from.namespace} refer to ${kind} ${name}`;
  return [{ rule: 'GW-10', wouldDecide }];
}
