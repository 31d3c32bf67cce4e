import { answerer, type IngressSpec, ingress, withApps } from '../lab';

const HOST = 'shop.example.com';
const PROFILE = { ingress: [{ name: 'haproxy', servesWithoutClass: true }] };
const asking = (...ingresses: readonly IngressSpec[]) => answerer(withApps(...ingresses), PROFILE);
const begin = (path: string, to: string) => ({ path, type: 'ImplementationSpecific', to }) as const;
const root = { path: '/', to: 'web' };

test.each<[string, IngressSpec, string, string]>([
  [
    'ING-20: begin, the path itself',
    { rules: { [HOST]: [begin('/app', 'app')] } },
    `http://${HOST}/app`,
    'shop/app:80',
  ],
  [
    'ING-20: begin, anything after it',
    { rules: { [HOST]: [begin('/app', 'app')] } },
    `http://${HOST}/apples`,
    'shop/app:80',
  ],
  ['ING-20: begin, in any case', { rules: { [HOST]: [begin('/app', 'app')] } }, `http://${HOST}/APP/1`, 'shop/app:80'],
  ['ING-20: prefix, by elements', { rules: { [HOST]: [{ path: '/app', to: 'app' }] } }, `http://${HOST}/apples`, '404'],
  ['ING-20: prefix, with its case', { rules: { [HOST]: [{ path: '/app', to: 'app' }] } }, `http://${HOST}/APP`, '404'],
  [
    'ING-20: exact goes before prefix, prefix before begin',
    {
      rules: {
        [HOST]: [begin('/app', 'begin'), { path: '/app', to: 'prefix' }, { path: '/app', type: 'Exact', to: 'exact' }],
      },
    },
    `http://${HOST}/app`,
    'shop/exact:80',
  ],
  [
    'ING-20: and below it, prefix before begin',
    {
      rules: {
        [HOST]: [begin('/app', 'begin'), { path: '/app', to: 'prefix' }, { path: '/app', type: 'Exact', to: 'exact' }],
      },
    },
    `http://${HOST}/app/1`,
    'shop/prefix:80',
  ],
  [
    'ING-20: a longer path goes first, of whatever type',
    { rules: { [HOST]: [begin('/app/sub', 'begin'), { path: '/app', to: 'prefix' }] } },
    `http://${HOST}/app/sub/1`,
    'shop/begin:80',
  ],
  ['ING-20: a wildcard covers one label', { rules: { '*.example.com': [root] } }, `http://${HOST}/`, 'shop/web:80'],
  ['ING-20: and no two', { rules: { '*.example.com': [root] } }, `http://a.${HOST}/`, '404'],
  [
    'ING-04: no further than the rules of the host',
    { rules: { [HOST]: [{ path: '/a', to: 'web' }], '': [{ path: '/b', to: 'any' }] } },
    `http://${HOST}/b`,
    '404',
  ],
  [
    'ING-10: the default backend is for all hosts',
    { rules: { [HOST]: [{ path: '/a', to: 'web' }] }, defaultBackend: 'rest' },
    `http://${HOST}/b`,
    'shop/rest:80',
  ],
  [
    'ING-06: nothing in the path is resolved',
    { rules: { [HOST]: [{ path: '/a', to: 'web' }] } },
    `http://${HOST}/b/../a`,
    '404',
  ],
  [
    'ING-16: with a tls http is redirected, to a port that releases differ in',
    { rules: { [HOST]: [root] }, tls: [{ hosts: [HOST] }] },
    `http://${HOST}/a`,
    `302 https://${HOST}/a | 302 https://${HOST}:8443/a ? ING-20`,
  ],
  [
    'ING-16: unless the Ingress gives port and code',
    {
      rules: { [HOST]: [root] },
      annotations: {
        'haproxy.org/ssl-redirect': 'true',
        'haproxy.org/ssl-redirect-port': '443',
        'haproxy.org/ssl-redirect-code': '301',
      },
    },
    `http://${HOST}/a?b`,
    `301 https://${HOST}/a?b`,
  ],
  [
    'ING-16: or says no',
    { rules: { [HOST]: [root] }, tls: [{ hosts: [HOST] }], annotations: { 'haproxy.org/ssl-redirect': 'false' } },
    `http://${HOST}/`,
    'shop/web:80',
  ],
  [
    'what path-rewrite does is not read',
    { rules: { [HOST]: [root] }, annotations: { 'haproxy.org/path-rewrite': '/a/(.*) /\\1' } },
    `http://${HOST}/`,
    'shop/web:80 ? ING-20',
  ],
])('%s', (_, spec, url, expected) => {
  expect(asking(spec)(url)).toBe(expected);
});

test('ING-14: a rule whose Service is missing is none, and leaves its host to others', () => {
  const missing = ingress({ rules: { [HOST]: [{ path: '/', to: 'nobody' }] } });
  const any = withApps({ name: 'any', rules: { '': [root] } });
  expect(answerer([missing, ...any], PROFILE)(`http://${HOST}/`)).toBe('shop/web:80');
});

test.each(['allow-list', 'whitelist', 'deny-list', 'blacklist'])(
  'NP-39: who asks decides where there is a %s',
  (name) => {
    const annotations = { [`haproxy.org/${name}`]: '10.0.0.0/8' };
    const limited = withApps({ className: 'haproxy', annotations, rules: { 'a.example': [{ path: '/', to: 'web' }] } });
    expect(answerer(limited, { ingress: ['haproxy'] })('http://a.example/')).toBe('403 | shop/web:80 ? NP-39');
  },
);
