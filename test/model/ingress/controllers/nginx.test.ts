import { answerer, app, edgesFor, type IngressSpec, ingress, withApps } from '../lab';

const HOST = 'test.com';
const PROFILE = { ingress: [{ name: 'nginx', servesWithoutClass: true }] };
const on = (name: string) => `nginx.ingress.kubernetes.io/${name}`;
const asking = (...ingresses: readonly IngressSpec[]) => answerer(withApps(...ingresses), PROFILE);
const at = (host: string, paths: NonNullable<IngressSpec['rules']>[string]) => ({ rules: { [host]: paths } });
const root = at(HOST, [{ path: '/', to: 'web' }]);

/** docs/user-guide/ingress-path-matching.md, "Path Priority" and "Warning". */
const PRIORITY: readonly IngressSpec[] = [
  {
    name: 'test-ingress-1',
    ...at(HOST, [
      { path: '/foo/bar', to: 'service1' },
      { path: '/foo/bar/', to: 'service2' },
    ]),
  },
  {
    name: 'test-ingress-2',
    annotations: { [on('rewrite-target')]: '/$1' },
    ...at(HOST, [{ path: '/foo/bar/(.+)', type: 'ImplementationSpecific', to: 'service3' }]),
  },
];
const WARNING: IngressSpec = {
  name: 'test-ingress-3',
  annotations: { [on('use-regex')]: 'true' },
  ...at(HOST, [
    { path: '/foo/bar/bar', to: 'plain' },
    { path: '/foo/bar/[A-Z0-9]{3}', type: 'ImplementationSpecific', to: 'expression' },
  ]),
};
/** docs/examples/rewrite/README.md. */
const REWRITE: IngressSpec = {
  annotations: { [on('rewrite-target')]: '/$2', [on('use-regex')]: 'true' },
  ...at('rewrite.bar.com', [{ path: '/something(/|$)(.*)', type: 'ImplementationSpecific', to: 'http-svc' }]),
};
const APP_ROOT: IngressSpec = {
  annotations: { [on('app-root')]: '/app1' },
  ...at('approot.bar.com', [{ path: '/', to: 'http-svc' }]),
};

test.each<[string, readonly IngressSpec[], string, string]>([
  ['ING-18: the longest expression first', PRIORITY, `http://${HOST}/foo/bar/1`, 'shop/service3:80 as /1'],
  ['ING-18: then the next', PRIORITY, `http://${HOST}/foo/bar/`, 'shop/service2:80'],
  ['ING-18: then the shortest', PRIORITY, `http://${HOST}/foo/bar`, 'shop/service1:80'],
  [
    'ING-18: plain paths of the host are expressions too, in any case',
    PRIORITY,
    `http://${HOST}/FOO/BARN`,
    'shop/service1:80',
  ],
  ['ING-18: not those of other hosts', [...PRIORITY, root], 'http://other.com/foo/bar', '404'],
  ['ING-18: an expression goes before a plain path', [WARNING], `http://${HOST}/foo/bar/bar`, 'shop/expression:80'],
  ['ING-19: nothing captured', [REWRITE], 'http://rewrite.bar.com/something', 'shop/http-svc:80 as /'],
  ['ING-19: the slash alone', [REWRITE], 'http://rewrite.bar.com/something/', 'shop/http-svc:80 as /'],
  ['ING-19: the rest', [REWRITE], 'http://rewrite.bar.com/something/new', 'shop/http-svc:80 as /new'],
  ['ING-19: an encoded ? is no query', [REWRITE], 'http://rewrite.bar.com/something/a%3Fb', 'shop/http-svc:80 as /a?b'],
  [
    'ING-19: a $ of the path is no variable',
    [REWRITE],
    'http://rewrite.bar.com/something/$x',
    'shop/http-svc:80 as /$x',
  ],
  ['app-root: the root itself', [APP_ROOT], 'http://approot.bar.com/', '302 http://approot.bar.com/app1'],
  ['app-root: nothing else', [APP_ROOT], 'http://approot.bar.com/app1', 'shop/http-svc:80'],
  [
    'ING-18: a target that is the path changes nothing',
    [{ annotations: { [on('rewrite-target')]: '/' }, ...root }],
    `http://${HOST}/A`,
    'shop/web:80',
  ],
  [
    'ING-18: what only PCRE reads is not read',
    [
      {
        annotations: { [on('use-regex')]: 'true' },
        ...at(HOST, [{ path: '/(?i)a', type: 'ImplementationSpecific', to: 'web' }]),
      },
    ],
    `http://${HOST}/a`,
    '404 | shop/web:80 ? ING-18',
  ],
  [
    'ING-18: expressions of type Prefix may be refused',
    [{ annotations: { [on('use-regex')]: 'true' }, ...at(HOST, [{ path: '/a.*', to: 'web' }]) }],
    `http://${HOST}/a`,
    '404 | shop/web:80 ? ING-18',
  ],
  [
    'ING-19: ImplementationSpecific is a Prefix',
    [at(HOST, [{ path: '/a', type: 'ImplementationSpecific', to: 'web' }])],
    `http://${HOST}/ab`,
    '404',
  ],
  [
    'ING-19: of /a and /a/ nginx makes one location twice',
    [
      at(HOST, [
        { path: '/a', to: 'one' },
        { path: '/a/', to: 'two' },
      ]),
    ],
    `http://${HOST}/a/b`,
    '404 | shop/one:80 | shop/two:80 ? ING-17 ING-19',
  ],
  [
    'ING-19: an exact location goes before the slash of a prefix',
    [
      at(HOST, [
        { path: '/a', type: 'Exact', to: 'exact' },
        { path: '/a/', to: 'below' },
      ]),
    ],
    `http://${HOST}/a`,
    'shop/exact:80',
  ],
  [
    'ING-04: no further than the rules of the host',
    [{ rules: { [HOST]: [{ path: '/a', to: 'web' }], '': [{ path: '/b', to: 'any' }] } }],
    `http://${HOST}/b`,
    '404',
  ],
  [
    'ING-10: a default backend beside rules is for their hosts',
    [{ ...at(HOST, [{ path: '/a', to: 'web' }]), defaultBackend: 'rest' }],
    `http://${HOST}/b`,
    'shop/rest:80',
  ],
  [
    'ING-10: and for no others',
    [{ ...at(HOST, [{ path: '/a', to: 'web' }]), defaultBackend: 'rest' }],
    'http://other.com/b',
    '404',
  ],
  [
    'ING-10: one without rules is for all other hosts',
    [
      { name: 'a', ...at(HOST, [{ path: '/a', to: 'web' }]) },
      { name: 'b', defaultBackend: 'rest' },
    ],
    'http://other.com/b',
    'shop/rest:80',
  ],
  [
    'ING-17: server-alias is another name of the host',
    [{ annotations: { [on('server-alias')]: 'alias.com, b.com' }, ...root }],
    'http://alias.com/',
    'shop/web:80',
  ],
  [
    'permanent-redirect',
    [{ annotations: { [on('permanent-redirect')]: 'https://new.com$request_uri' }, ...root }],
    `http://${HOST}/a?b=c`,
    '301 https://new.com/a?b=c',
  ],
  [
    'temporal-redirect goes first, with its code',
    [
      {
        annotations: {
          [on('permanent-redirect')]: 'https://new.com',
          [on('temporal-redirect')]: 'https://soon.com',
          [on('temporal-redirect-code')]: '307',
        },
        ...root,
      },
    ],
    `http://${HOST}/`,
    '307 https://soon.com',
  ],
  [
    'from-to-www-redirect',
    [{ annotations: { [on('from-to-www-redirect')]: 'true' }, ...root }],
    `http://www.${HOST}/a`,
    '308 http://test.com/a',
  ],
  ['ING-16: https is not redirected', [{ ...root, tls: [{ hosts: [HOST] }] }], `https://${HOST}/`, 'shop/web:80'],
  ['ING-16: http is', [{ ...root, tls: [{ hosts: [HOST] }] }], `http://${HOST}/a?b`, '308 https://test.com/a?b'],
  [
    'ING-16: unless ssl-redirect is off',
    [{ ...root, tls: [{ hosts: [HOST] }], annotations: { [on('ssl-redirect')]: 'false' } }],
    `http://${HOST}/`,
    'shop/web:80',
  ],
  [
    'ING-16: or it is forced without a certificate',
    [{ ...root, annotations: { [on('force-ssl-redirect')]: 'true' } }],
    `http://${HOST}/`,
    '308 https://test.com/',
  ],
  [
    'upstream-vhost',
    [{ ...root, annotations: { [on('upstream-vhost')]: 'in' } }],
    `http://${HOST}/`,
    'shop/web:80 as in',
  ],
  [
    'a snippet may do anything',
    [{ ...root, annotations: { [on('configuration-snippet')]: 'return 418;' } }],
    `http://${HOST}/`,
    'shop/web:80 ? ING-19',
  ],
])('%s', (_, ingresses, url, expected) => {
  expect(asking(...ingresses)(url)).toBe(expected);
});

const aged = (name: string, createdAt: string | undefined, to: string): IngressSpec => ({
  name,
  createdAt,
  ...at(HOST, [{ path: '/', to }]),
});

test.each<[string, readonly IngressSpec[], string]>([
  [
    'the older goes first',
    [aged('a', '2025-02-01T00:00:00Z', 'new'), aged('b', '2025-01-01T00:00:00Z', 'old')],
    'shop/old:80',
  ],
  [
    'of the same second the greater name',
    [aged('a', '2025-01-01T00:00:00Z', 'one'), aged('b', '2025-01-01T00:00:00Z', 'two')],
    'shop/two:80',
  ],
  [
    'nobody knows where one tells no age',
    [aged('a', '2025-01-01T00:00:00Z', 'one'), aged('b', undefined, 'two')],
    'shop/one:80 | shop/two:80 ? ING-17',
  ],
])('ING-17: of two Ingresses with the same host and path %s', (_, ingresses, expected) => {
  expect(asking(...ingresses)(`http://${HOST}/`)).toBe(expected);
});

const canary = (annotations: Readonly<Record<string, string>>): readonly IngressSpec[] => [
  root,
  {
    name: 'canary',
    annotations: { [on('canary')]: 'true', ...annotations },
    ...at(HOST, [{ path: '/', to: 'next' }]),
  },
];
const header = { [on('canary-by-header')]: 'X-Canary' };
const weight = { [on('canary-weight')]: '20' };

/** docs/user-guide/nginx-configuration/annotations.md, "Canary": header, cookie, weight, in this order. */
test.each<[string, Readonly<Record<string, string>>, readonly (readonly [string, string])[], string]>([
  ['by weight', weight, [], '80 % shop/web:80 + 20 % shop/next:80'],
  [
    'by weight of another total',
    { ...weight, [on('canary-weight-total')]: '40' },
    [],
    '50 % shop/web:80 + 50 % shop/next:80',
  ],
  ['by no weight', {}, [], 'shop/web:80'],
  ['by a header: always', header, [['x-canary', 'always']], 'shop/next:80'],
  ['by a header: never', { ...header, ...weight }, [['x-canary', 'never']], 'shop/web:80'],
  [
    'by a header: anything else leaves it to the weight',
    { ...header, ...weight },
    [['x-canary', 'yes']],
    '80 % shop/web:80 + 20 % shop/next:80',
  ],
  [
    'by the value of a header',
    { ...header, [on('canary-by-header-value')]: 'me' },
    [['x-canary', 'me']],
    'shop/next:80',
  ],
  ['by another value', { ...header, [on('canary-by-header-value')]: 'me' }, [['x-canary', 'always']], 'shop/web:80'],
  ['by a cookie', { [on('canary-by-cookie')]: 'next' }, [['cookie', 'a=b; next=always']], 'shop/next:80'],
  [
    'by a pattern, which is not read',
    { ...header, [on('canary-by-header-pattern')]: '^a' },
    [['x-canary', 'a']],
    '50 % shop/web:80 + 50 % shop/next:80 ? ING-17',
  ],
])('ING-17: a canary takes its share %s', (_, annotations, headers, expected) => {
  expect(asking(...canary(annotations))(`http://${HOST}/`, { headers })).toBe(expected);
});

test('ING-14: ingress-nginx takes the number of the target port too', () => {
  const toTarget = ingress({ rules: { [HOST]: [{ path: '/', to: { name: 'web', port: 8080 } }] } });
  expect(answerer([toTarget, ...app('web')], PROFILE)(`http://${HOST}/`)).toBe('shop/web:80');
});

test('ING-06: nginx compares the path as it reads it', () => {
  const ask = asking(at(HOST, [{ path: '/api', to: 'web' }]));
  expect(['/x/../api', '//api', '/%61pi', '/..', '/api%2Fv1'].map((path) => ask(`http://${HOST}${path}`))).toEqual([
    'shop/web:80',
    'shop/web:80',
    'shop/web:80',
    '400',
    'shop/web:80',
  ]);
});

test.each([
  ['whitelist-source-range', '10.0.0.0/8', '403 | shop/web:80 ? NP-39'],
  ['allowlist-source-range', '192.0.2.7', '403 | shop/web:80 ? NP-39'],
  ['denylist-source-range', 'office', '403 | shop/web:80 ? NP-39'],
  ['denylist-source-range', '0.0.0.0/0, ::/0', '403'],
  ['whitelist-source-range', '0.0.0.0/0,::/0', 'shop/web:80'],
])('NP-39: who asks decides where %s is %s', (name, ranges, expected) => {
  const annotations = { [`nginx.ingress.kubernetes.io/${name}`]: ranges };
  const limited = withApps({ className: 'nginx', annotations, rules: { 'a.example': [{ path: '/', to: 'web' }] } });
  expect(answerer(limited, { ingress: ['nginx'] })('http://a.example/')).toBe(expected);
  const offers = edgesFor(limited, { ingress: ['nginx'] }).flatMap((edge) => edge.offers);
  const isOpen = expected.includes('?');
  expect(offers.map(({ doubts }) => doubts.length > 0)).toEqual(expected === '403' ? [] : [isOpen]);
});

test.each([
  ['server-snippet', 'location /api { return 403; }', 'shop/api:80 ? ING-19'],
  ['ssl-passthrough', 'true', 'shop/api:80 ? ING-16'],
  ['configuration-snippet', 'return 403;', 'shop/api:80'],
])('ING-17: %s of another Ingress of the host', (name, value, expected) => {
  const other = { ...root, name: 'other', annotations: { [on(name)]: value } };
  expect(asking(other, at(HOST, [{ path: '/api', to: 'api' }]))(`https://${HOST}/api`)).toBe(expected);
});

test('ING-16: rules for whoever issues certificates are not sent to https, unlike requests for them by other rules', () => {
  const tls = [{ hosts: [HOST], secretName: 'tls' }];
  const issuer = at(HOST, [{ path: '/.well-known/acme-challenge/x', type: 'Exact', to: 'solver' }]);
  const ask = asking({ ...root, tls }, { name: 'issuer', ...issuer });
  expect(ask(`http://${HOST}/.well-known/acme-challenge/x`)).toBe('shop/solver:80');
  expect(ask(`http://${HOST}/.well-known/acme-challenge/y`)).toBe(`308 https://${HOST}/.well-known/acme-challenge/y`);
  expect(ask(`http://${HOST}/`)).toBe(`308 https://${HOST}/`);
});
