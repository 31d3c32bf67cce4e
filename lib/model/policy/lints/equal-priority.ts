import type { Lint } from '../../finding/lint';
import { blame } from '../../manifest/blame';
import type { ClusterPolicyPeer, ClusterPolicyResource, ClusterPolicyRule } from '../../manifest/resources';
import { PortSet } from '../../values/port-set';
import { TrafficSet } from '../../values/traffic-set';
import type { Direction } from '../language';
import type { LintContext, LintRule } from './context';
import { addressEnds, differ, type End, isMeant, isSelected, podsOfBoth } from './ends';
import { numbersOf } from './extent';
import { type PlacedRule, ruleName, rulesOfClusterPolicy, subjectOf } from './places';

type Placed = PlacedRule<ClusterPolicyResource>;

/**
 * PTL141: policies of one tier with the same priority have no order (NP-43). Where both decide the same flow and differ,
 * nobody can know what happens to it.
 */
export const equalPriority: LintRule = (context) =>
  context.clusterPolicies.flatMap((second, i) =>
    context.clusterPolicies.slice(0, i).flatMap((first) => {
      if (first.tier !== second.tier || first.priority !== second.priority) return [];
      const conflict = conflictOf(first, second, context);
      return conflict ? [lint(first, second, conflict)] : [];
    }),
  );

interface Conflict {
  readonly first: Placed;
  readonly second: Placed;
  readonly subject: End;
  readonly peer: End;
  readonly traffic: TrafficSet;
}

/** Prefers a conflict between ends that are declared. */
function conflictOf(first: ClusterPolicyResource, second: ClusterPolicyResource, context: LintContext) {
  const subjects = podsOfBoth(subjectOf(first).selection, subjectOf(second).selection, context);
  let possible: Conflict | undefined;
  for (const [a, b] of differingPairs(first, second)) {
    for (const peer of peersOfBoth(a.rule, b.rule, context)) {
      for (const subject of subjects) {
        const found = tried({ first: a, second: b, subject, peer }, context);
        if (found && isCertain(found)) return found;
        possible ??= found;
      }
    }
  }
  return possible;
}

function differingPairs(
  first: ClusterPolicyResource,
  second: ClusterPolicyResource,
): readonly (readonly [Placed, Placed])[] {
  const others = rulesOfClusterPolicy(second);
  return rulesOfClusterPolicy(first).flatMap((a) =>
    others.filter((b) => a.direction === b.direction && a.rule.action !== b.rule.action).map((b) => [a, b] as const),
  );
}

function peersOfBoth(a: ClusterPolicyRule, b: ClusterPolicyRule, context: LintContext): readonly End[] {
  return a.peers.flatMap((one) => b.peers.flatMap((other) => endsOfBoth(one, other, context)));
}

function endsOfBoth(one: ClusterPolicyPeer, other: ClusterPolicyPeer, context: LintContext): readonly End[] {
  if (one.type === 'pods' && other.type === 'pods') {
    const selections = [one, other].map((peer) => ({ pods: peer.podSelector, namespaces: peer.namespaceSelector }));
    return podsOfBoth(selections[0], selections[1], context);
  }
  if (one.type !== 'networks' || other.type !== 'networks') return [];
  const shared = one.addresses.intersect(other.addresses);
  return shared.isEmpty ? [] : addressEnds(shared, context);
}

/**
 * Whether one surely lets through what the other denies. What becomes of a Pass the tiers below say, perhaps the same; and
 * what a Baseline tier answers is often not asked for, as an Admin tier or a NetworkPolicy has answered before (NP-43).
 */
function isCertain({ first, second, subject, peer }: Conflict): boolean {
  const isFinal = first.policy.tier === 'Admin' && first.rule.action !== 'pass' && second.rule.action !== 'pass';
  return isFinal && subject.isDeclared && peer.isDeclared && differ(subject, peer) === 'yes';
}

/** Whether both rules are the ones that decide some traffic between these ends, and none of the policies before does. */
function tried(attempt: Omit<Conflict, 'traffic'>, context: LintContext): Conflict | undefined {
  const { first, second, subject, peer } = attempt;
  if (differ(subject, peer) === 'no') return undefined;
  const decided = decidedBefore(attempt, context);
  if (!decided) return undefined;
  const [byFirst, bySecond] = [first, second].map((placed) => decisionOf(placed, subject, peer));
  if (!byFirst || !bySecond) return undefined;
  // NP-27: what becomes of anything but TCP, UDP and SCTP is open anyway.
  const traffic = byFirst.intersect(bySecond).minus(decided).intersect(TrafficSet.allPorts);
  return traffic.isEmpty ? undefined : { ...attempt, traffic };
}

/** What policies of a lower number decide; `undefined` where that can't be known. */
function decidedBefore(
  { first, subject, peer }: Omit<Conflict, 'traffic'>,
  context: LintContext,
): TrafficSet | undefined {
  let decided = TrafficSet.empty;
  for (const policy of context.clusterPolicies) {
    if (policy.tier !== first.policy.tier || policy.priority >= first.policy.priority) continue;
    const match = subject.type === 'pod' ? isSelected(subject.pod, subjectOf(policy).selection) : 'no';
    if (match === 'no') continue;
    for (const rule of policy[first.direction]) {
      const traffic = match === 'yes' ? trafficOf(rule, first.direction, subject, peer) : undefined;
      if (!traffic) return undefined;
      decided = decided.union(traffic);
    }
  }
  return decided;
}

/** What a rule decides within its own policy: rules before it come first. */
function decisionOf({ policy, direction, index, rule }: Placed, subject: End, peer: End): TrafficSet | undefined {
  let open = trafficOf(rule, direction, subject, peer);
  for (const before of policy[direction].slice(0, index)) {
    const taken = trafficOf(before, direction, subject, peer);
    open = open && taken && open.minus(taken);
  }
  return open;
}

/** The traffic of a rule between two ends; `undefined` where that can't be known. */
function trafficOf(rule: ClusterPolicyRule, direction: Direction, subject: End, peer: End): TrafficSet | undefined {
  const matches = rule.peers.map((each) => isMeant(peer, each));
  if (matches.includes('yes')) return portsOf(rule, direction === 'ingress' ? subject : peer);
  return matches.includes('maybe') ? undefined : TrafficSet.empty;
}

/** NP-21, NP-22: names are those of the pod that receives. */
function portsOf({ ports }: ClusterPolicyRule, destination: End): TrafficSet | undefined {
  if (ports.length === 0) return TrafficSet.all;
  if (ports.some(({ type }) => type === 'unknown')) return undefined;
  const declared = destination.type === 'pod' ? destination.pod.ports : [];
  return ports.reduce((sum, port) => {
    if (port.type !== 'named') return sum.union(numbersOf(port));
    const named = declared.filter(({ name }) => name === port.name);
    return named.reduce((all, { protocol, port }) => all.union(TrafficSet.of(protocol, PortSet.of(port))), sum);
  }, TrafficSet.empty);
}

function lint(first: ClusterPolicyResource, second: ClusterPolicyResource, conflict: Conflict): Lint {
  const { subject, peer, traffic } = conflict;
  return {
    code: 'PTL141',
    severity: isCertain(conflict) ? 'error' : 'warning',
    ...blame(second, ['spec', 'priority']),
    tier: first.tier,
    priority: first.priority,
    rule: ruleName(conflict.second),
    other: ruleName(conflict.first),
    actions: [conflict.second.rule.action, conflict.first.rule.action],
    subject: subject.text,
    peer: peer.text,
    traffic: traffic.toString(),
  };
}
