import { distance } from 'fastest-levenshtein';

/** The candidate that the author most likely meant: letters in another case first, else a slip of a few keys. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const slips = slipsBetween(lower, candidate.toLowerCase());
    if (slips < least) {
      [best, least] = [candidate, slips];
    }
  }
  return best;
}

/** Two letters that changed places are one slip, the commonest of all. */
function slipsBetween(a: string, b: string): number {
  const slips = distance(a, b);
  return slips === 2 && a.length === b.length && sortedLetters(a) === sortedLetters(b) ? 1 : slips;
}

function sortedLetters(word: string): string {
  return [...word].sort().join('');
}
