import type { PodGroup } from '../../model/cluster/workload';
import type { Network } from '../../model/network';
import type { PairVerdict } from '../../model/reach/verdict';
import type { Broken, Kept } from '../checked';
import type { Cause } from '../finding';
import type { Intent } from '../intent';
import type { Resolved } from '../resolve';

/** What was promised to get through does: by the rules on its way. */
export function kept(
  intent: Intent,
  subject: Resolved,
  target: { label: string },
  pairs: readonly PairVerdict[],
): Kept {
  const decidedBy = pairs.flatMap((pair) => pair.hops.flatMap((hop) => ('decidedBy' in hop ? hop.decidedBy : [])));
  return { kept: true, intent, subject: subject.label, target: target.label, decidedBy };
}

/** What was promised to stay out does: by the policies that isolate either end. */
export function keptOut(
  intent: Intent,
  subject: Resolved,
  target: { label: string },
  ends: { readonly leaving?: readonly PodGroup[]; readonly entering: readonly PodGroup[] },
  network: Network,
): Kept {
  const decidedBy = [
    ...(ends.leaving ?? []).flatMap((pod) => network.isolatorsOf('egress', pod)),
    ...ends.entering.flatMap((pod) => network.isolatorsOf('ingress', pod)),
  ];
  return { kept: true, intent, subject: subject.label, target: target.label, decidedBy };
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
