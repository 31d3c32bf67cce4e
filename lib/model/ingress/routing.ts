import type { FieldPath, Origin } from '../finding/origin';
import type { ServicePort, ServiceResource } from '../manifest/resources';
import type { Doubt } from '../values/ternary';

/** One rule (of an Ingress: one path of a rule) that requests are matched with, as messages name it. */
export interface RouteRule {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Position among the object's rules, from 0; absent for a default backend. */
  readonly index?: number;
  /** What it matches, for people: `shop.example.com/api (Prefix)`. */
  readonly matches: string;
  /** From the root of the object. */
  readonly field: FieldPath;
  readonly origin: Origin;
}

/** A rule that lost, or would have matched but for something. */
export interface Considered {
  readonly rule: RouteRule;
  /** Whether it matches the request: `maybe` where nobody can know. */
  readonly matched: 'yes' | 'no' | 'maybe';
  /** Why it lost, or did not match: `/api is longer than /`, `the path is not below /api`. */
  readonly because: string;
}

/** A Service port as a rule names it. */
export interface ServiceName {
  readonly namespace: string;
  readonly name: string;
  /** Absent where the rule leaves it out. */
  readonly port?: string | number;
}

/** A part of the requests, and where it goes. */
export type Share = {
  /** From 0 (excluded) to 1: how many of all requests (GW-11). */
  readonly share: number;
} & (
  | { readonly service: ServiceResource; readonly port: ServicePort }
  /** A Service that no manifest declares, and that may be declared elsewhere. */
  | { readonly elsewhere: ServiceName }
  /** Nothing that requests could be sent to: the proxy answers with the status. */
  | { readonly status: number; readonly because: string }
);

/** What the request looks like when the backend gets it; a field that is absent stays as it was. */
export interface Rewrite {
  readonly host?: string;
  readonly path?: string;
}

/** What a proxy does with a request. */
export type Answer =
  | {
      readonly type: 'forwards';
      readonly to: readonly Share[];
      readonly rewrite?: Rewrite;
      readonly notes?: readonly string[];
    }
  | { readonly type: 'redirects'; readonly status: number; readonly location: string }
  /** The proxy answers itself: 404 where no rule takes the request. */
  | { readonly type: 'answers'; readonly status: number; readonly because: string }
  /** No connection comes about: nothing listens, or the handshake fails. */
  | { readonly type: 'refuses'; readonly because: string };

/** What becomes of a request: one answer, or several of which nobody knows which. */
export interface Outcome {
  readonly answers: readonly Answer[];
  /** What leaves it open, whichever rule won. */
  readonly doubts: readonly Doubt[];
}

/** How the connection is secured up to the proxy, and which certificate it shows. */
export interface TlsTermination {
  readonly mode: 'terminates' | 'passes-through';
  /** The Secret; absent where the controller shows a certificate of its own. */
  readonly secret?: { readonly namespace: string; readonly name: string };
  /** Whether the certificate is one for the host of the request; `unknown` where nobody has it to look at (ING-16). */
  readonly covers: boolean | 'unknown';
  /** E.g. `the Secret shop/shop-tls is declared elsewhere`. */
  readonly because?: string;
}

/** The way of one request through one proxy. */
export interface Routed {
  /** One where it is certain; several where nobody can know which, and then `doubts` says why. Never empty. */
  readonly answers: readonly Answer[];
  /** The rule that won; of several answers that of the first. */
  readonly rule?: RouteRule;
  /** All other rules worth telling, the nearest first. */
  readonly considered: readonly Considered[];
  readonly tls?: TlsTermination;
  /** What leaves open which of the answers it is. INVARIANT: not empty where there are several answers. */
  readonly doubts: readonly Doubt[];
  /** A rule for this very host or a catch-all: of several proxies the one that knows the host is meant. */
  readonly claim: 'host' | 'wildcard' | 'any' | 'none';
}

/** A backend that some request may come to. */
export interface Offered {
  readonly service: ServiceResource;
  readonly port: ServicePort;
  /** The requests, for people: `https://shop.example.com/cart*`, `tcp 5432`. */
  readonly url: string;
  /** The port of the proxy where clients connect to; `undefined`: whichever it listens on for http and https. */
  readonly listens?: number;
  readonly rule: RouteRule;
  /** What leaves open whether any request does. */
  readonly doubts: readonly Doubt[];
}
