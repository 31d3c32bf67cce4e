import { TrafficSet } from '../values/traffic-set';

/** What may happen to traffic: allowed is what is not in `mayDeny`, denied what is not in `mayAllow`, the rest is unknown. */
export interface Outcome {
  readonly mayAllow: TrafficSet;
  readonly mayDeny: TrafficSet;
  /** Of which it depends on the request whether it passes; part of both others. Absent: of none. */
  readonly byRequest?: TrafficSet;
}

export const FREE: Outcome = { mayAllow: TrafficSet.all, mayDeny: TrafficSet.empty };

/** Equal outcomes, and only those, have the same key. */
export function outcomeKey({ mayAllow, mayDeny, byRequest }: Outcome): string {
  return `${mayAllow.key}|${mayDeny.key}|${byRequest?.key ?? ''}`;
}

/** Both must let traffic pass: stages of a way, egress and ingress (NP-05). */
export function inSeries(a: Outcome, b: Outcome): Outcome {
  if (a === FREE) return b;
  if (b === FREE) return a;
  const mayAllow = a.mayAllow.intersect(b.mayAllow);
  return { mayAllow, mayDeny: a.mayDeny.union(b.mayDeny), ...byRequest(a, b, mayAllow) };
}

/** Either may be the case: the addresses that a pod may have, the families that a name may resolve to. */
export function eitherOf(a: Outcome, b: Outcome): Outcome {
  if (a === b) return a;
  const mayAllow = a.mayAllow.union(b.mayAllow);
  return { mayAllow, mayDeny: a.mayDeny.union(b.mayDeny), ...byRequest(a, b, mayAllow) };
}

function byRequest(a: Outcome, b: Outcome, within: TrafficSet): Pick<Outcome, 'byRequest'> {
  if (!a.byRequest && !b.byRequest) return {};
  return { byRequest: (a.byRequest ?? TrafficSet.empty).union(b.byRequest ?? TrafficSet.empty).intersect(within) };
}
