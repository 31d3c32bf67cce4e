import type { Doubt } from '../../values/ternary';
import type { UrlRequest } from '../request';

/** Names, whatever their case was, and IPv6 addresses: what every server takes as the same host. */
const PLAIN = /^(?:[a-z0-9_-]+\.)*[a-z0-9_-]+$|^\[[0-9a-f:.]+\]$/;

/** Whether nothing about a host is left to the server; one without a name at all is not plain. */
export function isPlainHost(host: string): boolean {
  return PLAIN.test(host);
}

/** What stands before a port that is none; an IPv6 address keeps its colons. */
export function beforeColon(host: string): string {
  return host.startsWith('[') ? host : host.split(':', 1)[0];
}

/** As it was sent, but for its case and port. */
export function withRootDot({ host, rootDot }: Pick<UrlRequest, 'host' | 'rootDot'>): string {
  return rootDot ? `${host}.` : host;
}

/** What servers differ about that is no plain host, or ends in the dot of the root. */
export const NOT_PLAIN: Doubt = {
  rule: 'ING-01',
  wouldDecide: 'a host of letters, digits and hyphens that ends in no dot: what else it may be is up to the server',
};
