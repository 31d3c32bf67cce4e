import { inNamespace } from '../model/cluster/pod-selection';
import type { PodGroup } from '../model/cluster/workload';
import type { ClusterPolicyResource, ClusterPolicyRule, Resource } from '../model/manifest/resources';
import { type RuleOrigin, ruleField } from '../model/policy/language';
import type { PairVerdict, PolicyHop } from '../model/reach/verdict';
import type { LabelSelector } from '../model/values/label-selector';
import type { Protocol } from '../model/values/traffic-set';
import type { Change } from './change';
import type { Broken } from './checked';
import { isYaml, labelsCode, ownLabels, podsCode } from './fix-code';

/** NP-43: a rule before the one that denies, for the very flow: leaving it to the NetworkPolicies, else accepting it. */
export function goBefore(
  { example }: Broken,
  stop: PolicyHop,
  denial: RuleOrigin,
  resources: readonly Resource[],
): readonly Change[] {
  const policy = resources.find(
    (r): r is ClusterPolicyResource => r.type === 'clusterPolicy' && r.kind === denial.kind && r.name === denial.name,
  );
  const flow = example && flowOf(stop, example);
  if (!policy || !flow || denial.index === undefined) return [];
  const actions = policy.kind === 'BaselineAdminNetworkPolicy' ? (['allow'] as const) : (['pass', 'allow'] as const);
  return actions.map((action) => insert(policy, denial, flow, action, resources));
}

interface Flow {
  readonly other: PodGroup;
  readonly selector: LabelSelector;
  readonly port: number;
  readonly protocol: Protocol;
}

function flowOf({ at, traffic }: PolicyHop, { source, target }: PairVerdict): Flow | undefined {
  const other = at === source ? target : source;
  const selector = other && !other.hostNetwork ? ownLabels(other) : undefined;
  const [port, protocol] = traffic.split('/');
  if (!other || !selector || Number.isNaN(Number(port))) return undefined;
  return { other, selector, port: Number(port), protocol: protocol as Protocol };
}

function insert(
  policy: ClusterPolicyResource,
  { direction, index = 0, origin }: RuleOrigin,
  flow: Flow,
  action: 'allow' | 'pass',
  resources: readonly Resource[],
): Change {
  const { other, selector, port, protocol } = flow;
  const rule: ClusterPolicyRule = {
    action,
    peers: [{ type: 'pods', namespaceSelector: inNamespace(other.namespace.name), podSelector: selector }],
    ports: [{ type: 'range', protocol, first: port, last: port }],
    field: ['spec', direction, index],
  };
  const rules = [...policy[direction].slice(0, index), rule, ...policy[direction].slice(index)];
  const verb = action === 'pass' ? 'leaves it to the NetworkPolicies' : 'accepts it';
  const add = isYaml(origin) ? yamlOf(policy, direction, flow, action) : programOf(direction, flow, action);
  return {
    fix: {
      summary: `put a rule before ${ruleField({ direction, index })} of ${policy.kind} ${policy.name} that ${verb}`,
      add,
    },
    resources: resources.map((r) => (r === policy ? { ...policy, [direction]: rules } : r)),
  };
}

/** Before ClusterNetworkPolicy the words for actions and ports were others. */
function yamlOf(
  { kind }: ClusterPolicyResource,
  direction: RuleOrigin['direction'],
  { other, selector, port, protocol }: Flow,
  action: 'allow' | 'pass',
): string {
  const isNew = kind === 'ClusterNetworkPolicy';
  const accept = isNew ? 'Accept' : 'Allow';
  const ports = isNew
    ? `protocols: [{ ${protocol.toLowerCase()}: { destinationPort: { number: ${port} } } }]`
    : `ports: [{ portNumber: { port: ${port}, protocol: ${protocol} } }]`;
  return [
    `- action: ${action === 'pass' ? 'Pass' : accept}`,
    `  ${direction === 'ingress' ? 'from' : 'to'}:`,
    '    - pods:',
    `        namespaceSelector: { matchLabels: ${labelsCode(inNamespace(other.namespace.name))} }`,
    `        podSelector: { matchLabels: ${labelsCode(selector)} }`,
    `  ${ports}`,
  ].join('\n');
}

function programOf(
  direction: RuleOrigin['direction'],
  { other, selector, port, protocol }: Flow,
  action: 'allow' | 'pass',
): string {
  const number = protocol === 'TCP' ? port : `Port.${protocol.toLowerCase()}(${port})`;
  const word = action === 'pass' ? 'Pass' : 'Accept';
  return `{ action: '${word}', ${direction === 'ingress' ? 'from' : 'to'}: [${podsCode(other, selector, '')}], ports: [${number}] }`;
}
