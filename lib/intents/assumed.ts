import type { Broken, Checked, Kept } from './checked';
import type { Intent } from './intent';
import { type Assumption, isBelow } from './waivers';

/**
 * Promises of which nothing is surely wrong hold where all that leaves them open is assumed to be in their favour. A fact is
 * true or it is not: an assumption that one promise needs for something to get through and another for something to stay out
 * answers neither.
 */
export function settledBy(checked: readonly Checked[], assumptions: readonly Assumption[]): readonly Checked[] {
  if (assumptions.length === 0) return checked;
  const answers = new Map<Checked, readonly Assumption[]>();
  for (const one of checked) {
    const found = one.kept ? undefined : answersTo(one, assumptions);
    if (found) answers.set(one, found);
  }
  const torn = new Set(assumptions.filter((assumption) => isTorn(assumption, answers)));
  return checked.map((one) => {
    const found = answers.get(one);
    return found && !found.some((assumption) => torn.has(assumption)) ? keptBy(one, found) : one;
  });
}

function answersTo(open: Broken, assumptions: readonly Assumption[]): readonly Assumption[] | undefined {
  const own = assumptions.filter(({ scope }) => isBelow(open.intent.origin.construct, scope));
  const answers = doubtsOf(open).map(({ rule }) => own.find(({ fact }) => fact === rule));
  if (answers.length === 0 || answers.includes(undefined)) return undefined;
  return [...new Set(answers)] as readonly Assumption[];
}

/** INVARIANT: a verb that finds several things open tells all of them in `doubts`; one alone stands in the cause. */
function doubtsOf({ doubts, cause }: Broken): readonly { readonly rule: string }[] {
  if (cause.code !== 'PTL904' && cause.code !== 'PTL302') return [];
  if (doubts) return doubts;
  return cause.code === 'PTL904' ? cause.doubts : [];
}

function isTorn(assumption: Assumption, answers: ReadonlyMap<Checked, readonly Assumption[]>): boolean {
  const wants = [...answers].flatMap(([{ intent }, found]) => (found.includes(assumption) ? wantsOf(intent) : []));
  return new Set(wants).size > 1;
}

/** What a promise needs to be so: that something gets through, or that it stays out. */
function wantsOf(intent: Intent): readonly ('through' | 'out')[] {
  switch (intent.verb) {
    case 'toReach':
    case 'toBeExposedTo':
    case 'toResolve':
    case 'toRouteTo':
    case 'toRedirectTo':
      return [intent.negated ? 'out' : 'through'];
    case 'toReachOnly':
    case 'toBeReachedOnlyBy':
    case 'toBeIsolated':
      return ['out'];
    case 'toPassThrough':
      return ['out', 'through'];
    case 'toTerminateTls':
      return ['through'];
    case 'none':
      return [];
  }
}

function keptBy({ intent, subject, target }: Checked, assuming: readonly Assumption[]): Kept {
  return { kept: true, intent, subject, target, decidedBy: () => [], assuming };
}
