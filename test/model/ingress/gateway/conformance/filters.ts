import { type Expected, gateway, INFRA, listener, prefix, ref, route, type Scenario } from './suite';

const redirect = (path: string, requestRedirect: object) => ({
  matches: [prefix(path)],
  filters: [{ type: 'RequestRedirect', requestRedirect }],
});
const rewrite = (path: string, backend: string, urlRewrite: object, ...filters: readonly object[]) => ({
  matches: [prefix(path)],
  filters: [{ type: 'URLRewrite', urlRewrite }, ...filters],
  backendRefs: [ref(backend)],
});
const replacePrefix = (value: string) => ({ path: { type: 'ReplacePrefixMatch', replacePrefixMatch: value } });
const replaceAll = (value: string) => ({ path: { type: 'ReplaceFullPath', replaceFullPath: value } });
const headers = {
  type: 'RequestHeaderModifier',
  requestHeaderModifier: { set: [{ name: 'X-Header-Set', value: 'set' }], remove: ['X-Header-Remove'] },
};

/** Schemes and ports of a redirect: the path says which. */
function schemesAndPorts(
  ...pairs: readonly (readonly [scheme: string | undefined, port: number | undefined])[]
): object[] {
  return pairs.map(([scheme, port]) =>
    redirect(`/scheme-${scheme ?? 'nil'}-and-port-${port ?? 'nil'}`, { scheme, port, hostname: 'example.org' }),
  );
}

function atPort(url: string, ...rows: readonly (readonly [path: string, location: string])[]): readonly Expected[] {
  return rows.map(([path, location]) => [`${url}/${path}`, `302 ${location}/${path}`]);
}

const ON_8080 = 'same-namespace-with-http-listener-on-8080';
const ON_443 = 'same-namespace-with-https-listener';

/** Redirects and rewrites. */
export const FILTERS: readonly Scenario[] = [
  {
    name: 'HTTPRouteRedirectHostAndStatus',
    rule: 'GW-12',
    objects: [
      route('redirect-host-and-status', [
        redirect('/hostname-redirect', { hostname: 'example.org' }),
        redirect('/host-and-status', { hostname: 'example.org', statusCode: 301 }),
      ]),
    ],
    requests: [
      ['/hostname-redirect', '302 http://example.org/hostname-redirect'],
      ['/host-and-status', '301 http://example.org/host-and-status'],
    ],
  },
  {
    name: 'HTTPRouteRedirectPath',
    rule: 'GW-12',
    objects: [
      route('redirect-path', [
        redirect('/original-prefix', replacePrefix('/replacement-prefix')),
        redirect('/full', replaceAll('/full-path-replacement')),
        redirect('/path-and-host', { hostname: 'example.org', ...replacePrefix('/replacement-prefix') }),
        redirect('/path-and-status', { statusCode: 301, ...replacePrefix('/replacement-prefix') }),
        redirect('/full-path-and-host', { hostname: 'example.org', ...replaceAll('/replacement-full') }),
        redirect('/full-path-and-status', { statusCode: 301, ...replaceAll('/replacement-full') }),
      ]),
    ],
    requests: [
      ['a.test/original-prefix/lemon', '302 http://a.test/replacement-prefix/lemon'],
      ['a.test/full/path/original', '302 http://a.test/full-path-replacement'],
      ['a.test/path-and-host', '302 http://example.org/replacement-prefix'],
      ['a.test/path-and-status', '301 http://a.test/replacement-prefix'],
      ['a.test/full-path-and-host', '302 http://example.org/replacement-full'],
      ['a.test/full-path-and-status', '301 http://a.test/replacement-full'],
    ],
  },
  {
    name: 'HTTPRouteRedirectPort',
    rule: 'GW-12',
    objects: [
      route('redirect-port', [
        redirect('/port', { port: 8083 }),
        redirect('/port-and-host', { port: 8083, hostname: 'example.org' }),
        redirect('/port-and-status', { port: 8083, statusCode: 301 }),
        redirect('/port-and-host-and-status', { port: 8083, hostname: 'example.org', statusCode: 302 }),
      ]),
    ],
    requests: [
      ['a.test/port', '302 http://a.test:8083/port'],
      ['a.test/port-and-host', '302 http://example.org:8083/port-and-host'],
      ['a.test/port-and-status', '301 http://a.test:8083/port-and-status'],
      ['a.test/port-and-host-and-status', '302 http://example.org:8083/port-and-host-and-status'],
    ],
  },
  {
    name: 'HTTPRouteRedirectScheme',
    rule: 'GW-12',
    objects: [
      route('redirect-scheme', [
        redirect('/scheme', { scheme: 'https' }),
        redirect('/scheme-and-host', { scheme: 'https', hostname: 'example.org' }),
        redirect('/scheme-and-status', { scheme: 'https', statusCode: 301 }),
        redirect('/scheme-and-host-and-status', { scheme: 'https', hostname: 'example.org', statusCode: 302 }),
      ]),
    ],
    requests: [
      ['a.test/scheme', '302 https://a.test/scheme'],
      ['a.test/scheme-and-host', '302 https://example.org/scheme-and-host'],
      ['a.test/scheme-and-status', '301 https://a.test/scheme-and-status'],
      ['a.test/scheme-and-host-and-status', '302 https://example.org/scheme-and-host-and-status'],
    ],
  },
  ...[303, 307, 308].map(
    (statusCode): Scenario => ({
      name: `HTTPRoute${statusCode}Redirect`,
      rule: 'GW-12',
      objects: [route('redirect', [redirect('/path', { hostname: 'example.org', statusCode })])],
      requests: [['/path', `${statusCode} http://example.org/path`]],
    }),
  ),
  {
    name: 'HTTPRouteRedirectPortAndScheme, a listener on 80',
    rule: 'GW-12',
    objects: [
      route('http-route-for-listener-on-port-80', [
        ...schemesAndPorts([undefined, undefined], [undefined, 80], [undefined, 8080]),
        ...schemesAndPorts(['https', undefined], ['https', 443], ['https', 8443]),
      ]),
    ],
    requests: atPort(
      '',
      ['scheme-nil-and-port-nil', 'http://example.org'],
      ['scheme-nil-and-port-80', 'http://example.org'],
      ['scheme-nil-and-port-8080', 'http://example.org:8080'],
      ['scheme-https-and-port-nil', 'https://example.org'],
      ['scheme-https-and-port-443', 'https://example.org'],
      ['scheme-https-and-port-8443', 'https://example.org:8443'],
    ),
  },
  {
    name: 'HTTPRouteRedirectPortAndScheme, a listener on 8080',
    rule: 'GW-12',
    gateway: ON_8080,
    objects: [
      gateway(ON_8080, [listener('http', undefined, { port: 8080 })]),
      route(
        'http-route-for-listener-on-port-8080',
        schemesAndPorts([undefined, undefined], [undefined, 80], ['https', undefined]),
        { parents: [ON_8080] },
      ),
    ],
    requests: atPort(
      'a.test:8080',
      ['scheme-nil-and-port-nil', 'http://example.org:8080'],
      ['scheme-nil-and-port-80', 'http://example.org'],
      ['scheme-https-and-port-nil', 'https://example.org'],
    ),
  },
  {
    name: 'HTTPRouteRedirectPortAndScheme, a listener on 443',
    rule: 'GW-12',
    gateway: ON_443,
    objects: [
      route(
        'http-route-for-listener-on-port-443',
        [
          ...schemesAndPorts([undefined, undefined], [undefined, 443], [undefined, 8443]),
          ...schemesAndPorts(['http', undefined], ['http', 80], ['http', 8080]),
        ],
        { parents: [{ name: ON_443, namespace: INFRA, sectionName: 'https' }] },
      ),
    ],
    requests: atPort(
      'https://example.org',
      ['scheme-nil-and-port-nil', 'https://example.org'],
      ['scheme-nil-and-port-443', 'https://example.org'],
      ['scheme-nil-and-port-8443', 'https://example.org:8443'],
      ['scheme-http-and-port-nil', 'http://example.org'],
      ['scheme-http-and-port-80', 'http://example.org'],
      ['scheme-http-and-port-8080', 'http://example.org:8080'],
    ),
  },
  {
    name: 'HTTPRouteRewritePath',
    rule: 'GW-12',
    objects: [
      route('rewrite-path', [
        rewrite('/prefix/one', 'v1', replacePrefix('/one')),
        rewrite('/strip-prefix', 'v1', replacePrefix('/')),
        rewrite('/full/one', 'v1', replaceAll('/one')),
        rewrite('/full/rewrite-path-and-modify-headers', 'v1', replaceAll('/test'), headers),
        rewrite('/prefix/rewrite-path-and-modify-headers', 'v1', replacePrefix('/prefix'), headers),
      ]),
    ],
    requests: [
      ['/prefix/one/two', 'infra-backend-v1 as /one/two'],
      ['/strip-prefix/three', 'infra-backend-v1 as /three'],
      ['/strip-prefix', 'infra-backend-v1 as /'],
      ['/full/one/two', 'infra-backend-v1 as /one'],
      ['/full/rewrite-path-and-modify-headers/test', 'infra-backend-v1 as /test'],
      ['/prefix/rewrite-path-and-modify-headers/one', 'infra-backend-v1 as /prefix/one'],
    ],
  },
  {
    name: 'HTTPRouteRewriteHost',
    rule: 'GW-12',
    objects: [
      route(
        'rewrite-host',
        [
          rewrite('/one', 'v1', { hostname: 'one.example.org' }),
          rewrite('/', 'v2', { hostname: 'example.org' }),
          rewrite('/rewrite-host-and-modify-headers', 'v2', { hostname: 'test.example.org' }, headers),
        ],
        { hostnames: ['rewrite.example'] },
      ),
    ],
    requests: [
      ['rewrite.example/one', 'infra-backend-v1 as one.example.org'],
      ['rewrite.example/two', 'infra-backend-v2 as example.org'],
      ['rewrite.example/rewrite-host-and-modify-headers', 'infra-backend-v2 as test.example.org'],
    ],
  },
  {
    name: 'ReplacePrefixMatch, the table of the API',
    rule: 'GW-12',
    objects: [
      route(
        'table',
        [
          ['a', '/foo', '/xyz'],
          ['b', '/foo', '/xyz/'],
          ['c', '/foo/', '/xyz'],
          ['d', '/foo/', '/xyz/'],
          ['e', '/foo', ''],
          ['f', '/foo', '/'],
        ].map(([host, match, value]) => ({
          matches: [prefix(match, { headers: [{ name: 'row', value: host }] })],
          filters: [{ type: 'URLRewrite', urlRewrite: replacePrefix(value) }],
          backendRefs: [ref('v1')],
        })),
      ),
    ],
    requests: [
      ['/foo/bar', 'infra-backend-v1 as /xyz/bar', { row: 'a' }],
      ['/foo/bar', 'infra-backend-v1 as /xyz/bar', { row: 'b' }],
      ['/foo/bar', 'infra-backend-v1 as /xyz/bar', { row: 'c' }],
      ['/foo/bar', 'infra-backend-v1 as /xyz/bar', { row: 'd' }],
      ['/foo', 'infra-backend-v1 as /xyz', { row: 'a' }],
      ['/foo/', 'infra-backend-v1 as /xyz/', { row: 'a' }],
      ['/foo/bar', 'infra-backend-v1 as /bar', { row: 'e' }],
      ['/foo/', 'infra-backend-v1 as /', { row: 'e' }],
      ['/foo', 'infra-backend-v1 as /', { row: 'e' }],
      ['/foo/', 'infra-backend-v1 as /', { row: 'f' }],
      ['/foo', 'infra-backend-v1 as /', { row: 'f' }],
    ],
  },
];
