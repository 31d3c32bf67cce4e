import { type Invalid, isObject, type Place } from '../../model/manifest/reader/place';
import { andThen, type Reader, wrongType } from '../../model/manifest/reader/reader';
import { text } from '../../model/manifest/reader/scalars';
import { nearest } from '../../model/values/nearest';

/** What is said about the keys of a map. */
interface Keys {
  /** What the map is, e.g. `a promise`. */
  readonly noun: string;
  /** What is written in place of keys that others may expect. */
  readonly hints?: Readonly<Record<string, string>>;
  /** The keys behind which nothing may stand. */
  readonly mayBeEmpty?: readonly string[];
}

/**
 * Reports each key that has no meaning here, and each behind which nothing stands: to take that for a key left out could
 * weaken what was promised.
 */
export function hasStrangeKeys(
  place: Place,
  known: readonly string[],
  { noun, hints = {}, mayBeEmpty = [] }: Keys,
): boolean {
  const keys = keysOf(place);
  const strange = keys.filter((key) => !known.includes(key));
  for (const key of strange) {
    place.key(key).fault({
      code: 'PTL022',
      problem: `${noun} has no field \`${key}\``,
      expected: `some of ${known.join(', ')}`,
      didYouMean: Object.hasOwn(hints, key) ? hints[key] : nearest(key, known),
    });
  }
  const empty = keys.filter((key) => known.includes(key) && !mayBeEmpty.includes(key) && place.at(key).isAbsent);
  for (const key of empty) {
    const [problem, expected] = [`nothing stands behind \`${key}\``, `a value, or no \`${key}\``];
    place.key(key).fault({ code: 'PTL003', problem, expected });
  }
  return strange.length > 0 || empty.length > 0;
}

/** The keys of a map; none of whatever else stands there. */
export function keysOf({ value }: Place): readonly string[] {
  return isObject(value) ? Object.keys(value) : [];
}

/** A list that holds something: an empty one says nothing, or was meant to say more. */
export function filled<T>(item: Reader<T>, expected: string): Reader<readonly T[]> {
  return (place) => {
    if (!Array.isArray(place.value)) return wrongType(place, 'a list');
    if (place.value.length === 0) return place.fault({ code: 'PTL022', problem: 'the list is empty', expected });
    const items = place.value.map((_, index) => item(place.at(index)));
    return items.includes(null) ? null : (items as T[]);
  };
}

/** One, or a list of them. */
export function oneOrMore<T>(item: Reader<T>, expected: string): Reader<readonly T[]> {
  const list = filled(item, expected);
  return (place) => {
    if (Array.isArray(place.value)) return list(place);
    const one = item(place);
    return one === null ? null : [one];
  };
}

/** Text that says something. */
export function saying(what: string): Reader<string> {
  return andThen(text, (value, place): string | Invalid =>
    value.trim() === '' ? place.fault({ code: 'PTL022', problem: `the text is empty`, expected: what }) : value,
  );
}
