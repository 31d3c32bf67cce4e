import type { Origin } from '../model/finding/origin';
import type { RuleOrigin } from '../model/policy/language';
import type { UrlVerdict } from '../model/reach/url-verdict';
import type { PairVerdict } from '../model/reach/verdict';
import type { Doubt } from '../model/values/ternary';
import type { Cause } from './finding';
import type { Intent } from './intent';
import type { Assumption } from './waivers';

/** A promise that does not hold, before its cause is mended and grouped. */
export interface Broken {
  readonly kept: false;
  readonly intent: Intent;
  readonly subject: string;
  readonly target: string;
  /** Of a promise that may break in several: `ingress` or `egress`. @default - the target */
  readonly part?: string;
  /** What a name was promised to lead to. */
  readonly leadsTo?: string;
  readonly cause: Cause;
  readonly blame?: Origin;
  readonly example?: PairVerdict;
  /** What becomes of the request that the promise is about. */
  readonly route?: UrlVerdict;
  readonly offenders: readonly string[];
  /** All that leaves it open, where nothing of it is surely wrong; else what the cause tells, if that is a doubt. */
  readonly doubts?: readonly Doubt[];
}

export interface Kept {
  readonly kept: true;
  readonly intent: Intent;
  readonly subject: string;
  readonly target: string;
  /** What decided: the rules that let through what was promised to get through, the policies that keep out the rest. */
  readonly decidedBy: () => readonly RuleOrigin[];
  /** What is assumed to be so, and would leave it open else. */
  readonly assuming?: readonly Assumption[];
}

export type Checked = Broken | Kept;
