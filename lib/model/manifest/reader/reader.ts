import { nearest } from '../../values/nearest';
import { type Invalid, invalid, isObject, ownField, Place } from './place';

/** Turns what stands at a place into a value, or reports every fault it finds there. */
export interface Reader<T> {
  (place: Place): T | Invalid;
  /** What it gives for a field that is absent, where that is always the same and no fault: most fields are absent. */
  readonly whenAbsent?: { readonly value: T };
  /** What reads the field where it is there, for whoever has looked already. @default - the reader itself */
  readonly whenPresent?: (place: Place) => T | Invalid;
  /**
   * What it gives for a value that is surely sound, and `invalid` where only a look at the place can tell. Nearly all are
   * sound, and need no place. @default - nobody can tell without
   */
  readonly plainly?: (value: unknown) => T | Invalid;
}

/** A reader that can tell which values are sound. */
export type Plain<T> = Reader<T> & Required<Pick<Reader<T>, 'plainly'>>;

/** A reader for which a look at the value is enough, unless there is a fault to tell. */
export function plain<T>(plainly: Plain<T>['plainly'], refuse: (place: Place) => T | Invalid): Plain<T> {
  const reader = (place: Place) => {
    const value = plainly(place.value);
    return value === invalid ? refuse(place) : value;
  };
  return Object.assign(reader, { plainly });
}

/** A reader of text where `null` is the empty one, as in the values of a map. */
export function emptyForNull(reader: Plain<string>): Reader<string> {
  return plain((value) => (value === null ? '' : reader.plainly(value)), reader);
}

/** Reads what a field or an item holds, and makes a place of it only where one is needed. */
function readAt<T>(reader: Reader<T>, value: unknown, place: Place | undefined, step: string | number): T | Invalid {
  const { whenAbsent, plainly, whenPresent = reader } = reader;
  if (whenAbsent && (value === undefined || value === null)) return whenAbsent.value;
  const plain = plainly ? plainly(value) : invalid;
  return plain === invalid && place ? whenPresent(new Place(value, place.subject, place, step)) : plain;
}

/** Reads one field of the object that stands at a place. */
export function readField<T>(reader: Reader<T>, place: Place, name: string): T | Invalid {
  return readAt(reader, isObject(place.value) ? ownField(place.value, name) : undefined, place, name);
}

/** What a reader gives. */
export type Read<R extends Reader<unknown>> = R extends Reader<infer T> ? T : never;

/** A reader for each field. */
type Shape<T> = { readonly [K in keyof T]: Reader<T[K]> };

/**
 * An object and all the fields that the kind has; a strict subject takes no others (PTL015).
 *
 * @param unread fields that the kind has beside them and nobody looks at @default - none
 */
export function object<T extends object>(shape: Shape<T>, unread: readonly string[] = []): Reader<T> {
  const read = part(shape);
  const { plainly } = read;
  const known = [...Object.keys(shape), ...unread];
  const reader = (place: Place) => {
    const value = read(place);
    return place.subject.strict && hasUnknownField(place, known) ? invalid : value;
  };
  return Object.assign(reader, {
    plainly: plainly && ((value: unknown) => (isOf(known, value) ? plainly(value) : invalid)),
  });
}

/** Some fields of an object. `null` in place of an object is an empty one, as Kubernetes decodes it in lists. */
export function part<T extends object>(shape: Shape<T>): Reader<T> {
  const fields = Object.entries<Reader<unknown>>(shape).map(([name, reader]) => {
    const { whenAbsent, plainly, whenPresent } = reader;
    return { name, whenAbsent, plainly, read: whenAbsent && whenPresent ? whenPresent : reader };
  });
  // Most fields are absent: a copy of an object that has them all is made faster than one that grows.
  const empty = Object.fromEntries(fields.map(({ name, whenAbsent }) => [name, whenAbsent?.value]));
  const readFields = (given: Readonly<Record<string, unknown>>, place?: Place): T | Invalid => {
    // Not spread, which is slow where objects of many forms meet.
    const result: Record<string, unknown> = Object.assign({}, empty);
    let sound = true;
    // Every object of every manifest comes through here: by index, as an iterator would make an object for each field.
    for (let i = 0; i < fields.length; i++) {
      const { name, whenAbsent, plainly, read } = fields[i];
      const held = given[name];
      // As `ownField`, without a call for each of the many fields that are absent.
      const value = held !== undefined && Object.hasOwn(given, name) ? held : undefined;
      if (whenAbsent && (value === undefined || value === null)) continue;
      let known = plainly ? plainly(value) : invalid;
      if (known === invalid) {
        if (!place) return invalid;
        known = read(new Place(value, place.subject, place, name));
        sound &&= known !== invalid;
      }
      result[name] = known;
    }
    return sound ? (result as T) : invalid;
  };
  const reader = (place: Place) => {
    const given = place.value === null ? NO_FIELDS : place.value;
    return isObject(given) ? readFields(given, place) : wrongType(place, 'an object');
  };
  const canBePlain = fields.every(({ whenAbsent, plainly }) => whenAbsent ?? plainly);
  const plainly = (value: unknown) => (isObject(value) ? readFields(value) : invalid);
  return Object.assign(reader, { plainly: canBePlain ? plainly : undefined });
}

/** Two readings of one place, so that a fault in the one does not hide those in the other. */
export function both<A extends object, B extends object>(first: Reader<A>, second: Reader<B>): Reader<A & B> {
  const joined = (a: A | Invalid, b: B | Invalid) =>
    a === invalid || b === invalid ? invalid : Object.assign({}, a, b);
  const [plainA, plainB] = [first.plainly, second.plainly];
  return Object.assign((place: Place) => joined(first(place), second(place)), {
    plainly: plainA && plainB && ((value: unknown) => joined(plainA(value), plainB(value))),
  });
}

// Most lists and maps of most objects are absent: in a large cluster, to share one of each saves much memory.
const NO_FIELDS: Readonly<Record<string, unknown>> = Object.freeze({});
const NO_ITEMS: readonly never[] = Object.freeze([]);
const NO_ENTRIES: ReadonlyMap<string, never> = new Map<string, never>();

function unlessAbsent<T>(value: T, read: (place: Place) => T | Invalid, plainly: Reader<T>['plainly']): Reader<T> {
  const reader = (place: Place) => (place.isAbsent ? value : read(place));
  return Object.assign(reader, { whenAbsent: { value }, whenPresent: read, plainly });
}

/** A list; absent, `null` and `[]` mean the same (NP-07). */
export function list<T>(item: Reader<T>): Reader<readonly T[]> {
  const readItems = (given: readonly unknown[], place?: Place): readonly T[] | Invalid => {
    const items: (T | Invalid)[] = [];
    // A hole in a list made by a program is an item that is missing, which `map` would pass over.
    for (let index = 0; index < given.length; index++) items.push(readAt(item, given[index], place, index));
    return items.includes(invalid) ? invalid : (items as T[]);
  };
  return unlessAbsent<readonly T[]>(
    NO_ITEMS,
    (place) => (Array.isArray(place.value) ? readItems(place.value, place) : wrongType(place, 'a list')),
    item.plainly && ((value) => (Array.isArray(value) ? readItems(value) : invalid)),
  );
}

/** A list whose items differ in `keyOf`, which also names the twins in the fault, e.g. `port name "http"`. */
export function distinct<T>(items: Reader<readonly T[]>, keyOf: (item: T) => string | undefined): Reader<readonly T[]> {
  return only(
    items,
    (values) => values.length < 2 || twinsOf(values.map(keyOf)).length === 0,
    (values, place) => {
      const keys = values.map(keyOf);
      for (const index of twinsOf(keys)) {
        place.at(index).fault({
          code: 'PTL019',
          problem: `${keys[index]} is given twice, first at item ${keys.indexOf(keys[index])}`,
          expected: 'items that differ in it',
        });
      }
      return invalid;
    },
  );
}

/** Where there is a key that was there before. */
function twinsOf(keys: readonly (string | undefined)[]): readonly number[] {
  return keys.flatMap((key, index) => (key !== undefined && keys.indexOf(key) < index ? [index] : []));
}

/** An object whose keys are the author's own, e.g. labels; absent is empty. */
export function mapOf<T>(value: Reader<T>, key?: Reader<unknown>): Reader<ReadonlyMap<string, T>> {
  const readEntries = (given: Readonly<Record<string, unknown>>, place?: Place) => {
    const entries = new Map<string, T>();
    let sound = true;
    const names = Object.keys(given);
    for (let i = 0; i < names.length; i++) {
      const name = names[i];
      const isKey = !key || (key.plainly?.(name) ?? invalid) !== invalid || (place && key(place.key(name)) !== invalid);
      const read = readAt(value, given[name], place, name);
      if (!isKey || read === invalid) sound = false;
      else entries.set(name, read);
    }
    return sound ? entries : invalid;
  };
  return unlessAbsent<ReadonlyMap<string, T>>(
    NO_ENTRIES,
    (place) => (isObject(place.value) ? readEntries(place.value, place) : wrongType(place, 'an object')),
    value.plainly && ((given) => (isObject(given) ? readEntries(given) : invalid)),
  );
}

export function optional<T>(reader: Reader<T>): Reader<T | undefined> {
  return unlessAbsent<T | undefined>(undefined, reader, reader.plainly);
}

/** As `optional`, for fields whose empty text means the same as none. */
export function optionalText<T>(reader: Reader<T>): Reader<T | undefined> {
  return unlessEmpty<T | undefined>('', reader, undefined);
}

/** Reads an absent object as an empty one, for fields that are no pointer in Kubernetes' own types. */
export function orEmpty<T>(reader: Reader<T>): Reader<T> {
  return (place) => reader(place.isAbsent ? place.as(null) : place);
}

/** Fills in what the API server fills in where the author says nothing. */
export function withDefault<T>(reader: Reader<T>, value: T): Reader<T> {
  return unlessAbsent(value, reader, reader.plainly);
}

/** As `withDefault`, for fields whose empty text means the same as none. */
export function textWithDefault<T>(reader: Reader<T>, value: T): Reader<T> {
  return unlessEmpty('', reader, value);
}

/** As `withDefault`, for fields whose Go type leaves out what it takes for empty, so that it means the same as none. */
export function unlessEmpty<T>(empty: string | number, reader: Reader<T>, value: T): Reader<T> {
  const { plainly } = reader;
  const read = (place: Place) => (place.value === empty ? value : reader(place));
  return unlessAbsent(value, read, plainly && ((given) => (given === empty ? value : plainly(given))));
}

/**
 * A further step, which sees sound values only. It is not named `then`: a module with such an export would be taken for a
 * promise by whoever imports it dynamically, as vitest does, and never arrive.
 */
export function andThen<T, U>(reader: Reader<T>, next: (value: T, place: Place) => U | Invalid): Reader<U> {
  return (place) => {
    const value = reader(place);
    return value === invalid ? invalid : next(value, place);
  };
}

/** As `andThen`, where the step finds fault with nothing. */
export function mapped<T, U>(reader: Reader<T>, convert: (value: T) => U): Reader<U> {
  const { plainly } = reader;
  const readPlainly = (given: unknown) => {
    const value = plainly!(given);
    return value === invalid ? invalid : convert(value);
  };
  return Object.assign(andThen(reader, convert), { plainly: plainly && readPlainly });
}

/** As `andThen`, where the step only finds fault, with few of the values. */
export function only<T>(
  reader: Reader<T>,
  isSound: (value: T) => boolean,
  refuse: (value: T, place: Place) => Invalid,
): Reader<T> {
  const { plainly } = reader;
  const read = (place: Place) => {
    const value = reader(place);
    return value === invalid || isSound(value) ? value : refuse(value, place);
  };
  const readPlainly = (given: unknown) => {
    const value = plainly!(given);
    return value === invalid || isSound(value) ? value : invalid;
  };
  return Object.assign(read, { plainly: plainly && readPlainly });
}

export function wrongType(place: Place, expected: string): Invalid {
  return place.isAbsent
    ? place.fault({ code: 'PTL003', problem: 'the field is missing', expected })
    : place.fault({ code: 'PTL002', problem: `${typeName(place.value)} stands where ${expected} belongs`, expected });
}

/** Whether it is an object without other fields. */
function isOf(known: readonly string[], value: unknown): boolean {
  if (!isObject(value)) return false;
  const names = Object.keys(value);
  for (let i = 0; i < names.length; i++) if (!known.includes(names[i])) return false;
  return true;
}

/** A longer list would help nobody. */
const MOST_LISTED = 8;

function hasUnknownField(place: Place, known: readonly string[]): boolean {
  if (!isObject(place.value)) return false;
  let hasUnknown = false;
  const names = Object.keys(place.value);
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    if (known.includes(name)) continue;
    hasUnknown = true;
    place.key(name).fault({
      code: 'PTL015',
      problem: `there is no field ${JSON.stringify(name)} here, so that Kubernetes would ignore it`,
      expected: known.length > MOST_LISTED ? 'a field that the kind has' : `one of ${known.join(', ')}`,
      didYouMean: nearest(name, known),
    });
  }
  return hasUnknown;
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  const names: Readonly<Record<string, string>> = { string: 'text', number: 'a number', boolean: 'true or false' };
  return names[typeof value] ?? 'an object';
}
