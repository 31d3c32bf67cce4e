import type { LintOf } from '../../model/finding/lint';
import { type LintWording, policyText, rulesText, ruleText } from './lint-words';
import { oneOf, quoted } from './wording';

type AdministrationLint = LintOf<'PTL140' | 'PTL141' | 'PTL142'>;

/** Lints about the administrators' policies and their order. */
export function administrationWording(lint: AdministrationLint): LintWording {
  const policy = policyText(lint.object);
  switch (lint.code) {
    case 'PTL140':
      return {
        title: `${policy} has an ${lint.rule.direction} rule that never decides: others come first`,
        label: `decided before by ${rulesText(lint.by, lint.object)}`,
        why: 'In a tier the first rule that matches decides: policies by priority, the lowest number first, and in a policy from top to bottom (NP-43). Nothing is left for this one.',
        fix: 'leave it out, or put it before the rules that cover it',
      };
    case 'PTL141':
      return disagreement(lint);
    case 'PTL142':
      return {
        title: `${policy} has a ${lint.what} that this version of its API does not know: ${oneOf(lint.keys)}`,
        label: 'not known yet',
        why: `An implementation that does not know a ${lint.what} must fail closed: ${failsClosed(lint.action)} (NP-43).`,
        fix: `make sure that the cluster's version of the API knows ${oneOf(lint.keys)}`,
      };
  }
}

function disagreement(lint: LintOf<'PTL141'>): LintWording {
  const { object, tier, priority, rule, other, actions, subject, peer, traffic } = lint;
  const [from, to] = rule.direction === 'egress' ? [subject, peer] : [peer, subject];
  return {
    title: `${policyText(object)} and ${policyText(other)} have one priority and disagree`,
    label: `as ${policyText(other)}, so that neither comes first`,
    why: `Policies of tier ${tier} with the same priority, ${priority}, have no order (NP-43). For ${traffic === 'All Connections' ? 'everything' : traffic} from ${quoted(from)} to ${quoted(to)}, ${ruleText(rule, object)} says ${actions[0]}, ${ruleText(other, object)} says ${actions[1]}.`,
    fix: 'give them different priorities: the lower number comes first',
  };
}

function failsClosed(action: LintOf<'PTL142'>['action']): string {
  return action === 'allow'
    ? 'the rule then lets nothing through'
    : 'the rule then denies everything, more than it was meant to';
}
