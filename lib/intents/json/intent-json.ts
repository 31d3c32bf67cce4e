import type { Severity } from '../../model/finding/lint';
import type { EndpointRef } from '../endpoint';
import type { Intent, ReachBy } from '../intent';
import { secretText } from '../secret-text';
import { type EndpointJson, endpointToJson } from './endpoint-json';
import { type SubjectJson, subjectToJson } from './subject-json';

/** One endpoint, or a list of several. */
type EndpointsJson = EndpointJson | readonly EndpointJson[];

/** What can be promised not to be. */
interface PolarJson {
  readonly toReach?: EndpointsJson;
  readonly toBeExposedTo?: EndpointJson;
  /** The name to look up. */
  readonly toResolve?: string;
  readonly toRouteTo?: EndpointJson;
  /** The URL, as the answer names it. */
  readonly toRedirectTo?: string;
}

/** A promise as JSON, in the words of `expect(...)`: the form of the promises of a file, and of those in reports. */
export interface IntentJson extends PolarJson {
  readonly expect: SubjectJson;
  readonly not?: PolarJson;
  readonly toReachOnly?: EndpointsJson;
  readonly toBeReachedOnlyBy?: EndpointsJson;
  readonly toBeIsolated?: { readonly ingress?: false; readonly egress?: false; readonly except?: EndpointsJson };
  readonly toPassThrough?: EndpointJson;
  /** `with`: the Secret, as `name` or `namespace/name`. @default - a certificate that covers the host, whosever it is */
  readonly toTerminateTls?: { readonly with?: string };
  /** With `toPassThrough`. */
  readonly onTheWayTo?: EndpointJson;
  /** With `toReach`. @default 'name'; with `not` every way */
  readonly by?: ReachBy;
  /** With `not: { toBeExposedTo }`. @default - nobody */
  readonly except?: EndpointsJson;
  /** With `toResolve`. @default - whatever it leads to */
  readonly to?: EndpointJson;
  readonly because?: string;
  /** Its id. @default - its number in the file */
  readonly as?: string;
  /** @default 'error' */
  readonly severity?: Severity;
  /** Made by a construct on the author's behalf, about its own end alone. @default false */
  readonly implied?: true;
}

/** The JSON form of a promise; `intentFromJson` is its inverse, but for where it was promised. */
export function intentToJson(intent: Intent): IntentJson {
  const { id, subject, because, severity, implied } = intent;
  return {
    expect: subjectToJson(subject),
    ...verbToJson(intent),
    ...(because !== undefined && { because }),
    as: id,
    ...(severity !== undefined && { severity }),
    ...(implied && { implied }),
  };
}

function verbToJson(intent: Intent): Omit<IntentJson, 'expect'> {
  switch (intent.verb) {
    case 'toReach':
      return { ...polar(intent, { toReach: several(intent.targets) }), ...(intent.by && { by: intent.by }) };
    case 'toReachOnly':
      return { toReachOnly: several(intent.targets) };
    case 'toBeReachedOnlyBy':
      return { toBeReachedOnlyBy: several(intent.sources) };
    case 'toBeIsolated': {
      const { ingress, egress, except } = intent;
      return { toBeIsolated: { ...(!ingress && { ingress }), ...(!egress && { egress }), ...exceptions(except) } };
    }
    case 'toPassThrough':
      return { toPassThrough: endpointToJson(intent.hop), onTheWayTo: endpointToJson(intent.onTheWayTo) };
    case 'toBeExposedTo':
      return { ...polar(intent, { toBeExposedTo: endpointToJson(intent.zone) }), ...exceptions(intent.except) };
    case 'toResolve':
      return { ...polar(intent, { toResolve: intent.name }), ...(intent.to && { to: endpointToJson(intent.to) }) };
    case 'toRouteTo':
      return polar(intent, { toRouteTo: endpointToJson(intent.backend) });
    case 'toRedirectTo':
      return polar(intent, { toRedirectTo: intent.location });
    case 'toTerminateTls':
      return { toTerminateTls: intent.secret ? { with: secretText(intent.secret) } : {} };
    case 'none':
      return {};
  }
}

function polar({ negated }: { readonly negated: boolean }, verb: PolarJson): Omit<IntentJson, 'expect'> {
  return negated ? { not: verb } : verb;
}

function exceptions(refs: readonly EndpointRef[]): { readonly except?: EndpointsJson } {
  return refs.length === 0 ? {} : { except: several(refs) };
}

function several(refs: readonly EndpointRef[]): EndpointsJson {
  return refs.length === 1 ? endpointToJson(refs[0]) : refs.map(endpointToJson);
}
