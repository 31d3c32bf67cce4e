import type { Cluster } from '../../cluster/cluster';
import type { IngressController } from '../../cluster/ingress-controller';
import type { ContainerSettings, IngressResource, ServicePort, ServiceResource } from '../../manifest/resources';
import type { ServiceTable } from '../../service/service-table';
import type { Doubt } from '../../values/ternary';
import type { UrlRequest } from '../request';
import type { Outcome, ServiceName, TlsTermination } from '../routing';
import type { Entry, ServedIngress } from '../rules';
import type { SourceRanges } from './source-ranges';

/** What a controller is told by a ConfigMap, by key; what it does not say is as by default. */
export type Settings = ReadonlyMap<string, string>;

/** All that one controller serves, and what is behind it. */
export interface RoutingTable {
  readonly served: readonly ServedIngress[];
  readonly entries: readonly Entry[];
  readonly services: ServiceTable;
  readonly cluster: Cluster;
  /** As the profile has it; `undefined` where nobody describes it. */
  readonly controller?: IngressController;
  /** What its pods are started with; empty where no manifest has them. */
  readonly words: readonly string[];
  /** What its ConfigMap tells it; empty where it has none. */
  readonly settings: Settings;
}

/** A request with its host and path as the controller's server compares them. */
export interface Received extends UrlRequest {
  /** What stood in the request line and the headers. */
  readonly sent: UrlRequest;
}

/** Whether a rule matches a request. */
export interface Match {
  readonly matched: 'yes' | 'no' | 'maybe';
  /** For people, as in `Considered`. */
  readonly because: string;
  /** INVARIANT: not empty where it may match. */
  readonly doubts?: readonly Doubt[];
  /** What a regular expression captured, by number from 1 on. */
  readonly captured?: readonly (string | undefined)[];
}

/** One entry as a controller compares it with a request. */
export interface Candidate {
  readonly entry: Entry;
  readonly match: Match;
  /** Of those that match the first by rank wins: compared part by part, the greater goes first. Equals claim the same. */
  readonly rank: readonly (number | string)[];
}

/** A backend that there is, or why there is none. */
export type FoundBackend =
  | { readonly service: ServiceResource; readonly port: ServicePort }
  | {
      readonly missing: 'service' | 'port';
      readonly because: string;
      /** Where the Service may be declared elsewhere. */
      readonly elsewhere?: ServiceName;
    };

/** An annotation of an Ingress. */
export interface Annotation {
  readonly key: string;
  readonly value: string;
}

/** The contract of ingress controllers: how each reads the same Ingresses. Pure functions of the table and a request. */
export interface ControllerRules {
  readonly kind: IngressController['kind'];
  /** What messages call it where nobody gave it a name. */
  readonly label: string;
  /** The entries, with how they match and which goes first; those that it does not read at all left out. */
  candidates(request: Received, table: RoutingTable): readonly Candidate[];
  /** The Service port that an entry leads some request to, or why none; `undefined` where the controller passes over it. */
  backend(entry: Entry, table: RoutingTable): FoundBackend | undefined;
  /**
   * Whether a key of its ConfigMap is one that these rules read, or changes the way of no request.
   * @default - it has no such ConfigMap, or nobody knows its keys
   */
  knowsSetting?(key: string, value: string): boolean;
  /** Whether these rules read an argument that it is started with. @default - none but those that every controller has */
  readsArgument?(word: string): boolean;
  /** What its containers are set by besides their arguments, for people. @default - nothing that anybody knows of */
  isSetBy?(settings: ContainerSettings | undefined, words: readonly string[]): readonly string[];
  /** What leaves open whether any request comes by an entry, besides the entry itself. @default - nothing does */
  offerDoubts?(entry: Entry, table: RoutingTable): readonly Doubt[];
  /** The annotation that keeps it from redirecting plain HTTP by itself. @default - it does no such thing, or nobody knows by what */
  readonly plainHttp?: Annotation;
  /** Whom it lets in by their addresses; `undefined` where everybody. */
  sources?(ingress: IngressResource, table: RoutingTable): SourceRanges | undefined;
  /** What it does with a request that an entry won; without one where none matches. */
  outcome(request: Received, table: RoutingTable, winner?: Candidate): Outcome;
  /** Which certificate it shows to a handshake that names a host. */
  tls(name: string, table: RoutingTable): TlsTermination;
  /** Why the winner goes first, where both match: `/api is longer`. */
  reason(winner: Candidate, loser: Candidate): string;
  /** ING-17: what would settle which of two rules goes first that claim the same. */
  readonly tie: Doubt;
}
