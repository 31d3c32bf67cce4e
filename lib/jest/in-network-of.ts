import type { IConstruct } from 'constructs';
import { ENDPOINT, type HasEndpoint } from '../intents/endpoint';
import { HOME } from '../intents/home';

/**
 * The same endpoint, in the network of an app: for expectations in which no construct tells which app is meant, e.g.
 * `expect(inNetworkOf(shop, namespace('shop'))).toBeIsolated()`.
 */
export function inNetworkOf(scope: IConstruct, endpoint: HasEndpoint): HasEndpoint {
  return Object.freeze({ [ENDPOINT]: endpoint[ENDPOINT], [HOME]: scope });
}
