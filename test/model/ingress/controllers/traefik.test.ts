import { deployment, service } from '../../../support/manifests';
import { answerer, app, edgesFor, type IngressSpec, ingress, withApps } from '../lab';

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

describe('ING-21: a redirection of the entry point web in the arguments', () => {
  const TO = '--entryPoints.web.http.redirections.entryPoint';
  const NAMED = [`${TO}.to=websecure`, '--entryPoints.websecure.address=:8443/tcp'];
  const asked = (args: readonly string[], url = `http://${HOST}/foo?a=b`, spec = FOO, method?: string) => {
    const pods = deployment('traefik', {
      namespace: 'traefik',
      labels: { 'app.kubernetes.io/name': 'traefik' },
      args,
    });
    const manifests = [...withApps({ className: 'traefik', ...spec }), pods];
    return answerer(manifests, { ingress: ['traefik'] })(url, { method });
  };
  const SECURE = `https://${HOST}/foo?a=b`;

  test.each([[true], [false]])(
    'ING-13: nobody knows where another release has none, whichever comes first: %s',
    (isFirst) => {
      const release = (name: string, args: readonly string[]) =>
        deployment(name, { namespace: 'traefik', labels: { 'app.kubernetes.io/name': 'traefik' }, args });
      const both = [release('a', [`${TO}.to=:443`]), release('b', ['--providers.kubernetesingress'])];
      const manifests = [...withApps({ className: 'traefik', ...FOO }), ...(isFirst ? both : both.reverse())];
      const [edge] = edgesFor(manifests, { ingress: ['traefik'] });
      expect(edge.doubts.map(({ rule }) => rule)).toEqual(['ING-13']);
    },
  );

  test.each<[string, readonly string[], string]>([
    ['to a port', [`${TO}.to=:443`], `301 ${SECURE}`],
    ['to another port', [`${TO}.to=:8443`], `301 https://${HOST}:8443/foo?a=b`],
    ['to an entry point, by the port that it listens on', NAMED, `301 https://${HOST}:8443/foo?a=b`],
    ['for a while', [`${TO}.to=:443`, `${TO}.permanent=false`], `302 ${SECURE}`],
    ['below the rules of Ingresses', [`${TO}.to=:443`, `${TO}.priority=1`], 'shop/web:80'],
    ['above them', [`${TO}.to=:443`, `${TO}.priority=1000`], `301 ${SECURE}`],
    ['without a target, which makes none', [`${TO}.scheme=https`], 'shop/web:80'],
    ['to an entry point that no argument has', [`${TO}.to=websecure`], 'shop/web:80 ? ING-21'],
    ['to two places', [`${TO}.to=:443`, `${TO}.to=:444`], 'shop/web:80 ? ING-21'],
  ])('%s', (_, args, expected) => {
    expect(asked(args)).toBe(expected);
  });

  test('takes what no rule takes, and nothing that comes by https', () => {
    const args = [`${TO}.to=:443`, `${TO}.priority=1`];
    expect(asked(args, `http://${HOST}/bar`)).toBe(`301 https://${HOST}/bar`);
    expect(asked([`${TO}.to=:443`], `https://${HOST}/foo`)).toBe('shop/web:80');
    expect(asked(args, `http://${HOST}/foo`, { ...FOO, annotations: router('tls', 'true') })).toBe(
      `301 https://${HOST}/foo`,
    );
  });

  test('keeps the method of what is no GET', () => {
    expect(asked([`${TO}.to=:443`], undefined, FOO, 'POST')).toBe(`308 ${SECURE}`);
    expect(asked([`${TO}.to=:443`, `${TO}.permanent=false`], undefined, FOO, 'POST')).toBe(`307 ${SECURE}`);
  });

  test('leaves the challenges of its own certificates to Traefik', () => {
    const acme = '--certificatesresolvers.le.acme.httpchallenge.entrypoint=web';
    const url = `http://${HOST}/.well-known/acme-challenge/x`;
    expect(asked([acme], url, { rules: { [HOST]: [{ path: '/', to: 'web' }] } })).toBe('404 | shop/web:80 ? ING-21');
    expect(asked([acme, `${TO}.to=:443`], url)).toMatch(/^301 .* \| 404 \? ING-21$/);
  });

  test('leaves an Ingress open that no TLS of websecure brings anybody to', () => {
    const offered = (spec: IngressSpec, ...args: readonly string[]) => {
      const labels = { 'app.kubernetes.io/name': 'traefik' };
      const pods = deployment('traefik', { namespace: 'traefik', labels, args });
      const [edge] = edgesFor([...withApps({ className: 'traefik', ...spec }), pods], { ingress: ['traefik'] });
      return [...edge.doubts, ...edge.offers.flatMap(({ doubts }) => doubts)].map(({ rule }) => rule);
    };
    expect(offered(FOO)).toEqual([]);
    expect(offered(FOO, `${TO}.to=:443`)).toEqual(['ING-21']);
    expect(offered(FOO, `${TO}.to=:443`, '--entryPoints.websecure.http.tls=true')).toEqual([]);
    expect(offered({ ...FOO, tls: [{ hosts: [HOST] }] }, `${TO}.to=:443`)).toEqual([]);
  });

  test('ING-13: what answers a path of web itself is left open', () => {
    const labels = { 'app.kubernetes.io/name': 'traefik' };
    const doubts = (arg: string) => {
      const pods = deployment('traefik', { namespace: 'traefik', labels, args: [arg] });
      const [edge] = edgesFor([...withApps({ className: 'traefik', ...FOO }), pods], { ingress: ['traefik'] });
      return edge.doubts.map(({ rule }) => rule);
    };
    expect(doubts('--ping.entrypoint=web')).toEqual(['ING-13']);
    expect(doubts('--ping.entrypoint=traefik')).toEqual([]);
    expect(doubts('--ping=true')).toEqual([]);
  });
});

describe('ING-13: what Traefik is set by besides its arguments', () => {
  const LABELS = { 'app.kubernetes.io/name': 'traefik' };
  const doubts = (container: object) => {
    const pods = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'traefik', namespace: 'traefik' },
      spec: {
        selector: { matchLabels: LABELS },
        template: { metadata: { labels: LABELS }, spec: { containers: [{ name: 'traefik', ...container }] } },
      },
    };
    const [edge] = edgesFor([...withApps({ className: 'traefik', ...FOO }), pods], { ingress: ['traefik'] });
    return edge.doubts.map(({ wouldDecide }) => wouldDecide);
  };
  const env = [{ name: 'TRAEFIK_ENTRYPOINTS_WEB_HTTP_REDIRECTIONS_ENTRYPOINT_TO', value: ':443' }];
  const args = ['--providers.kubernetesingress'];
  const mounted = (mountPath: string) => ({ args, volumeMounts: [{ name: 'config', mountPath }] });

  test('is its file', () => {
    const open = (path: string) => [`traefik without what is mounted at ${path}, which Portolan does not read`];
    expect(doubts(mounted('/etc/traefik'))).toEqual(open('/etc/traefik'));
    expect(doubts(mounted('/etc/traefik/traefik.yml'))).toEqual(open('/etc/traefik/traefik.yml'));
    expect(doubts(mounted('/data'))).toEqual([]);
  });

  test('is its environment, where it has no arguments', () => {
    expect(doubts({ env })).toHaveLength(1);
    expect(doubts({ env, args })).toEqual([]);
    expect(doubts({ env: [{ name: 'POD_NAME', value: 'x' }] })).toEqual([]);
  });
});
