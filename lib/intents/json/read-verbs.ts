import { problemOfName } from '../../model/dns/name';
import { type Invalid, invalid, isObject, type Place } from '../../model/manifest/reader/place';
import { andThen, optional, type Reader, wrongType } from '../../model/manifest/reader/reader';
import { boolean, oneOf, text } from '../../model/manifest/reader/scalars';
import type { EndpointRef } from '../endpoint';
import type { Intent, IntentBase, SecretRef } from '../intent';
import { problemOfLocation } from '../url';
import { hasStrangeKeys, oneOrMore } from './fields';
import { readEndpoint } from './read-endpoint';

/** What a promise says, without who it is about and where it stands. */
export type Verb = Intent extends infer I ? (I extends Intent ? Omit<I, keyof IntentBase> : never) : never;

/** Which verb a promise has, and where it stands. */
export interface Said {
  readonly verb: string;
  readonly negated: boolean;
  readonly place: Place;
}

/** How the words of a verb are read. */
export interface VerbReader {
  /** Whether it has a `not`. */
  readonly polar?: true;
  /** Whether it is promised of URLs, and of nothing else. */
  readonly ofUrls?: true;
  /** The fields beside it; `null` where `not` takes them away. */
  readonly options?: (negated: boolean) => readonly string[];
  /** @param promise the map that the verb stands in, with its options */
  readonly read: (said: Said, promise: Place) => Verb | Invalid;
}

const location: Reader<string> = andThen(text, (value, place) => {
  const problem = problemOfLocation(value);
  const expected = 'where the answer sends clients, e.g. https://shop.example.com/';
  return problem === undefined ? value : place.fault({ code: 'PTL022', problem: `\`${value}\`: ${problem}`, expected });
});

const endpoints = oneOrMore(readEndpoint, 'an endpoint at least');
const exceptions = (place: Place): readonly EndpointRef[] | Invalid => (place.isAbsent ? [] : endpoints(place));

const name: Reader<string> = andThen(text, (value, place) => {
  const problem = problemOfName(value) ?? (/[:/]/.test(value) ? 'this is more than a name' : undefined);
  if (problem === undefined) return value;
  return place.fault({ code: 'PTL022', problem, expected: 'a name such as api.shop, without scheme and port' });
});

/** Every verb by its name. */
export const VERBS: Readonly<Record<string, VerbReader>> = {
  toReach: {
    polar: true,
    options: () => ['by'],
    read: ({ negated, place }, promise) => {
      const targets = endpoints(place);
      const by = optional(oneOf('a way', ['name', 'service', 'podIP'] as const))(promise.at('by'));
      if (targets === invalid || by === invalid) return invalid;
      return { verb: 'toReach', negated, targets, ...(by && { by }) };
    },
  },
  toReachOnly: {
    read: ({ place }) => {
      const targets = endpoints(place);
      return targets === invalid ? invalid : { verb: 'toReachOnly', targets };
    },
  },
  toBeReachedOnlyBy: {
    read: ({ place }) => {
      const sources = endpoints(place);
      return sources === invalid ? invalid : { verb: 'toBeReachedOnlyBy', sources };
    },
  },
  toBeIsolated: { read: ({ place }) => isolation(place) },
  toPassThrough: {
    options: () => ['onTheWayTo'],
    read: ({ place }, promise) => {
      const [hop, onTheWayTo] = [readEndpoint(place), readEndpoint(promise.at('onTheWayTo'))];
      return hop === invalid || onTheWayTo === invalid ? invalid : { verb: 'toPassThrough', hop, onTheWayTo };
    },
  },
  toBeExposedTo: {
    polar: true,
    options: (negated) => (negated ? ['except'] : []),
    read: ({ negated, place }, promise) => {
      const [zone, except] = [readEndpoint(place), exceptions(promise.at('except'))];
      return zone === invalid || except === invalid ? invalid : { verb: 'toBeExposedTo', negated, zone, except };
    },
  },
  toResolve: {
    polar: true,
    options: (negated) => (negated ? [] : ['to']),
    read: ({ negated, place }, promise) => {
      const [asked, to] = [name(place), optional(readEndpoint)(promise.at('to'))];
      if (asked === invalid || to === invalid) return invalid;
      return { verb: 'toResolve', negated, name: asked, ...(to && { to }) };
    },
  },
  toRouteTo: {
    polar: true,
    ofUrls: true,
    read: ({ negated, place }) => {
      const backend = readEndpoint(place);
      return backend === invalid ? invalid : { verb: 'toRouteTo', negated, backend };
    },
  },
  toRedirectTo: {
    polar: true,
    ofUrls: true,
    read: ({ negated, place }) => {
      const to = location(place);
      return to === invalid ? invalid : { verb: 'toRedirectTo', negated, location: to };
    },
  },
  toTerminateTls: { ofUrls: true, read: ({ place }) => termination(place) },
};

function termination(place: Place): Verb | Invalid {
  if (!place.isAbsent && !isObject(place.value)) return wrongType(place, 'options, such as {} or { with: shop-tls }');
  const isKnown = !hasStrangeKeys(place, ['with'], { noun: '`toTerminateTls`' });
  const secret = optional(secretName)(place.at('with'));
  if (!isKnown || secret === invalid) return invalid;
  return { verb: 'toTerminateTls', ...(secret && { secret }) };
}

const secretName: Reader<SecretRef> = andThen(text, (value, place) => {
  const parts = /^(?:([^/\s]+)\/)?([^/\s]+)$/.exec(value);
  if (parts) return { name: parts[2], ...(parts[1] !== undefined && { namespace: parts[1] }) };
  const expected = 'its name, such as shop-tls, or with its namespace, shop/shop-tls';
  return place.fault({ code: 'PTL022', problem: `\`${value}\` names no Secret`, expected });
});

const DIRECTIONS = ['ingress', 'egress'] as const;

function isolation(place: Place): Verb | Invalid {
  if (!place.isAbsent && !isObject(place.value))
    return wrongType(place, 'options, such as {} or { except: ops/backup }');
  const isKnown = !hasStrangeKeys(place, [...DIRECTIONS, 'except'], { noun: '`toBeIsolated`' });
  const [ingress, egress] = DIRECTIONS.map((key) => (place.at(key).isAbsent ? true : boolean(place.at(key))));
  const except = exceptions(place.at('except'));
  if (!isKnown || ingress === invalid || egress === invalid || except === invalid) return invalid;
  if (ingress || egress) return { verb: 'toBeIsolated', ingress, egress, except };
  const problem = 'isolation in no direction promises nothing';
  return place.fault({ code: 'PTL022', problem, expected: '`ingress` or `egress` left out, or true' });
}
