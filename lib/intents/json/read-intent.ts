import type { InputFault } from '../../model/finding/input-fault';
import type { Manifest, Origin } from '../../model/finding/origin';
import { type Invalid, invalid, isObject, Place } from '../../model/manifest/reader/place';
import { andThen, optional, type Reader, wrongType } from '../../model/manifest/reader/reader';
import { boolean, oneOf } from '../../model/manifest/reader/scalars';
import type { SubjectRef } from '../endpoint';
import type { Intent } from '../intent';
import { hasStrangeKeys, keysOf, saying } from './fields';
import { jsonable } from './jsonable';
import { readSubject } from './read-subject';
import { type Said, VERBS, type Verb } from './read-verbs';

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
    mayBeEmpty: ['expect', 'toBeIsolated', 'toTerminateTls'],
  });
  const subject = place.at('expect').isAbsent ? unsaid(place) : readSubject(place.at('expect'));
  const said = verbOf(place);
  const verb = said === invalid ? invalid : wordsOf(said, place);
  const base = baseOf(place);
  if (said !== invalid && said && subject !== invalid && isMisplaced(said, subject, place)) return invalid;
  if (!isKnown || subject === invalid || verb === invalid || base === invalid) return invalid;
  const { as: given, ...rest } = base;
  return jsonable({ id: given ?? id, subject, ...rest, ...verb, origin } as Intent);
}

/** What is promised of a URL can't be of an app, nor the reverse. */
function isMisplaced({ verb }: Said, { kind }: SubjectRef, promise: Place): boolean {
  const { ofUrls = false } = VERBS[verb];
  if (ofUrls === (kind === 'url')) return false;
  const ofOthers = Object.keys(VERBS).filter((each) => (VERBS[each].ofUrls ?? false) === (kind === 'url'));
  promise.at('expect').fault({
    code: 'PTL022',
    problem: `\`${verb}\` is promised of ${ofUrls ? 'URLs' : 'endpoints'} only`,
    expected: ofUrls ? 'a URL such as https://shop.example.com/cart' : `one of ${ofOthers.join(', ')}`,
  });
  return true;
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
const readName: Reader<string> = andThen(saying('a name'), (value, place) =>
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
