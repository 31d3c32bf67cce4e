import type { Origin } from '../model/finding/origin';
import type { Cause } from './finding';

/** Why a promise does not hold, and where that is to be mended. */
export interface Diagnosis {
  readonly cause: Cause;
  /** The object to mend. */
  readonly blame?: Origin;
}
