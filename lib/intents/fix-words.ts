import type { Candidate, FixContext } from './candidate';
import type { Broken } from './checked';
import { isYaml, valueCode } from './fix-code';
import type { Intent } from './intent';
import { intentToJson } from './json/intent-json';
import { promiseText } from './promise-text';

/** The promise in other words, where it is the promise that is written wrongly: in YAML the field that differs. */
export function rewordPromise(
  { intent }: Broken,
  { network }: FixContext,
  summary: string,
  reworded: Intent,
): readonly Candidate[] {
  // What `uses` implies nobody has written.
  if (intent.implied) return [];
  const [remove, add] = isYaml(intent.origin)
    ? fieldsThatDiffer(intent, reworded)
    : [intent, reworded].map((each) => promiseText(each, network.cluster));
  return [{ fix: { summary, remove, add }, intent: reworded }];
}

function fieldsThatDiffer(intent: Intent, reworded: Intent): readonly [string, string] {
  const [from, to] = [intent, reworded].map((each) => Object.entries(intentToJson(each)));
  const text = (own: readonly [string, unknown][], other: readonly [string, unknown][]) =>
    own
      .filter(([key, value]) => !other.some(([k, v]) => k === key && JSON.stringify(v) === JSON.stringify(value)))
      .map(([key, value]) => `${key}: ${typeof value === 'string' ? valueCode(value, true) : JSON.stringify(value)}`)
      .join('\n');
  return [text(from, to), text(to, from)];
}
