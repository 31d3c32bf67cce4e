import type { Lint } from '../../finding/lint';
import { blame } from '../../manifest/blame';
import type { LintRule } from './context';
import { jointCover, singleCover } from './cover';
import { extentOf, type RuleExtent, selectionCovers } from './extent';
import { type PlacedRule, ruleName, rulesOfClusterPolicy, subjectOf } from './places';

/** PTL140: in a tier the first rule that matches decides (NP-43), so that one whose every flow is decided before never does. */
export const shadowedRule: LintRule = ({ clusterPolicies }) => {
  const rules = clusterPolicies.flatMap(rulesOfClusterPolicy).flatMap((placed) => {
    const extent = extentOf(placed);
    return extent ? [{ placed, extent }] : [];
  });
  return rules.flatMap(({ placed, extent }): readonly Lint[] => {
    const before = rules.filter((other) => isBefore(other.placed, placed)).map((other) => other.extent);
    const cover = singleCover(extent, before) ?? jointCover(extent, before);
    return cover ? [lint(placed, cover)] : [];
  });
};

/** Whether a rule always comes first: of the same policy, or of one of lower number for at least the same subject. */
function isBefore(first: ReturnType<typeof rulesOfClusterPolicy>[number], then: typeof first): boolean {
  if (first.direction !== then.direction) return false;
  if (first.policy === then.policy) return first.index < then.index;
  return (
    first.policy.tier === then.policy.tier &&
    first.policy.priority < then.policy.priority &&
    selectionCovers(subjectOf(first.policy).selection, subjectOf(then.policy).selection)
  );
}

function lint(placed: PlacedRule, by: readonly RuleExtent[]): Lint {
  return {
    code: 'PTL140',
    severity: 'warning',
    ...blame(placed.policy, placed.rule.field),
    rule: ruleName(placed),
    by: by.map((each) => ruleName(each.placed)),
  };
}
