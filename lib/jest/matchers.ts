import type { AppAddress } from '../constructs/app-port';
import type { Endpoint } from '../constructs/endpoint-ref';
import type { TerminationOptions } from '../constructs/url-verbs';
import type { Endpoints, ExposureOptions, IsolationOptions, PassageOptions, ReachOptions } from '../constructs/verbs';
import type { HasRequest } from '../intents/endpoint';
import { type Context, failure, hintOf, type Result } from './matcher';
import type { ResolveOptions } from './matcher-types';
import { judge, judgeUrl } from './promise-matcher';
import { toSatisfyIntents } from './to-satisfy-intents';

type Clients = readonly [Endpoint, ...Endpoint[]] | readonly [() => readonly Endpoint[]];

/** The verbs of promises, and more, as jest and vitest take them in `expect.extend`. */
export const matchers = {
  toReach(this: Context, subject: Endpoint, target: Endpoint | readonly Endpoint[], options?: ReachOptions): Result {
    return judge(this, 'toReach', subject, [target], (of, isNot) => (isNot ? of.not : of).toReach(target, options));
  },

  toReachOnly(this: Context, subject: Endpoint, ...targets: Clients): Result {
    if (this.isNot) return notOnly(this, 'toReachOnly', 'expect(x).not.toReach(y)');
    return judge(this, 'toReachOnly', subject, listed(targets), (of) =>
      isLate(targets) ? of.toReachOnly(targets[0]) : of.toReachOnly(...targets),
    );
  },

  toBeReachedOnlyBy(this: Context, subject: Endpoint, ...clients: Clients): Result {
    if (this.isNot) return notOnly(this, 'toBeReachedOnlyBy', 'expect(y).toReach(x)');
    return judge(this, 'toBeReachedOnlyBy', subject, listed(clients), (of) =>
      isLate(clients) ? of.toBeReachedOnlyBy(clients[0]) : of.toBeReachedOnlyBy(...clients),
    );
  },

  toBeIsolated(this: Context, subject: Endpoint, options: IsolationOptions = {}): Result {
    if (this.isNot) return notOnly(this, 'toBeIsolated', 'expect(y).toReach(x)');
    return judge(this, 'toBeIsolated', subject, listed([options.except]), (of) => of.toBeIsolated(options));
  },

  toBeExposedTo(this: Context, subject: Endpoint, zone: Endpoint, options: ExposureOptions = {}): Result {
    const { except } = options;
    if (!this.isNot && except !== undefined) {
      return refusal(this, 'toBeExposedTo', 'Only what must not be exposed has exceptions: leave `except` out.');
    }
    return judge(this, 'toBeExposedTo', subject, [zone, ...listed([except])], (of, isNot) =>
      isNot ? of.not.toBeExposedTo(zone, options) : of.toBeExposedTo(zone),
    );
  },

  toResolve(this: Context, subject: Endpoint, name: string | AppAddress, { to }: ResolveOptions = {}): Result {
    if (this.isNot && to !== undefined) {
      return refusal(this, 'toResolve', '`.not.toResolve` means no answer at all: leave `to` out.');
    }
    return judge(this, 'toResolve', subject, [name, to], (of, isNot) => {
      if (isNot) return of.not.toResolve(name);
      return to === undefined ? of.toResolve(name) : of.toResolve(name).to(to);
    });
  },

  toRouteTo(this: Context, subject: HasRequest, backend: Endpoint): Result {
    return judgeUrl(this, 'toRouteTo', subject, [backend], (of, isNot) => (isNot ? of.not : of).toRouteTo(backend));
  },

  toRedirectTo(this: Context, subject: HasRequest, location: string): Result {
    return judgeUrl(this, 'toRedirectTo', subject, [], (of, isNot) => (isNot ? of.not : of).toRedirectTo(location));
  },

  toTerminateTls(this: Context, subject: HasRequest, options: TerminationOptions = {}): Result {
    if (this.isNot) {
      return refusal(this, 'toTerminateTls', '`.not.toTerminateTls` promises nothing that anybody could rely on.');
    }
    return judgeUrl(this, 'toTerminateTls', subject, [options.with], (of) => of.toTerminateTls(options));
  },

  toPassThrough(this: Context, subject: Endpoint, hop: Endpoint, options: PassageOptions): Result {
    if (this.isNot) return notOnly(this, 'toPassThrough', 'expect(x).toReach(y)');
    if (options?.onTheWayTo === undefined) {
      return refusal(
        this,
        'toPassThrough',
        'On the way to where? Give `{ onTheWayTo }`, e.g. `{ onTheWayTo: internet }`.',
      );
    }
    return judge(this, 'toPassThrough', subject, [hop, options], (of) => of.toPassThrough(hop, options));
  },

  toSatisfyIntents,
};

/** "Not only by" would hold as soon as anybody else gets through, whoever that is: nobody can rely on it. */
function notOnly(context: Context, matcher: string, instead: string): Result {
  return refusal(context, matcher, `\`.not.${matcher}\` promises nothing. Say who reaches whom: \`${instead}\`.`);
}

/** Of words that can't be taken for a promise. */
function refusal(context: Context, matcher: string, advice: string): Result {
  return failure(context, hintOf(context, matcher), advice);
}

function isLate(endpoints: Clients): endpoints is readonly [() => readonly Endpoint[]] {
  return typeof endpoints[0] === 'function';
}

/** With what a function lists. */
function listed(endpoints: readonly (Endpoint | Endpoints | undefined)[]): readonly unknown[] {
  return endpoints.flatMap((each): unknown => (typeof each === 'function' ? each() : each));
}
