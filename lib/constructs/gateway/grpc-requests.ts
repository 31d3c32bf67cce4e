import type { PromisedRequest } from '../url-promises';
import type { GrpcMatchSpec } from './grpc-match';
import { type Backends, backendsOf } from './route-backends';

/** A rule as far as it decides where calls go. */
export interface GrpcRuleFacts {
  readonly matches: readonly GrpcMatchSpec[];
  readonly to: Backends;
}

/**
 * One call for each match that sends all it takes to one port: gRPC posts to `/service/method`. Where only the service is
 * matched the method is called `Any`.
 *
 * @param origin of the URLs, e.g. `https://shop.example.com`
 */
export function callsBy(origin: string, rules: readonly GrpcRuleFacts[]): readonly PromisedRequest[] {
  return rules.flatMap(({ matches, to }) => {
    const backends = backendsOf(to);
    if (backends.length !== 1) return [];
    return matches.map(({ method: { service, method = 'Any' }, headers = [] }) => ({
      request: {
        // A name may be written from the root on, as protobuf does.
        url: `${origin}/${service.replace(/^\./, '')}/${method}`,
        method: 'POST',
        ...(headers.length > 0 && { headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])) }),
      },
      port: backends[0].port,
    }));
  });
}
