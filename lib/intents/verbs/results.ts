import type { PairVerdict } from '../../model/reach/verdict';
import type { Broken, Kept } from '../checked';
import type { Cause } from '../finding';
import type { Intent } from '../intent';
import type { Resolved } from '../resolve';

export function kept(
  intent: Intent,
  subject: Resolved,
  target: { label: string },
  pairs: readonly PairVerdict[],
): Kept {
  return { kept: true, intent, subject: subject.label, target: target.label, pairs };
}

export function broken(intent: Intent, subject: { label: string }, target: { label: string }, cause: Cause): Broken {
  return { kept: false, intent, subject: subject.label, target: target.label, cause, offenders: [] };
}

/** A promise about nothing would hold whatever the cluster does, so it is refused. */
export function vacuous(
  intent: Intent,
  empty: Resolved,
  role: 'subject' | 'target',
  other: { readonly label: string },
): Broken {
  const { problem, didYouMean } = empty.nothing ?? { problem: 'it stands for no pod', didYouMean: undefined };
  const [subject, target] = role === 'subject' ? [empty, other] : [other, empty];
  return broken(intent, subject, target, { code: 'PTL901', role, problem, didYouMean });
}
