import type { Resource } from '../model/manifest/resources';
import { type RuleOrigin, ruleField } from '../model/policy/language';
import type { Change } from './change';
import type { Broken } from './checked';
import { isPolicy } from './diagnose';
import { isYaml, peerCode } from './fix-code';
import { editPolicy, editRule, ruleOf } from './policy-rules';

/**
 * NP-04: nothing takes back what a rule allows, so that the rule itself is to be narrowed: by the one peer that lets in, or
 * out, too much, or where it has no other, as a whole.
 */
export function narrowRules({ example }: Broken, resources: readonly Resource[]): readonly Change[] {
  const rules = (example?.hops ?? []).filter(isPolicy).flatMap(({ decidedBy }) => decidedBy);
  return leaveOut(rules, resources);
}

/** Likewise for rules that let something through in so many words. */
export function leaveOut(rules: readonly RuleOrigin[], resources: readonly Resource[]): readonly Change[] {
  const distinct = new Map(
    rules.map((rule) => [[rule.kind, rule.namespace, rule.name, rule.direction, rule.index].join(), rule]),
  );
  return [...distinct.values()].flatMap((rule) => narrowed(rule, resources));
}

function narrowed(origin: RuleOrigin, resources: readonly Resource[]): readonly Change[] {
  const rule = ruleOf(origin, resources);
  if (!rule) return [];
  const name = `${origin.namespace}/${origin.name}`;
  const without = rule.peers.map((peer, i): Change => {
    const peers = rule.peers.filter((_, at) => at !== i);
    const remove = peerCode(peer, isYaml(origin.origin));
    const fix = { summary: `leave this peer out of ${ruleField(origin)} of ${name}`, remove };
    return { fix, resources: editRule(origin, resources, (each) => ({ ...each, peers })) };
  });
  if (without.length > 1) return without;
  const [peer] = rule.peers;
  const removed = editPolicy(origin, resources, (policy) => ({
    ...policy,
    [origin.direction]: policy[origin.direction].filter((_, at) => at !== origin.index),
  }));
  const side = origin.direction === 'ingress' ? 'from' : 'to';
  const remove = `${side}: [${peer ? peerCode(peer, isYaml(origin.origin)) : 'anybody'}]`;
  // NP-07: whoever took out the peer alone would open the rule.
  const whole = peer ? ', not its peer alone: a rule without peers is for everybody' : '';
  return [{ fix: { summary: `leave ${ruleField(origin)} of ${name} out${whole}`, remove }, resources: removed }];
}
