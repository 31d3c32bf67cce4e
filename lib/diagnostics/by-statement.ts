import { groupBy } from '../model/values/group-by';

/** What is told once, and what is the same of others that the same statement made: in a loop, or by one call for both ends. */
export interface Told<T> {
  readonly first: T;
  readonly alike: readonly T[];
}

/** @param keyOf what is the same of all that one statement made alike; `undefined` where each is told by itself */
export function toldOnce<T>(all: readonly T[], keyOf: (one: T) => string | undefined): readonly Told<T>[] {
  return [...groupBy(all, (one) => keyOf(one) ?? one).values()].map(([first, ...alike]) => ({ first, alike }));
}
