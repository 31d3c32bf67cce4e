import type { RouteRule } from '../model/ingress/routing';
import type { IngressBackend, IngressPath, IngressResource, IngressRule, Resource } from '../model/manifest/resources';

/** A backend that is a Service. */
export type ServiceBackend = IngressBackend & { readonly type: 'service' };

/** Where a rule of an Ingress stands: a path of one of its rules, or its default backend. */
export interface PlacedPath {
  readonly ingress: IngressResource;
  /** Absent for a default backend. */
  readonly path?: IngressPath;
  readonly rule?: IngressRule;
  readonly backend?: ServiceBackend;
}

/** The Ingress of a rule, with what of it the rule is; `undefined` for routes of the Gateway API. */
export function pathOf(routed: RouteRule | undefined, resources: readonly Resource[]): PlacedPath | undefined {
  const ingress = resources.find(
    (r): r is IngressResource =>
      r.type === 'ingress' && routed?.kind === r.kind && routed.namespace === r.namespace && routed.name === r.name,
  );
  if (!ingress || !routed) return undefined;
  const [, , i, , , j] = routed.field;
  const rule = typeof i === 'number' ? ingress.rules[i] : undefined;
  const path = typeof j === 'number' ? rule?.paths?.[j] : undefined;
  const backend = path?.backend ?? ingress.defaultBackend;
  return { ingress, rule, path, backend: backend?.type === 'service' ? backend : undefined };
}

/** The resources with one Ingress changed. */
export function editIngress(
  ingress: IngressResource,
  resources: readonly Resource[],
  change: Partial<IngressResource>,
): readonly Resource[] {
  return resources.map((r) => (r === ingress ? { ...ingress, ...change } : r));
}

/** Likewise with other paths in one of its rules. */
export function editPaths(
  ingress: IngressResource,
  rule: IngressRule,
  resources: readonly Resource[],
  edit: (paths: readonly IngressPath[]) => readonly IngressPath[],
): readonly Resource[] {
  const rules = ingress.rules.map((each) => (each === rule ? { ...rule, paths: edit(rule.paths ?? []) } : each));
  return editIngress(ingress, resources, { rules });
}

/** Likewise with another Service or port behind what sends to the backend. */
export function editBackend(
  { ingress, rule, path }: PlacedPath,
  backend: ServiceBackend,
  resources: readonly Resource[],
): readonly Resource[] {
  if (!rule || !path) return editIngress(ingress, resources, { defaultBackend: backend });
  return editPaths(ingress, rule, resources, (paths) =>
    paths.map((each) => (each === path ? { ...path, backend } : each)),
  );
}
