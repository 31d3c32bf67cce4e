import type { ObjectName, PlacedObject } from './object-name';

/** 42x: about Gateways and the routes that are attached to them. */
export type GatewayLintDetail =
  /** A route that no listener of the Gateway takes which it names (GW-01, GW-04, GW-05). */
  | {
      readonly code: 'PTL420';
      readonly parent: ObjectName;
      readonly problem:
        | 'no-gateway'
        | 'another-namespace'
        | 'no-listener'
        | 'no-port'
        | 'kind'
        | 'namespace'
        | 'hostname';
      /** What no listener has: a name, a port, the route's kind, its namespace or its hostnames. */
      readonly asked: string;
      /** What there is instead: namespaces, Gateways, listeners, ports or hostnames. */
      readonly has: readonly string[];
      /** The Gateways of that name in other namespaces. */
      readonly namesakes: readonly PlacedObject[];
      readonly didYouMean?: string;
    }
  /** A reference into another namespace that no ReferenceGrant there allows (GW-10). */
  | {
      readonly code: 'PTL421';
      readonly target: ObjectName;
      /** Empty for the core group. */
      readonly targetGroup: string;
      /** A ReferenceGrant that would do but for one thing. */
      readonly almost?: PlacedObject & { readonly problem: 'namespace' | 'from' | 'to' };
    }
  /** Two listeners of one Gateway that can't be told apart (GW-03). */
  | {
      readonly code: 'PTL422';
      readonly listener: string;
      readonly otherListener: string;
      /** What each takes, e.g. `HTTP on port 80 for shop.example.com`. */
      readonly takes: readonly [string, string];
      readonly problem: 'same' | 'protocol';
      /** The object of the other listener. */
      readonly twin: PlacedObject;
    };
