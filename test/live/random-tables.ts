import fc from 'fast-check';
import type { RoutingTable, TableRule } from './routing-table';

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

/** A Prefix is the same with and without its slash, and ingress-nginx refuses two of them (ING-06, ING-19). */
function claimOf({ host, path, pathType }: Omit<TableRule, 'backend'>): string {
  return JSON.stringify([host, pathType, pathType === 'Exact' ? path : path.replace(/\/$/, '')]);
}
