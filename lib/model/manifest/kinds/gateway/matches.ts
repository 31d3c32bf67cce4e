import { problemOfUrlPath } from '../../../values/url-path';
import type { GrpcRouteMatch, HttpPathMatch, HttpRouteMatch, NamedMatch } from '../../gateway-resource';
import { listOf, textUpTo } from '../../reader/bounded';
import { andThen, distinct, optional, optionalText, part, type Reader, withDefault } from '../../reader/reader';
import { oneOf, text, textOf } from '../../reader/scalars';

const PATH_TYPES: readonly HttpPathMatch['type'][] = ['Exact', 'PathPrefix', 'RegularExpression'];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'] as const;

const PATH_CHARACTERS = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;

/** GW-07: without a match every path is taken. */
export const EVERY_PATH: HttpPathMatch = { type: 'PathPrefix', value: '/' };

const path: Reader<HttpPathMatch> = andThen(
  part({
    type: withDefault(oneOf('a path type', PATH_TYPES), 'PathPrefix'),
    value: withDefault(textUpTo(1024), '/'),
  }),
  (read, place) => {
    const problem = read.type === 'RegularExpression' ? problemOfPattern(read.value) : problemOfPath(read.value);
    if (problem === undefined) return read;
    const expected =
      read.type === 'RegularExpression'
        ? 'a regular expression'
        : 'a path from / on, without empty parts, dots, encoded slashes and signs that URLs must encode';
    return place.at('value').fault({ code: 'PTL021', problem, expected, rule: 'GW-07' });
  },
);

function problemOfPath(value: string): string | undefined {
  if (value.includes('#')) return 'the path holds #';
  const problem = problemOfUrlPath(value);
  return problem ?? (PATH_CHARACTERS.test(value) ? undefined : `${JSON.stringify(value)} is no path of a URL`);
}

/** The CRD takes any text; what no dialect can read is a slip all the same. */
function problemOfPattern(value: string): string | undefined {
  return value === '' ? 'an empty pattern says nothing' : undefined;
}

const headerName = textOf(
  (value) =>
    /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/.test(value) ? undefined : `${JSON.stringify(value)} is not a header name`,
  { code: 'PTL014', expected: "letters, digits and some of !#$%&'*+-.^_`|~" },
);

const MATCH_TYPES: readonly NamedMatch['type'][] = ['Exact', 'RegularExpression'];

function namedMatches(noun: string, longest: number): Reader<readonly NamedMatch[]> {
  const value = andThen(textUpTo(longest), (read, place) =>
    read === ''
      ? place.fault({ code: 'PTL003', problem: 'the value is empty', expected: `what the ${noun} must be` })
      : read,
  );
  const item = part({ name: headerName, type: withDefault(oneOf('a type of match', MATCH_TYPES), 'Exact'), value });
  return distinct(listOf(item, 0, 16), ({ name }) => `the ${noun} ${JSON.stringify(name)}`);
}

export { headerName };

const headers = namedMatches('header', 4096);

export const httpMatch: Reader<HttpRouteMatch> = part({
  path: withDefault(path, EVERY_PATH),
  method: optional(oneOf('a method', METHODS)),
  headers,
  queryParams: namedMatches('query parameter', 1024),
});

const SERVICE = /^\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$/i;
const METHOD = /^[A-Za-z_][A-Za-z_0-9]*$/;

type GrpcMethod = Pick<GrpcRouteMatch, 'type' | 'service' | 'method'>;

const grpcMethod: Reader<GrpcMethod> = andThen(
  part({
    type: withDefault(oneOf('a type of match', MATCH_TYPES), 'Exact'),
    service: optionalText(textUpTo(1024)),
    method: optionalText(textUpTo(1024)),
  }),
  (read, place) => {
    const { type, service, method } = read;
    if (service === undefined && method === undefined) {
      const detail = { problem: 'the match names neither service nor method', expected: 'one of them, or both' };
      return place.fault({ code: 'PTL003', ...detail, rule: 'GW-08' });
    }
    if (type === 'RegularExpression') return read;
    const [field, value] = service !== undefined && !SERVICE.test(service) ? ['service', service] : ['method', method];
    if (field === 'method' && (method === undefined || METHOD.test(method))) return read;
    return place.at(field).fault({
      code: 'PTL014',
      problem: `${JSON.stringify(value)} is not a gRPC ${field}`,
      expected: field === 'service' ? 'a name such as shop.v1.Cart' : 'a name such as AddItem',
      rule: 'GW-08',
    });
  },
);

export const grpcMatch: Reader<GrpcRouteMatch> = andThen(
  part({ method: optional(grpcMethod), headers }),
  ({ method, headers }) => ({ type: 'Exact', ...method, headers }),
);

/** The author's own name for a rule. */
export const ruleName = optionalText(text);
