import type { FieldPath } from '../finding/origin';
import { type CidrSet, parseCidr } from '../values/cidr-set';
import { type IpFamily, parseIp } from '../values/ip';
import { parseRanges } from './profile-ranges';
import type { Report } from './profile-report';

type Given = Readonly<Record<string, unknown>>;

/** A list of controllers in a profile, each a name or a map that has one, with its place in the list. */
export function itemsOf(
  value: unknown,
  key: string,
  fault: Report,
  expected: { readonly items: string; readonly item: string },
): readonly { readonly given: Given & { readonly name: string }; readonly i: number }[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    fault([key], value, 'this is no list', expected.items);
    return [];
  }
  return value.flatMap((item: unknown, i) => {
    const given = typeof item === 'string' ? { name: item } : item;
    const isMap = given !== null && typeof given === 'object' && !Array.isArray(given);
    if (isMap && 'name' in given && typeof given.name === 'string')
      return [{ given: { ...given, name: given.name }, i }];
    fault([key, i], item, 'this names no controller', expected.item);
    return [];
  });
}

/** Reads the fields of one map of a profile, each by its key; one that is absent or wrong is `undefined`. */
export interface Fields {
  text(key: string): string | undefined;
  flag(key: string): boolean | undefined;
  /** One of a closed list of words. */
  choice<T extends string>(key: string, words: readonly T[]): T | undefined;
  /** Likewise any number of them, in a list. */
  choices<T extends string>(key: string, words: readonly T[]): readonly T[] | undefined;
  /** A whole number within bounds, both of which count. */
  integer(key: string, least: number, most: number): number | undefined;
  /** A port by its number. */
  port(key: string): number | undefined;
  /** NET-06: the length of the largest packet, in bytes. */
  mtu(key: string): number | undefined;
  /** One range of addresses, or a list of them; nothing is the empty set. */
  ranges(key: string): CidrSet;
  /** The same as they are written, for options that stay plain; of one family only, where it is named. */
  cidrs(key: string, family?: IpFamily): readonly string[] | undefined;
  /** The text of one range; of one family only, where it is named. */
  cidr(key: string, family?: IpFamily): string | undefined;
  /** The text of one address. */
  address(key: string): string | undefined;
  /** The fields of a map within, of which only these are known. */
  map(key: string, known: readonly string[]): Fields | undefined;
  /** Likewise of each map of a list within; an item that is no map is left out. */
  maps(key: string, known: readonly string[]): readonly Fields[];
  labels(key: string): Readonly<Record<string, string>> | undefined;
  /** As it is given, for what these can't read. */
  raw(key: string): unknown;
  /** Where a field is, for what is found wrong with it. */
  at(key: string): FieldPath;
  /** Takes note of a field that is well-formed and still wrong. */
  refuse(key: string, problem: string, expected: string, known?: readonly string[]): void;
}

const PORTS = [1, 65_535] as const;
/** Every link must carry IPv4 packets of 576 bytes (RFC 791), and none carries more than their length can tell. */
const MTUS = [576, 65_535] as const;

export function fieldsOf(given: Given, at: FieldPath, fault: Report): Fields {
  const integer = (key: string, least: number, most: number) => {
    const value = given[key];
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    fault([...at, key], value, 'this is no such number', `a whole number from ${least} to ${most}`);
    return undefined;
  };
  return {
    text(key: string): string | undefined {
      const value = given[key];
      if (value === undefined || (typeof value === 'string' && value !== '')) return value;
      fault([...at, key], value, 'this is no text', 'a text');
      return undefined;
    },
    flag(key: string): boolean | undefined {
      const value = given[key];
      if (value === undefined || typeof value === 'boolean') return value;
      fault([...at, key], value, 'this is neither true nor false', 'true or false');
      return undefined;
    },
    choice<T extends string>(key: string, words: readonly T[]): T | undefined {
      const value = given[key];
      const known = words.find((word) => word === value);
      if (value !== undefined && known === undefined) {
        fault([...at, key], value, `\`${key}\` has no such value`, `one of ${words.join(', ')}`, words);
      }
      return known;
    },
    choices<T extends string>(key: string, words: readonly T[]): readonly T[] | undefined {
      const value = given[key];
      if (value === undefined) return undefined;
      if (!Array.isArray(value)) {
        fault([...at, key], value, 'this is no list', `a list of some of ${words.join(', ')}`);
        return undefined;
      }
      return value.flatMap((item: unknown, i) => {
        const known = words.find((word) => word === item);
        if (known !== undefined) return [known];
        fault([...at, key, i], item, `\`${key}\` has no such value`, `some of ${words.join(', ')}`, words);
        return [];
      });
    },
    integer,
    port: (key) => integer(key, ...PORTS),
    mtu: (key) => integer(key, ...MTUS),
    ranges(key: string): CidrSet {
      return parseRanges([...at, key], given[key], fault);
    },
    cidrs(key: string, family?: IpFamily): readonly string[] | undefined {
      const value = given[key];
      if (value === undefined) return undefined;
      const path = [...at, key];
      parseRanges(path, value, fault);
      const texts = (Array.isArray(value) ? value : [value]).filter((text): text is string => typeof text === 'string');
      for (const text of texts) refuseOtherFamily(text, family, path, fault);
      return texts;
    },
    cidr(key: string, family?: IpFamily): string | undefined {
      const value = given[key];
      if (value === undefined) return undefined;
      const path = [...at, key];
      if (Array.isArray(value)) fault(path, value, 'this is a list', 'one CIDR such as "10.244.0.0/16"');
      if (Array.isArray(value) || parseRanges(path, value, fault).isEmpty) return undefined;
      refuseOtherFamily(String(value), family, path, fault);
      return String(value);
    },
    address(key: string): string | undefined {
      const value = given[key];
      if (value === undefined) return undefined;
      const parsed = typeof value === 'string' ? parseIp(value) : undefined;
      if (typeof value === 'string' && parsed?.ok) return value;
      const problem = parsed && !parsed.ok ? parsed.problem : 'this is no text';
      fault([...at, key], value, problem, 'an address such as "192.168.77.11"');
      return undefined;
    },
    map(key: string, known: readonly string[]): Fields | undefined {
      const value = given[key];
      if (value === undefined) return undefined;
      return readMap(value, [...at, key], known, fault);
    },
    maps(key: string, known: readonly string[]): readonly Fields[] {
      const value = given[key];
      if (value === undefined) return [];
      if (Array.isArray(value)) return value.flatMap((item, i) => readMap(item, [...at, key, i], known, fault) ?? []);
      fault([...at, key], value, 'this is no list', `a list of maps with some of ${known.join(', ')}`);
      return [];
    },
    labels(key: string): Readonly<Record<string, string>> | undefined {
      const value = given[key];
      if (value === undefined) return undefined;
      const isMap = value !== null && typeof value === 'object' && !Array.isArray(value);
      if (isMap && Object.keys(value).length > 0 && Object.values(value).every((each) => typeof each === 'string')) {
        return { ...value } as Record<string, string>;
      }
      fault([...at, key], value, 'these are no labels', 'a map of texts, one at least');
      return undefined;
    },
    raw(key: string): unknown {
      return given[key];
    },
    at(key: string): FieldPath {
      return [...at, key];
    },
    refuse(key: string, problem: string, expected: string, known?: readonly string[]): void {
      fault([...at, key], given[key], problem, expected, known);
    },
  };
}

function refuseOtherFamily(text: string, family: IpFamily | undefined, path: FieldPath, fault: Report): void {
  const parsed = parseCidr(text);
  if (family === undefined || !parsed.ok || parsed.cidr.family === family) return;
  fault(path, text, `this is no range of IPv${family}`, `a CIDR of IPv${family}`);
}

function readMap(value: unknown, at: FieldPath, known: readonly string[], fault: Report): Fields | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    fault(at, value, 'this is no map', `a map with some of ${known.join(', ')}`);
    return undefined;
  }
  for (const key of Object.keys(value).filter((key) => !known.includes(key))) {
    fault([...at, key], key, `\`${at.at(-1)}\` has no field \`${key}\``, `some of ${known.join(', ')}`, known);
  }
  return fieldsOf({ ...value }, at, fault);
}
