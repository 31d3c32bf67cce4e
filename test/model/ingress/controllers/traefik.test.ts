import { deployment, service } from '../../../support/manifests';
import { answerer, app, type IngressSpec, ingress, withApps } from '../lab';

const HOST = 'shop.example.com';
const asking = (spec: IngressSpec, strictPrefixMatching?: boolean) =>
  answerer(withApps(spec), { ingress: [{ name: 'traefik', servesWithoutClass: true, strictPrefixMatching }] });
const router = (name: string, value: string) => ({ [`traefik.ingress.kubernetes.io/router.${name}`]: value });
const FOO: IngressSpec = { rules: { [HOST]: [{ path: '/foo', to: 'web' }] } };
const BEGIN: IngressSpec = { rules: { [HOST]: [{ path: '/foo', type: 'ImplementationSpecific', to: 'web' }] } };

/** routing/providers/kubernetes-ingress.md, "strictPrefixMatching". */
test.each([
  ['/foo', true, true],
  ['/foo/', true, true],
  ['/foo/bar', true, true],
  ['/foobar', true, false],
  ['/FOO', false, false],
])('ING-21: Prefix /foo with %s', (path, isText, isStrict) => {
  const asked = [asking(FOO), asking(FOO, true), asking(BEGIN), asking(BEGIN, true)].map((ask) =>
    ask(`http://${HOST}${path}`),
  );
  expect(asked.map((answer) => answer === 'shop/web:80')).toEqual([isText, isStrict, isText, isStrict]);
});

const both = (annotations?: Readonly<Record<string, string>>): readonly IngressSpec[] => [
  { name: 'precise', rules: { 'a.example.com': [{ path: '/api', to: 'precise' }] } },
  { name: 'wildcard', annotations, rules: { '*.example.com': [{ path: '/', to: 'wildcard' }] } },
];

test('ING-21: the longer rule goes first, and that of a wildcard is long', () => {
  const ask = (...specs: readonly IngressSpec[]) =>
    answerer(withApps(...specs), { ingress: [{ name: 'traefik', servesWithoutClass: true }] })(
      'http://a.example.com/api',
    );
  expect(ask(...both())).toBe('shop/wildcard:80');
  expect(ask(...both(router('priority', '1')))).toBe('shop/precise:80');
});

test.each<[string, IngressSpec, string, string]>([
  [
    'ING-21: of two rules of one length nobody says which',
    {
      rules: {
        [HOST]: [
          { path: '/foo', to: 'one' },
          { path: '/foo', type: 'ImplementationSpecific', to: 'two' },
        ],
      },
    },
    `http://${HOST}/foo`,
    'shop/one:80 | shop/two:80 ? ING-21',
  ],
  [
    'ING-04: a rule without a host takes what those of the host leave',
    { rules: { [HOST]: [{ path: '/a', to: 'web' }], '': [{ path: '/b', to: 'any' }] } },
    `http://${HOST}/b`,
    'shop/any:80',
  ],
  ['no redirect to https', { ...FOO, tls: [{ hosts: [HOST] }] }, `http://${HOST}/foo`, 'shop/web:80'],
  ['router.tls is for https alone', { ...FOO, annotations: router('tls', 'true') }, `http://${HOST}/foo`, '404'],
  ['router.tls over https', { ...FOO, annotations: router('tls', 'true') }, `https://${HOST}/foo`, 'shop/web:80'],
  ['router.entrypoints', { ...FOO, annotations: router('entrypoints', 'websecure') }, `http://${HOST}/foo`, '404'],
  [
    'router.entrypoints of which nobody knows the port',
    { ...FOO, annotations: router('entrypoints', 'internal') },
    `http://${HOST}/foo`,
    '404 | shop/web:80 ? ING-21',
  ],
  [
    'router.middlewares may do anything',
    { ...FOO, annotations: router('middlewares', 'shop-strip@kubernetescrd') },
    `http://${HOST}/foo`,
    'shop/web:80 ? ING-21',
  ],
  ['router.pathmatcher', { ...BEGIN, annotations: router('pathmatcher', 'Path') }, `http://${HOST}/foo/bar`, '404'],
  [
    'router.pathmatcher of another kind is not read',
    { ...BEGIN, annotations: router('pathmatcher', 'PathRegexp') },
    `http://${HOST}/foo/bar`,
    '404 | shop/web:80 ? ING-21',
  ],
  [
    'ING-14: a missing port makes no router',
    {
      rules: {
        [HOST]: [
          { path: '/', to: { name: 'web', port: 1 } },
          { path: '/web', to: 'web' },
        ],
      },
    },
    `http://${HOST}/`,
    '404',
  ],
])('%s', (_, spec, url, expected) => {
  expect(asking(spec)(url)).toBe(expected);
});

describe('ING-21: a Service without endpoints', () => {
  const below = ingress({
    className: 'traefik',
    rules: {
      [HOST]: [
        { path: '/api', to: 'api' },
        { path: '/', to: 'web' },
      ],
    },
  });
  const empty = [
    deployment('api', { replicas: 0 }),
    service('api', { selector: { app: 'api' }, ports: [{ port: 80, targetPort: 8080 }] }),
  ];
  const started = (...args: readonly string[]) =>
    deployment('traefik', { namespace: 'traefik', labels: { 'app.kubernetes.io/name': 'traefik' }, args });
  const ask = (...manifests: readonly object[]) =>
    answerer([below, ...empty, ...manifests], { ingress: ['traefik'] })(`http://${HOST}/api`);
  const either = 'shop/api:80 | shop/web:80 ? ING-21';

  test.each<[string, string, readonly object[]]>([
    ['may leave its requests to a shorter rule', either, app('web')],
    ['likewise where no argument says otherwise', either, [...app('web'), started('--providers.kubernetesingress')]],
    [
      'answers itself where the argument says so',
      'shop/api:80',
      [...app('web'), started('--providers.kubernetesIngress.allowEmptyServices=true')],
    ],
    ['is refused in any case where no other rule takes them', 'shop/api:80', []],
  ])('%s', (_, expected, manifests) => {
    expect(ask(...manifests)).toBe(expected);
  });
});
