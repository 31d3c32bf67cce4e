import type { PodGroup } from '../../model/cluster/workload';
import type { UnmodelledResource } from '../../model/manifest/resources';
import type { Network } from '../../model/network';
import type { PairVerdict } from '../../model/reach/verdict';
import { type Doubt, distinctDoubts } from '../../model/values/ternary';
import type { Broken, Kept } from '../checked';
import { type BreachCode, causeOfBreach, objectName } from '../diagnose';
import { withoutEchoes } from '../echoes';
import type { Cause } from '../finding';
import type { Intent } from '../intent';
import type { Resolved } from '../resolve';
import { type Breach, doubtsAbout } from '../ways';

/**
 * What was promised to get through does: by the rules on its way.
 * @param ways what to walk for these rules, once somebody asks
 */
export function kept(
  intent: Intent,
  subject: { readonly label: string },
  target: { label: string },
  ways: () => readonly PairVerdict[],
): Kept {
  const decidedBy = () =>
    ways().flatMap(({ hops }) => hops.flatMap((hop) => ('decidedBy' in hop ? hop.decidedBy : [])));
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
  const decidedBy = () => [
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

/** Whom a finding lists: who gets through where something was to stay out, else where to. */
const LISTS_TARGETS: ReadonlySet<BreachCode> = new Set<BreachCode>(['PTL114', 'PTL120']);

/**
 * The finding for ways that are open, or may be: the surest one is its example.
 * @param beside what else leaves the promise open, whatever those ways are
 */
export function brokenBy(
  intent: Intent,
  subject: { readonly label: string },
  target: { readonly label: string },
  breaches: readonly Breach[],
  code: BreachCode,
  network: Network,
  beside: readonly Doubt[] = [],
): Broken {
  const open = breaches.filter((breach) => breach.pair.outcome === 'allowed');
  const telling = byInterest(withoutEchoes(open.length > 0 ? open : breaches, network));
  const [shown] = telling;
  const { cause, blame } = causeOfBreach(shown, code, network);
  const end = LISTS_TARGETS.has(code) ? 'to' : 'from';
  const offenders = [...new Set(telling.map((breach) => breach.pair[end]))];
  const doubts = open.length > 0 ? undefined : distinctDoubts([...beside, ...breaches.flatMap(doubtsAbout)]);
  return { ...broken(intent, subject, target, cause), blame, example: shown.pair, offenders, doubts };
}

/** Those first that an author knows: declared pods, then all outside, pods of others, nodes, and what the cluster brings along. */
function byInterest(breaches: readonly Breach[]): readonly Breach[] {
  const rank = (pod: PodGroup | undefined, label: string) => {
    if (pod) return { declared: 0, stranger: 2, assumed: 4 }[pod.provenance];
    return label.endsWith('node') ? 3 : 1;
  };
  const rankOf = ({ pair: { source, target, from, to } }: Breach) => Math.max(rank(source, from), rank(target, to));
  return [...breaches].sort((a, b) => rankOf(a) - rankOf(b));
}

/** What nobody can know. */
export function undecided(
  intent: Intent,
  subject: { readonly label: string },
  target: { readonly label: string },
  doubts: readonly Doubt[],
): Broken {
  return broken(intent, subject, target, { code: 'PTL904', doubts });
}

/** Of several ways one is enough: one that is open, else one that may be. */
export function bestOf(ways: readonly PairVerdict[]): PairVerdict {
  return (
    ways.find(({ outcome }) => outcome === 'allowed') ?? ways.find(({ outcome }) => outcome === 'unknown') ?? ways[0]
  );
}

/** All that leaves pairs open which were to pass; `undefined` where one of them is surely shut. */
export function doubtsOfUnknown(pairs: readonly PairVerdict[]): readonly Doubt[] | undefined {
  if (pairs.some(({ outcome }) => outcome === 'denied')) return undefined;
  return distinctDoubts(pairs.filter(({ outcome }) => outcome === 'unknown').flatMap(({ doubts }) => doubts));
}

/** Kinds that are not modelled may lead somebody there. */
export function brokenByRoutes(
  intent: Intent,
  subject: { readonly label: string },
  target: { readonly label: string },
  routed: readonly UnmodelledResource[],
  doubts: readonly Doubt[],
): Broken {
  const kinds = [...new Set(routed.map(objectName))];
  return { ...broken(intent, subject, target, { code: 'PTL302', kinds }), blame: routed[0].origin, doubts };
}

/** A list of targets that has none yet when promises are checked. */
export function aboutNoTarget(intent: Intent, subject: Resolved): Broken {
  const cause = { code: 'PTL901', role: 'target', problem: 'it lists no target' } as const;
  return broken(intent, subject, { label: 'nobody' }, cause);
}
