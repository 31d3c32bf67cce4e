import { fabricDetails } from '../diagnostics/fabric-text';
import { doubtText, EXEMPTIONS, hopClause, mostTelling, policyName, reasonOf } from '../diagnostics/reason';
import { type RuleOrigin, ruleField } from '../model/policy/language';
import { podLabel } from '../model/reach/policy-hops';
import type { Hop, PolicyHop, Verdict } from '../model/reach/verdict';

/** The verdict for people: the reason in one line, then the way hop by hop. */
export function* verdictText(verdict: Verdict): Iterable<string> {
  yield reasonOf(verdict);
  const pair = mostTelling(verdict);
  if (!pair || pair.hops.length === 0) return;
  yield '';
  yield `the way from ${pair.from} to ${pair.to}`;
  for (const hop of pair.hops) yield* hopText(hop);
  if (verdict.endpoints.length > 0) yield `answered by ${verdict.endpoints.join(', ')}`;
}

function* hopText(hop: Hop): Iterable<string> {
  const decision = hop.decision.padEnd(7);
  if (hop.hop === 'lookup' || hop.hop === 'service' || hop.hop === 'node-firewall') {
    yield `  ${decision}  ${hopClause(hop)}`;
    if (hop.hop === 'service' && hop.proxy?.node !== undefined) {
      yield `${INDENT}at its ${hop.proxy.via}, by kube-proxy on node/${hop.proxy.node}`;
    }
    return;
  }
  if (hop.hop === 'fabric') {
    yield `  ${decision}  ${hopClause(hop)}`;
    for (const detail of fabricDetails(hop)) yield `${INDENT}${detail}`;
    return;
  }
  const direction = hop.hop === 'egress-policy' ? 'leaving' : 'entering';
  yield `  ${decision}  ${direction} ${podLabel(hop.at)}, ${hop.traffic}`;
  yield* policyText(hop);
}

function* policyText(hop: PolicyHop): Iterable<string> {
  yield* tiersText(hop);
  if (hop.exempt) yield `${INDENT}${EXEMPTIONS[hop.exempt]}, whatever policies say`;
  else if (hop.decision === 'passes' && hop.decidedBy.length === 0) yield `${INDENT}nothing restricts it`;
  for (const rule of hop.decidedBy) yield `${INDENT}${decidingWords(hop, rule)} ${ruleText(rule)}`;
  for (const { rule, wants, missed } of hop.nearMisses) {
    const wanted =
      missed === 'traffic' ? wants.traffic : missed === 'peer' ? wants.peer : `${wants.peer}, ${wants.traffic}`;
    yield `${INDENT}no match: ${ruleText(rule)} wants ${wanted}`;
  }
  for (const doubt of hop.doubts) yield `${INDENT}would decide it: ${doubtText(doubt)}`;
}

/** The tiers before the one that decided: who passed it on, and where no rule spoke of it. */
function* tiersText({ tiers, decidedBy }: PolicyHop): Iterable<string> {
  const before = decidedBy.length > 0 ? tiers.slice(0, -1) : tiers;
  for (const { tier, result, by } of before) {
    if (result === 'silent') yield `${INDENT}no rule of tier ${tier} speaks of it`;
    if (result === 'passes') for (const rule of by) yield `${INDENT}passed on by tier ${tier}: ${ruleText(rule)}`;
  }
}

function decidingWords({ decision }: PolicyHop, rule: RuleOrigin): string {
  const isRule = rule.index !== undefined;
  return { passes: 'allowed by', stops: isRule ? 'denied by' : 'not allowed by', unknown: 'may be decided by' }[
    decision
  ];
}

const INDENT = ' '.repeat(11);

function ruleText(rule: RuleOrigin): string {
  const { position, construct } = rule.origin;
  const place = position ? `${position.file}:${position.line}:${position.column}` : construct;
  const index = rule.index === undefined ? '' : ` ${ruleField(rule)}`;
  return `${policyName(rule)}${index}${place === undefined ? '' : ` (${place})`}`;
}
