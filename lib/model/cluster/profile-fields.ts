import type { FieldPath } from '../finding/origin';
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

/** Reads the fields of one map of a profile, each by its key. */
export function fieldsOf(given: Given, at: FieldPath, fault: Report) {
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
  };
}
