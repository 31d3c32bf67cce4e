import type { Intent } from '../intent';
import { intentToJson } from './intent-json';

/** A promise as a frozen value that `JSON.stringify`, also of a whole report, writes in its JSON form. */
export function jsonable(intent: Intent): Intent {
  return Object.freeze(Object.assign(new JsonIntent(), intent));
}

/** Its method is no field of its own: promises that say the same are equal. */
class JsonIntent {
  toJSON(this: Intent): object {
    return intentToJson(this);
  }
}
