import type { Cluster } from '../cluster/cluster';
import { type FirewallRule, fieldOfFirewall } from '../cluster/node-firewall';
import type { NodeRole } from '../cluster/node-groups';
import type { Origin } from '../finding/origin';
import { eitherOf, type Outcome } from '../policy/outcome';
import { type Doubt, distinctDoubts } from '../values/ternary';
import { TrafficSet } from '../values/traffic-set';
import type { Circumstances } from './flow';
import { mayBeOneNode, mayRunThere, meansSender, type Sender, sendersOf } from './node-senders';
import { type Dialled, type End, labelOf } from './policy-hops';
import type { FirewallHop } from './verdict';

const ROLES: readonly NodeRole[] = ['control-plane', 'worker'];

/** What guards the ports of a node, as one sender meets it (NET-01). */
export interface Guard {
  readonly outcome: Outcome;
  readonly doubts: readonly Doubt[];
  /** The rules that let him in, or may, those first that surely do. */
  readonly rules: readonly FirewallRule[];
  /** Of whose nodes it is; absent where nobody tells which of them it is. */
  readonly role?: NodeRole;
}

/**
 * What guards an end from a sender; `undefined` where it is no node, or nobody tells of a firewall and it is not asked for. What
 * a pod has of ports on its node's own network is guarded as the node is.
 */
export function guardOf(cluster: Cluster, from: End, to: End): Guard | undefined {
  const roles = rolesOf(cluster, to);
  if (roles.length === 0) return undefined;
  const guards = roles.map((role) => guardOfRole(cluster, from, role));
  const outcome = guards.map((guard) => guard.outcome).reduce(eitherOf);
  const doubts = distinctDoubts([
    ...guards.flatMap((guard) => guard.doubts),
    ...(roles.length > 1 ? [ROLE_DOUBT] : []),
  ]);
  const rules = guards.flatMap((guard) => guard.rules);
  const guard = { outcome, doubts, rules, role: roles.length === 1 ? roles[0] : undefined };
  return mayBeOneNode(cluster, from, to) ? openedBy(guard, OWN_NODE_DOUBT) : guard;
}

const ROLE_DOUBT: Doubt = {
  rule: 'NET-01',
  wouldDecide: 'the role of the node: `nodes` in the cluster profile, or the labels of its Node object',
};

function rolesOf(cluster: Cluster, to: End): readonly NodeRole[] {
  if ('addresses' in to && to.guarded) return [to.guarded];
  const { firewall } = cluster.profile;
  if (ROLES.every((role) => firewall[role] === undefined)) return [];
  const node = 'pod' in to ? (to.pod.hostNetwork ? (to.pod.nodeName ?? '') : undefined) : to.node;
  if (node === undefined) return [];
  const role = cluster.addresses.node(node)?.role;
  return role ? [role] : ROLES;
}

function guardOfRole(cluster: Cluster, from: End, role: NodeRole): Omit<Guard, 'role'> {
  const rules = cluster.profile.firewall[role];
  if (!rules) return { outcome: ANYTHING, doubts: [undeclared(role)], rules: [] };
  const { ways, doubts } = sendersOf(from, cluster);
  const met = ways.map((sender) => meet(rules, sender, cluster));
  const isDivided = new Set(met.map(({ outcome }) => `${outcome.mayAllow.key}${outcome.mayDeny.key}`)).size > 1;
  const guard = {
    outcome: met.map(({ outcome }) => outcome).reduce(eitherOf),
    doubts: [...met.flatMap((each) => each.doubts), ...(isDivided ? doubts : [])],
    rules: [...new Set(met.flatMap((each) => each.rules))],
  };
  const others = hostPolicies(cluster);
  if (others.length === 0) return guard;
  return { ...guard, outcome: { ...guard.outcome, mayDeny: TrafficSet.all }, doubts: [...guard.doubts, ...others] };
}

const ANYTHING: Outcome = { mayAllow: TrafficSet.all, mayDeny: TrafficSet.all };

function undeclared(role: NodeRole): Doubt {
  const key = fieldOfFirewall(role).join('.');
  return { rule: 'NET-01', wouldDecide: `a \`${key}\` in the cluster profile: what is let in to ${nodesText(role)}` };
}

/** In a sentence. */
export function nodesText(role: NodeRole): string {
  return role === 'worker' ? 'the workers' : 'the nodes of the control plane';
}

function meet(rules: readonly FirewallRule[], sender: Sender, cluster: Cluster): Omit<Guard, 'role'> {
  const answers = rules.map((rule) => ({ rule, answer: meansSender(rule, sender, cluster) }));
  const union = (all: readonly { rule: FirewallRule }[]) =>
    all.reduce((sum, { rule }) => sum.union(rule.traffic), TrafficSet.empty);
  const sure = answers.filter(({ answer }) => answer === 'yes');
  const open = answers.filter(({ answer }) => typeof answer === 'object');
  const must = union(sure);
  return {
    outcome: { mayAllow: must.union(union(open)), mayDeny: TrafficSet.all.minus(must) },
    doubts: open.flatMap(({ answer }) => (typeof answer === 'object' ? [answer] : [])),
    rules: [...sure, ...open].map(({ rule }) => rule),
  };
}

/** Policies for nodes themselves are not modelled: they may shut what the firewall lets in, and open nothing that it shuts. */
function hostPolicies({ unmodelled }: Cluster): readonly Doubt[] {
  const may = unmodelled.filter(({ concern, kind, spec }) => {
    if (concern !== 'policy') return false;
    const isCilium = kind === 'CiliumClusterwideNetworkPolicy';
    return kind === 'GlobalNetworkPolicy' || (isCilium && JSON.stringify(spec).includes('"nodeSelector"'));
  });
  return may.map(({ kind, name }) => ({ rule: 'NET-01', wouldDecide: `whether ${kind} ${name} shuts ports of nodes` }));
}

const OWN_NODE_DOUBT: Doubt = {
  rule: 'NP-30',
  wouldDecide:
    'whether what guards the node stands before it or on it: what comes from the node itself passes only the latter',
};

function openedBy(guard: Guard, doubt: Doubt): Guard {
  const { outcome, doubts } = guard;
  return { ...guard, outcome: { ...outcome, mayAllow: TrafficSet.all }, doubts: [...doubts, doubt] };
}

const PLACE_DOUBT: Doubt = {
  rule: 'NP-30',
  wouldDecide: 'on which node the pod runs: what stands before a node does not see what comes from the node itself',
};

/** Likewise where a pod that no manifest binds to a node may be on that one. */
export function guardOfAnyPlace(cluster: Cluster, from: End, to: End): Guard | undefined {
  const guard = guardOf(cluster, from, to);
  return guard && mayRunThere(cluster, from, to) ? openedBy(guard, PLACE_DOUBT) : guard;
}

/** What guards a node as a hop of the way to one port of it. */
export function firewallHop(
  cluster: Cluster,
  from: End,
  to: End,
  dialled: Dialled,
  { ownNode, runsElsewhere }: Pick<Circumstances, 'ownNode' | 'runsElsewhere'>,
): readonly FirewallHop[] {
  const isElsewhere = runsElsewhere || ownNode === 'left-out';
  const guard = isElsewhere ? guardOf(cluster, from, to) : guardOfAnyPlace(cluster, from, to);
  return guard ? [hopOf(guard, cluster, labelOf(to), dialled)] : [];
}

/** The same where the guard is known. */
export function hopOf(guard: Guard, { profile }: Cluster, at: string, { protocol, port }: Dialled): FirewallHop {
  const { outcome, doubts, rules, role } = guard;
  const isOpen = outcome.mayAllow.hasPort(protocol, port);
  const isShut = outcome.mayDeny.hasPort(protocol, port);
  const decision = !isOpen ? 'stops' : isShut ? 'unknown' : 'passes';
  const rule = isOpen ? rules.find(({ traffic }) => traffic.hasPort(protocol, port)) : undefined;
  const field = rule?.field ?? (role && profile.firewall[role] ? fieldOfFirewall(role) : undefined);
  const origin: Origin | undefined = field && profile.originOf(field);
  return {
    hop: 'node-firewall',
    decision,
    at,
    role,
    traffic: `${port}/${protocol}`,
    rule: rule?.field,
    origin,
    doubts: decision === 'unknown' ? doubts : [],
  };
}
