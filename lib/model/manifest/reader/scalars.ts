import { nearest } from '../../values/nearest';
import { type FaultDetail, invalid } from './place';
import { andThen, emptyForNull, optional, type Plain, plain, type Reader, wrongType } from './reader';

/** Whatever stands there, unread: a field that the network does not look at. */
export const anything: Reader<unknown> = optional(
  plain<unknown>(
    (value) => value,
    () => invalid,
  ),
);

export const text = plain<string>(
  (value) => (typeof value === 'string' ? value : invalid),
  (place) => wrongType(place, isScalar(place.value) ? QUOTED : 'text'),
);

export const textOrNull = emptyForNull(text);

export const boolean = plain<boolean>(
  (value) => (typeof value === 'boolean' ? value : invalid),
  (place) => wrongType(place, 'true or false'),
);

export const integer = plain<number>(
  (value) => (isInteger(value) ? value : invalid),
  (place) => {
    if (typeof place.value === 'string' && /^[0-9]+$/.test(place.value)) {
      const [problem, expected] = ['a number stands in quotes, which make it text', 'a whole number without quotes'];
      return place.fault({ code: 'PTL002', problem, expected, didYouMean: String(Number(place.value)) });
    }
    return wrongType(place, 'a whole number');
  },
);

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
  return plain<T>((value) => (isOneOf(value, values) ? value : invalid), refuse);
}

/**
 * Text of a certain grammar: `problemOf` says what is wrong with it, if anything.
 * @param isSound a quicker way to know that nothing is @default - `problemOf` is asked
 */
export function textOf(
  problemOf: (value: string) => string | undefined,
  detail: Omit<FaultDetail, 'problem'>,
  isSound = (value: string) => problemOf(value) === undefined,
): Plain<string> {
  const refuse = andThen(text, (value, place) => place.fault({ ...detail, problem: problemOf(value)! }));
  return plain<string>((value) => (typeof value === 'string' && isSound(value) ? value : invalid), refuse);
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

/** A whole number, whatever its type says. */
export function isInteger(value: unknown): value is number {
  return Number.isInteger(value);
}

function isOneOf<T extends string>(value: unknown, values: readonly T[]): value is T {
  return (values as readonly unknown[]).includes(value);
}
