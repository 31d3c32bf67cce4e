import type { PromisedRequest } from '../url-promises';
import type { HttpMatchSpec, HttpMethod } from './http-match';
import type { HttpRuleFacts } from './http-rules';

const METHODS: readonly HttpMethod[] = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];

/**
 * One request for each match that sends all it takes to one port. Where another match of the same route takes a part of that,
 * the request is of the rest: precedence is not the order of rules (GW-06).
 *
 * @param origin of the URLs, e.g. `https://shop.example.com`
 */
export function requestsBy(origin: string, rules: readonly HttpRuleFacts[]): readonly PromisedRequest[] {
  const all = rules.flatMap(({ matches }) => matches);
  return rules.flatMap(({ matches, backends }) => {
    if (backends.length !== 1) return [];
    const [{ port }] = backends;
    return matches.flatMap((match) => {
      const others = all.filter((other) => other !== match);
      const request = requestOf(origin, match, others);
      return request ? [{ request, port }] : [];
    });
  });
}

function requestOf(
  origin: string,
  match: HttpMatchSpec,
  others: readonly HttpMatchSpec[],
): PromisedRequest['request'] | undefined {
  const { headers = [], queryParams = [] } = match;
  const isPlain = [match.path, ...headers, ...queryParams].every(({ type }) => type !== 'RegularExpression');
  const method = match.method ?? METHODS.find((each) => others.every((other) => other.method !== each));
  const path = pathOf(match, others);
  if (!isPlain || !method || path === undefined) return undefined;
  const query = queryParams.map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return {
    url: `${origin}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    ...(method !== 'GET' && { method }),
    ...(headers.length > 0 && { headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])) }),
  };
}

/** The path itself, or one below a prefix that no exact match takes. */
function pathOf({ path: { type, value } }: HttpMatchSpec, others: readonly HttpMatchSpec[]): string | undefined {
  if (type === 'Exact') return value;
  const exact = new Set(others.flatMap(({ path }) => (path.type === 'Exact' ? path.value : [])));
  const bare = value.replace(/\/$/, '');
  return [value, `${bare}/`, `${bare}/any`].find((path) => !exact.has(path));
}
