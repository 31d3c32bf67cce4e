import { andThen, optional, part, type Reader } from '../../reader/reader';
import { textOf } from '../../reader/scalars';

/** GEP-2257: what Go takes for a duration, without signs and fractions. */
const duration = textOf(
  (text) => (/^([0-9]{1,5}(h|m|s|ms)){1,4}$/.test(text) ? undefined : `"${text}" is no duration`),
  {
    code: 'PTL014',
    expected: "up to four numbers with their units 'h', 'm', 's' or 'ms', e.g. 1m30s",
  },
);

const UNITS = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;

function milliseconds(text: string): number {
  return [...text.matchAll(/(\d+)(h|ms|m|s)/g)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * UNITS[unit as keyof typeof UNITS],
    0,
  );
}

/** How long a request may take changes no way of requests, but the API server refuses what can't be. */
export const timeouts: Reader<unknown> = andThen(
  part({ request: optional(duration), backendRequest: optional(duration) }),
  ({ request, backendRequest }, place) => {
    const [whole, each] = [request ?? '0s', backendRequest ?? '0s'].map(milliseconds);
    if (whole === 0 || each <= whole) return {};
    return place.at('backendRequest').fault({
      code: 'PTL020',
      problem: `a request to the backend may take ${backendRequest}, and the whole request ${request}`,
      expected: 'no more time for backendRequest than for request',
      rule: 'GW-13',
    });
  },
);
