import { Construct } from 'constructs';
import { promiseRoutes } from '../url-promises';
import { requestsBy } from './http-requests';
import { type HttpRoutes, type HttpRule, httpRules } from './http-rules';
import { emitRoute, filterSpecs, type RouteProps } from './route';
import { backendRef } from './route-backends';

/** @typeParam L names of the Gateway's listeners */
export interface HttpRouteProps<L extends string> extends RouteProps<L> {
  /** Where requests go by their path, for what needs no more than that. @default - none */
  readonly routes?: HttpRoutes;
  /** What becomes of requests by all that can be said of them; the most specific match decides, not the order (GW-06). @default - none */
  readonly rules?: readonly HttpRule[];
}

/**
 * Sends the requests that a Gateway takes to apps, opens the policies of the apps to the pods of the Gateway's proxy, and
 * promises for each match that requests get there. Ports of other namespaces get the ReferenceGrant that they need (GW-10).
 * Of routes for every host, of shares and of regular expressions, promise URLs of your own.
 */
export class HttpRoute<L extends string = never> extends Construct {
  constructor(scope: Construct, id: string, props: HttpRouteProps<L>) {
    super(scope, id);
    const rules = httpRules(`HTTPRoute "${this.node.path}"`, props.routes ?? {}, props.rules ?? []);
    const origins = emitRoute(this, 'HTTPRoute', props, (route) =>
      rules.map(({ matches, backends, filters }) => ({
        matches,
        filters: filterSpecs(route, filters),
        backendRefs: backends.length > 0 ? backends.map((backend) => backendRef(route, backend)) : undefined,
      })),
    );
    promiseRoutes(
      this,
      origins.flatMap((origin) => requestsBy(origin, rules)),
    );
  }
}
