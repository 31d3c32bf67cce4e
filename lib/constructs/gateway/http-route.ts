import { Construct } from 'constructs';
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
 * Sends the requests that a Gateway takes to apps, and opens the policies of the apps to the pods of the Gateway's proxy. Ports
 * of other namespaces get the ReferenceGrant that they need (GW-10).
 */
export class HttpRoute<L extends string = never> extends Construct {
  constructor(scope: Construct, id: string, props: HttpRouteProps<L>) {
    super(scope, id);
    const rules = httpRules(`HTTPRoute "${this.node.path}"`, props.routes ?? {}, props.rules ?? []);
    emitRoute(this, 'HTTPRoute', props, (route) =>
      rules.map(({ matches, backends, filters }) => ({
        matches,
        filters: filterSpecs(route, filters),
        backendRefs: backends.length > 0 ? backends.map((backend) => backendRef(route, backend)) : undefined,
      })),
    );
  }
}
