import { Construct } from 'constructs';
import type { GrpcMatch } from './grpc-match';
import type { HttpFilter } from './http-filter';
import { emitRoute, filterSpecs, type RouteProps } from './route';
import { type Backends, backendRef, backendsOf } from './route-backends';

/** What becomes of some calls. */
export interface GrpcRule {
  /** Which calls: those that one of the matches takes. @default - all */
  readonly matches?: GrpcMatch | readonly GrpcMatch[];
  /** Where they go; several ports share them by weight. */
  readonly to: Backends;
  /** What happens to them on the way: headers that change, copies. @default - nothing */
  readonly filters?: HttpFilter | readonly HttpFilter[];
}

/** @typeParam L names of the Gateway's listeners */
export interface GrpcRouteProps<L extends string> extends RouteProps<L> {
  readonly rules: readonly [GrpcRule, ...GrpcRule[]];
}

/**
 * Sends the gRPC calls that a Gateway takes to apps, and opens the policies of the apps to the pods of the Gateway's proxy.
 * Ports of other namespaces get the ReferenceGrant that they need (GW-10).
 */
export class GrpcRoute<L extends string = never> extends Construct {
  constructor(scope: Construct, id: string, props: GrpcRouteProps<L>) {
    super(scope, id);
    const where = `GRPCRoute "${this.node.path}"`;
    if (props.rules.length === 0) throw new Error(`Unable to create ${where}: it has no rules.`);
    for (const { filters = [] } of props.rules) assertFilters(where, [filters].flat() as readonly HttpFilter[]);
    emitRoute(this, 'GRPCRoute', props, (route) =>
      props.rules.map(({ matches, to, filters = [] }) => ({
        matches: matches && ([matches].flat() as readonly GrpcMatch[]).map((match) => match.toSpec()),
        filters: filterSpecs(route, [filters].flat() as readonly HttpFilter[]),
        backendRefs: backendsOf(to).map((backend) => backendRef(route, backend)),
      })),
    );
  }
}

function assertFilters(where: string, filters: readonly HttpFilter[]): void {
  const wrong = filters.find(({ type }) => type === 'RequestRedirect' || type === 'URLRewrite');
  if (wrong) throw new Error(`Unable to take a filter of type ${wrong.type} in ${where}: gRPC calls have none.`);
}
