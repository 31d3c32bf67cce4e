import type { Edge } from '../ingress/edge';
import type { UrlRequest } from '../ingress/request';
import type { Answer, Routed, Share } from '../ingress/routing';
import type { Doubt } from '../values/ternary';
import type { Hop, PairVerdict, Verdict } from './verdict';

/** What one proxy would do with a request. */
export interface AtEdge {
  readonly edge: Edge;
  readonly routed: Routed;
}

/** What becomes of a request from outside, in two legs: to the proxy, and from there to the pods. */
export interface UrlVerdict {
  readonly request: UrlRequest;
  /**
   * `allowed`: it gets to pods of the backend, or is answered by what the rule says itself, such as a redirect; `denied`: the
   * proxy has nothing for it (404, 503), policies keep it away, or no proxy takes it; `partial`: some pods, some shares or some
   * clients.
   */
  readonly outcome: Verdict['outcome'];
  /** The proxy that takes it; absent where there is none, or several do and nobody says which is meant. */
  readonly taken?: AtEdge;
  /** What the other proxies would do. */
  readonly others: readonly AtEdge[];
  /** The answers that are possible: one where it is certain, none where there is no proxy. */
  readonly answers: readonly Answer[];
  /** Whether clients outside get to the proxy (NP-39); absent where nobody says which pods it runs in. */
  readonly entering?: Verdict['outcome'];
  /** The ways of clients outside to the pods of the proxy. */
  readonly entrances: readonly PairVerdict[];
  /** For each share of the one answer that has a Service: whether the proxy gets to the pods behind it (NP-40, ING-15). */
  readonly backends: readonly UrlBackend[];
  /** What leaves open which answer it is, or whether it arrives. */
  readonly doubts: readonly Doubt[];
}

/** A share that goes to a Service. */
export type ServiceShare = Extract<Share, { readonly service: unknown }>;

export interface UrlBackend {
  readonly share: ServiceShare;
  /**
   * The ways of the proxy to each endpoint, whatever policies say; empty where the Service has none: then the proxy answers 503.
   */
  readonly ways: readonly PairVerdict[];
  readonly outcome: Verdict['outcome'];
  /** Why there is no endpoint. */
  readonly stop?: Hop & { readonly hop: 'service' };
}
