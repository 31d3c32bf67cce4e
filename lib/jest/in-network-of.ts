import type { IConstruct } from 'constructs';
import type { Network } from '../files/network';
import { ENDPOINT, type HasEndpoint, type HasRequest, REQUEST } from '../intents/endpoint';
import { HOME } from '../intents/home';

/**
 * The same endpoint or URL, in the network of an app or of files: for expectations in which nothing else tells which is meant, e.g.
 * `expect(inNetworkOf(shop, namespace('shop'))).toBeIsolated()`.
 */
export function inNetworkOf(home: IConstruct | Network, request: HasRequest): HasRequest;
export function inNetworkOf(home: IConstruct | Network, endpoint: HasEndpoint): HasEndpoint;
export function inNetworkOf(home: IConstruct | Network, spoken: HasEndpoint | HasRequest): HasEndpoint | HasRequest {
  if (REQUEST in spoken) return Object.freeze({ [REQUEST]: spoken[REQUEST], [HOME]: home });
  return Object.freeze({ [ENDPOINT]: spoken[ENDPOINT], [HOME]: home });
}
