import { inNamespace } from '../model/cluster/pod-selection';
import type { NetworkPolicyPort, NetworkPolicyRule, Resource } from '../model/manifest/resources';
import type { NearMiss } from '../model/policy/explain';
import type { PolicyHop } from '../model/reach/verdict';
import type { Change } from './change';
import type { Broken } from './checked';
import { hasNumber, meansAtHome, missesOf, otherEnd } from './diagnose-near-rule';
import type { Cause } from './finding';
import { editRule } from './policy-rules';
import { wordsOf } from './words/words-of';

/** NP-09: the ports of all rules that stop the flow for their protocol. */
export function changeProtocol(
  broken: Broken,
  { port, protocol, ruleProtocol, miss }: Cause & { code: 'PTL106' },
  resources: readonly Resource[],
): readonly Change[] {
  const isServed = broken.example?.target?.ports.some((each) => each.port === port && each.protocol === ruleProtocol);
  const amended = (each: NetworkPolicyPort): readonly NetworkPolicyPort[] =>
    each.protocol === ruleProtocol && hasNumber(each, port)
      ? [...(isServed ? [each] : []), { ...each, protocol }]
      : [each];
  const changed = editMisses(broken, 'traffic', resources, () => (rule) => ({
    ...rule,
    ports: rule.ports.flatMap(amended),
  }));
  const { origin } = miss.rule;
  const { rulePort } = wordsOf(origin);
  const isPlus = origin.library === 'cdk8s-plus';
  const summary = `name the protocol of the port${isPlus ? '; cdk8s-plus opens a port as TCP unless told in `ports`' : ''}`;
  const remove = isServed ? undefined : rulePort(port, ruleProtocol);
  // That cdk8s-plus opens it as TCP nobody has written.
  return [{ fix: { summary, remove: isPlus ? undefined : remove, add: rulePort(port, protocol) }, resources: changed }];
}

/** NP-14: the peer as it is, in the namespace of the pod that it was meant for. */
export function nameNamespace(
  broken: Broken,
  { miss, namespace }: Cause & { code: 'PTL107' },
  resources: readonly Resource[],
): readonly Change[] {
  const changed = editMisses(broken, 'peer', resources, (stop) => (rule) => {
    const other = broken.example && otherEnd(stop, broken.example);
    const peers = rule.peers.map((peer) =>
      other && meansAtHome(peer, other) ? { ...peer, namespaceSelector: inNamespace(other.namespace.name) } : peer,
    );
    return { ...rule, peers };
  });
  const { origin } = miss.rule;
  const summary =
    origin.library === 'cdk8s-plus'
      ? 'say in which namespace the pods are; cdk8s-plus does so for pods whose `metadata`, chart or `namespaces` tell it'
      : 'say in which namespace the pods are';
  const add = wordsOf(origin).peerNamespace(namespace);
  return [{ fix: { summary, add }, resources: changed }];
}

type Edit = (rule: NetworkPolicyRule) => NetworkPolicyRule;

function editMisses(
  { example }: Broken,
  missed: NearMiss['missed'],
  resources: readonly Resource[],
  editFor: (stop: PolicyHop) => Edit,
): readonly Resource[] {
  return missesOf(example, missed).reduce(
    (changed, { stop, miss }) => editRule(miss.rule, changed, editFor(stop)),
    resources,
  );
}
