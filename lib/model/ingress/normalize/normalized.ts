import type { Doubt } from '../../values/ternary';
import type { UrlRequest } from '../request';

/** The host and the path as a server compares them with its rules, or what it does instead of comparing. */
export type Reading =
  | {
      readonly ok: true;
      /** Lower case, without a port. */
      readonly host: string;
      /** A byte that is no UTF-8 is one lone surrogate, which no rule can hold. */
      readonly path: string;
    }
  /** The server answers with the status before it looks at any rule. */
  | { readonly ok: false; readonly status: number; readonly because: string };

/** What a server makes of a request before rules look at it. */
export interface Normalized {
  /** One where it is certain; several where nobody can know which, and then `doubts` says why. */
  readonly readings: readonly [Reading, ...Reading[]];
  /** INVARIANT: not empty where there are several readings. */
  readonly doubts: readonly Doubt[];
}

export type Normalizer = (request: UrlRequest) => Normalized;

/** What is compared, for certain. */
export function comparing(host: string, path: string): Normalized {
  return { readings: [{ ok: true, host, path }], doubts: [] };
}

/** The answer to what HTTP or the server forbids. */
export function refusing(because: string, status = 400): Normalized {
  return { readings: [{ ok: false, status, because }], doubts: [] };
}

/** Where servers, or releases of one, differ: one compares this, another that, and another refuses it. */
export function undecided(doubt: Doubt, ...compared: readonly { host: string; path: string }[]): Normalized {
  const refused: Reading = { ok: false, status: 400, because: `a server may refuse what it does not take for sound` };
  return { readings: [refused, ...compared.map((each): Reading => ({ ok: true, ...each }))], doubts: [doubt] };
}
