import { distance } from 'fastest-levenshtein';

/** The candidate that the author most likely meant: letters in another case first, else a slip of a few keys. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const slips = distance(lower, candidate.toLowerCase());
    if (slips < least) {
      [best, least] = [candidate, slips];
    }
  }
  return best;
}
