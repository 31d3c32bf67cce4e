import type { Origin } from '../model/finding/origin';
import type { Network } from '../model/network';
import type { PairVerdict } from '../model/reach/verdict';
import type { Cause } from './finding';
import type { Intent } from './intent';

/** What the verbs check against. */
export interface CheckContext {
  readonly network: Network;
}

/** A promise that does not hold, before its cause is mended and grouped. */
export interface Broken {
  readonly kept: false;
  readonly intent: Intent;
  readonly subject: string;
  readonly target: string;
  readonly cause: Cause;
  readonly blame?: Origin;
  readonly example?: PairVerdict;
  readonly offenders: readonly string[];
}

export interface Kept {
  readonly kept: true;
  readonly intent: Intent;
  readonly subject: string;
  readonly target: string;
  readonly pairs: readonly PairVerdict[];
}

export type Checked = Broken | Kept;
