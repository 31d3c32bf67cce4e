/** How well a rule's host fits: the more precise goes first (ING-04). */
export const HOST_RANK = { any: 1, wildcard: 2, precise: 3 } as const;

/**
 * ING-01 to ING-03: how the host of a rule fits that of a request; 0 where it does not.
 * @param pattern lower case; `*.example.com` stands for exactly one label more
 */
export function hostRank(pattern: string | undefined, host: string): number {
  if (pattern === undefined) return HOST_RANK.any;
  if (!pattern.startsWith('*.')) return pattern === host ? HOST_RANK.precise : 0;
  return coversOneLabel(pattern, host) ? HOST_RANK.wildcard : 0;
}

/** Whether `*.example.com` covers a host: one label in place of the `*`, no more and no less. */
export function coversOneLabel(pattern: string, host: string): boolean {
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot) === pattern.slice(1);
}
