import { Construct, type IConstruct } from 'constructs';
import { ENDPOINT, type EndpointRef, type HasEndpoint, type HasRequest, REQUEST } from '../intents/endpoint';
import { HOME } from '../intents/home';

/**
 * Whatever promises and policies can speak of: any construct that makes pods or Services (of this library, cdk8s-plus
 * or a plain `ApiObject`), and the values `pods`, `namespace`, `cidr`, `external` and `internet`.
 */
export type Endpoint = HasEndpoint | IConstruct;

/** Whether it is a request, and no endpoint. */
export function isRequest(subject: Endpoint | HasRequest): subject is HasRequest {
  return typeof subject === 'object' && subject !== null && REQUEST in subject;
}

/** The endpoint as a plain value; throws with advice for what is none. */
export function endpointRef(endpoint: Endpoint): EndpointRef {
  const given: unknown = endpoint;
  if (given === undefined || given === null) {
    throw new Error(
      `Unable to promise anything about ${given}: the field has no value yet. Fields of a class get theirs in the order ` +
        'in which they are written, and those of a subclass only after the constructor of its parent has returned.',
    );
  }
  if (typeof given === 'string') {
    throw new Error(
      `Unable to tell what "${given}" means: refer to the construct itself, ` +
        `or to what is outside this app by namespace('${given}'), pods({ app: '${given}' }), cidr(...) or url(...).`,
    );
  }
  if (typeof given === 'object' && REQUEST in given) {
    throw new Error(
      'Unable to use a URL as an end of a flow: it is only ever what a promise is about, as in ' +
        '`expect(url(...)).toRouteTo(...)`. Everybody outside is `internet`.',
    );
  }
  if (typeof given === 'object' && ENDPOINT in given) return (given as HasEndpoint)[ENDPOINT];
  if (Construct.isConstruct(given)) return { kind: 'construct', path: given.node.path };
  throw new Error(
    'Unable to use this value as an endpoint: it is neither a construct nor made by pods(...), namespace(...) or the like.',
  );
}

/** Likewise for a promise of one app: constructs are known by their paths, which mean something else in another. */
export function endpointRefWithin(root: IConstruct, endpoint: Endpoint): EndpointRef {
  const ref = endpointRef(endpoint);
  const home = Construct.isConstruct(endpoint) ? endpoint : HOME in endpoint ? endpoint[HOME] : undefined;
  if (Construct.isConstruct(home) && home.node.root !== root) {
    throw new Error(
      `Unable to promise anything about "${home.node.path}" here: it belongs to another app. A promise is proved on the ` +
        `manifests of its own app; what lives elsewhere is spoken of by pods(...), namespace(...) or DnsApp.existing(...).`,
    );
  }
  return ref;
}
