import type { Cluster } from '../../../cluster/cluster';
import type { GatewayLintDetail } from '../../../finding/gateway-lint';
import type { Lint } from '../../../finding/lint';
import { blame, nameOf } from '../../../manifest/blame';
import { GATEWAY_GROUP } from '../../../manifest/gateway-resource';
import type { ObjectReference, ReferenceGrantResource, ResourceBase } from '../../../manifest/resources';
import { groupBy } from '../../../values/group-by';
import { isGranted } from '../grants';
import { referredBy } from '../referred';
import type { GatewayLintRule } from './rule';

type Detail = GatewayLintDetail & { readonly code: 'PTL421' };

/** PTL421: a Service or a Secret of another namespace counts only where a ReferenceGrant of that namespace says so (GW-10). */
export const missingGrant: GatewayLintRule = (cluster) =>
  referrers(cluster).flatMap(({ from, references }) => {
    const missing = references.filter((to) => !isGranted(from, to, cluster));
    const targets = groupBy(missing, ({ group, kind, namespace, name }) => [group, kind, namespace, name].join(' '));
    return [...targets.values()].map(([to]): Lint => {
      const { group, kind, name, namespace = from.namespace, field } = to;
      const detail: Detail = {
        code: 'PTL421',
        target: { kind, namespace, name },
        targetGroup: group,
        almost: almostGranted(from, to, cluster),
      };
      const severity = cluster.isWhole ? 'error' : 'warning';
      return { severity, ...blame(from, [...field, 'namespace']), ...detail };
    });
  });

interface Referrer {
  readonly from: ResourceBase;
  readonly references: readonly ObjectReference[];
}

function referrers({ gatewayApi: { routes, gateways, listenerSets } }: Cluster): readonly Referrer[] {
  return [
    ...routes.map((from) => ({ from, references: referredBy(from) })),
    ...[...gateways, ...listenerSets].map((from) => ({
      from,
      references: from.listeners.flatMap(({ tls }) => tls?.certificates ?? []),
    })),
  ];
}

/** A grant that would do but for one thing: the namespace that it stands in, or one of its lists. */
function almostGranted(from: ResourceBase, to: ObjectReference, { gatewayApi }: Cluster): Detail['almost'] {
  for (const grant of gatewayApi.grants) {
    const problems = problemsOf(grant, from, to);
    if (problems.length === 1) return { ...nameOf(grant), origin: grant.origin, problem: problems[0] };
  }
  return undefined;
}

function problemsOf(grant: ReferenceGrantResource, from: ResourceBase, to: ObjectReference) {
  const isFrom = grant.from.some(
    (each) => each.group === GATEWAY_GROUP && each.kind === from.kind && each.namespace === from.namespace,
  );
  const isTo = grant.to.some(
    (each) => each.group === to.group && each.kind === to.kind && (each.name ?? to.name) === to.name,
  );
  return [
    ...(grant.namespace === to.namespace ? [] : (['namespace'] as const)),
    ...(isFrom ? [] : (['from'] as const)),
    ...(isTo ? [] : (['to'] as const)),
  ];
}
