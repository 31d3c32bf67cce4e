import { wordingOf } from '../diagnostics/finding-wording';
import type { Cause, Finding, KeptPromise } from '../intents/finding';
import type { Intent } from '../intents/intent';
import { intentToJson } from '../intents/json/intent-json';
import type { Doubt } from '../model/values/ternary';
import { placeJson } from './place-json';
import { hopsJson } from './verdict-json';

/** A broken or undecided promise as other programs read it: see `schemas/check.schema.json`. */
export function findingJson(finding: Finding): object {
  const { code, id, severity, intent, subject, target, leadsTo, blame, example, offenders, fixes, also } = finding;
  const { title, label, why, advice } = wordingOf(finding);
  return {
    code,
    id,
    severity,
    title,
    ...promiseJson(intent),
    subject,
    target,
    leadsTo,
    blame: blame?.position ? { ...placeJson(blame), label } : undefined,
    way: hopsJson(example?.hops ?? []),
    offenders,
    why,
    fixes: fixes.map(({ summary, remove, add, left, brings }) => ({ summary, remove, add, left, brings })),
    advice,
    doubts: doubtsOf(finding.cause),
    also: also.map(promiseJson),
  };
}

/** A promise that holds, and what decided it. */
export function keptJson({ intent, subject, target, decidedBy, assuming }: KeptPromise): object {
  return { ...promiseJson(intent), subject, target, decidedBy, assuming: assuming.map(({ fact }) => fact) };
}

/** The promise in its JSON form, and where it stands. */
function promiseJson(intent: Intent): object {
  return { promise: intentToJson(intent), ...placeJson(intent.origin) };
}

function doubtsOf(cause: Cause): readonly Doubt[] {
  return cause.code === 'PTL904' ? cause.doubts.map(({ rule, wouldDecide }) => ({ rule, wouldDecide })) : [];
}
