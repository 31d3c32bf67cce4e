import type { AppPort } from '../app-port';
import type { HttpFilter } from './http-filter';
import { HttpMatch, type HttpMatchSpec } from './http-match';
import { type Backends, backendsOf, type WeightedBackend } from './route-backends';

/** What becomes of some requests. */
export interface HttpRule {
  /** Which requests: those that one of the matches takes (GW-07). @default - all */
  readonly matches?: HttpMatch | readonly HttpMatch[];
  /** Where they go; several ports share them by weight. @default - nowhere, which only a redirect does without */
  readonly to?: Backends;
  /** What happens to them on the way. @default - nothing */
  readonly filters?: HttpFilter | readonly HttpFilter[];
}

/** Where requests go by the beginning of their path, element by element; the longest that matches decides (GW-06). */
export type HttpRoutes = Readonly<Record<`/${string}`, Backends>>;

/** A rule with nothing left open. */
export interface HttpRuleFacts {
  /** One at least: no match in a rule means the prefix `/` (GW-07). */
  readonly matches: readonly HttpMatchSpec[];
  readonly backends: readonly WeightedBackend[];
  readonly filters: readonly HttpFilter[];
}

/** The rules of a route, checked as the API server would, but at the line that declares them. @param where e.g. `HttpRoute "shop/cart"` */
export function httpRules(where: string, routes: HttpRoutes, rules: readonly HttpRule[]): readonly HttpRuleFacts[] {
  const byPath = Object.entries(routes).map(([path, to]): HttpRule => ({ matches: HttpMatch.prefix(path), to }));
  const all = [...byPath, ...rules].map((rule, i) => ruleFacts(`rules[${i}] of ${where}`, rule));
  if (all.length > 0) return all;
  throw new Error(
    `Unable to create ${where}: it routes nothing. Give \`routes\` or \`rules\`, e.g. routes: { '/': app.port('http') }.`,
  );
}

/** The ports that get requests by the rules, or copies of them. */
export function portsOf(rules: readonly HttpRuleFacts[]): readonly AppPort[] {
  return rules.flatMap(({ backends, filters }) => [
    ...backends.map(({ port }) => port),
    ...filters.flatMap(({ mirrorTo }) => mirrorTo ?? []),
  ]);
}

function ruleFacts(where: string, rule: HttpRule): HttpRuleFacts {
  const given = [rule.matches ?? []].flat() as readonly HttpMatch[];
  const matches = (given.length > 0 ? given : [HttpMatch.prefix('/')]).map((match) => match.toSpec());
  const filters = [rule.filters ?? []].flat() as readonly HttpFilter[];
  const backends = rule.to === undefined ? [] : backendsOf(rule.to);
  const facts = { matches, backends, filters };
  const problem = problemOf(facts);
  if (problem === undefined) return facts;
  throw new Error(`Unable to take ${where}: ${problem}.`);
}

function problemOf({ matches, backends, filters }: HttpRuleFacts): string | undefined {
  const types = filters.map(({ type }) => type);
  const twice = types.find((type, i) => type !== 'RequestMirror' && types.indexOf(type) < i);
  if (twice) return `it has two filters of type ${twice}, and the API server refuses that`;
  const isRedirected = types.includes('RequestRedirect');
  if (isRedirected && types.includes('URLRewrite')) {
    return 'a request can be redirected or rewritten, not both (GW-12)';
  }
  if (isRedirected && backends.length > 0)
    return 'a redirect is the answer, so nothing gets to the backends: leave `to` out';
  if (!isRedirected && backends.length === 0) return 'it names no backend, so requests are answered with 500 (GW-11)';
  const [match, ...more] = matches;
  if (filters.some(({ replacesPrefix }) => replacesPrefix) && (more.length > 0 || match.path.type !== 'PathPrefix')) {
    return 'a filter replaces the prefix that matched, which needs exactly one match, and that by prefix';
  }
  return undefined;
}
