import type { Cluster } from '../../cluster/cluster';
import { GATEWAY_GROUP } from '../../manifest/gateway-resource';
import type { ObjectReference } from '../../manifest/resources';

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
