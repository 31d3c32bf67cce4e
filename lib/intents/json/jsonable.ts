import type { Intent } from '../intent';
import { intentToJson } from './intent-json';

/** A promise as a frozen value that `JSON.stringify`, also of a whole report, writes in its JSON form. */
export function jsonable(intent: Intent): Intent {
  // Not enumerable, so that it is no part of the value: promises that say the same are equal.
  return Object.freeze(Object.defineProperty({ ...intent }, 'toJSON', { value: () => intentToJson(intent) }));
}
