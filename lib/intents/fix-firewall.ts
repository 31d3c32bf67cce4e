import { type FirewallRule, type FirewallSender, fieldOfFirewall } from '../model/cluster/node-firewall';
import type { NodeRole } from '../model/cluster/node-groups';
import type { ClusterProfile } from '../model/cluster/profile';
import { formatField } from '../model/manifest/reader/place';
import { CidrSet, formatCidr } from '../model/values/cidr-set';
import { PortSet } from '../model/values/port-set';
import { type Protocol, TrafficSet } from '../model/values/traffic-set';
import type { Candidate, FixContext } from './candidate';
import type { Broken } from './checked';
import type { Cause } from './finding';
import { isYaml, valueCode } from './fix-code';
import { resolveEndpoint } from './resolve';

type Admitted = Pick<FirewallRule, 'senders' | 'addresses' | 'traffic'>;

const HERE_AND_THERE = ', here and in what guards the nodes';

/** NET-01: a rule of the firewall for the very senders and the port. */
export function admitSender(
  { intent }: Broken,
  { stop: { role, traffic } }: Cause & { code: 'PTL332' },
  context: FixContext,
): readonly Candidate[] {
  if (!role || intent.subject.kind === 'url') return [];
  const { addresses, pods, node } = resolveEndpoint(intent.subject, context.network.cluster);
  return sendersOf(intent.subject.kind === 'internet', addresses, pods.length > 0, node !== undefined).map(
    (senders) => {
      const summary = `let them in to the nodes${HERE_AND_THERE}`;
      return admitting([role], { ...senders, traffic: trafficOf(traffic) }, summary, traffic, context);
    },
  );
}

/** NET-04: what pods send to nodes has their own address or that of their node. */
function sendersOf(
  isInternet: boolean,
  addresses: CidrSet,
  isPods: boolean,
  isNode: boolean,
): readonly Pick<Admitted, 'senders' | 'addresses'>[] {
  const called = (...words: readonly FirewallSender[]) => ({ senders: new Set(words), addresses: CidrSet.empty });
  if (isInternet) return [called('internet')];
  if (isNode) return [called('nodes')];
  if (isPods) return [called('pods'), called('pods', 'nodes')];
  return addresses.isEmpty ? [] : [{ senders: new Set<FirewallSender>(), addresses }];
}

/** NET-11: what the pod network sends from node to node. */
export function admitTunnels(context: FixContext): readonly Candidate[] {
  const shut = context.network
    .lints()
    .flatMap((lint) => (lint.code === 'PTL331' && lint.rule === 'NET-11' ? [lint] : []));
  const ports = [...new Set(shut.map(({ port }) => port))].filter((port) => /^\d+\/(?:TCP|UDP)$/.test(port));
  return ports.map((port) => {
    const roles = shut.filter((lint) => lint.port === port).map(({ role }) => role);
    const rule = { senders: new Set<FirewallSender>(['nodes']), addresses: CidrSet.empty, traffic: trafficOf(port) };
    const summary = `let nodes send each other what the pod network needs${HERE_AND_THERE}`;
    return admitting(roles, rule, summary, port, context);
  });
}

function admitting(
  roles: readonly NodeRole[],
  rule: Admitted,
  summary: string,
  ports: string,
  { profile }: FixContext,
): Candidate {
  const fields = [...new Set(roles)].map((role) => formatField(fieldOfFirewall(role)));
  const inYaml = isYaml(profile.originOf(['firewall']));
  const from = sendersCode(rule, inYaml);
  const code = `{ from: ${from}, ports: ${valueCode(ports, inYaml)} }`;
  return {
    fix: { summary: `${summary}: one more rule in ${fields.join(' and in ')}`, add: inYaml ? `- ${code}` : code },
    profile: roles.reduce(
      (all, role) => withRules(all, role, (rules) => [...rules, placed(rule, role, rules.length)]),
      profile,
    ),
  };
}

function placed(rule: Admitted, role: NodeRole, index: number): FirewallRule {
  return { ...rule, ipProtocols: new Set(), field: [...fieldOfFirewall(role), index] };
}

/** NET-01: the rule that lets somebody in, without the port, without one of its senders, or not at all. */
export function shutOut(
  { admitting: { rule: field, traffic } }: Cause & { code: 'PTL330' },
  { profile }: FixContext,
): readonly Candidate[] {
  const role = ROLES.find((each) => profile.firewall[each]?.some((rule) => isAt(rule, field)));
  const rule = role && profile.firewall[role]?.find((each) => isAt(each, field));
  if (!role || !rule) return [];
  const inYaml = isYaml(profile.originOf(rule.field));
  const name = formatField(rule.field) ?? '';
  const changed = (summary: string, remove: string | undefined, change: readonly FirewallRule[]): Candidate => ({
    fix: { summary: `${summary}${HERE_AND_THERE}`, remove },
    profile: withRules(profile, role, (rules) => rules.flatMap((each) => (each === rule ? change : [each]))),
  });
  const rest = rule.traffic.minus(trafficOf(traffic));
  const isPorts = !rest.isEmpty && TrafficSet.allPorts.covers(rule.traffic) && isListed(rule.traffic, traffic);
  const senders = [...rule.senders];
  return [
    ...(isPorts
      ? [changed(`leave the port out of ${name}`, valueCode(traffic, inYaml), [{ ...rule, traffic: rest }])]
      : []),
    ...(senders.length + (rule.addresses.isEmpty ? 0 : 1) > 1
      ? senders.map((sender) => {
          const others = new Set(senders.filter((each) => each !== sender));
          return changed(`leave ${sender} out of ${name}`, valueCode(sender, inYaml), [{ ...rule, senders: others }]);
        })
      : []),
    changed(`leave ${name} out`, undefined, []),
  ];
}

const ROLES: readonly NodeRole[] = ['control-plane', 'worker'];

function isAt({ field }: FirewallRule, other: FirewallRule['field'] | undefined): boolean {
  return other !== undefined && formatField(field) === formatField(other);
}

/** Whether the port may stand there by itself, in no range. */
function isListed(traffic: TrafficSet, text: string): boolean {
  const [port, protocol] = text.split('/');
  const { ranges } = traffic.ports(protocol as Protocol);
  return ranges.some(({ first, last }) => first === Number(port) && last === first);
}

function trafficOf(text: string): TrafficSet {
  const [port, protocol] = text.split('/');
  return TrafficSet.of(protocol as Protocol, PortSet.of(Number(port)));
}

function sendersCode({ senders, addresses }: Pick<Admitted, 'senders' | 'addresses'>, inYaml: boolean): string {
  const items = [...senders, ...addresses.toCidrs().map(formatCidr)].map((each) => valueCode(each, inYaml));
  return items.length === 1 ? items[0] : `[${items.join(', ')}]`;
}

function withRules(
  profile: ClusterProfile,
  role: NodeRole,
  change: (rules: readonly FirewallRule[]) => readonly FirewallRule[],
): ClusterProfile {
  return { ...profile, firewall: { ...profile.firewall, [role]: change(profile.firewall[role] ?? []) } };
}
