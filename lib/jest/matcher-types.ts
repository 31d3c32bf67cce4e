import type { IConstruct } from 'constructs';
import type { AppAddress } from '../constructs/app-port';
import type { Endpoint } from '../constructs/endpoint-ref';
import type { TerminationOptions } from '../constructs/url-verbs';
import type { ExposureOptions, IsolationOptions, PassageOptions, ReachOptions } from '../constructs/verbs';
import type { Network } from '../files/network';
import type { HasRequest } from '../intents/endpoint';

export interface ResolveOptions {
  /** What the name leads to, and nothing else: a Service, an app, one of its pods, addresses or a host outside. */
  readonly to?: Endpoint;
}

/** The matcher where the subject is of the kind that it is about; else nothing that could be called. */
type About<T, Kind, Matcher> = [T] extends [Kind] ? Matcher : never;

/** Only `expect(x)` itself has it, and what follows `.not` does not: "not only" promises nothing. */
interface Affirmed {
  readonly not: unknown;
}

/** Endpoints, or a function that lists them. */
interface OnlyThese<R> {
  (this: Affirmed, first: Endpoint, ...more: Endpoint[]): R;
  (this: Affirmed, list: () => readonly Endpoint[]): R;
}

/**
 * The verbs of promises as matchers: `Verbs` says what each means.
 *
 * @typeParam R what an expectation returns @typeParam T the subject
 */
export interface PortolanMatchers<R, T> {
  /** All pods of the subject can use all of the targets; with `.not` no port of any of them, on no way. */
  toReach: About<T, Endpoint, (target: Endpoint | readonly Endpoint[], options?: ReachOptions) => R>;
  /** It reaches nobody but these, lookups at the cluster's DNS left out. */
  toReachOnly: About<T, Endpoint, OnlyThese<R>>;
  /** Nobody but these can reach any of it. */
  toBeReachedOnlyBy: About<T, Endpoint, OnlyThese<R>>;
  /** Nobody gets to it and it gets to nobody, but for the exceptions and lookups at the cluster's DNS. */
  toBeIsolated: About<T, Endpoint, (this: Affirmed, options?: IsolationOptions) => R>;
  /** Each pod of it has a way in from everywhere in the zone; with `.not` nobody in the zone reaches any of it. */
  toBeExposedTo: About<T, Endpoint, (zone: Endpoint, options?: ExposureOptions) => R>;
  /** All pods of the subject get an answer for the name; with `.not` none does. */
  toResolve: About<T, Endpoint, (name: string | AppAddress, options?: ResolveOptions) => R>;
  /** Every request for the URL arrives at the port; with `.not` none does. */
  toRouteTo: About<T, HasRequest, (backend: Endpoint) => R>;
  /** The URL is answered by a redirect to this location; with `.not` it is not. */
  toRedirectTo: About<T, HasRequest, (location: string) => R>;
  /** TLS ends at the proxy, which shows a certificate that covers the host. */
  toTerminateTls: About<T, HasRequest, (this: Affirmed, options?: TerminationOptions) => R>;
  /** Whatever of it gets to `onTheWayTo` passes through the hop. */
  toPassThrough: About<T, Endpoint, (this: Affirmed, hop: Endpoint, options: PassageOptions) => R>;
  /** Every promise made at or below the construct holds, as at synth; with `.not` one of them is surely broken. */
  toSatisfyIntents: About<T, IConstruct, () => R>;
  /**
   * Who may connect to whom is what the stored snapshot says, one line a connection: all of an app or a network; from or to
   * what a chart made.
   */
  toMatchConnectivitySnapshot: About<T, IConstruct | Network, (this: Affirmed, hint?: string) => R>;
}
