import type { RoutingTable, TableRule } from './routing-table';

/** A location of nginx, and what is in it. */
export interface Location {
  readonly at: string;
  readonly does: string;
}

/** A path that one location is for, and the rule that it came from; without one, what no rule takes. */
interface Part {
  readonly path: string;
  readonly isExact: boolean;
  readonly rule?: TableRule;
}

/** What ingress-nginx makes of the rules of one host, in its order. */
export function locationsOf(rules: RoutingTable): readonly Location[] {
  const hasRoot = rules.some(({ path, pathType }) => path === '/' && pathType !== 'Exact');
  const sorted: readonly Part[] = [
    ...rules.map((rule) => ({ path: rule.path, isExact: rule.pathType === 'Exact', rule })),
    ...(hasRoot ? [] : [{ path: '/', isExact: false }]),
  ].sort((a, b) => b.path.length - a.path.length || (a.path < b.path ? 1 : a.path > b.path ? -1 : 0));
  const isRegex = rules.some(asksForRegex);
  return sorted
    .flatMap((part) => split(part, rules))
    .map(({ path, isExact, rule }) => ({
      at: isRegex ? `~* "^${path}"` : isExact ? `= ${path}` : path,
      does: rule ? forward(rule) : 'return 404;',
    }));
}

function rewriteOf({ annotations, path }: TableRule): string | undefined {
  const target = annotations?.['nginx.ingress.kubernetes.io/rewrite-target'];
  return target === path ? undefined : target;
}

/** ING-18: one such path is enough for all paths of the host. */
function asksForRegex(rule: TableRule): boolean {
  return rule.annotations?.['nginx.ingress.kubernetes.io/use-regex'] === 'true' || rewriteOf(rule) !== undefined;
}

/** ING-19: a Prefix is a location that ends in a slash, and one for the path itself where no Exact has it. */
function split(part: Part, rules: RoutingTable): readonly Part[] {
  const { path, isExact, rule } = part;
  if (isExact || path === '/' || (rule && asksForRegex(rule))) return [part];
  const below = { ...part, path: path.endsWith('/') ? path : `${path}/` };
  const taken = rules.some((other) => other.pathType === 'Exact' && other.path === path);
  return taken ? [below] : [below, { ...part, isExact: true }];
}

function forward(rule: TableRule): string {
  const target = rewriteOf(rule);
  const rewrite = target === undefined ? '' : `rewrite "(?i)${rule.path}" ${target} break; `;
  return `set $proxy_upstream_name "${rule.backend}"; ${rewrite}proxy_pass http://upstream_balancer;`;
}
