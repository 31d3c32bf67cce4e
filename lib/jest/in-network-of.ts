import type { IConstruct } from 'constructs';
import type { Network } from '../files/network';
import { ENDPOINT, type HasEndpoint } from '../intents/endpoint';
import { HOME } from '../intents/home';

/**
 * The same endpoint, in the network of an app or of files: for expectations in which nothing else tells which is meant, e.g.
 * `expect(inNetworkOf(shop, namespace('shop'))).toBeIsolated()`.
 */
export function inNetworkOf(home: IConstruct | Network, endpoint: HasEndpoint): HasEndpoint {
  return Object.freeze({ [ENDPOINT]: endpoint[ENDPOINT], [HOME]: home });
}
