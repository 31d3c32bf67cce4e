import type { ObjectName, RuleName } from '../../model/finding/lint';
import { ruleField } from '../../model/policy/language';
import { listed } from '../reason';
import { quoted } from './wording';

/** What a lint says, beside its place. */
export interface LintWording {
  /** Which policy, and what is wrong with it. One line. */
  readonly title: string;
  /** A word at the line that is to blame. */
  readonly label: string;
  /** The Kubernetes rule that applies, with its number. */
  readonly why: string;
  readonly fix: string;
}

/** `shop/db-clients`, with the kind where it is no NetworkPolicy. */
export function policyText({ kind, namespace, name }: ObjectName): string {
  return kind === 'NetworkPolicy' ? quoted(`${namespace}/${name}`) : `${kind} ${quoted(name)}`;
}

/** `ingress[0]`, with its policy where that is another one. */
export function ruleText({ direction, index, ...policy }: RuleName, of: ObjectName): string {
  const rule = ruleField({ direction, index });
  const isOwn = policy.kind === of.kind && policy.namespace === of.namespace && policy.name === of.name;
  return isOwn ? rule : `${rule} of ${policyText(policy)}`;
}

export function rulesText(rules: readonly RuleName[], of: ObjectName): string {
  return listed(rules.map((rule) => ruleText(rule, of)));
}

/** `none of the 3 workloads there has app=databse`. */
export function noneHas(count: number, noun: string, label: string): string {
  return count === 1 ? `the only ${noun} does not have ${label}` : `none of the ${count} ${noun}s has ${label}`;
}
