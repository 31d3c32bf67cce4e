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

/** What would decide how another host is read. */
export const PLAIN_HOST = 'a host of letters, digits and hyphens that ends in no dot';
