import type { Place } from '../../model/manifest/reader/place';
import type { Finding } from '../finding';
import type { Intent } from '../intent';
import { verbOf } from './read-intent';

/** A finding about an end of a promise that is nothing (PTL901) blames the very text that names it. */
export function blamingItsEnd(finding: Finding, places: ReadonlyMap<Intent, Place>): Finding {
  const { cause, intent, target, blame } = finding;
  const promise = places.get(intent);
  if (cause.code !== 'PTL901' || blame || !promise) return finding;
  const end = cause.role === 'subject' ? promise.at('expect') : targetCalled(target, promise);
  return end ? { ...finding, blame: promise.subject.originOf(end.path) } : finding;
}

/** The endpoint of that name, among those that a promise is about; else what stands behind its verb. */
function targetCalled(label: string, promise: Place): Place | undefined {
  const verb = verbOf(promise)?.place;
  const ends = [verb, promise.at('to'), promise.at('onTheWayTo')].flatMap((place) => place ?? []);
  const items = ends.flatMap((place) =>
    Array.isArray(place.value) ? place.value.map((_, index) => place.at(index)) : [place],
  );
  return items.find(({ value }) => typeof value === 'string' && plain(value) === label) ?? verb;
}

/** As findings name it: without its kind. */
function plain(text: string): string {
  return text.replace(/^service\//, '').replace(/\[\w+\]/, '');
}
