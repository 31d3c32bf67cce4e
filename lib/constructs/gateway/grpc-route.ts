import { Construct } from 'constructs';
import { promiseRoutes } from '../url-promises';
import type { GrpcMatch } from './grpc-match';
import { callsBy } from './grpc-requests';
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
 * Sends the gRPC calls that a Gateway takes to apps, opens the policies of the apps to the pods of the Gateway's proxy, and
 * promises for each match that calls get there. Ports of other namespaces get the ReferenceGrant that they need (GW-10).
 */
export class GrpcRoute<L extends string = never> extends Construct {
  constructor(scope: Construct, id: string, props: GrpcRouteProps<L>) {
    super(scope, id);
    const where = `GRPCRoute "${this.node.path}"`;
    if (props.rules.length === 0) throw new Error(`Unable to create ${where}: it has no rules.`);
    const rules = props.rules.map((rule) => ruleFacts(where, rule));
    const origins = emitRoute(this, 'GRPCRoute', props, (route) =>
      rules.map(({ matches, filters, to }) => ({
        matches: matches.length > 0 ? matches : undefined,
        filters: filterSpecs(route, filters),
        backendRefs: backendsOf(to).map((backend) => backendRef(route, backend)),
      })),
    );
    promiseRoutes(
      this,
      origins.flatMap((origin) => callsBy(origin, rules)),
    );
  }
}

/** A rule with its lists as lists. */
function ruleFacts(where: string, { matches = [], filters = [], to }: GrpcRule) {
  const listed = [filters].flat() as readonly HttpFilter[];
  assertFilters(where, listed);
  return { matches: ([matches].flat() as readonly GrpcMatch[]).map((match) => match.toSpec()), filters: listed, to };
}

function assertFilters(where: string, filters: readonly HttpFilter[]): void {
  const wrong = filters.find(({ type }) => type === 'RequestRedirect' || type === 'URLRewrite');
  if (wrong) throw new Error(`Unable to take a filter of type ${wrong.type} in ${where}: gRPC calls have none.`);
}
