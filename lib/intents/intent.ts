import type { Severity } from '../model/finding/lint';
import type { Origin } from '../model/finding/origin';
import type { EndpointRef, SubjectRef, UrlRef } from './endpoint';

/** How a name is used on the way: the whole way by DNS name (the default), from the Service on, or straight to the pod's address. */
export type ReachBy = 'name' | 'service' | 'podIP';

/** The Service, and the port of it, that stand in an address which clients were given. */
export interface ToldAddress {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
}

/** A Secret with a certificate. */
export interface SecretRef {
  readonly name: string;
  /** @default - whichever the Ingress or Gateway takes it from */
  readonly namespace?: string;
}

/** One promise: a frozen plain value. Checking it is a pure function; nothing of it is ever emitted. */
export type Intent = IntentOf<EndpointRef, EndpointVerb> | IntentOf<UrlRef, UrlVerb> | IntentOf<SubjectRef, NoVerb>;

/** A promise by what it is about. */
export type IntentOf<Subject, Verb> = IntentBase & { readonly subject: Subject } & Verb;

/** A promise about what a URL leads to. */
export type UrlIntent = IntentOf<UrlRef, UrlVerb>;

/** What is promised of pods, Services and addresses. */
export type EndpointVerb =
  | {
      readonly verb: 'toReach';
      readonly negated: boolean;
      readonly targets: readonly EndpointRef[];
      /** @default 'name'; with `negated` every way */
      readonly by?: ReachBy;
      /** Where clients were told to go, when a promise by name is about that alone. @default - whichever Service leads there */
      readonly told?: ToldAddress;
    }
  | { readonly verb: 'toReachOnly'; readonly targets: readonly EndpointRef[] }
  | { readonly verb: 'toBeReachedOnlyBy'; readonly sources: readonly EndpointRef[] }
  | {
      readonly verb: 'toBeIsolated';
      readonly ingress: boolean;
      readonly egress: boolean;
      readonly except: readonly EndpointRef[];
    }
  | { readonly verb: 'toPassThrough'; readonly hop: EndpointRef; readonly onTheWayTo: EndpointRef }
  | {
      readonly verb: 'toBeExposedTo';
      readonly negated: boolean;
      readonly zone: EndpointRef;
      readonly except: readonly EndpointRef[];
    }
  /** `name` is looked up as it stands, through the search list of each pod; `to` is what it must lead to. */
  | { readonly verb: 'toResolve'; readonly negated: boolean; readonly name: string; readonly to?: EndpointRef };

/** What is promised of a URL. */
export type UrlVerb =
  | { readonly verb: 'toRouteTo'; readonly negated: boolean; readonly backend: EndpointRef }
  /** `location` is compared as it stands. */
  | { readonly verb: 'toRedirectTo'; readonly negated: boolean; readonly location: string }
  /** `secret`: whose certificate is shown. @default - any that covers the host */
  | { readonly verb: 'toTerminateTls'; readonly secret?: SecretRef };

/** `expect(...)` without a verb promises nothing: a finding, not a promise. */
export interface NoVerb {
  readonly verb: 'none';
}

export interface IntentBase {
  /** Unique within the app and stable: the scope's path and a counter or the name given by `as`. */
  readonly id: string;
  readonly subject: SubjectRef;
  /** Why the promise matters, in the author's words. */
  readonly because?: string;
  /** A warning is told and refuses nothing. @default 'error' */
  readonly severity?: Severity;
  /** Where it was promised: the scope's construct path, and the line once known. */
  readonly origin: Origin;
  /** Made by a construct on the author's behalf (`uses`), not by an explicit `expect`. */
  readonly implied?: boolean;
}
