import type { RoutingTable, TableRule } from './routing-table';

/** `/foo` is a Prefix, `=/foo` Exact, `~/foo` of the third type; each is a Service of its own, so that answers tell them apart. */
function host(
  name: string | undefined,
  paths: readonly string[],
  annotations?: Readonly<Record<string, string>>,
): RoutingTable {
  return paths.map((text, i): TableRule => {
    const [, sign, path] = /^([=~]?)(.*)$/.exec(text)!;
    const label = `${name ?? 'any'}${annotations ? '-own' : ''}`.replace('*', 'all').replace(/[^a-z0-9]/g, '-');
    const pathType = sign === '=' ? 'Exact' : sign === '~' ? 'ImplementationSpecific' : 'Prefix';
    return { host: name, path, pathType, backend: `${label}-${pathType.toLowerCase()}-${i}`, annotations };
  });
}

/** Tables that between them hold what the rules of paths and hosts tell apart. */
export const TABLES: readonly RoutingTable[] = [
  // ING-06, ING-08: the longest path, and Exact on a tie.
  host('a.example', ['/', '/foo', '=/foo', '/foo/bar', '=/foo/bar/baz', '=/bar']),
  // No rule for the root: what no path takes is 404.
  host('a.example', ['/foo', '=/bar/', '/a/b/c', '/aaa/bbb', '/a']),
  // A slash at the end: none to Prefix, all to Exact (ING-06, ING-09).
  [...host('a.example', ['/foo/', '/bar/']), ...host('b.example', ['=/foo', '=/bar', '/'])],
  // ING-02, ING-03, ING-04: a precise host, a wildcard, and none.
  [
    ...host('shop.example', ['/', '/foo']),
    ...host('*.shop.example', ['/foo', '=/bar']),
    ...host('api.shop.example', ['/bar']),
    ...host(undefined, ['/foo', '=/', '/any']),
  ],
  // Case, and characters that only look special.
  host('a.example', ['/Foo', '/foo', '/foo.bar', '/foo+bar', '/~user', '=/index.html', '/a-b_c']),
  // What stands encoded in a rule.
  host('a.example', ['/foo%20bar', '=/caf%C3%A9', '/100%25', '/foo', '=/']),
];

export const USE_REGEX = { 'nginx.ingress.kubernetes.io/use-regex': 'true' };
export const rewriteTo = (target: string) => ({ 'nginx.ingress.kubernetes.io/rewrite-target': target });

/** What ingress-nginx makes regular expressions of (ING-18, ING-19). */
export const REGEX_TABLES: readonly RoutingTable[] = [
  // The worked examples of its documentation: the longest expression first, whatever it matches.
  [...host('a.example', ['/foo/bar', '=/foo/bar/']), ...host('a.example', ['~/foo/bar/.+'], USE_REGEX)],
  host('a.example', ['~/foo/bar/bar', '~/foo/bar/[A-Z0-9]{3}', '~/foo.bar', '~/x|/y'], USE_REGEX),
  // One rewrite, and the other paths of the host are expressions too; those of other hosts are not.
  [
    ...host('a.example', ['~/something(/|$)(.*)'], rewriteTo('/$2')),
    ...host('a.example', ['/foo', '=/Bar', '/']),
    ...host('b.example', ['/foo', '=/Bar']),
  ],
];
