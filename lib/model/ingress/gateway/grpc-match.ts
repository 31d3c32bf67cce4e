import type { GrpcRouteMatch } from '../../manifest/gateway-resource';
import type { Match } from '../controllers/controller';
import type { UrlRequest } from '../request';
import { missingText, pair } from './http-match';
import { all, DIALECT, headersAsked, matchHeaders, matchPattern } from './named-match';

/** A call as HTTP/2 sends it: a POST whose path is the service and the method. */
const CALL = /^\/([^/]+)\/([^/]+)$/;

/** GW-08: whether a request is a call as a match of a GRPCRoute asks for it. */
export function matchGrpc({ type, service, method, headers }: GrpcRouteMatch, request: UrlRequest): Match {
  const call = CALL.exec(request.path);
  // Whoever asks about the URL of a call without a word of its method means the call.
  if (!call || !['POST', 'GET'].includes(request.method)) {
    return { matched: 'no', because: 'it is no call of gRPC, which is a POST to /service/method' };
  }
  const parts = [
    { noun: 'service', asked: service, given: call[1] },
    { noun: 'method', asked: method, given: call[2] },
  ].map(({ noun, asked, given }) => {
    if (asked === undefined) return { noun, asked, matched: 'yes' as const };
    if (type === 'RegularExpression') return { noun, asked, matched: matchPattern(asked, given) };
    // A name may be written from the root on, as protobuf does.
    return { noun, asked, matched: asked.replace(/^\./, '') === given ? ('yes' as const) : ('no' as const) };
  });
  const other = parts.find(({ matched }) => matched === 'no');
  if (other) return { matched: 'no', because: `the ${other.noun} is not ${other.asked}` };
  const byHeaders = matchHeaders(headers, request.headers);
  if (byHeaders.missing) return { matched: 'no', because: missingText('header', byHeaders.missing) };
  const matched = all([...parts.map((part) => part.matched), byHeaders.matched]);
  const because = `the call is ${call[1]}/${call[2]}`;
  return { matched, because, doubts: matched === 'maybe' ? [DIALECT] : [] };
}

/** GW-08: as `httpRank`. */
export function grpcRank({ service = '', method = '', headers }: GrpcRouteMatch): readonly number[] {
  return [service.length, method.length, headersAsked(headers).length];
}

export const GRPC_ORDER: readonly string[] = [
  'asks for the longer service',
  'asks for the longer method',
  'asks for more headers',
];

export function grpcMatchText({ service = '*', method = '*', headers }: GrpcRouteMatch): string {
  return [`${service}/${method}`, ...headers.map(pair)].join(' ');
}
