import { andThen, list, type Reader } from './reader';
import { integer, text } from './scalars';

/** A list with a smallest and a largest number of items. An empty one says nothing where something must be said. */
export function listOf<T>(item: Reader<T>, least: number, most: number): Reader<readonly T[]> {
  return andThen(list(item), (items, place) => {
    if (items.length < least) {
      const problem = place.isAbsent ? 'the list is missing' : 'the list is empty';
      return place.fault({ code: 'PTL003', problem, expected: least === 1 ? 'at least one item' : `${least} items` });
    }
    if (items.length > most) {
      const problem = `the list has ${items.length} items`;
      return place.fault({ code: 'PTL004', problem, expected: `at most ${most} items` });
    }
    return items;
  });
}

/** A whole number from `first` to `last`. */
export function integerWithin(first: number, last: number): Reader<number> {
  return andThen(integer, (value, place) =>
    value >= first && value <= last
      ? value
      : place.fault({
          code: 'PTL004',
          problem: `${value} is outside the range`,
          expected: `a number from ${first} to ${last}`,
        }),
  );
}

/** Text of at most so many characters of Unicode, as the API server counts them. */
export function textUpTo(most: number): Reader<string> {
  return andThen(text, (value, place) => {
    const { length } = [...value];
    return length <= most
      ? value
      : place.fault({
          code: 'PTL004',
          problem: `the text has ${length} characters`,
          expected: `at most ${most} characters`,
        });
  });
}
