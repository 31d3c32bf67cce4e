import { type Invalid, invalid, isObject, type Place } from '../../model/manifest/reader/place';
import { mapOf, optional, type Reader } from '../../model/manifest/reader/reader';
import { text } from '../../model/manifest/reader/scalars';
import type { SubjectRef, UrlRef } from '../endpoint';
import { problemOfRequest } from '../url';
import { isUrlText } from './endpoint-text';
import { hasStrangeKeys, keysOf, saying } from './fields';
import { readEndpoint } from './read-endpoint';

/** What a promise is about: an endpoint, or a URL as text or with what a client says beside it. */
export const readSubject: Reader<SubjectRef> = (place) => {
  if (typeof place.value === 'string' && isUrlText(place.value)) return readRequest(place, { url: place.value });
  return isObject(place.value) && keysOf(place).includes('url') ? urlOf(place) : readEndpoint(place);
};

function urlOf(place: Place): SubjectRef | Invalid {
  const isSound = !hasStrangeKeys(place, ['url', 'method', 'headers'], { noun: 'a URL' });
  const url = text(place.at('url'));
  const method = optional(saying('a method such as POST'))(place.at('method'));
  const headers = optional(mapOf(text))(place.at('headers'));
  if (!isSound || url === invalid || method === invalid || headers === invalid) return invalid;
  return readRequest(place, { url, method, headers: headers && Object.fromEntries(headers) });
}

function readRequest(place: Place, { url, method, headers }: Omit<UrlRef, 'kind'>): UrlRef | Invalid {
  const problem = problemOfRequest({ url, method, headers });
  if (problem !== undefined) {
    return place.fault({
      code: 'PTL022',
      problem: `\`${url}\` is no request: ${problem}`,
      expected: 'e.g. https://shop.example.com/cart',
    });
  }
  return { kind: 'url', url, ...(method !== undefined && { method }), ...(headers && { headers }) };
}
