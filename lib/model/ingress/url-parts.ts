import type { UrlRequest } from './request';

const USUAL = { http: 80, https: 443 } as const;

/** What a proxy writes into a redirect: the host of the request, with the port where it is not the usual one. */
export function authorityOf({ host, port, scheme }: UrlRequest): string {
  return port === USUAL[scheme] ? host : `${host}:${port}`;
}

/** The path with its query, as it stands in the request line. */
export function targetOf({ path, query }: UrlRequest): string {
  return query === '' ? path : `${path}?${query}`;
}
