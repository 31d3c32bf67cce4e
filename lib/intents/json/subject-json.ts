import type { SubjectRef } from '../endpoint';
import { type EndpointJson, endpointToJson } from './endpoint-json';

/** What a promise is about as JSON: an endpoint, or a URL as text; as a map where a client says more than the URL. */
export type SubjectJson =
  | EndpointJson
  | { readonly url: string; readonly method?: string; readonly headers?: Readonly<Record<string, string>> };

/** The JSON form of a subject; `readSubject` is its inverse. */
export function subjectToJson(ref: SubjectRef): SubjectJson {
  if (ref.kind !== 'url') return endpointToJson(ref);
  const { url, method, headers } = ref;
  if (method === undefined && headers === undefined) return url;
  return { url, ...(method !== undefined && { method }), ...(headers && { headers }) };
}
