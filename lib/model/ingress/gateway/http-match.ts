import type { HttpPathMatch, HttpRouteMatch, NamedMatch } from '../../manifest/gateway-resource';
import type { Match } from '../controllers/controller';
import { belowElements, exactly } from '../paths';
import type { UrlRequest } from '../request';
import { all, DIALECT, GIVEN_TWICE, headersAsked, matchHeaders, matchParams, matchPattern } from './named-match';

/** GW-07: whether a request is as a match of an HTTPRoute asks for it. */
export function matchHttp({ path, method, headers, queryParams }: HttpRouteMatch, request: UrlRequest): Match {
  const byPath = matchPath(path, request.path);
  if (byPath.matched === 'no') return byPath;
  if (method !== undefined && method !== request.method) {
    return { matched: 'no', because: `the method is not ${method}` };
  }
  const byHeaders = matchHeaders(headers, request.headers);
  if (byHeaders.missing) return { matched: 'no', because: missingText('header', byHeaders.missing) };
  const byParams = matchParams(queryParams, request.query);
  if (byParams.missing) return { matched: 'no', because: missingText('query parameter', byParams.missing) };
  const matched = all([byPath.matched, byHeaders.matched, byParams.matched]);
  return {
    matched,
    because: byPath.because,
    doubts: matched === 'maybe' ? [byParams.isRepeated ? GIVEN_TWICE : DIALECT] : [],
  };
}

function matchPath({ type, value }: HttpPathMatch, path: string): Match {
  if (type === 'Exact') return exactly(value, path);
  if (type === 'PathPrefix') return belowElements(value, path);
  const matched = matchPattern(value, path);
  const verb = matched === 'no' ? 'does not match' : matched === 'yes' ? 'matches' : 'may match';
  return { matched, because: `the path ${verb} the pattern ${value}` };
}

export function missingText(noun: string, { name, value }: NamedMatch): string {
  return `the ${noun} ${name} is not ${value}`;
}

/** GW-06: the parts in which matches are compared, the first first: what messages say of the match that wins by it. */
export const HTTP_ORDER: readonly string[] = [
  'goes before a PathPrefix',
  'is longer',
  'asks for a method too',
  'asks for more headers',
  'asks for more query parameters',
];

/** GW-06: as `HTTP_ORDER` says, each the greater the earlier. */
export function httpRank({ path, method, headers, queryParams }: HttpRouteMatch): readonly number[] {
  return [
    path.type === 'Exact' ? 1 : 0,
    path.type === 'PathPrefix' ? path.value.length : 0,
    method === undefined ? 0 : 1,
    headersAsked(headers).length,
    queryParams.length,
  ];
}

/** What a match asks for, for people. */
export function httpMatchText({ path, method, headers, queryParams }: HttpRouteMatch): string {
  const named = [...headers.map(pair), ...queryParams.map((param) => `?${pair(param)}`)];
  return [method, `${path.value} (${path.type})`, ...named].filter((part) => part !== undefined).join(' ');
}

export function pair({ name, type, value }: NamedMatch): string {
  return `${name}${type === 'Exact' ? '=' : '~'}${value}`;
}
