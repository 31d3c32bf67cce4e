import { problemOfName } from '../../model/dns/name';
import type { InputFault } from '../../model/finding/input-fault';
import type { Manifest, Origin } from '../../model/finding/origin';
import { type Invalid, invalid, isObject, Place } from '../../model/manifest/reader/place';
import { optional, type Reader, then, wrongType } from '../../model/manifest/reader/reader';
import { boolean, oneOf, text } from '../../model/manifest/reader/scalars';
import type { EndpointRef } from '../endpoint';
import type { Intent, IntentBase } from '../intent';
import { hasStrangeKeys, keysOf, oneOrMore, saying } from './fields';
import { jsonable } from './jsonable';
import { readEndpoint } from './read-endpoint';

type Verb = Intent extends infer I ? (I extends Intent ? Omit<I, keyof IntentBase> : never) : never;

/** Which verb a promise has, and where it stands. */
export interface Said {
  readonly verb: string;
  readonly negated: boolean;
  readonly place: Place;
}

interface VerbReader {
  /** Whether it has a `not`. */
  readonly polar?: true;
  /** The fields beside it; `null` where `not` takes them away. */
  readonly options?: (negated: boolean) => readonly string[];
  /** @param promise the map that the verb stands in, with its options */
  readonly read: (said: Said, promise: Place) => Verb | Invalid;
}

const endpoints = oneOrMore(readEndpoint, 'an endpoint at least');
const exceptions = (place: Place): readonly EndpointRef[] | Invalid => (place.isAbsent ? [] : endpoints(place));

const name: Reader<string> = then(text, (value, place) => {
  const problem = problemOfName(value) ?? (/[:/]/.test(value) ? 'this is more than a name' : undefined);
  if (problem === undefined) return value;
  return place.fault({ code: 'PTL022', problem, expected: 'a name such as api.shop, without scheme and port' });
});

const VERBS: Readonly<Record<string, VerbReader>> = {
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
    read: ({ negated, place }) => {
      const backend = readEndpoint(place);
      return backend === invalid ? invalid : { verb: 'toRouteTo', negated, backend };
    },
  },
};
const POLAR = Object.keys(VERBS).filter((verb) => VERBS[verb].polar);
const OPTIONS = ['by', 'except', 'to', 'onTheWayTo'];
const KEYS = ['expect', ...Object.keys(VERBS), 'not', ...OPTIONS, 'because', 'as', 'severity', 'implied'];
const HINTS = {
  ...Object.fromEntries(POLAR.map((verb) => [`not.${verb}`, `not: { ${verb}: ... }`])),
  id: 'as',
  name: 'as',
  reason: 'because',
};

/** Reads one promise from JSON: the inverse of `intentToJson`. With faults there is none. */
export function intentFromJson(
  source: Manifest,
  id: string,
): { readonly intent?: Intent; readonly faults: readonly InputFault[] } {
  const faults: InputFault[] = [];
  const originOf = (field: readonly (string | number)[]): Origin => ({
    position: source.locate?.(field) ?? source.origin.position,
  });
  const place = new Place(source.object, { strict: true, faults, prefix: [], originOf });
  const intent = readIntent(place, source.origin, id);
  return intent === invalid ? { faults } : { intent, faults };
}

/** One promise at a place. @param id by which it is called where it has no name of its own */
export function readIntent(place: Place, origin: Origin, id: string): Intent | Invalid {
  if (!isObject(place.value)) return wrongType(place, 'a promise, such as { expect: shop/web, toReach: shop/api }');
  const isKnown = !hasStrangeKeys(place, KEYS, {
    noun: 'a promise',
    hints: HINTS,
    mayBeEmpty: ['expect', 'toBeIsolated'],
  });
  const subject = place.at('expect').isAbsent ? unsaid(place) : readEndpoint(place.at('expect'));
  const said = verbOf(place);
  const verb = said === invalid ? invalid : wordsOf(said, place);
  const base = baseOf(place);
  if (!isKnown || subject === invalid || verb === invalid || base === invalid) return invalid;
  const { as: given, ...rest } = base;
  return jsonable({ id: given ?? id, subject, ...rest, ...verb, origin } as Intent);
}

function unsaid(place: Place): Invalid {
  return place.fault({
    code: 'PTL022',
    problem: 'the promise is about nobody: `expect` is missing',
    expected: '`expect` with an endpoint, such as shop/web',
  });
}

/** Everything that any promise can have. */
function baseOf(place: Place) {
  const because = optional(saying('why the promise matters'))(place.at('because'));
  const as = optional(readName)(place.at('as'));
  const severity = optional(oneOf('a severity', ['error', 'warning'] as const))(place.at('severity'));
  const implied = optional(boolean)(place.at('implied'));
  if (because === invalid || as === invalid || severity === invalid || implied === invalid) return invalid;
  return {
    ...(because !== undefined && { because }),
    ...(as !== undefined && { as }),
    ...(severity && { severity }),
    ...(implied && { implied }),
  };
}

/** Bare numbers are the names of promises without a name. */
const readName: Reader<string> = then(saying('a name'), (value, place) =>
  /^\d+$/.test(value)
    ? place.fault({ code: 'PTL022', problem: 'a number is no name', expected: 'a name such as web-to-api' })
    : value,
);

/** The one verb of a promise; `undefined` where there is none. */
export function verbOf(promise: Place): Said | undefined | Invalid {
  const plain = keysOf(promise).filter((key) => Object.hasOwn(VERBS, key));
  const negation = promise.at('not');
  const negated = negation.isAbsent ? [] : negatedIn(negation);
  if (negated === invalid) return invalid;
  const all = [
    ...plain.map((verb) => ({ verb, negated: false, place: promise.at(verb), key: promise.key(verb) })),
    ...negated.map((verb) => ({ verb, negated: true, place: negation.at(verb), key: negation.key(verb) })),
  ];
  if (all.length < 2) return all[0];
  const [first, second] = all.map((one) => `\`${one.negated ? 'not.' : ''}${one.verb}\``);
  const problem = `${first} and ${second} stand in one promise`;
  return all[1].key.fault({ code: 'PTL022', problem, expected: 'a promise for each verb' });
}

function negatedIn(negation: Place): readonly string[] | Invalid {
  const expected = `one of ${POLAR.join(', ')}`;
  if (!isObject(negation.value)) return wrongType(negation, 'a verb, such as { toReach: shop/db }');
  const keys = keysOf(negation);
  const exclusive = keys.filter((key) => Object.hasOwn(VERBS, key) && !VERBS[key].polar);
  for (const verb of exclusive) {
    negation.key(verb).fault({
      code: 'PTL022',
      problem: `\`${verb}\` has no \`not\`: nobody can rely on what is not exclusive`,
      expected,
    });
  }
  // `by`, `except` and `to` are of the promise, whether it has a `not` or none.
  const stray = keys.filter((key) => OPTIONS.includes(key));
  for (const key of stray) {
    negation.key(key).fault({
      code: 'PTL022',
      problem: `\`${key}\` stands within \`not\``,
      expected: `\`${key}\` beside \`not\`, as a field of the promise`,
    });
  }
  if (hasStrangeKeys(negation, [...POLAR, ...exclusive, ...stray], { noun: '`not`' })) return invalid;
  if (exclusive.length > 0 || stray.length > 0) return invalid;
  return keys.length > 0 ? keys : negation.fault({ code: 'PTL022', problem: '`not` has no verb', expected });
}

/** What the verb and its options say. */
function wordsOf(said: Said | undefined, promise: Place): Verb | Invalid {
  const allowed = said ? (VERBS[said.verb].options?.(said.negated) ?? []) : [];
  const stray = keysOf(promise).filter((key) => OPTIONS.includes(key) && !allowed.includes(key));
  for (const key of stray) {
    const verb = said ? `\`${said.negated ? 'not.' : ''}${said.verb}\`` : 'a promise without a verb';
    promise.key(key).fault({
      code: 'PTL022',
      problem: `\`${key}\` means nothing with ${verb}`,
      expected: `\`${key}\` with ${OWNERS[key]}`,
    });
  }
  const verb: Verb | Invalid = said ? VERBS[said.verb].read(said, promise) : { verb: 'none' };
  return stray.length > 0 ? invalid : verb;
}

const OWNERS: Readonly<Record<string, string>> = {
  by: '`toReach` or `not: { toReach: ... }`',
  except: '`not: { toBeExposedTo: ... }`, or within `toBeIsolated: { ... }`',
  to: '`toResolve`',
  onTheWayTo: '`toPassThrough`',
};

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
