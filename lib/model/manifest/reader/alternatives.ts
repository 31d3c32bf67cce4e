import { nearest } from '../../values/nearest';
import { type Invalid, isObject, type Place } from './place';
import { type Reader, wrongType } from './reader';

interface Alternatives<T> {
  /** What such an object is called, e.g. `peer`. */
  readonly noun: string;
  readonly readers: Readonly<Record<string, Reader<T>>>;
  /** What a field means that a later version of the API may have added; a field spelt like a known one is a slip. */
  readonly unknown: (keys: readonly string[]) => T;
}

/** An object that has exactly one of some fields, as the unions of the cluster-wide policies are written. */
export function oneFieldOf<T>({ noun, readers, unknown }: Alternatives<T>): Reader<T> {
  const known = Object.keys(readers);
  return (place) => {
    if (!isObject(place.value)) return wrongType(place, 'an object');
    const value = place.value;
    // Kubernetes takes `null` for a field that is not there.
    const given = Object.keys(value).filter((key) => value[key] !== null && value[key] !== undefined);
    const strange = given.filter((key) => !known.includes(key));
    const slips = strange.filter((key) => nearest(key, known) !== undefined);
    if (slips.length > 0) return slip(place, slips, known);
    if (given.length !== 1) return notOne(place, noun, given, known);
    return strange.length === 1 ? unknown(strange) : readers[given[0]](place.at(given[0]));
  };
}

function slip(place: Place, slips: readonly string[], known: readonly string[]): Invalid {
  const [last] = slips.map((key) =>
    place.key(key).fault({
      code: 'PTL015',
      problem: `there is no field ${JSON.stringify(key)} here, so that Kubernetes would ignore it`,
      expected: `one of ${known.join(', ')}`,
      didYouMean: nearest(key, known),
    }),
  );
  return last;
}

function notOne(place: Place, noun: string, given: readonly string[], known: readonly string[]): Invalid {
  return place.fault({
    code: 'PTL011',
    problem:
      given.length === 0 ? `the ${noun} is empty` : `${given.map(keyText).join(' and ')} stand together in one ${noun}`,
    expected: `exactly one of ${known.join(', ')}`,
    rule: 'NP-43',
  });
}

/** As it is where it reads like a field's name, else in quotes. */
function keyText(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
}
