import type { ServiceResource } from '../model/manifest/resources';
import { constructVariable } from './words/variables';
import { wordsOf } from './words/words-of';

/** A field of a Service with another value. A patch that a library has no prop for takes the place of whatever was there. */
export function serviceFieldChange(
  { origin }: ServiceResource,
  field: string,
  [from, to]: readonly [from: string | boolean, to: string | boolean],
): { readonly remove?: string; readonly add: string } {
  const [remove, add] = [from, to].map((value) =>
    wordsOf(origin).serviceField(constructVariable(origin), field, value),
  );
  return add.endsWith(';') ? { add } : { remove, add };
}
