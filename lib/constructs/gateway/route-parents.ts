import { didYouMean, quoted } from '../names';
import { type AllowedRoutes, keepsOut } from './allowed-routes';
import type { GatewayFacts } from './gateway-ref';

/** A route that asks to be attached. */
export interface AttachedRoute {
  /** For messages, e.g. `HTTPRoute "shop/cart"`. */
  readonly where: string;
  readonly namespace: string;
}

/** The listeners that a route is attached to: those that it names, else all. Throws where they surely keep it out (GW-04). */
export function attachedListeners(
  route: AttachedRoute,
  gateway: GatewayFacts,
  named: readonly string[],
): readonly string[] {
  for (const name of named) assertListener(gateway, name);
  const wanted = named.length > 0 ? named : gateway.listeners;
  const shut = wanted.filter((listener) => isShut(route, gateway, listener));
  if (shut.length === 0 || (named.length === 0 && shut.length < wanted.length)) {
    return wanted.filter((listener) => !shut.includes(listener));
  }
  throw new Error(
    `Unable to attach ${route.where} to ${gateway.where}: it takes routes of ${whose(gateway, shut[0])} only, and this one is in ` +
      `namespace "${route.namespace}" (GW-04). Let it in where the Gateway is made: allowedRoutes: { namespaces: ['${route.namespace}'] }.`,
  );
}

/** The references to the Gateway as they stand in the manifest (GW-05). */
export function parentRefs(route: AttachedRoute, gateway: GatewayFacts, named: readonly string[]): readonly object[] {
  const namespace = gateway.namespace === route.namespace ? undefined : gateway.namespace;
  const parent = { name: gateway.name, namespace };
  return named.length === 0 ? [parent] : named.map((sectionName) => ({ ...parent, sectionName }));
}

/** Throws with what there is instead. */
function assertListener({ where, listeners }: GatewayFacts, name: string): void {
  if (listeners.includes(name)) return;
  throw new Error(
    `Unable to find listener "${name}" of ${where}: its listeners are ${quoted(listeners)}.${didYouMean(name, listeners)}`,
  );
}

function isShut(route: AttachedRoute, gateway: GatewayFacts, listener: string): boolean {
  const allowed = gateway.allowedRoutes(listener);
  return allowed !== undefined && keepsOut(allowed, gateway.namespace, route.namespace);
}

function whose(gateway: GatewayFacts, listener: string): string {
  const allowed: AllowedRoutes = gateway.allowedRoutes(listener) ?? 'Same';
  const namespaces = typeof allowed === 'object' && 'namespaces' in allowed ? allowed.namespaces : [gateway.namespace];
  return `namespace ${namespaces.map((name) => `"${name}"`).join(' and ')}`;
}
