import type { Candidate, FixContext } from './candidate';
import { candidatesFor } from './candidates';
import type { Broken, Checked } from './checked';
import type { Fix } from './finding';

/**
 * The fixes that the model has tried for promises of one root cause: the first of them then holds, and so does every promise
 * that held before.
 */
export function fixesFor(group: readonly Broken[], context: FixContext): readonly Fix[] {
  const shown = new Map<string, Fix>();
  for (const candidate of candidatesFor(group[0], context).slice(0, MOST_TRIED)) {
    const { fix, choice = JSON.stringify([fix.remove, fix.add]) } = candidate;
    const left = shown.has(choice) ? undefined : leftBroken(candidate, group, context);
    if (left !== undefined) shown.set(choice, left === 0 ? fix : { ...fix, left });
    if (shown.size === MOST_SHOWN) break;
  }
  return [...shown.values()];
}

/** Each trial judges every promise. */
const MOST_TRIED = 8;
/** The smallest come first; who reads on past these looks for another cure. */
const MOST_SHOWN = 4;

/** How many of the promises a change leaves broken; `undefined` where it mends not even the first, or breaks another. */
function leftBroken(candidate: Candidate, group: readonly Broken[], context: FixContext): number | undefined {
  const { keptBefore, intents, assumptions, judgeOf, resources, profile } = context;
  const [first] = group;
  const concerned = new Set([...group, ...keptBefore].map(({ intent }) => intent));
  const tried = intents
    .filter((intent) => concerned.has(intent))
    .map((intent) => (intent === first.intent ? (candidate.intent ?? intent) : intent));
  const judge = judgeOf(resources, tried, assumptions);
  const checked = judge(candidate.profile ?? profile, candidate.resources);
  const { kept, broken } = partsOf(checked);
  if (candidate.intent ? !holds(candidate.intent.id, checked) : !kept.has(partOf(first))) return undefined;
  const others = keptBefore.filter(({ intent }) => candidate.intent === undefined || intent !== first.intent);
  if (others.some((one) => broken.has(partOf(one)) || !kept.has(partOf(one)))) return undefined;
  return new Set(group.slice(1).flatMap((one) => (broken.has(partOf(one)) ? [one.intent] : []))).size;
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
