import type { InputFault } from '../../model/finding/input-fault';
import type { FieldPart, FieldPath, Manifest, Origin } from '../../model/finding/origin';
import { type Invalid, invalid, isObject, Place } from '../../model/manifest/reader/place';
import { andThen, optional, type Reader, wrongType } from '../../model/manifest/reader/reader';
import { text } from '../../model/manifest/reader/scalars';
import type { Intent } from '../intent';
import { type Acknowledgement, type Assumption, isFact, isFindingId } from '../waivers';
import { filled, hasStrangeKeys, saying } from './fields';
import { readIntent } from './read-intent';

/** A file of promises: see `schemas/intents.schema.json`. */
export interface PromisesFile {
  readonly source: Manifest;
  /** By which its promises without a name are called: `promises#2` is the second promise. */
  readonly stem: string;
}

/** What files of promises say, as the check takes it. */
export interface Promises {
  readonly intents: readonly Intent[];
  readonly assumptions: readonly Assumption[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** Where each promise stands, to point at its ends. */
  readonly places: ReadonlyMap<Intent, Place>;
}

const KEYS = ['promises', 'assume', 'acknowledge'] as const;

/** Reads all files of one check: names are unique among all of their promises. With faults nothing may be judged. */
export function readPromises(files: readonly PromisesFile[]): {
  readonly promises: Promises;
  readonly faults: readonly InputFault[];
} {
  const faults: InputFault[] = [];
  const counters = new Map<string, number>();
  const names = new Map<string, Origin>();
  const places = new Map<Intent, Place>();
  const read = files.map(({ source, stem }) => {
    const idOf = () => {
      const count = (counters.get(stem) ?? 0) + 1;
      counters.set(stem, count);
      return `${stem}#${count}`;
    };
    return readFile(placeOf(source, faults), promiseReader(idOf, names, places));
  });
  const promises = {
    intents: read.flatMap(({ intents }) => intents),
    assumptions: read.flatMap(({ assumptions }) => assumptions),
    acknowledgements: read.flatMap(({ acknowledgements }) => acknowledgements),
    places,
  };
  return { promises, faults };
}

function placeOf(source: Manifest, faults: InputFault[]): Place {
  const originOf = (field: FieldPath, part?: FieldPart): Origin => ({
    position: source.locate?.(field, part) ?? source.origin.position,
  });
  return new Place(source.object, { strict: true, faults, prefix: [], originOf });
}

type OfFile = Omit<Promises, 'places'>;

const NOTHING: OfFile = { intents: [], assumptions: [], acknowledgements: [] };

function readFile(place: Place, promise: Reader<Intent>): OfFile {
  const expected = 'a list `promises`, e.g. promises: [{ expect: shop/web, toReach: shop/api }]';
  if (!isObject(place.value)) {
    place.fault({ code: 'PTL022', problem: 'there is no list of promises', expected });
    return NOTHING;
  }
  const isKnown = !hasStrangeKeys(place, KEYS, { noun: 'a file of promises', hints: HINTS });
  const list = place.at('promises');
  if (list.isAbsent) {
    if (isKnown) list.fault({ code: 'PTL022', problem: 'there is no list of promises', expected });
  }
  const intents = list.isAbsent ? [] : filled(promise, 'a promise at least')(list);
  const assumptions = optional(filled(assumption, 'no `assume`, or a fact at least'))(place.at('assume'));
  const acknowledgements = optional(filled(acknowledgement, 'no `acknowledge`, or a finding at least'))(
    place.at('acknowledge'),
  );
  return { intents: intents ?? [], assumptions: assumptions ?? [], acknowledgements: acknowledgements ?? [] };
}

/** What others call the list. */
const HINTS = { intents: 'promises', expect: 'promises', assumptions: 'assume', acknowledgements: 'acknowledge' };

function promiseReader(idOf: () => string, names: Map<string, Origin>, places: Map<Intent, Place>): Reader<Intent> {
  return (place) => {
    const { originOf } = place.subject;
    // Those with a name count too, so that a name given to one leaves the others theirs.
    const id = idOf();
    const intent = readIntent(place, Object.freeze(originOf(place.path)), id);
    const named = place.at('as');
    if (intent === invalid) return invalid;
    places.set(intent, place);
    const first = names.get(intent.id);
    const own = originOf(named.isAbsent ? place.path : named.path);
    if (first === undefined) names.set(intent.id, own);
    return first === undefined ? intent : twice(named, intent.id, first);
  };
}

function twice(place: Place, id: string, first: Origin): Invalid {
  return place.fault({
    code: 'PTL019',
    problem: `two promises are called \`${id}\``,
    expected: 'names that differ',
    related: [first],
  });
}

const assumption: Reader<Assumption> = (place) => {
  if (!isObject(place.value)) return wrongType(place, 'an assumption, such as { fact: NP-17, because: ... }');
  const isKnown = !hasStrangeKeys(place, ['fact', 'because'], { noun: 'an assumption', hints: { reason: 'because' } });
  const fact = readFact(place.at('fact'));
  const because = saying('why it is so')(place.at('because'));
  if (!isKnown || fact === invalid || because === invalid) return invalid;
  return Object.freeze({ fact, because, scope: '' });
};

const readFact = andThen(text, (value, place) =>
  isFact(value)
    ? value
    : place.fault({
        code: 'PTL022',
        problem: `\`${value}\` is no fact that can be assumed`,
        expected: 'the number of a rule, such as NP-17, as the finding names it, or NetworkPolicy',
      }),
);

const acknowledgement: Reader<Acknowledgement> = (place) => {
  if (!isObject(place.value)) return wrongType(place, 'an acknowledgement, such as { id: PTL904, reason: ... }');
  const isKnown = !hasStrangeKeys(place, ['id', 'reason'], {
    noun: 'an acknowledgement',
    hints: { because: 'reason' },
  });
  const id = readFindingId(place.at('id'));
  const reason = saying('why it is all right')(place.at('reason'));
  if (!isKnown || id === invalid || reason === invalid) return invalid;
  return Object.freeze({ id, reason, scope: '' });
};

const readFindingId = andThen(text, (value, place) =>
  isFindingId(value)
    ? value
    : place.fault({
        code: 'PTL022',
        problem: `\`${value}\` is the id of no finding`,
        expected:
          "an id such as 'PTL904[promises#2]', or a code such as PTL904; input that can't be understood (PTL0xx) is no matter of responsibility",
      }),
);
