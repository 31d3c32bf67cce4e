import { inNamespace } from '../cluster/pod-selection';
import type { UnmodelledResource } from '../manifest/resources';
import { LabelSelector } from '../values/label-selector';
import { doubtful } from '../values/ternary';
import { TrafficSet } from '../values/traffic-set';
import type { Dialect } from './dialect';
import type { EndpointCompiler } from './endpoint-compiler';
import { emptyEndpoints } from './endpoint-set';
import type { Direction, PolicyBlock, Rule, RuleOrigin } from './language';

/**
 * Policies whose dialect is not built: they may allow or deny whatever they may select, so that all of it is `unknown`.
 * A kind is never skipped, for that would let a verdict be wrong.
 */
export const unmodelled: Dialect<UnmodelledResource> = {
  kinds: [],
  compile: (resources, compiler) =>
    resources
      .filter((resource) => resource.concern !== 'routing')
      .flatMap((resource) => [blockOf(resource, 'egress', compiler), blockOf(resource, 'ingress', compiler)]),
};

function blockOf(resource: UnmodelledResource, direction: Direction, compiler: EndpointCompiler): PolicyBlock {
  const { kind, namespace, name } = resource;
  const because = { rule: 'PTL302', wouldDecide: `a model of ${resource.apiVersion} ${kind}, which is not built yet` };
  const nobody = emptyEndpoints(compiler.cluster.pods.length);
  const field = ['spec'];
  const origin: RuleOrigin = { kind, namespace, name, direction, field, origin: resource.originOf(field) };
  const rule = (action: Rule['action']): Rule => ({
    action,
    subject: doubtful(nobody, compiler.anybodyIn(namespacesOf(resource)), because),
    peer: doubtful(nobody, compiler.everyone.may, because),
    traffic: doubtful(TrafficSet.empty, TrafficSet.all, because),
    origin,
    wants: () => ({ peer: `what ${kind} means`, traffic: 'any traffic' }),
  });
  // Mesh authorization can only refuse what the network let through; a policy of another API may also decide to allow.
  const rules = resource.concern === 'mesh' ? [rule('deny')] : [rule('deny'), rule('allow')];
  const order = { tier: 'unmodelled', rank: 0, tie: `${kind}/${namespace}/${name}`, ties: 'ordered' as const };
  return { direction, order, rules, isolation: [] };
}

/** Namespaced kinds speak of their own namespace; Istio's root namespace speaks of all. */
function namespacesOf({ namespace, concern }: UnmodelledResource): LabelSelector {
  const everywhere = namespace === '' || (concern === 'mesh' && namespace === 'istio-system');
  return everywhere ? LabelSelector.everything : inNamespace(namespace);
}
