/** GW-01: whether a hostname is for a host: `*.example.com` for any number of labels more, and not for `example.com`. */
export function covers(hostname: string | undefined, host: string): boolean {
  if (hostname === undefined) return true;
  if (!hostname.startsWith('*.')) return hostname === host;
  return host.length >= hostname.length && host.endsWith(hostname.slice(1));
}

/** GW-01: the hosts that both are for; `null` where there are none. */
export function intersection(a: string | undefined, b: string | undefined): string | undefined | null {
  if (a === undefined || a === b) return b;
  if (b === undefined) return a;
  // A wildcard is within another one where it would be as a host.
  if (a.startsWith('*.') && covers(a, b)) return b;
  return b.startsWith('*.') && covers(b, a) ? a : null;
}

/** GW-02: how precise the hostname of a listener is: exact, then the wildcard with the most labels, then none. */
export function precision(hostname: string | undefined): number {
  if (hostname === undefined) return 0;
  return hostname.startsWith('*.') ? hostname.split('.').length : Number.POSITIVE_INFINITY;
}
