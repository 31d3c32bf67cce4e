import { requestTo } from '../model/ingress/request';
import type { UrlRef } from './endpoint';

/** RFC 9110: what methods and names of headers are made of. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** Why no client can send this request; `undefined` when one can. */
export function problemOfRequest({ url, method, headers = {} }: Omit<UrlRef, 'kind'>): string | undefined {
  if (method !== undefined && !TOKEN.test(method)) return `\`${method}\` is no method`;
  const name = Object.keys(headers).find((each) => !TOKEN.test(each));
  if (name !== undefined) return `\`${name}\` is no name of a header`;
  const parsed = requestTo(url);
  return parsed.ok ? undefined : parsed.problem;
}

/** Why nobody can be redirected there; `undefined` when somebody can. */
export function problemOfLocation(location: string): string | undefined {
  return URL.canParse(location) ? undefined : 'it is no URL with scheme and host';
}
