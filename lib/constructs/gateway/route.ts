import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { attachOwn } from '../../synth/hook';
import { assertUrlHost } from '../url-hosts';
import { GATEWAY, type GatewayRef } from './gateway-ref';
import type { HttpFilter } from './http-filter';
import { originsOf } from './origins';
import { backendRef, type RouteOfBackends } from './route-backends';
import { attachedListeners, parentRefs } from './route-parents';

/** What routes of every kind have. @typeParam L names of the Gateway's listeners */
export interface RouteProps<L extends string> {
  /** The Gateway that takes the requests: of this app, or `Gateway.existing(...)`. */
  readonly gateway: GatewayRef<L>;
  /** On which of its listeners (GW-05). @default - all that take the route */
  readonly listener?: NoInfer<L> | readonly NoInfer<L>[];
  /** The hosts of the requests, within those of the listener (GW-01). @default - those of the listener */
  readonly hostnames?: readonly string[];
  /** Name of the object. @default - the id */
  readonly name?: string;
}

/** Writes the object of a route, with its rules, and tells where requests for it come to, as far as that can be proved. */
export function emitRoute<L extends string>(
  scope: Construct,
  kind: RouteOfBackends['kind'],
  props: RouteProps<L>,
  rulesFor: (route: RouteOfBackends) => readonly object[],
): readonly string[] {
  attachOwn(scope);
  const { path, id } = scope.node;
  const where = `${kind} "${path}"`;
  const namespace = Chart.of(scope).namespace ?? 'default';
  const gateway = props.gateway[GATEWAY];
  const named = [props.listener ?? []].flat() as readonly string[];
  for (const hostname of props.hostnames ?? []) assertUrlHost(where, hostname);
  const listeners = attachedListeners({ where, namespace }, gateway, named);
  new ApiObject(scope, 'Resource', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind,
    metadata: { name: props.name ?? id },
    spec: {
      parentRefs: parentRefs({ where, namespace }, gateway, named),
      hostnames: props.hostnames,
      rules: rulesFor({ kind, where, namespace, proxy: () => gateway.proxy(scope) }),
    },
  });
  return originsOf(gateway, listeners, props.hostnames);
}

/** The filters of a rule as they stand in the manifest. */
export function filterSpecs(route: RouteOfBackends, filters: readonly HttpFilter[]): readonly object[] | undefined {
  if (filters.length === 0) return undefined;
  return filters.map(({ type, spec, mirrorTo }) => {
    return { type, ...spec, requestMirror: mirrorTo && { backendRef: backendRef(route, { port: mirrorTo }) } };
  });
}
