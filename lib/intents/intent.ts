import type { Severity } from '../model/finding/lint';
import type { Origin } from '../model/finding/origin';
import type { EndpointRef } from './endpoint';

/** How a name is used on the way: the whole way by DNS name (the default), from the Service on, or straight to the pod's address. */
export type ReachBy = 'name' | 'service' | 'podIP';

/** The Service, and the port of it, that stand in an address which clients were given. */
export interface ToldAddress {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
}

/** One promise: a frozen plain value. Checking it is a pure function; nothing of it is ever emitted. */
export type Intent = IntentBase &
  (
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
    | { readonly verb: 'toResolve'; readonly negated: boolean; readonly name: string; readonly to?: EndpointRef }
    | { readonly verb: 'toRouteTo'; readonly negated: boolean; readonly backend: EndpointRef }
    /** `expect(...)` without a verb promises nothing: a finding, not a promise. */
    | { readonly verb: 'none' }
  );

export interface IntentBase {
  /** Unique within the app and stable: the scope's path and a counter or the name given by `as`. */
  readonly id: string;
  readonly subject: EndpointRef;
  /** Why the promise matters, in the author's words. */
  readonly because?: string;
  /** A warning is told and refuses nothing. @default 'error' */
  readonly severity?: Severity;
  /** Where it was promised: the scope's construct path, and the line once known. */
  readonly origin: Origin;
  /** Made by a construct on the author's behalf (`uses`), not by an explicit `expect`. */
  readonly implied?: boolean;
}
