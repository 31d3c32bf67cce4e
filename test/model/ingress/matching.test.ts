import { HOST_TABLE, PATH_TABLE } from './controllers/api-tables';
import { SCENARIOS } from './controllers/conformance-scenarios';
import { answerer, app, edgesFor, type IngressSpec, ingress, routedBy, withApps } from './lab';

const HOST = 'shop.example.com';
const at = (answer: string | number) => (typeof answer === 'number' ? String(answer) : `shop/${answer}:80`);

test.each(
  PATH_TABLE.map((row) => [`${row.paths.map(({ path, type }) => `${type} ${path}`)}`, row.request, row] as const),
)('ING-09: %s with %s', (_, request, { paths, answer, defaultBackend }) => {
  const ask = answerer(withApps({ rules: { [HOST]: paths }, defaultBackend }));
  expect(ask(`http://${HOST}${request}`)).toBe(at(answer));
});

test.each(HOST_TABLE)('ING-02: $host with $request', ({ host, request, matches }) => {
  const ask = answerer(withApps({ rules: { [host]: [{ path: '/', to: 'web' }] } }));
  expect(ask(`http://${request}/`)).toBe(matches ? 'shop/web:80' : '404');
});

test.each(SCENARIOS.map((scenario) => [scenario.feature, scenario.url, scenario] as const))(
  'ING-06: %s of the controller conformance with %s',
  (_, url, { ingress, method, answer }) => {
    expect(answerer(withApps(ingress))(url, { method })).toBe(at(answer));
  },
);

const web = { path: '/', to: 'web' } as const;

test.each<[string, IngressSpec, string, string]>([
  [
    'ING-01: the port of the Host header says nothing',
    { rules: { [HOST]: [web] } },
    `http://${HOST}:8080/`,
    'shop/web:80',
  ],
  ['ING-01: names have no case', { rules: { [HOST]: [web] } }, `http://${HOST.toUpperCase()}/`, 'shop/web:80'],
  [
    'ING-03: a rule without a host is for all of them',
    { rules: { '': [web] } },
    'http://anything.example/',
    'shop/web:80',
  ],
  [
    'ING-04: a precise host goes before a wildcard',
    { rules: { '*.example.com': [{ path: '/a/b', to: 'any' }], [HOST]: [{ path: '/a', to: 'web' }] } },
    `http://${HOST}/a/b`,
    'shop/web:80',
  ],
  [
    'ING-04: a wildcard goes before no host',
    { rules: { '': [{ path: '/a/b', to: 'any' }], '*.example.com': [{ path: '/a', to: 'web' }] } },
    `http://${HOST}/a/b`,
    'shop/web:80',
  ],
  [
    'ING-04: nobody says whether less precise hosts take what a precise one leaves',
    { rules: { '': [{ path: '/b', to: 'any' }], [HOST]: [{ path: '/a', to: 'web' }] } },
    `http://${HOST}/b`,
    '404 | shop/any:80 ? ING-04',
  ],
  [
    'ING-07: what an ImplementationSpecific path matches is up to the controller',
    { rules: { [HOST]: [{ path: '/a', type: 'ImplementationSpecific', to: 'any' }, web] } },
    `http://${HOST}/a`,
    'shop/any:80 | shop/web:80 ? ING-07',
  ],
  [
    'ING-07, ING-08: it makes no difference below a longer path',
    {
      rules: {
        [HOST]: [
          { path: '/a', type: 'ImplementationSpecific', to: 'any' },
          { path: '/a/b', to: 'web' },
        ],
      },
    },
    `http://${HOST}/a/b/c`,
    'shop/web:80',
  ],
  [
    'ING-07: nor where both lead to the same',
    { rules: { [HOST]: [{ path: '/a', type: 'ImplementationSpecific', to: 'web' }, web] } },
    `http://${HOST}/a`,
    'shop/web:80',
  ],
  [
    'ING-08: the longer path goes before Exact',
    {
      rules: {
        [HOST]: [
          { path: '/foo', type: 'Exact', to: 'exact' },
          { path: '/foo/bar', to: 'longer' },
        ],
      },
    },
    `http://${HOST}/foo/bar`,
    'shop/longer:80',
  ],
  [
    'ING-08: Exact goes before a Prefix of the same elements',
    {
      rules: {
        [HOST]: [
          { path: '/foo/', to: 'prefix' },
          { path: '/foo', type: 'Exact', to: 'exact' },
        ],
      },
    },
    `http://${HOST}/foo`,
    'shop/exact:80',
  ],
  ['ING-10: what no rule takes is not found', { rules: { [HOST]: [web] } }, 'http://other.example/', '404'],
  [
    'ING-10: the default backend has it, for any host',
    { rules: { [HOST]: [web] }, defaultBackend: 'rest' },
    'http://other.example/',
    'shop/rest:80',
  ],
  [
    'ING-11: a rule without paths means the default backend',
    { rules: { [HOST]: undefined }, defaultBackend: 'rest' },
    `http://${HOST}/a`,
    'shop/rest:80',
  ],
  ['ING-11: which is nobody without one', { rules: { [HOST]: undefined } }, `http://${HOST}/a`, '404'],
])('%s', (_, spec, url, expected) => {
  expect(answerer(withApps(spec))(url)).toBe(expected);
});

test('ING-10: of several default backends nobody says which', () => {
  const ask = answerer(withApps({ name: 'a', defaultBackend: 'one' }, { name: 'b', defaultBackend: 'two' }));
  expect(ask(`http://${HOST}/`)).toBe('shop/one:80 | shop/two:80 ? ING-10');
});

test('ING-17: of two Ingresses that claim the same host and path nobody says which', () => {
  const rules = (to: string) => ({
    [HOST]: [
      { path: '/a', to },
      { path: `/${to}`, to },
    ],
  });
  const ask = answerer(withApps({ name: 'a', rules: rules('one') }, { name: 'b', rules: rules('two') }));
  expect(['/a', '/one', '/two'].map((path) => ask(`http://${HOST}${path}`))).toEqual([
    'shop/one:80 | shop/two:80 ? ING-17',
    'shop/one:80',
    'shop/two:80',
  ]);
});

const toPort = (port: string | number) => ingress({ rules: { [HOST]: [{ path: '/', to: { name: 'web', port } }] } });

test.each<[string, readonly object[], string]>([
  ['the port by name', [toPort('http'), ...app('web')], 'shop/web:80'],
  ['the port by number', [toPort(80), ...app('web')], 'shop/web:80'],
  ['the number of the target port, which is another', [toPort(8080), ...app('web')], '503'],
  ['a port of another name', [toPort('web'), ...app('web')], '503'],
  ['no such Service among those of its namespace', [toPort(80), ...app('api')], '503'],
  ['no Service of its namespace at all: it may be declared elsewhere', [toPort(80)], 'shop/web:80 elsewhere ? ING-14'],
  ['a Service of another namespace', [toPort(80), ...app('web', 'other')], '503'],
])('ING-14: %s', (_, manifests, expected) => {
  expect(answerer(manifests)(`http://${HOST}/`)).toBe(expected);
});

test('ING-14: a Service without pods is told all the same: that nobody answers is found at the end of the way', () => {
  const [, service] = app('web');
  expect(answerer([toPort(80), service])(`http://${HOST}/`)).toBe('shop/web:80');
});

test('ING-14: what a resource is to the controller no manifest tells', () => {
  const resource = { apiGroup: 'k8s.example.com', kind: 'Bucket', name: 'static' };
  expect(answerer([ingress({ defaultBackend: { resource } })])(`http://${HOST}/`)).toBe('503 ? ING-14');
});

test('the rule that won is told, and why the others lost', () => {
  const [edge] = edgesFor(
    withApps({
      rules: {
        [HOST]: [web, { path: '/api', to: 'api' }, { path: '/cart', to: 'cart' }],
        'other.example': [{ path: '/api', to: 'api' }],
      },
      defaultBackend: 'rest',
    }),
  );
  const { rule, considered, claim } = routedBy(edge, `http://${HOST}/api/v1`);
  expect([rule?.index, rule?.matches, rule?.field, claim]).toEqual([
    1,
    `${HOST}/api (Prefix)`,
    ['spec', 'rules', 0, 'http', 'paths', 1],
    'host',
  ]);
  expect(considered.map(({ rule: { index }, because }) => [index, because])).toEqual([
    [0, 'matches, but /api is longer'],
    [undefined, 'a default backend takes what no rule matches'],
    [2, 'the path is not below /cart'],
    [3, 'is for other.example'],
  ]);
});

/** The Ingresses of the guides that the project was conceived from, with Services for what they name. */
test.each([
  ['https://my-app.example.com/api/users', 'default/my-api-service:80'],
  ['https://my-app.example.com/web', 'default/my-web-service:80'],
  ['https://my-app.example.com/webshop', '404'],
  ['https://my-app.example.com/', '404'],
  ['http://thomasmldejong.nl/', 'default/webserver-service:80'],
  ['http://thomasmldejong.nl/any/page', 'default/webserver-service:80'],
  ['http://www.thomasmldejong.nl/', '404'],
])('the guides: %s', (url, expected) => {
  const ask = answerer(
    withApps(
      {
        name: 'my-ingress',
        namespace: 'default',
        rules: {
          'my-app.example.com': [
            { path: '/api', to: 'my-api-service' },
            { path: '/web', to: 'my-web-service' },
          ],
        },
        tls: [{ hosts: ['my-app.example.com'], secretName: 'my-tls-secret' }],
      },
      {
        name: 'thomasmldejong-ingress',
        namespace: 'default',
        rules: { 'thomasmldejong.nl': [{ path: '/', to: 'webserver-service' }] },
      },
    ),
  );
  expect(ask(url)).toBe(expected);
});

test.each<[string, IngressSpec, string, readonly string[]]>([
  [
    'ingress-nginx the target port too',
    { rules: { [HOST]: [{ path: '/', to: { name: 'web', port: 8080 } }] } },
    'nginx',
    ['web:80'],
  ],
  ['the API the port alone', { rules: { [HOST]: [{ path: '/', to: { name: 'web', port: 8080 } }] } }, 'of-our-own', []],
  [
    'nothing where all is sent elsewhere',
    {
      annotations: { 'nginx.ingress.kubernetes.io/permanent-redirect': 'https://new.example' },
      rules: { [HOST]: [web] },
    },
    'nginx',
    [],
  ],
  [
    'Traefik no default backend beside rules',
    { rules: { [HOST]: [web] }, defaultBackend: 'rest' },
    'traefik',
    ['web:80'],
  ],
])('offered is what the controller leads to: %s', (_, spec, name, expected) => {
  const known = { name, servesWithoutClass: true };
  const controller = name === 'of-our-own' ? { ...known, namespace: 'edge', labels: { app: 'edge' } } : known;
  const [edge] = edgesFor([ingress(spec), ...app('web'), ...app('rest')], { ingress: [controller] });
  const offers = edge.offers.map(({ service, port }) => `${service.name}:${port.port}`);
  expect(offers).toEqual(expected);
});

test('every backend that requests may come to is offered', () => {
  const [edge] = edgesFor(
    withApps({
      rules: {
        [HOST]: [
          { path: '/api', to: 'api' },
          { path: '/x', type: 'Exact', to: 'x' },
        ],
        '*.foo.com': [web],
      },
      defaultBackend: 'rest',
      tls: [{ hosts: [HOST] }],
    }),
  );
  expect(edge.offers.map(({ url, service, port }) => `${url} ${service.name}:${port.port}`)).toEqual([
    `https://${HOST}/api* api:80`,
    `https://${HOST}/x x:80`,
    'https://*.foo.com/* web:80',
    'https://*/* rest:80',
  ]);
});
