import { UNICODE } from '../../lib/diagnostics/glyphs';
import { deployment, policy, service } from '../support/manifests';
import { portolan } from './support';

const HOST = 'shop.example.com';
const path = (at: string, name: string, port: string | number, pathType = 'Prefix') => ({
  path: at,
  pathType,
  backend: { service: { name, port: typeof port === 'string' ? { name: port } : { number: port } } },
});
const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'edge', namespace: 'shop' },
  spec: {
    tls: [{ hosts: [HOST], secretName: 'shop-tls' }],
    rules: [
      { host: HOST, http: { paths: [path('/', 'web', 80), path('/api', 'api', 'http'), path('/old', 'old', 80)] } },
    ],
  },
};
const app = (name: string, port: number) => [
  deployment(name, { ports: [{ containerPort: port }] }),
  service(name, { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: port }] }),
];
const SHOP = [ingress, ...app('web', 3000), ...app('api', 8080), service('old', { ports: [{ port: 80 }] })];
const fromNamespace = (name: string) => ({
  from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } }],
});
const guard = (namespace: string) =>
  policy('api', { podSelector: { matchLabels: { app: 'api' } }, ingress: [fromNamespace(namespace)] });

function files(...more: readonly object[]): Record<string, string> {
  const list = { apiVersion: 'v1', kind: 'List', items: [...SHOP, ...more] };
  return { 'shop.json': JSON.stringify(list), 'nginx.yaml': 'ingress: [nginx]' };
}

const route = (...argv: readonly string[]) => portolan(['route', 'shop.json', ...argv], files());
const json = async (...argv: readonly string[]) => JSON.parse((await route(...argv, '-o', 'json')).stdout);

describe('portolan route', () => {
  test('tells the backend with its pods, and the rule that won', async () => {
    expect(await json(`https://${HOST}/api/cart?id=1`)).toMatchObject({
      outcome: 'allowed',
      backend: { namespace: 'shop', service: 'api', port: 80, pods: ['shop/api[Deployment]'] },
      status: null,
      location: null,
      rule: { kind: 'Ingress', namespace: 'shop', name: 'edge', rule: 1, field: 'spec.rules[0].http.paths[1]' },
      considered: [
        { rule: 0, matched: 'yes', because: 'matches, but /api is longer' },
        { rule: 2, matched: 'no' },
      ],
    });
  });

  test('has a status where the proxy answers itself: no rule takes it (ING-10), or nobody is behind it (SVC-12)', async () => {
    expect(await json('http://other.example.com/')).toMatchObject({ outcome: 'denied', backend: null, status: 404 });
    expect(await json(`http://${HOST}/old`)).toMatchObject({
      outcome: 'denied',
      backend: { service: 'old', pods: [] },
      status: 503,
    });
  });

  test('ING-01: a Host header goes before the host of the URL', async () => {
    const { backend } = await json('http://192.0.2.1/api', '--header', `Host: ${HOST}`);
    expect(backend).toMatchObject({ service: 'api' });
  });

  test('says that no proxy takes it where there is none', async () => {
    const { stdout } = await portolan(['route', 'p.json', `https://${HOST}/`, '-o', 'json'], {
      'p.json': JSON.stringify(service('web', { ports: [{ port: 80 }] })),
    });
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'denied',
      backend: null,
      status: null,
      rule: null,
      proxy: null,
    });
    expect(JSON.parse(stdout).reason).toContain('no Ingress and no Gateway');
  });

  test('draws the way, and says why the others lost', async () => {
    const { code, stdout, stderr } = await portolan(['route', 'shop.json', `https://${HOST}/api`], files(), {
      glyphs: UNICODE,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`GET https://shop.example.com/api -> shop/api:80 allowed

  GET https://shop.example.com/api ──▶ Ingress shop/edge, shop.example.com/api (Prefix)
   ──▶ shop/api:80 ──▶ shop/api[Deployment]:8080
                    │
                    ╰─ no policy selects either end

  rule      Ingress shop/edge, shop.example.com/api (Prefix)                         shop.json:1:358
  also      Ingress shop/edge, shop.example.com/ (Prefix): matches, but /api is longer
            Ingress shop/edge, shop.example.com/old (Prefix): the path is not below /old
  tls       terminates with Secret shop/shop-tls (the Secret shop/shop-tls is declared elsewhere)
  proxy     the ingress controller; nobody says which pods it runs in
`);
  });

  test('what leaves all of it open is marked where the way begins', async () => {
    const host = { apiVersion: 'route.openshift.io/v1', kind: 'Route', metadata: { name: 'r', namespace: 'shop' } };
    const argv = ['route', 'shop.json', `http://${HOST}/`];
    const { stdout } = await portolan(argv, files({ ...host, spec: { host: HOST } }), { glyphs: UNICODE });
    expect(stdout).toContain(' ──?──▶ Ingress shop/edge, ');
    expect(stdout).toContain('open is a model of Route shop/r (PTL302)');
    const alone = { 'r.json': JSON.stringify({ ...host, spec: { host: HOST } }) };
    expect((await portolan(['route', 'r.json', `http://${HOST}/`], alone)).stdout).toMatch(
      /^GET .* -> nobody known unknown/,
    );
  });

  test('GW-11, GW-12: tells shares, redirects and rewrites of Gateways', async () => {
    const api = 'gateway.networking.k8s.io/v1';
    const metadata = { name: 'web', namespace: 'shop' };
    const listeners = [{ name: 'http', port: 80, protocol: 'HTTP' }];
    const rule = (value: string, more: object) => ({ matches: [{ path: { type: 'PathPrefix', value } }], ...more });
    const weighted = [
      { name: 'web', port: 80, weight: 1 },
      { name: 'api', port: 80, weight: 2 },
      { name: 'nobody', port: 80, weight: 1 },
    ];
    const redirect = { type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } };
    const replace = { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new' };
    const rewrite = { type: 'URLRewrite', urlRewrite: { hostname: 'in.example.com', path: replace } };
    const rules = [
      rule('/shares', { backendRefs: weighted }),
      rule('/moved', { filters: [redirect] }),
      rule('/old', { filters: [rewrite], backendRefs: [{ name: 'web', port: 80 }] }),
    ];
    const gateway = { apiVersion: api, kind: 'Gateway', metadata, spec: { gatewayClassName: 'istio', listeners } };
    const spec = { parentRefs: [{ name: 'web' }], hostnames: ['gw.example.com'], rules };
    const httpRoute = { apiVersion: api, kind: 'HTTPRoute', metadata, spec };
    const gw = async (path: string, ...argv: readonly string[]) =>
      portolan(['route', 'shop.json', `http://gw.example.com${path}`, ...argv], files(gateway, httpRoute));
    const answer = async (path: string) => JSON.parse((await gw(path, '-o', 'json')).stdout);
    expect(await answer('/shares')).toMatchObject({
      outcome: 'partial',
      backend: null,
      status: null,
      backends: [
        { service: 'web', pods: ['shop/web[Deployment]'], share: 0.25, status: null },
        { service: 'api', share: 0.5 },
        { share: 0.25, status: 500 },
      ],
    });
    expect(await answer('/moved/x')).toMatchObject({
      outcome: 'allowed',
      status: 301,
      location: 'https://gw.example.com/moved/x',
    });
    expect(await answer('/old/x')).toMatchObject({
      backend: { service: 'web' },
      rewrite: { host: 'in.example.com', path: '/new/x' },
    });
    expect((await gw('/old/x')).stdout).toContain('  sent as   host in.example.com, path /new/x\n');
    expect((await gw('/shares')).stdout).toContain('  shares    25 % to shop/web:80\n');
  });

  test('NP-40: whether policies keep the proxy from the pods nobody knows until the profile says who it is', async () => {
    const { stdout } = await portolan(['route', 'shop.json', `https://${HOST}/api`], files(guard('web')), {
      glyphs: UNICODE,
    });
    expect(stdout).toContain('-> shop/api:80 unknown\n');
    expect(stdout).toContain('──▶ shop/api:80 ──?──▶ shop/api[Deployment]:8080\n');
    expect(stdout).toContain('ingress unknown by shop/api (open is the ingress controller, whose pods send');
  });

  test.each([
    ['no URL', ['shop.json'], 'needs a path and a URL'],
    ['no scheme', ['shop.json', HOST], 'no scheme http or https'],
    ['a port that is none', ['shop.json', `http://${HOST}:99999/`], '99999 is no port'],
    ['a header without a colon', ['shop.json', `http://${HOST}/`, '--header', 'X'], 'a name, a colon and a value'],
    ['two methods', ['shop.json', `http://${HOST}/`, '--method', 'GET POST'], 'one word'],
    [
      'an unknown Gateway',
      ['shop.json', `http://${HOST}/`, '--gateway', 'infra/public'],
      'no manifest declares Gateway',
    ],
  ])('%s is bad usage: exit code 2, nothing on standard output', async (_name, argv, words) => {
    const { code, stdout, stderr } = await portolan(['route', ...argv], files());
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
  });
});
