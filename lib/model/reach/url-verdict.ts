import type { Edge } from '../ingress/edge';
import type { UrlRequest } from '../ingress/request';
import type { Answer, Routed, Share } from '../ingress/routing';
import type { Certainty } from '../policy/explain';
import type { Doubt } from '../values/ternary';
import type { PairVerdict } from './verdict';

/** What one proxy would do with a request. */
export interface AtEdge {
  readonly edge: Edge;
  readonly routed: Routed;
}

/** What becomes of a request from outside, in two legs: to the proxy, and from there to the pods. */
export interface UrlVerdict {
  readonly request: UrlRequest;
  /** The proxy that takes it; absent where none knows the host, or several do and nobody says which is meant. */
  readonly taken?: AtEdge;
  /** What the other proxies would do. */
  readonly others: readonly AtEdge[];
  /** The answers that are possible: one where it is certain. */
  readonly answers: readonly Answer[];
  /** Whether clients outside get to the proxy (NP-39); absent where nobody says which pods it runs in. */
  readonly entering?: Certainty;
  /** The ways of clients outside to the pods of the proxy. */
  readonly entrances: readonly PairVerdict[];
  /** For each share that has a Service: whether the proxy gets to the pods behind it (NP-40, ING-15). */
  readonly backends: readonly UrlBackend[];
  /** What leaves open which answer it is, or whether it arrives. */
  readonly doubts: readonly Doubt[];
}

export interface UrlBackend {
  readonly share: Share & { readonly service: unknown };
  /** Of the pods that may answer: the way from the proxy to each. Empty where the Service has no endpoint: then the proxy answers 503. */
  readonly ways: readonly PairVerdict[];
  readonly outcome: Certainty | 'partial';
}
