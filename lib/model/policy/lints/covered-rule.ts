import type { Lint } from '../../finding/lint';
import { blame } from '../../manifest/blame';
import type { NetworkPolicyResource } from '../../manifest/resources';
import { append, groupBy } from '../../values/group-by';
import type { Direction } from '../language';
import type { LintRule } from './context';
import { jointCover, singleCover } from './cover';
import { extentOf, type RuleExtent } from './extent';
import { ruleName, rulesOf } from './places';

/** PTL136: rules add up (NP-04), so that one whose every flow others let through adds nothing. */
export const coveredRule: LintRule = ({ networkPolicies, cluster }) => {
  const { endPort, namedPorts } = cluster.profile.capabilities;
  // NP-25: a plugin that does not read all of a rule lets other things through than the rule says.
  if (!endPort || !namedPorts) return [];
  return sharingSubject(networkPolicies).flatMap((policies) => {
    const all = policies.flatMap(rulesOf);
    return DIRECTIONS.flatMap((direction) => {
      const rules = all.filter((placed) => placed.direction === direction);
      return rules.length < 2 ? [] : covered(rules.flatMap((placed) => extentOf(placed) ?? []));
    });
  });
};

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

/**
 * INVARIANT: all that are told can go together: none counts as a cover any more once it is told itself. The last goes
 * first, so that of two equal rules the later is told; and parts go before the whole that they make up.
 */
function covered(rules: readonly RuleExtent[]): readonly Lint[] {
  const covers = new Map<RuleExtent, readonly RuleExtent[]>();
  for (const coverOf of [singleCover, jointCover]) {
    for (const rule of [...rules].reverse()) {
      if (covers.has(rule)) continue;
      const others = rules.filter((other) => other !== rule && !covers.has(other));
      const cover = coverOf(rule, others);
      if (cover) covers.set(rule, cover);
    }
  }
  return rules.flatMap((rule) => {
    const by = covers.get(rule);
    return by ? [lint(rule, by)] : [];
  });
}

/** Policies with several rules, of one namespace, whose selectors mean the same pods, in whatever words. */
function sharingSubject(policies: readonly NetworkPolicyResource[]): readonly (readonly NetworkPolicyResource[])[] {
  const groups: NetworkPolicyResource[][] = [];
  const alike = new Map<string, NetworkPolicyResource[][]>();
  for (const policy of policies) {
    const example = exampleKey(policy);
    const group = alike.get(example)?.find(([first]) => isSameSubject(first, policy));
    if (group) group.push(policy);
    else {
      const founded = [policy];
      groups.push(founded);
      append(alike, example, founded);
    }
  }
  const several = groups.filter(hasSeveralRules);
  return [...groupBy(several, ([{ namespace }]) => namespace).values()].flat();
}

/** One alone is covered by nobody. */
function hasSeveralRules(policies: readonly NetworkPolicyResource[]): boolean {
  let rules = 0;
  for (const { ingress, egress } of policies) rules += ingress.length + egress.length;
  return rules > 1;
}

/** INVARIANT: selectors that mean the same pods have the same example, as it depends on what is meant alone. */
function exampleKey({ namespace, podSelector }: NetworkPolicyResource): string {
  let key = namespace;
  for (const [label, value] of podSelector.example() ?? []) key += `\n${label}=${value}`;
  return key;
}

function isSameSubject({ podSelector: a }: NetworkPolicyResource, { podSelector: b }: NetworkPolicyResource): boolean {
  return a.equals(b) || (a.implies(b) && b.implies(a));
}

function lint({ placed }: RuleExtent, by: readonly RuleExtent[]): Lint {
  return {
    code: 'PTL136',
    severity: 'warning',
    ...blame(placed.policy, placed.rule.field),
    rule: ruleName(placed),
    by: by.map((each) => ruleName(each.placed)),
  };
}
