import type { NetworkPolicyResource } from '../../manifest/resources';
import type { Direction } from '../language';
import type { LintRule } from './context';
import { coverOf } from './cover';
import { extentOf, type RuleExtent } from './extent';
import type { Lint } from './lint';
import { blame, ruleName, rulesOf } from './places';

/** PTL136: rules add up (NP-04), so that one whose every flow others let through adds nothing. */
export const coveredRule: LintRule = ({ networkPolicies, cluster }) => {
  const { endPort, namedPorts } = cluster.profile.capabilities;
  // NP-25: a plugin that does not read all of a rule lets other things through than the rule says.
  if (!endPort || !namedPorts) return [];
  return sharingSubject(networkPolicies).flatMap((policies) =>
    (['ingress', 'egress'] satisfies Direction[]).flatMap((direction) => {
      const rules = policies.flatMap(rulesOf).filter((placed) => placed.direction === direction);
      return covered(rules.flatMap((placed) => extentOf(placed) ?? []));
    }),
  );
};

/**
 * INVARIANT: all that are told can go together. So the last goes first: of two equal rules the later is told, and none
 * counts as a cover any more once it is told itself.
 */
function covered(rules: readonly RuleExtent[]): readonly Lint[] {
  const lints: Lint[] = [];
  let kept = rules;
  for (const rule of [...rules].reverse()) {
    const others = kept.filter((other) => other !== rule);
    const cover = coverOf(rule, others);
    if (!cover) continue;
    kept = others;
    lints.unshift(lint(rule, cover));
  }
  return lints;
}

/** Policies of one namespace whose selectors mean the same pods, in whatever words. */
function sharingSubject(policies: readonly NetworkPolicyResource[]): readonly (readonly NetworkPolicyResource[])[] {
  const groups = new Map<string, NetworkPolicyResource[][]>();
  for (const policy of policies) {
    const ofNamespace = groups.get(policy.namespace) ?? [];
    groups.set(policy.namespace, ofNamespace);
    const group = ofNamespace.find(([first]) => isSameSubject(first, policy));
    if (group) group.push(policy);
    else ofNamespace.push([policy]);
  }
  return [...groups.values()].flat();
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
