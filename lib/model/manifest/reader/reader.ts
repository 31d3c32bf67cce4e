import { nearest } from '../../values/nearest';
import { type Invalid, invalid, isObject, Place } from './place';

/** Turns what stands at a place into a value, or reports every fault it finds there. */
export interface Reader<T> {
  (place: Place): T | Invalid;
  /** What it gives for a field that is absent, where that is always the same and no fault: most fields are absent. */
  readonly whenAbsent?: { readonly value: T };
  /** What reads the field where it is there, for whoever has looked already. @default - the reader itself */
  readonly whenPresent?: (place: Place) => T | Invalid;
  /** Whether a value is sound and read as itself. Nearly all are, and then need no place of their own. */
  readonly accepts?: (value: unknown) => boolean;
}

/** A reader that can tell which values are sound. */
export type Accepting<T> = Reader<T> & { readonly accepts: (value: unknown) => boolean };

/** A reader of values that are read as themselves, and of no others. */
export function accepting<T>(accepts: Accepting<T>['accepts'], refuse: (place: Place) => Invalid): Accepting<T> {
  const reader = (place: Place) => (accepts(place.value) ? (place.value as T) : refuse(place));
  return Object.assign(reader, { accepts });
}

/** Reads what a field or an item holds, and makes a place of it only where one is needed. */
function readAt<T>(reader: Reader<T>, place: Place, step: string | number, value: unknown): T | Invalid {
  const { whenAbsent, accepts, whenPresent = reader } = reader;
  if (whenAbsent && (value === undefined || value === null)) return whenAbsent.value;
  return accepts?.(value) ? (value as T) : whenPresent(new Place(value, place.subject, place, step));
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
  const known = [...Object.keys(shape), ...unread];
  return (place) => {
    const value = read(place);
    return place.subject.strict && hasUnknownField(place, known) ? invalid : value;
  };
}

/** Some fields of an object. `null` in place of an object is an empty one, as Kubernetes decodes it in lists. */
export function part<T extends object>(shape: Shape<T>): Reader<T> {
  const fields = Object.entries<Reader<unknown>>(shape).map(([name, reader]) => {
    const { whenAbsent, accepts, whenPresent } = reader;
    return { name, whenAbsent, accepts, read: whenAbsent && whenPresent ? whenPresent : reader };
  });
  // Most fields are absent: a copy of an object that has them all is made faster than one that grows.
  const empty = Object.fromEntries(fields.map(({ name, whenAbsent }) => [name, whenAbsent?.value]));
  return (place) => {
    const given = place.value === null ? NO_FIELDS : place.value;
    if (!isObject(given)) {
      return wrongType(place, 'an object');
    }
    // Not spread, which is slow where objects of many forms meet.
    const result: Record<string, unknown> = Object.assign({}, empty);
    let sound = true;
    // Every object of every manifest comes through here: by index, as an iterator would make an object for each field.
    for (let i = 0; i < fields.length; i++) {
      const { name, read, whenAbsent, accepts } = fields[i];
      const held = given[name];
      // As `ownField`, without a call for each of the many fields that are absent.
      const value = held !== undefined && Object.hasOwn(given, name) ? held : undefined;
      if (whenAbsent && (value === undefined || value === null)) continue;
      const known = accepts?.(value) ? value : read(new Place(value, place.subject, place, name));
      sound &&= known !== invalid;
      result[name] = known;
    }
    return sound ? (result as T) : invalid;
  };
}

/** Two readings of one place, so that a fault in the one does not hide those in the other. */
export function both<A extends object, B extends object>(first: Reader<A>, second: Reader<B>): Reader<A & B> {
  return (place) => {
    const [a, b] = [first(place), second(place)];
    return a === invalid || b === invalid ? invalid : Object.assign({}, a, b);
  };
}

// Most lists and maps of most objects are absent: in a large cluster, to share one of each saves much memory.
const NO_FIELDS: Readonly<Record<string, unknown>> = Object.freeze({});
const NO_ITEMS: readonly never[] = Object.freeze([]);
const NO_ENTRIES: ReadonlyMap<string, never> = new Map<string, never>();

function unlessAbsent<T>(value: T, read: (place: Place) => T | Invalid, accepts?: Reader<T>['accepts']): Reader<T> {
  const reader = (place: Place) => (place.isAbsent ? value : read(place));
  return Object.assign(reader, { whenAbsent: { value }, whenPresent: read, accepts });
}

/** A list; absent, `null` and `[]` mean the same (NP-07). */
export function list<T>(item: Reader<T>): Reader<readonly T[]> {
  return unlessAbsent<readonly T[]>(NO_ITEMS, (place) => {
    if (!Array.isArray(place.value)) {
      return wrongType(place, 'a list');
    }
    const items: (T | Invalid)[] = [];
    // A hole in a list made by a program is an item that is missing, which `map` would pass over.
    for (let index = 0; index < place.value.length; index++) items.push(readAt(item, place, index, place.value[index]));
    return items.includes(invalid) ? invalid : (items as T[]);
  });
}

/** A list whose items differ in `keyOf`, which also names the twins in the fault, e.g. `port name "http"`. */
export function distinct<T>(items: Reader<readonly T[]>, keyOf: (item: T) => string | undefined): Reader<readonly T[]> {
  return andThen(items, (values, place) => {
    if (values.length < 2) return values;
    const keys = values.map(keyOf);
    const twins = keys.flatMap((key, index) => (key !== undefined && keys.indexOf(key) < index ? [index] : []));
    for (const index of twins) {
      place.at(index).fault({
        code: 'PTL019',
        problem: `${keys[index]} is given twice, first at item ${keys.indexOf(keys[index])}`,
        expected: 'items that differ in it',
      });
    }
    return twins.length === 0 ? values : invalid;
  });
}

/** An object whose keys are the author's own, e.g. labels; absent is empty. */
export function mapOf<T>(value: Reader<T>, key?: Reader<unknown>): Reader<ReadonlyMap<string, T>> {
  return unlessAbsent<ReadonlyMap<string, T>>(NO_ENTRIES, (place) => {
    const given = place.value;
    if (!isObject(given)) {
      return wrongType(place, 'an object');
    }
    const entries = new Map<string, T>();
    let sound = true;
    const names = Object.keys(given);
    for (let i = 0; i < names.length; i++) {
      const name = names[i];
      const isKey = key === undefined || key.accepts?.(name) || key(place.key(name)) !== invalid;
      const read = readAt(value, place, name, given[name]);
      if (!isKey || read === invalid) sound = false;
      else entries.set(name, read);
    }
    return sound ? entries : invalid;
  });
}

export function optional<T>(reader: Reader<T>): Reader<T | undefined> {
  return unlessAbsent<T | undefined>(undefined, reader, reader.accepts);
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
  return unlessAbsent(value, reader, reader.accepts);
}

/** As `withDefault`, for fields whose empty text means the same as none. */
export function textWithDefault<T>(reader: Reader<T>, value: T): Reader<T> {
  return unlessEmpty('', reader, value);
}

/** As `withDefault`, for fields whose Go type leaves out what it takes for empty, so that it means the same as none. */
export function unlessEmpty<T>(empty: string | number, reader: Reader<T>, value: T): Reader<T> {
  const { accepts } = reader;
  const read = (place: Place) => (place.value === empty ? value : reader(place));
  return unlessAbsent(value, read, accepts && ((given) => given !== empty && accepts(given)));
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

export function wrongType(place: Place, expected: string): Invalid {
  return place.isAbsent
    ? place.fault({ code: 'PTL003', problem: 'the field is missing', expected })
    : place.fault({ code: 'PTL002', problem: `${typeName(place.value)} stands where ${expected} belongs`, expected });
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
