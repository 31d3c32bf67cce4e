import type { ReachBy } from '../intents/intent';
import type { Verb } from '../synth/registry';
import { type Endpoint, endpointRef } from './endpoint-ref';

export interface ReachOptions {
  /** How much of the way counts: the lookup of the name too, from the Service on, or straight to the pod's address. @default 'name' */
  readonly by?: ReachBy;
}

export interface ExposureOptions {
  /** Parts of the subject that may be exposed. @default - none */
  readonly except?: readonly Endpoint[];
}

/** Promises that something can't be done. @typeParam R what a promise returns, e.g. a handle to explain it by */
export interface NegatedVerbs<R> {
  /** No port of the target can be reached in any way: not by name, by Service, or by pod address. */
  toReach(target: Endpoint | readonly Endpoint[], options?: ReachOptions): R;
  /** Nobody in the zone can reach any of it, apart from the exceptions. */
  toBeExposedTo(zone: Endpoint, options?: ExposureOptions): R;
  /** The URL does not lead to the port. */
  toRouteTo(backend: Endpoint): R;
}

/** Promises about one subject. Exclusive verbs have no `not`: nobody can rely on "not only by". */
export interface Verbs<R> {
  readonly not: NegatedVerbs<R>;
  /** All pods of the subject can use all of the targets; an app means each of its declared ports. */
  toReach(target: Endpoint | readonly Endpoint[], options?: ReachOptions): R;
  /** Nobody but these can reach any of it. They need not be able to: promise `toReach` for that. */
  toBeReachedOnlyBy(first: Endpoint, ...more: Endpoint[]): R;
  /** The same with a list that is complete only when promises are checked. */
  toBeReachedOnlyBy(clients: () => readonly Endpoint[]): R;
  /** Each pod of it has a way in, through a load balancer, a node's port or an external IP, from everywhere in the zone. */
  toBeExposedTo(zone: Endpoint): R;
  /** A request for the URL arrives at the port. */
  toRouteTo(backend: Endpoint): R;
}

/** The verbs over a subject that `promise` knows: it gets what was said as a value, to be read at check time. */
export function verbs<R>(promise: (verb: () => Verb) => R): Verbs<R> {
  return {
    not: polarVerbs(promise, true),
    ...polarVerbs(promise, false),
    toBeReachedOnlyBy(first: Endpoint | (() => readonly Endpoint[]), ...more: Endpoint[]) {
      if (typeof first === 'function') {
        return promise(() => ({ verb: 'toBeReachedOnlyBy', sources: first().map(endpointRef) }));
      }
      const sources = [first, ...more].map(endpointRef);
      return promise(() => ({ verb: 'toBeReachedOnlyBy', sources }));
    },
  };
}

/** The verbs that exist with `not` and without. Endpoints are read at once, so that mistakes show at their own line. */
function polarVerbs<R>(promise: (verb: () => Verb) => R, negated: boolean): NegatedVerbs<R> {
  return {
    toReach(target, options = {}) {
      const targets = listOf(target).map(endpointRef);
      return promise(() => ({ verb: 'toReach', negated, targets, by: options.by }));
    },
    toBeExposedTo(zone, options = {}) {
      const zoneRef = endpointRef(zone);
      const except = (options.except ?? []).map(endpointRef);
      return promise(() => ({ verb: 'toBeExposedTo', negated, zone: zoneRef, except }));
    },
    toRouteTo(backend) {
      const backendRef = endpointRef(backend);
      return promise(() => ({ verb: 'toRouteTo', negated, backend: backendRef }));
    },
  };
}

function listOf(target: Endpoint | readonly Endpoint[]): readonly Endpoint[] {
  return Array.isArray(target) ? target : [target as Endpoint];
}
