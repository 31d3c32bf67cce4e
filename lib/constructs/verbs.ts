import type { EndpointRef } from '../intents/endpoint';
import type { ReachBy } from '../intents/intent';
import { problemOfName } from '../model/dns/name';
import type { Verb } from '../synth/registry';
import type { AppAddress } from './app-port';
import { type Endpoint, endpointRef } from './endpoint-ref';

export interface ReachOptions {
  /**
   * How much of the way counts: the lookup of the name too, from the Service on, or straight to the pod's address. A negative
   * promise is then about this way alone: what is unreachable by name may well be reached by address.
   *
   * @default 'name'; for a negative promise every way
   */
  readonly by?: ReachBy;
}

export interface ExposureOptions {
  /** Parts of the subject that may be exposed, or a function that lists them when promises are checked. @default - none */
  readonly except?: Endpoints;
}

/** Endpoints, or a function that lists them: it is called when promises are checked, when the list is complete. */
export type Endpoints = readonly Endpoint[] | (() => readonly Endpoint[]);

export interface IsolationOptions {
  /** Whether nobody gets in. @default true */
  readonly ingress?: boolean;
  /** Whether it gets to nobody, lookups at the cluster's DNS left out. @default true */
  readonly egress?: boolean;
  /** Who may get in, and whom it may get to. @default - nobody */
  readonly except?: Endpoints;
}

export interface PassageOptions {
  /** Where the traffic goes in the end. */
  readonly onTheWayTo: Endpoint;
}

/** Promises that something can't be done. @typeParam R what a promise returns, e.g. a handle to explain it by */
export interface NegatedVerbs<R> {
  /** No port of the target can be reached in any way: not by name, by Service, or by pod address; `by` narrows it to one. */
  toReach(target: Endpoint | readonly Endpoint[], options?: ReachOptions): R;
  /** Nobody in the zone can reach any of it, apart from the exceptions. */
  toBeExposedTo(zone: Endpoint, options?: ExposureOptions): R;
  /**
   * The pods get no answer for the name: their lookups get nowhere, or the name is in no namespace that this app declares.
   * Kubernetes' DNS answers everybody who gets to it, so `not.toReach` is what protects.
   */
  toResolve(name: string | AppAddress): R;
}

/** Promises about one subject. Exclusive verbs have no `not`: nobody can rely on "not only by". */
export interface Verbs<R extends object> {
  readonly not: NegatedVerbs<R>;
  /** All pods of the subject can use all of the targets; an app means each of its declared ports. */
  toReach(target: Endpoint | readonly Endpoint[], options?: ReachOptions): R;
  /** Nobody but these can reach any of it. They need not be able to: promise `toReach` for that. */
  toBeReachedOnlyBy(first: Endpoint, ...more: Endpoint[]): R;
  /** The same with a list that is complete only when promises are checked. */
  toBeReachedOnlyBy(clients: () => readonly Endpoint[]): R;
  /** It reaches nobody but these, lookups at the cluster's DNS left out. It need not reach them: promise `toReach` for that. */
  toReachOnly(first: Endpoint, ...more: Endpoint[]): R;
  /** The same with a list that is complete only when promises are checked. */
  toReachOnly(targets: () => readonly Endpoint[]): R;
  /** Nobody gets to it and it gets to nobody, but for the exceptions and lookups at the cluster's DNS. Its own pods may talk. */
  toBeIsolated(options?: IsolationOptions): R;
  /**
   * Whatever of it gets to `onTheWayTo` passes through the hop: every direct way is shut, and the one through the hop is open.
   * What other pods forward at their own will no policy tells.
   */
  toPassThrough(hop: Endpoint, options: PassageOptions): R;
  /** Each pod of it has a way in from everywhere in the zone: a load balancer, a node's port, an external IP, or a URL. */
  toBeExposedTo(zone: Endpoint): R;
  /**
   * All pods of the subject get an answer for the name, looked up as it stands through their search lists, and with
   * `.to(...)` this one: a Service, an app, one of its pods, addresses or a host outside.
   */
  toResolve(name: string | AppAddress): R & Resolving<R>;
}

/** A promise about a name that does not tell yet what the name leads to. */
export interface Resolving<R> {
  /** The name leads there, and to nothing else. */
  to(target: Endpoint): R;
}

/** Reads an endpoint as a plain value. */
export type RefOf = (endpoint: Endpoint) => EndpointRef;

/**
 * The verbs over a subject that `promise` knows: it gets what was said as a value, to be read at check time.
 *
 * @param clusterDomain known for sure only then
 * @param refOf reads an endpoint @default - of whatever app
 */
export function verbs<R extends object>(
  promise: (verb: () => Verb) => R,
  clusterDomain: () => string,
  refOf: RefOf = endpointRef,
): Verbs<R> {
  return {
    not: polarVerbs(promise, clusterDomain, refOf, true),
    ...polarVerbs(promise, clusterDomain, refOf, false),
    toResolve(name) {
      const text = nameOf(name, clusterDomain);
      let to: EndpointRef | undefined;
      const promised = promise(() => ({ verb: 'toResolve', negated: false, name: text(), to }));
      const resolving: Resolving<R> = {
        to: (target) => {
          to = refOf(target);
          return promised;
        },
      };
      return Object.assign({}, promised, resolving);
    },
    toReachOnly(first: Endpoint | (() => readonly Endpoint[]), ...more: Endpoint[]) {
      const targets = refsOf(refOf, typeof first === 'function' ? first : [first, ...more]);
      return promise(() => ({ verb: 'toReachOnly', targets: targets() }));
    },
    toBeReachedOnlyBy(first: Endpoint | (() => readonly Endpoint[]), ...more: Endpoint[]) {
      const sources = refsOf(refOf, typeof first === 'function' ? first : [first, ...more]);
      return promise(() => ({ verb: 'toBeReachedOnlyBy', sources: sources() }));
    },
    toBeIsolated({ ingress = true, egress = true, except = [] } = {}) {
      if (!ingress && !egress) {
        throw new Error(
          'Unable to promise isolation in no direction: leave `ingress` or `egress` out, or set one to true.',
        );
      }
      const refs = refsOf(refOf, except);
      return promise(() => ({ verb: 'toBeIsolated', ingress, egress, except: refs() }));
    },
    toPassThrough(hop, { onTheWayTo }) {
      const [hopRef, goalRef] = [refOf(hop), refOf(onTheWayTo)];
      return promise(() => ({ verb: 'toPassThrough', hop: hopRef, onTheWayTo: goalRef }));
    },
  };
}

/** Listed endpoints are read at once, so that mistakes show at their own line; a function when promises are checked. */
function refsOf(refOf: RefOf, endpoints: Endpoints): () => readonly EndpointRef[] {
  if (typeof endpoints === 'function') {
    return () => {
      const listed: unknown = endpoints();
      if (Array.isArray(listed)) return listed.map(refOf);
      throw new Error('Unable to read what a promise lists: its function must give a list of endpoints, at once.');
    };
  }
  if (!Array.isArray(endpoints)) throw new Error('Unable to read what a promise lists: give a list, such as [app].');
  const refs = endpoints.map(refOf);
  return () => refs;
}

/** The verbs that exist with `not` and without. Endpoints are read at once, so that mistakes show at their own line. */
function polarVerbs<R>(
  promise: (verb: () => Verb) => R,
  clusterDomain: () => string,
  refOf: RefOf,
  negated: boolean,
): NegatedVerbs<R> {
  return {
    toReach(target, options = {}) {
      const targets = listOf(target).map(refOf);
      if (targets.length === 0) throw new Error('Unable to promise anything about no target: the list is empty.');
      return promise(() => ({ verb: 'toReach', negated, targets, by: options.by }));
    },
    toBeExposedTo(zone, options = {}) {
      const zoneRef = refOf(zone);
      const except = refsOf(refOf, options.except ?? []);
      return promise(() => ({ verb: 'toBeExposedTo', negated, zone: zoneRef, except: except() }));
    },
    toResolve(name) {
      const text = nameOf(name, clusterDomain);
      return promise(() => ({ verb: 'toResolve', negated, name: text() }));
    },
  };
}

/** The name as it is to be looked up; an address of a construct stands for its full name. */
function nameOf(name: string | AppAddress, clusterDomain: () => string): () => string {
  const textIn = (domain: string) =>
    typeof name === 'string' ? name : name.textFor({ namespace: '', clusterDomain: domain });
  const written = textIn('cluster.local');
  const problem = problemOfName(written);
  if (problem !== undefined || /[:/]/.test(written)) {
    throw new Error(
      `Unable to resolve "${written}": ${problem ?? 'this is more than a name'}. Give a name such as 'api.shop', ` +
        '`service.dnsName`, or `port.host()`, without scheme and port.',
    );
  }
  return () => textIn(clusterDomain());
}

function listOf(target: Endpoint | readonly Endpoint[]): readonly Endpoint[] {
  return Array.isArray(target) ? target : [target as Endpoint];
}
