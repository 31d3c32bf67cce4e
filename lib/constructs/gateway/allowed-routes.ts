import type { LabelValues } from '../../intents/endpoint';
import { selectorSpec } from '../policy-peers';
import { NAMESPACE_NAME_LABEL } from '../policy-spec';

/**
 * The namespaces whose routes a listener takes (GW-04): its own, all, some by their names, or some by labels of the Namespace
 * object.
 */
export type AllowedRoutes =
  | 'Same'
  | 'All'
  | { readonly namespaces: readonly [string, ...string[]] }
  | { readonly namespaceLabels: LabelValues };

/** As it stands in the manifest; nothing where the default is meant. */
export function allowedRoutesSpec(allowed: AllowedRoutes | undefined): object | undefined {
  if (allowed === undefined) return undefined;
  if (typeof allowed === 'string') return { namespaces: { from: allowed } };
  const labels = 'namespaces' in allowed ? { [NAMESPACE_NAME_LABEL]: allowed.namespaces } : allowed.namespaceLabels;
  return { namespaces: { from: 'Selector', selector: selectorSpec(labels) } };
}

/** Whether routes of the namespace surely stay out; labels of namespaces are for the proof to look at. @param own namespace of the Gateway */
export function keepsOut(allowed: AllowedRoutes, own: string, namespace: string): boolean {
  if (allowed === 'All') return false;
  if (allowed === 'Same') return namespace !== own;
  return 'namespaces' in allowed && !allowed.namespaces.includes(namespace);
}
