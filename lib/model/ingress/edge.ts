import type { PlacedProxy } from '../cluster/ingress-controller';
import type { Doubt } from '../values/ternary';
import type { UrlRequest } from './request';
import type { Offered, Routed } from './routing';

/** A port that a proxy listens on. */
export interface EdgeListener {
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS' | 'TLS' | 'TCP' | 'UDP';
  /** Of a Gateway. */
  readonly name?: string;
  readonly hostname?: string;
}

/** A proxy at the edge of the cluster: one ingress controller, or one Gateway. What it does is a pure function of the manifests. */
export interface Edge {
  readonly api: 'Ingress' | 'Gateway';
  /** For people: `ingress-nginx`, `Gateway infra/public`; `the ingress controller` where nobody says which it is. */
  readonly label: string;
  /** Of a Gateway: what `--gateway ns/name` means. */
  readonly gateway?: { readonly namespace: string; readonly name: string };
  /** Whose pods forward the requests (NP-40); `undefined` where nobody says. */
  readonly controller?: PlacedProxy;
  /** Of a Gateway without `controller`: what would tell whose pods they are. */
  readonly unplaced?: Doubt;
  /** What leaves open whether clients outside get to pods that no manifest has (NP-39). @default - nothing does */
  readonly entrance?: readonly Doubt[];
  readonly listeners: readonly EdgeListener[];
  /** What leaves open whether there is such a proxy at all, and whether it is this one that serves. */
  readonly doubts: readonly Doubt[];
  route(request: UrlRequest): Routed;
  /** Every backend that any request from outside may come to. */
  readonly offers: readonly Offered[];
}
