import { type HasRequest, REQUEST, type UrlRef } from '../intents/endpoint';
import { problemOfRequest } from '../intents/url';

/** What a client says beside the URL. */
export interface UrlOptions {
  /** @default 'GET' */
  readonly method?: string;
  /** By their names; `Host` overrides the host of the URL, as with curl. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A request from outside the cluster, e.g. `url('https://shop.example.com/cart')`, as a client sends it that changes nothing:
 * `/a/../b` stays as it is.
 */
export function url(text: string, { method, headers }: UrlOptions = {}): HasRequest {
  const problem = problemOfRequest({ url: text, method, headers });
  if (problem !== undefined) {
    throw new Error(
      `Unable to read "${text}" as a request: ${problem}. Give scheme and host, e.g. url('https://shop.example.com/cart').`,
    );
  }
  const request: UrlRef = {
    kind: 'url',
    url: text,
    ...(method !== undefined && { method }),
    ...(headers && { headers: Object.freeze({ ...headers }) }),
  };
  return Object.freeze({ [REQUEST]: Object.freeze(request) });
}
