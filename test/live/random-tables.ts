import fc from 'fast-check';
import type { RoutingTable, TableRule } from './routing-table';
import { rewriteTo, USE_REGEX } from './tables';

const HOSTS = [undefined, 'example', '*.example', 'a.example', '*.a.example', 'b.a.example', '*.b.a.example'] as const;

const PATHS = [
  '/',
  '/foo',
  '/foo/',
  '/foo/bar',
  '/foo/bar/',
  '/foobar',
  '/f',
  '/fo',
  '/foo/bar/baz',
  '/bar',
  '/a/b',
  '/FOO',
];

/** Tables of any rules for some hosts and paths that have much to do with each other; the same for a seed. */
export function randomTables(count: number, seed: number): readonly RoutingTable[] {
  const rule = fc.record({
    host: fc.constantFrom(...HOSTS),
    path: fc.constantFrom(...PATHS),
    pathType: fc.constantFrom('Exact', 'Prefix'),
  });
  const table = fc
    .uniqueArray(rule, { selector: claimOf, minLength: 2, maxLength: 14 })
    .map((rules) => rules.map((each, i): TableRule => ({ ...each, backend: `rule-${i}` })));
  return fc.sample(table, { numRuns: count, seed });
}

const EXPRESSIONS = [
  '/foo(/|$)(.*)',
  '/foo/.*',
  '/f.o',
  '/[a-z]+/bar',
  '/(a|foo)(/.*)?',
  '/foo/ba[rz]$',
  '/x?/bar',
  '/fo{2}',
];

const REWRITES = [rewriteTo('/$2'), rewriteTo('/x$1'), rewriteTo('/'), rewriteTo('/foo')];

/** Tables of which some paths are regular expressions or rewritten, and others of the same hosts are not (ING-18, ING-19). */
export function randomRegexTables(count: number, seed: number): readonly RoutingTable[] {
  const host = fc.constantFrom('a.example', 'b.example');
  const plain = fc.record({ host, path: fc.constantFrom(...PATHS), pathType: fc.constantFrom('Exact', 'Prefix') });
  const expression = fc.record({
    host,
    path: fc.constantFrom(...EXPRESSIONS),
    pathType: fc.constant('ImplementationSpecific' as const),
    annotations: fc.constantFrom(USE_REGEX, USE_REGEX, ...REWRITES),
  });
  const table = fc
    .uniqueArray(fc.oneof(plain, expression), { selector: claimOf, minLength: 3, maxLength: 12 })
    .map((rules) => rules.map((each, i): TableRule => ({ ...each, backend: `rule-${i}` })));
  return fc.sample(table, { numRuns: count, seed });
}

/** A Prefix is the same with and without its slash, and ingress-nginx refuses two of them (ING-06, ING-19). */
function claimOf({ host, path, pathType }: Omit<TableRule, 'backend'>): string {
  return JSON.stringify([host, pathType, pathType === 'Exact' ? path : path.replace(/\/$/, '')]);
}
