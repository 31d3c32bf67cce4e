import type { LintOf } from '../model/finding/lint';
import type { Considered, RouteRule } from '../model/ingress/routing';

/** What broke a promise about a URL, by code, where it is not what breaks any flow: policies, Services and their endpoints. */
export type UrlCause =
  /** The Service that the winning rule names is not there (ING-14): the proxy answers itself. */
  | { readonly code: 'PTL402'; readonly lint: LintOf<'PTL402'>; readonly status: number }
  /** The Service has no port as the winning rule names it (ING-14). */
  | { readonly code: 'PTL403'; readonly lint: LintOf<'PTL403'>; readonly status: number }
  /** Another backend gets the requests, or this part of them. */
  | {
      readonly code: 'PTL405';
      /** E.g. `shop/api:80`. */
      readonly to: string;
      /** From 0 (excluded) to 1. */
      readonly share: number;
      readonly rule?: RouteRule;
      /** The rule that leads to what was promised, and why it does not win. */
      readonly meant?: Considered;
    }
  /** The proxy answers itself: 404 where no rule takes the request, 503 where the backend can't. */
  | {
      readonly code: 'PTL404';
      readonly status: number;
      readonly because: string;
      /** From 0 (excluded) to 1: of all requests. */
      readonly share: number;
      readonly proxy: string;
      readonly rule?: RouteRule;
      /** The rule that comes nearest, where none takes it. */
      readonly nearest?: Considered;
    }
  /** No proxy takes it: there is none, or the connection does not come about. `proxy`: who refuses. */
  | { readonly code: 'PTL406'; readonly proxy?: string; readonly because?: string }
  /** It is redirected where it was to be forwarded, or elsewhere than promised. */
  | { readonly code: 'PTL407'; readonly status: number; readonly location: string; readonly rule?: RouteRule }
  /** Another certificate is shown than was promised, or one that does not cover the host, or none. */
  | {
      readonly code: 'PTL408';
      readonly problem: 'plain' | 'passes-through' | 'own-certificate' | 'other-secret' | 'not-covering';
      readonly host: string;
      readonly proxy: string;
      /** Whose certificate is shown: `shop/shop-tls`. */
      readonly secret?: string;
      readonly wanted?: string;
      readonly because?: string;
    }
  /** Requests get there, and were promised not to. */
  | { readonly code: 'PTL409'; readonly to: string; readonly rule?: RouteRule };
