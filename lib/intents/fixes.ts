import type { Lint } from '../model/finding/lint';
import type { Network } from '../model/network';
import { groupBy } from '../model/values/group-by';
import type { Candidate, FixContext } from './candidate';
import { candidatesFor } from './candidates';
import type { Broken, Checked } from './checked';
import type { Fix } from './finding';
import { networkFor } from './judge';
import { lintId, withoutPresumed } from './waivers';

/**
 * The fixes that the model has tried for promises of one root cause: the first of them then holds, and so does every promise
 * that held before.
 */
export function fixesFor(group: readonly Broken[], context: FixContext): readonly Fix[] {
  const shown = new Map<string, Fix>();
  for (const candidate of candidatesFor(group[0], context).slice(0, MOST_TRIED)) {
    const { fix, choice = JSON.stringify([fix.remove, fix.add]) } = candidate;
    const tried = shown.has(choice) ? undefined : tryOut(candidate, group, context);
    if (tried) shown.set(choice, { ...fix, ...tried });
    if (shown.size === MOST_SHOWN) break;
  }
  return [...shown.values()];
}

/** Each trial judges every promise. */
const MOST_TRIED = 8;
/** The smallest come first; who reads on past these looks for another cure. */
const MOST_SHOWN = 4;

/**
 * What there is to tell of a change: how many of the promises it leaves broken, and what is to be warned of with it. `undefined`
 * where it mends not even the first promise, or breaks another, or where the synth would refuse what it makes.
 */
function tryOut(
  candidate: Candidate,
  group: readonly Broken[],
  context: FixContext,
): Pick<Fix, 'left' | 'brings'> | undefined {
  const { keptBefore, intents, assumptions, judgeOf, resources, profile } = context;
  const [first] = group;
  const concerned = new Set([...group, ...keptBefore].map(({ intent }) => intent));
  const tried = intents
    .filter((intent) => concerned.has(intent))
    .map((intent) => (intent === first.intent ? (candidate.intent ?? intent) : intent));
  const [newProfile, newResources] = [candidate.profile ?? profile, candidate.resources ?? resources];
  const checked = judgeOf(resources, tried, assumptions)(newProfile, newResources);
  const { kept, broken } = partsOf(checked);
  if (candidate.intent ? !holds(candidate.intent.id, checked) : !kept.has(partOf(first))) return undefined;
  const others = keptBefore.filter(({ intent }) => candidate.intent === undefined || intent !== first.intent);
  if (others.some((one) => broken.has(partOf(one)) || !kept.has(partOf(one)))) return undefined;
  const brought = lintsBrought(context, networkFor(newResources, newProfile, tried));
  if (brought.some(({ severity }) => severity === 'error')) return undefined;
  const left = new Set(group.slice(1).flatMap((one) => (broken.has(partOf(one)) ? [one.intent] : []))).size;
  const brings = [...new Set(brought.map(lintId))];
  return { ...(left > 0 && { left }), ...(brings.length > 0 && { brings }) };
}

/** What is suspicious with a change and was not before: of each kind about an object those that are more than there were. */
function lintsBrought({ network, assumptions }: FixContext, changed: Network): readonly Lint[] {
  if (changed === network) return [];
  const [before, after] = [network, changed].map((each) =>
    groupBy(withoutPresumed(each.lints(), assumptions).lints, lintId),
  );
  return [...after].flatMap(([id, lints]) => lints.slice(before.get(id)?.length ?? 0));
}

/** A promise in other words has other parts: all of them have to hold. */
function holds(id: string, checked: readonly Checked[]): boolean {
  const own = checked.filter(({ intent }) => intent.id === id);
  return own.length > 0 && own.every(({ kept }) => kept);
}

function partsOf(checked: readonly Checked[]) {
  const parts = (wanted: boolean) => new Set(checked.filter(({ kept }) => kept === wanted).map(partOf));
  return { kept: parts(true), broken: parts(false) };
}

/** A promise about several ends is kept or broken for each of them. */
function partOf({ intent, subject, target }: Checked): string {
  return `${intent.id} ${subject} ${target}`;
}
