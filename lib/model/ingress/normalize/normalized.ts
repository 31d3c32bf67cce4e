import type { Doubt } from '../../values/ternary';
import type { UrlRequest } from '../request';

/** The host and the path as a server compares them with its rules, or what it does instead of comparing. */
export type Normalized =
  | {
      readonly ok: true;
      /** Lower case, without a port; empty where the request names none. */
      readonly host: string;
      /** A byte that is no UTF-8 is one lone surrogate, which no rule can hold. */
      readonly path: string;
    }
  /** The server answers with the status before it looks at any rule. */
  | { readonly ok: false; readonly status: number; readonly because: string }
  | { readonly ok: 'unknown'; readonly doubts: readonly [Doubt, ...Doubt[]] };

/** What a server makes of a request before rules look at it. */
export type Normalizer = (request: Pick<UrlRequest, 'host' | 'rootDot' | 'path' | 'query' | 'method'>) => Normalized;

/** The answer to what HTTP or the server forbids. */
export function badRequest(because: string): Normalized {
  return { ok: false, status: 400, because };
}

/** Where servers, or releases of one, differ. */
export function undecided(rule: string, wouldDecide: string): Normalized {
  return { ok: 'unknown', doubts: [{ rule, wouldDecide }] };
}
