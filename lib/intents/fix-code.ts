import { NAMESPACE_NAME_LABEL } from '../model/cluster/namespaces';
import type { PodGroup } from '../model/cluster/workload';
import type { FieldPath, Origin } from '../model/finding/origin';
import type { NetworkPolicyPeer, Resource } from '../model/manifest/resources';
import { LabelSelector } from '../model/values/label-selector';
import { identifier } from './words/variables';

/** The label by which an app selects its own pods, and by which `uses` opens it to others. */
export const NAME_LABEL = 'app.kubernetes.io/name';

/** Whether an object was read from YAML, so that its author mends YAML; others have a program. */
export function isYaml(origin: Origin | undefined): boolean {
  return origin?.construct === undefined && origin?.position !== undefined;
}

/** Whether a field stands in the YAML of its object: only there anybody could tell. */
export function isWritten({ originOf }: Pick<Resource, 'originOf'>, field: FieldPath): boolean {
  // INVARIANT: fields that are not there all have one place, that of what they would be in; no field has an empty name.
  const [own, absent] = [field, [...field.slice(0, -1), '']].map((path) => originOf(path).position);
  return own !== undefined && (own.line !== absent?.line || own.column !== absent.column);
}

/** An app of this library: it is called by its name. */
export function isApp(pod: PodGroup): boolean {
  return pod.provenance === 'declared' && pod.labels.known.get(NAME_LABEL) === pod.workload.name;
}

/** `web` for an app whose name can be that of a variable, else its pods by their labels. */
export function podsCode(pod: PodGroup, selector: LabelSelector, home: string): string {
  const variable = variableOf(pod);
  if (variable !== undefined) return variable;
  const elsewhere = pod.namespace.name === home ? '' : `, { namespace: '${pod.namespace.name}' }`;
  return `pods(${labelsCode(selector, false)}${elsewhere})`;
}

/** What the author of a program may call the construct; a hash of cdk8s-plus is nothing to read, let alone to write. */
export function variableOf(pod: PodGroup): string | undefined {
  const { name, origin } = pod.workload;
  const id = isHashed(pod) ? idOf(origin) : undefined;
  const names = [isApp(pod) ? name : undefined, id].flatMap((each) => (each === undefined ? [] : [identifier(each)]));
  return names.find((each) => /^[a-z]\w*$/.test(each));
}

/** A workload of cdk8s-plus, which knows its pods by a hash of its construct's path. */
export function isHashed({ labels }: PodGroup): boolean {
  return labels.known.has('cdk8s.io/metadata.addr');
}

/** What programs call an app whose name has hyphens: `orderService`. */
export function appVariable({ workload: { name } }: PodGroup): string {
  return identifier(name);
}

/** The construct that an author made: what holds the object of cdk8s-plus is called by its own id. */
function idOf({ construct = '' }: Origin): string | undefined {
  return construct.split('/').findLast((id) => id !== 'Resource');
}

/** `{ app: web }`; TypeScript quotes every value, and keys with other characters too. */
export function labelsCode({ requirements }: LabelSelector, inYaml = true): string {
  const pairs = requirements.map(({ key, values: [value] }) => pairCode(key, value, inYaml));
  return `{ ${pairs.join(', ')} }`;
}

/** Whether a selector is nothing but labels with one value each, as `matchLabels` are. */
export function isLabels({ requirements }: LabelSelector): boolean {
  return requirements.length > 0 && requirements.every((r) => r.operator === 'In' && r.values.length === 1);
}

/** The labels that tell the pods from others; `undefined` where no labels do. */
export function ownLabels({ provenance, workload, labels }: PodGroup): LabelSelector | undefined {
  const selector = workload.selector ?? LabelSelector.fromLabels(labels.known);
  return provenance === 'stranger' || !isLabels(selector) ? undefined : selector;
}

/** A peer as its author could have written it. */
export function peerCode(peer: NetworkPolicyPeer, inYaml: boolean): string {
  if (peer.type === 'ipBlock') return inYaml ? `{ ipBlock: { cidr: ${peer.cidr} } }` : `ipBlock('${peer.cidr}')`;
  const { podSelector, namespaceSelector } = peer;
  const name = namespaceSelector?.requirements.find(({ key }) => key === NAMESPACE_NAME_LABEL)?.values[0];
  const isWhole = podSelector === undefined || podSelector.isEverything;
  if (!inYaml && isWhole && name !== undefined) return `namespace('${name}')`;
  return `{ ${selectorsOf(peer, inYaml).join(', ')} }`;
}

/** The one peer of a rule in lines of YAML, with the field that it stands in. */
export function peerYaml(side: 'to' | 'from', peer: NetworkPolicyPeer & { type: 'pods' }): readonly string[] {
  // Two lines for each selector, so that none is too long for a terminal.
  const lines = selectorsOf(peer, true).flatMap((line) => {
    const [, field, labels] = /^(\w+): \{ (matchLabels: .*) \}$/.exec(line) ?? [];
    return labels === undefined ? [line] : [`${field}:`, `  ${labels}`];
  });
  return [`${side}:`, ...lines.map((line, i) => `${i === 0 ? '  - ' : '    '}${line}`)];
}

function selectorsOf(
  { namespaceSelector, podSelector }: NetworkPolicyPeer & { type: 'pods' },
  inYaml: boolean,
): readonly string[] {
  return [
    ...(namespaceSelector ? [`namespaceSelector: ${matchLabelsCode(namespaceSelector, inYaml)}`] : []),
    ...(podSelector ? [`podSelector: ${matchLabelsCode(podSelector, inYaml)}`] : []),
  ];
}

/** A selector of labels, as the API has it. */
export function matchLabelsCode(selector: LabelSelector, inYaml: boolean): string {
  if (selector.isEverything) return '{}';
  return isLabels(selector) ? `{ matchLabels: ${labelsCode(selector, inYaml)} }` : `{ ${selector} }`;
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
    `  podSelector: ${matchLabelsCode(podSelector, true)}`,
    `  policyTypes: [${direction === 'egress' ? 'Egress' : 'Ingress'}]`,
    ...(first === undefined ? [] : [`  ${direction}:`, `    - ${first}`, ...rest.map((line) => `      ${line}`)]),
  ].join('\n');
}

/** A selector of one label as findings have it, `app=web`, in code; any other as it is. */
export function labelCode(selector: string, inYaml: boolean): string {
  if (!/^[^=,! ]+=[^=,! ]+$/.test(selector)) return selector;
  const [key, value] = keyAndValue(selector);
  return pairCode(key, value, inYaml);
}

function pairCode(key: string, value: string, inYaml: boolean): string {
  return `${inYaml ? key : propCode(key)}: ${valueCode(value, inYaml)}`;
}

/** The name of a property in TypeScript: quoted where it is no identifier. */
export function propCode(key: string): string {
  return /^[a-z_]\w*$/i.test(key) ? key : `'${key}'`;
}

/** Of a label as findings have it: `app=web`. */
export function keyAndValue(label: string): readonly [key: string, value: string] {
  return [label.slice(0, label.indexOf('=')), label.slice(label.indexOf('=') + 1)];
}

/** A number, a truth or a text as the author would write it: TypeScript quotes every text, YAML what would be something else. */
export function valueCode(value: string | number | boolean, inYaml: boolean): string {
  if (typeof value !== 'string') return String(value);
  if (!inYaml) return `'${value.replace(/[\\']/g, '\\$&')}'`;
  const isOther = !Number.isNaN(Number(value)) || /^(?:[\d:_]+|~|null|true|false|yes|no|on|off)$/i.test(value);
  const isPlain = /^[\w./][\w./:@-]*$/.test(value) && !isOther;
  return isPlain ? value : `'${value.replaceAll("'", "''")}'`;
}

/** `{ name: http, port: 80 }`; fields without a value are left out. */
export function fieldsCode(fields: Readonly<Record<string, string | number | undefined>>, inYaml: boolean): string {
  const given = Object.entries(fields).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${valueCode(value, inYaml)}`],
  );
  return `{ ${given.join(', ')} }`;
}

/** A field with another value: what stands there, and what to write. */
export function fieldChange(
  field: string,
  [from, to]: readonly [from: string | number, to: string | number],
  inYaml: boolean,
): { readonly remove: string; readonly add: string } {
  return { remove: `${field}: ${valueCode(from, inYaml)}`, add: `${field}: ${valueCode(to, inYaml)}` };
}
