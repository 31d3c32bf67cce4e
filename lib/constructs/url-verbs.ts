import type { SecretRef } from '../intents/intent';
import { problemOfLocation } from '../intents/url';
import type { Verb } from '../synth/registry';
import { type Endpoint, endpointRef } from './endpoint-ref';
import type { RefOf } from './verbs';

/** A Secret by its name, `namespace/name`, or the object itself: an `ApiObject`, or a Secret of cdk8s-plus. */
export type SecretName = string | NamedSecret;

/** What has the name of a Secret, whatever made it. */
export interface NamedSecret {
  readonly name: string;
  /** @default - it is taken for a Secret */
  readonly kind?: string;
  readonly metadata?: { readonly namespace?: string };
}

export interface TerminationOptions {
  /** Whose certificate is shown. @default - any that covers the host */
  readonly with?: SecretName;
}

/** Promises that a URL does not lead somewhere. @typeParam R what a promise returns, e.g. a handle to explain it by */
export interface NegatedUrlVerbs<R> {
  /** No request for the URL gets to the target, whichever of several answers it may be. */
  toRouteTo(backend: Endpoint): R;
  /** No request for the URL is answered with this location. */
  toRedirectTo(location: string): R;
}

/** Promises about one URL. TLS has no `not`: a certificate that does not cover the host is a fault for every client. */
export interface UrlVerbs<R> {
  readonly not: NegatedUrlVerbs<R>;
  /**
   * Every request for the URL arrives at the target: the rule that wins sends all of them there, clients outside get to the
   * proxy, and policies let the proxy through to each pod. A port of an app or of a Service; an app means any of its ports.
   */
  toRouteTo(backend: Endpoint): R;
  /** The URL is answered by a redirect to this location, compared as it stands. */
  toRedirectTo(location: string): R;
  /** TLS ends at the proxy, which shows a certificate that covers the host of the URL: any, or that of one Secret. */
  toTerminateTls(options?: TerminationOptions): R;
}

/** The verbs over a URL that `promise` knows: it gets what was said as a value. @param refOf as for `verbs` */
export function urlVerbs<R>(promise: (verb: () => Verb) => R, refOf: RefOf = endpointRef): UrlVerbs<R> {
  return {
    not: polarVerbs(promise, refOf, true),
    ...polarVerbs(promise, refOf, false),
    toTerminateTls({ with: named } = {}) {
      const secret = named === undefined ? undefined : secretRef(named);
      return promise(() => ({ verb: 'toTerminateTls', ...(secret && { secret }) }));
    },
  };
}

function polarVerbs<R>(promise: (verb: () => Verb) => R, refOf: RefOf, negated: boolean): NegatedUrlVerbs<R> {
  return {
    toRouteTo(backend) {
      const backendRef = refOf(backend);
      return promise(() => ({ verb: 'toRouteTo', negated, backend: backendRef }));
    },
    toRedirectTo(location) {
      const problem = problemOfLocation(location);
      if (problem !== undefined) {
        throw new Error(
          `Unable to promise a redirect to "${location}": ${problem}. Give it as the answer has it, e.g. 'https://shop.example.com/'.`,
        );
      }
      return promise(() => ({ verb: 'toRedirectTo', negated, location }));
    },
  };
}

function secretRef(given: SecretName): SecretRef {
  if (typeof given === 'string') {
    const parts = /^(?:([^/\s]+)\/)?([^/\s]+)$/.exec(given);
    if (!parts) throw new Error(`Unable to tell which Secret "${given}" is: give its name, or namespace/name.`);
    return { name: parts[2], ...(parts[1] !== undefined && { namespace: parts[1] }) };
  }
  if (given.kind !== undefined && given.kind !== 'Secret') {
    throw new Error(`Unable to take ${given.kind} "${given.name}" for a Secret: give the one with the certificate.`);
  }
  const namespace = given.metadata?.namespace;
  return { name: given.name, ...(namespace !== undefined && { namespace }) };
}
