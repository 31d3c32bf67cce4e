/**
 * Whether a regular expression may take JavaScript's engine time without bound: a repeated group that itself repeats or has
 * alternatives, or more open repetitions than a long text can be divided among. Other engines, such as RE2, have no such limit.
 */
export function mayBacktrack(pattern: string): boolean {
  const plain = pattern.replace(/\\./g, 'a').replace(/\[\^?\]?[^\]]*\]/g, 'a');
  if ((plain.match(OPEN_REPETITION) ?? []).length > MOST_OPEN) return true;
  // From the innermost group outwards: what is left of one says whether it varies within.
  let rest = plain;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/\((?:\?:)?([^()]*)\)/g, (_, inner: string) => (VARIES.test(inner) ? '~' : 'a'));
    if (REPEATED_VARYING.test(rest)) return true;
  }
  return false;
}

const OPEN_REPETITION = /[*+]|\{\d+,\d*\}/g;

/** Each of them multiplies the time by the length of the text. */
const MOST_OPEN = 3;

/** `~` stands for a group that varies. */
const VARIES = /[*+?{|~]/;
const REPEATED_VARYING = /~(?:[*+]|\{\d)/;
