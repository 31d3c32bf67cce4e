import { inNamespace } from '../model/cluster/pod-selection';
import type { NetworkPolicyPeer, NetworkPolicyPort, Resource } from '../model/manifest/resources';
import type { RuleOrigin } from '../model/policy/language';
import { LabelSelector } from '../model/values/label-selector';
import type { Change } from './change';
import type { Broken } from './checked';
import { missesOf } from './diagnose-near-rule';
import type { Cause } from './finding';
import { isLabels, isYaml, keyAndValue, labelCode } from './fix-code';
import { editPolicy, editRule, ruleOf } from './policy-rules';
import { wordsOf } from './words/words-of';

type Resources = readonly Resource[];

/** NP-19: each rule on the way that names the port of the Service, by that of the container: both ends are often made together. */
export function changePort(
  { example }: Broken,
  { miss, servicePort: from, containerPort: to }: Cause & { code: 'PTL103' },
  resources: Resources,
): Change {
  const port = (p: NetworkPolicyPort): NetworkPolicyPort => (isNumber(p, from) ? { ...p, first: to, last: to } : p);
  const rules = missesOf(example, 'traffic')
    .map(({ miss: { rule } }) => rule)
    .filter((rule) => ruleOf(rule, resources)?.ports.some((p) => isNumber(p, from)));
  const summary = `name the container port, which is what policies see${rules.length > 1 ? ', at both ends' : ''}`;
  return {
    fix: { summary, ...portChange(miss.rule, from, to, resources) },
    resources: rules.reduce(
      (changed, rule) => editRule(rule, changed, (r) => ({ ...r, ports: r.ports.map(port) })),
      resources,
    ),
  };
}

function isNumber(port: NetworkPolicyPort, number: number): port is NetworkPolicyPort & { readonly type: 'range' } {
  return port.type === 'range' && port.first === number && port.last === number;
}

/** NP-03: a policy for pods that there are. */
export function changeSubject(policy: RuleOrigin, from: string, to: string, resources: Resources): Change {
  return {
    fix: { summary: 'select the pods that there are', ...labelChange(policy, from, to) },
    resources: editPolicy(policy, resources, (p) => ({ ...p, podSelector: withLabel(p.podSelector, to) })),
  };
}

/** NP-10: a peer by a label that pods carry. */
export function changePeerLabel(rule: RuleOrigin, from: string, to: string, resources: Resources): Change {
  const peer = (p: NetworkPolicyPeer): NetworkPolicyPeer =>
    p.type === 'pods' && p.podSelector?.toString() === from ? { ...p, podSelector: withLabel(p.podSelector, to) } : p;
  return {
    fix: { summary: 'use the label that the pods carry', ...labelChange(rule, from, to) },
    resources: editRule(rule, resources, (r) => ({ ...r, peers: r.peers.map(peer) })),
  };
}

/** NP-14: a namespace by the label that every namespace has. */
export function changeNamespace(rule: RuleOrigin, from: string, namespace: string, resources: Resources): Change {
  const peer = (p: NetworkPolicyPeer): NetworkPolicyPeer =>
    p.type === 'pods' && p.namespaceSelector?.toString() === from
      ? { ...p, namespaceSelector: inNamespace(namespace) }
      : p;
  const words = wordsOf(rule.origin);
  const peers = ruleOf(rule, resources)?.peers ?? [];
  const selectors = peers.flatMap((each) => (each.type === 'pods' ? (each.namespaceSelector ?? []) : []));
  const missed = selectors.find((selector) => selector.toString() === from);
  const remove = missed && isLabels(missed) ? words.peerNamespaces(missed) : undefined;
  const add = words.peerNamespace(namespace);
  return {
    fix: { summary: 'match the name, which every namespace carries', remove, add },
    resources: editRule(rule, resources, (r) => ({ ...r, peers: r.peers.map(peer) })),
  };
}

/** The protocol of a port is that of the rule. */
function portChange(rule: RuleOrigin, from: number, to: number, resources: Resources) {
  const ports = ruleOf(rule, resources)?.ports ?? [];
  const { protocol = 'TCP' } = ports.find((p) => p.type === 'range' && p.first === from) ?? {};
  const { rulePortNumber } = wordsOf(rule.origin);
  return { remove: rulePortNumber(from, protocol), add: rulePortNumber(to, protocol) };
}

/** Of a selector with more labels only the one that is misspelt stands where the other is to be. */
function labelChange({ origin }: RuleOrigin, from: string, to: string) {
  const [key, value] = keyAndValue(to);
  const labels = from.split(',');
  const misspelt =
    labels.find((label) => label.startsWith(`${key}=`)) ?? labels.find((label) => label.endsWith(`=${value}`)) ?? from;
  const [remove, add] = [misspelt, to].map((label) => labelCode(label, isYaml(origin)));
  return { remove, add };
}

/** The selector with the suggested label in place of the one that it misspells, by key or by value. */
function withLabel(selector: LabelSelector, label: string): LabelSelector {
  const [key, value] = keyAndValue(label);
  const others = selector.requirements.filter((r) => r.key !== key && !r.values.includes(value));
  return LabelSelector.of([...others, { key, operator: 'In', values: [value] }]);
}
