import type { FieldPath } from '../finding/origin';
import type { IngressBackend, IngressPath, IngressResource } from '../manifest/resources';
import type { Doubt } from '../values/ternary';
import type { RouteRule } from './routing';

/** An Ingress that a controller serves, or may serve. */
export interface ServedIngress {
  readonly ingress: IngressResource;
  /** What leaves open whether it does (ING-12, ING-13). */
  readonly doubts: readonly Doubt[];
}

/** What a request is compared with: one path of a rule, a rule without paths, or a default backend. */
export interface Entry {
  readonly served: ServedIngress;
  readonly type: 'path' | 'host' | 'default';
  /** Lower case; `undefined`: every host (ING-03). */
  readonly host?: string;
  readonly pathType: IngressPath['pathType'];
  /** `undefined`: the rule says nothing of paths. */
  readonly path?: string;
  /** `undefined`: the Ingress has none for it, and the controller answers itself. */
  readonly backend?: IngressBackend;
  readonly rule: RouteRule;
}

/** What the Ingresses say, path by path in their order, each with its default backend last. */
export function entriesOf(served: readonly ServedIngress[]): readonly Entry[] {
  return served.flatMap((each) => [...pathsOf(each), ...defaultOf(each)]);
}

function pathsOf(served: ServedIngress): readonly Entry[] {
  const { ingress } = served;
  let index = 0;
  return ingress.rules.flatMap(({ host, paths }, i): Entry[] => {
    const field = ['spec', 'rules', i];
    const name = host?.toLowerCase();
    if (!paths) {
      // ING-11: whether such a rule means the host or everything, it means the default backend.
      const rule = ruleOf(ingress, name ?? 'any host', field, index++);
      return [{ served, type: 'host', host: name, pathType: 'Prefix', backend: ingress.defaultBackend, rule }];
    }
    return paths.map(({ path, pathType, backend }, j) => {
      const matches = `${name ?? ''}${path ?? '/'} (${pathType})`;
      const rule = ruleOf(ingress, matches, [...field, 'http', 'paths', j], index++);
      return { served, type: 'path', host: name, path, pathType, backend, rule };
    });
  });
}

function defaultOf(served: ServedIngress): readonly Entry[] {
  const { ingress } = served;
  const { defaultBackend: backend } = ingress;
  if (!backend) return [];
  const rule = ruleOf(ingress, 'what no rule takes', ['spec', 'defaultBackend']);
  return [{ served, type: 'default', pathType: 'Prefix', backend, rule }];
}

function ruleOf(ingress: IngressResource, matches: string, field: FieldPath, index?: number): RouteRule {
  const { kind, namespace, name } = ingress;
  return { kind, namespace, name, index, matches, field, origin: ingress.originOf(field) };
}
