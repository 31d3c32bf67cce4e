import type { Cluster } from '../cluster/cluster';
import { inNamespace } from '../cluster/strangers';
import type { UnmodelledResource } from '../manifest/resources';
import { LabelSelector } from '../values/label-selector';
import { doubtful } from '../values/ternary';
import { TrafficSet } from '../values/traffic-set';
import { everyone, selectPods } from './compile-endpoints';
import { emptyEndpoints } from './endpoint-set';
import type { Enforcer } from './enforcer';
import type { Direction, PolicyBlock, Rule, RuleOrigin } from './language';

/**
 * Policies whose dialect is not built: they may allow or deny whatever they may select, so that all of it is `unknown`.
 * A kind is never skipped, for that would let a verdict be wrong.
 */
export function compileUnmodelled(
  resources: readonly UnmodelledResource[],
  cluster: Cluster,
  enforcer: Enforcer,
): readonly PolicyBlock[] {
  return resources
    .filter((resource) => resource.concern !== 'routing')
    .flatMap((resource) => [
      blockOf(resource, 'egress', cluster, enforcer),
      blockOf(resource, 'ingress', cluster, enforcer),
    ]);
}

function blockOf(
  resource: UnmodelledResource,
  direction: Direction,
  cluster: Cluster,
  enforcer: Enforcer,
): PolicyBlock {
  const { kind, namespace, name } = resource;
  const because = { rule: 'PTL302', wouldDecide: `a model of ${resource.apiVersion} ${kind}, which is not built yet` };
  const nobody = emptyEndpoints(cluster.pods.length);
  const field = ['spec'];
  const origin: RuleOrigin = { kind, namespace, name, direction, field, origin: resource.originOf(field) };
  const rule = (action: Rule['action']): Rule => ({
    action,
    subject: doubtful(nobody, selectPods(subjectsOf(resource), cluster, enforcer).may, because),
    peer: doubtful(nobody, everyone(cluster).may, because),
    traffic: doubtful(TrafficSet.empty, TrafficSet.all, because),
    origin,
    wants: () => ({ peer: `what ${kind} means`, traffic: 'any traffic' }),
  });
  // Mesh authorization can only refuse what the network let through; a policy of another API may also decide to allow.
  const rules = resource.concern === 'mesh' ? [rule('deny')] : [rule('deny'), rule('allow')];
  const order = { tier: 'unmodelled', rank: 0, tie: `${kind}/${namespace}/${name}` };
  return { direction, order, rules, isolation: [] };
}

/** Namespaced kinds speak of their own namespace; Istio's root namespace speaks of all. */
function subjectsOf(resource: UnmodelledResource) {
  const everywhere =
    resource.namespace === '' || (resource.concern === 'mesh' && resource.namespace === 'istio-system');
  const namespaces = everywhere ? LabelSelector.everything : inNamespace(resource.namespace);
  return { pods: LabelSelector.everything, namespaces };
}
