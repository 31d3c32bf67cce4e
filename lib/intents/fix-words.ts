import type { Candidate } from './candidate';
import type { Broken } from './checked';
import { isYaml, valueCode } from './fix-code';
import type { Intent } from './intent';
import { intentToJson } from './json/intent-json';
import { promiseCode } from './promise-code';

/** The promise in other words, where it is the promise that is written wrongly: what of it differs. */
export function rewordPromise({ intent }: Broken, summary: string, reworded: Intent): readonly Candidate[] {
  // What `uses` implies nobody has written.
  if (intent.implied) return [];
  const [remove, add] = isYaml(intent.origin) ? fieldsThatDiffer(intent, reworded) : partsThatDiffer(intent, reworded);
  return [{ fix: { summary, remove, add }, intent: reworded, choice: summary }];
}

/** INVARIANT: a reworded promise is another one. */
function partsThatDiffer(intent: Intent, reworded: Intent): readonly [string, string] {
  const [from, to] = [intent, reworded].map(promiseCode);
  const changed = from.flatMap((part, i) => (part === to[i] ? [] : [i]));
  const code = (parts: readonly string[]) => changed.map((i) => parts[i]).join('\n');
  return [code(from), code(to)];
}

function fieldsThatDiffer(intent: Intent, reworded: Intent): readonly [string, string] {
  const [from, to] = [intent, reworded].map((each) => Object.entries(intentToJson(each)));
  const text = (own: readonly [string, unknown][], other: readonly [string, unknown][]) =>
    own
      .filter(([key, value]) => !other.some(([k, v]) => k === key && JSON.stringify(v) === JSON.stringify(value)))
      .map(([key, value]) => `${key}: ${flowCode(value)}`)
      .join('\n');
  return [text(from, to), text(to, from)];
}

/** JSON as it is written in one line of YAML. */
function flowCode(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowCode).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return valueCode(String(value), true);
  const fields = Object.entries(value).map(([key, each]) => `${key}: ${flowCode(each)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
