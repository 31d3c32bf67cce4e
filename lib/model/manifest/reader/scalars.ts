import { nearest } from '../../values/nearest';
import { type FaultDetail, invalid } from './place';
import { type Accepting, accepting, andThen, optional, type Reader, wrongType } from './reader';

/** Whatever stands there, unread: a field that the network does not look at. */
export const anything: Reader<unknown> = optional(
  accepting<unknown>(
    () => true,
    () => invalid,
  ),
);

export const text = accepting<string>(
  (value) => typeof value === 'string',
  (place) => wrongType(place, isScalar(place.value) ? QUOTED : 'text'),
);

/** Text where `null` is the empty one, as in the values of a map. */
export const textOrNull: Reader<string> = (place) => (place.value === null ? '' : text(place));

export const boolean = accepting<boolean>(
  (value) => typeof value === 'boolean',
  (place) => wrongType(place, 'true or false'),
);

export const integer = accepting<number>(Number.isInteger, (place) => {
  if (typeof place.value === 'string' && /^[0-9]+$/.test(place.value)) {
    const [problem, expected] = ['a number stands in quotes, which make it text', 'a whole number without quotes'];
    return place.fault({ code: 'PTL002', problem, expected, didYouMean: String(Number(place.value)) });
  }
  return wrongType(place, 'a whole number');
});

/** Text from a closed list, e.g. `oneOf('a protocol', ['TCP', 'UDP'], 'NP-26')`. */
export function oneOf<T extends string>(noun: string, values: readonly T[], rule?: string): Reader<T> {
  const refuse = andThen(text, (value, place) =>
    place.fault({
      code: 'PTL004',
      problem: `${JSON.stringify(value)} is not ${noun}`,
      expected: alternatives(values),
      rule,
      didYouMean: nearest(value, values),
    }),
  );
  return accepting<T>((value) => typeof value === 'string' && isOneOf(value, values), refuse);
}

/**
 * Text of a certain grammar: `problemOf` says what is wrong with it, if anything.
 * @param isSound a quicker way to know that nothing is @default - `problemOf` is asked
 */
export function textOf(
  problemOf: (value: string) => string | undefined,
  detail: Omit<FaultDetail, 'problem'>,
  isSound = (value: string) => problemOf(value) === undefined,
): Accepting<string> {
  const refuse = andThen(text, (value, place) => place.fault({ ...detail, problem: problemOf(value)! }));
  return accepting<string>((value) => typeof value === 'string' && isSound(value), refuse);
}

export function alternatives(values: readonly string[]): string {
  const last = values.length - 1;
  return last < 1 ? values.join('') : `${values.slice(0, last).join(', ')} or ${values[last]}`;
}

/** What YAML takes for something else unless it is told, such as `yes`, `on` and 1.10. */
const QUOTED = 'text (in quotes where it looks like a number or a truth value)';

function isScalar(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

function isOneOf<T extends string>(value: string, values: readonly T[]): value is T {
  return (values as readonly string[]).includes(value);
}
