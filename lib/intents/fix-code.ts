import { NAMESPACE_NAME_LABEL } from '../model/cluster/namespaces';
import type { PodGroup } from '../model/cluster/workload';
import type { Origin } from '../model/finding/origin';
import type { NetworkPolicyPeer } from '../model/manifest/resources';
import type { LabelSelector } from '../model/values/label-selector';

/** The label by which an app selects its own pods, and by which `uses` opens it to others. */
export const NAME_LABEL = 'app.kubernetes.io/name';

/** Whether an object was read from YAML, so that its author mends YAML; others have a program. */
export function isYaml(origin: Origin | undefined): boolean {
  return origin?.construct === undefined && origin?.position !== undefined;
}

/** An app of this library: it is called by its name. */
export function isApp(pod: PodGroup): boolean {
  return pod.provenance === 'declared' && pod.labels.known.get(NAME_LABEL) === pod.workload.name;
}

/** `web` for an app whose name can be that of a variable, else its pods by their labels. */
export function podsCode(pod: PodGroup, selector: LabelSelector, home: string): string {
  if (isApp(pod) && /^[a-z]\w*$/.test(pod.workload.name)) return pod.workload.name;
  const elsewhere = pod.namespace.name === home ? '' : `, { namespace: '${pod.namespace.name}' }`;
  return `pods(${labelsCode(selector, "'")}${elsewhere})`;
}

/** `{ app: web }`; with a quote for TypeScript, where keys with other characters need some too. */
export function labelsCode({ requirements }: LabelSelector, quote = ''): string {
  const pairs = requirements.map(({ key, values: [value] }) => {
    const name = quote === '' || /^\w+$/.test(key) ? key : `${quote}${key}${quote}`;
    return `${name}: ${quote}${value}${quote}`;
  });
  return `{ ${pairs.join(', ')} }`;
}

/** Whether a selector is nothing but labels with one value each, as `matchLabels` are. */
export function isLabels({ requirements }: LabelSelector): boolean {
  return requirements.length > 0 && requirements.every((r) => r.operator === 'In' && r.values.length === 1);
}

/** A peer as its author could have written it. */
export function peerCode(peer: NetworkPolicyPeer, inYaml: boolean): string {
  if (peer.type === 'ipBlock') return inYaml ? `{ ipBlock: { cidr: ${peer.cidr} } }` : `ipBlock('${peer.cidr}')`;
  const { podSelector, namespaceSelector } = peer;
  const name = namespaceSelector?.requirements.find(({ key }) => key === NAMESPACE_NAME_LABEL)?.values[0];
  const isWhole = podSelector === undefined || podSelector.isEverything;
  if (!inYaml && isWhole && name !== undefined) return `namespace('${name}')`;
  return `{ ${selectorsOf(peer).join(', ')} }`;
}

/** The one peer of a rule in lines of YAML, with the field that it stands in. */
export function peerYaml(side: 'to' | 'from', peer: NetworkPolicyPeer & { type: 'pods' }): readonly string[] {
  // Two lines for each selector, so that none is too long for a terminal.
  const lines = selectorsOf(peer).flatMap((line) => {
    const [, field, labels] = /^(\w+): \{ (matchLabels: .*) \}$/.exec(line) ?? [];
    return labels === undefined ? [line] : [`${field}:`, `  ${labels}`];
  });
  return [`${side}:`, ...lines.map((line, i) => `${i === 0 ? '  - ' : '    '}${line}`)];
}

function selectorsOf({ namespaceSelector, podSelector }: NetworkPolicyPeer & { type: 'pods' }): readonly string[] {
  return [
    ...(namespaceSelector ? [`namespaceSelector: ${selectorCode(namespaceSelector)}`] : []),
    ...(podSelector ? [`podSelector: ${selectorCode(podSelector)}`] : []),
  ];
}

function selectorCode(selector: LabelSelector): string {
  if (selector.isEverything) return '{}';
  return isLabels(selector) ? `{ matchLabels: ${labelsCode(selector)} }` : `{ ${selector} }`;
}

/** A NetworkPolicy of one direction in YAML. @param rule lines of its one rule; none for a policy that lets nothing through */
export function policyYaml(
  { name, namespace }: { readonly name: string; readonly namespace: string },
  podSelector: LabelSelector,
  direction: 'ingress' | 'egress',
  rule: readonly string[],
): string {
  const [first, ...rest] = rule;
  return [
    '---',
    'apiVersion: networking.k8s.io/v1',
    'kind: NetworkPolicy',
    `metadata: { name: ${name}, namespace: ${namespace} }`,
    'spec:',
    `  podSelector: ${selectorCode(podSelector)}`,
    `  policyTypes: [${direction === 'egress' ? 'Egress' : 'Ingress'}]`,
    ...(first === undefined ? [] : [`  ${direction}:`, `    - ${first}`, ...rest.map((line) => `      ${line}`)]),
  ].join('\n');
}
