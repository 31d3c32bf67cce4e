import { type Chart, Testing } from 'cdk8s';
import { DnsApp, external, PodNetwork, Port } from 'portolan';
import { chartIn, only, podSpec } from './manifests';

const image = 'shop/api:3';
const TO_DNS = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};
const podsOf = (name: string) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } });
const policyOf = (chart: Chart, name: string) => only(chart, 'NetworkPolicy', name).spec;
const firstEnv = (chart: Chart, app: string) => podSpec(chart, app).containers[0].env?.[0].value;

describe('what `uses` opens', () => {
  test('an app that nobody uses and that uses nothing is closed both ways', () => {
    const chart = chartIn('shop');
    new DnsApp(chart, 'api', { image, ports: { http: 8080 } });
    expect(policyOf(chart, 'api')).toMatchObject({ policyTypes: ['Ingress', 'Egress'], ingress: [], egress: [] });
  });

  test('the container port at both ends, and names for the client (NP-19, DNS-29)', () => {
    const chart = chartIn('shop');
    const db = new DnsApp(chart, 'db', { image, ports: { sql: Port.tcp(5432, { service: 80 }) } });
    new DnsApp(chart, 'api', { image, uses: { DB: db.port('sql').url('postgres') } });
    const ports = [{ port: 5432, protocol: 'TCP' }];
    expect(policyOf(chart, 'db')).toMatchObject({ ingress: [{ from: [podsOf('api')], ports }], egress: [] });
    expect(policyOf(chart, 'api')).toMatchObject({ ingress: [], egress: [{ to: [podsOf('db')], ports }, TO_DNS] });
  });

  test('across namespaces the namespace and the pods in one peer (NP-10)', () => {
    const app = Testing.app();
    const [data, shop] = [chartIn('data', app), chartIn('shop', app)];
    const db = new DnsApp(data, 'db', { image, ports: { sql: 5432 } });
    new DnsApp(shop, 'api', { image, uses: { DB: db.port('sql').url('postgres') } });
    const inNamespace = (name: string) => ({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
    });
    expect(policyOf(data, 'db')).toMatchObject({ ingress: [{ from: [{ ...inNamespace('shop'), ...podsOf('api') }] }] });
    expect(policyOf(shop, 'api')).toMatchObject({
      egress: [{ to: [{ ...inNamespace('data'), ...podsOf('db') }] }, TO_DNS],
    });
  });

  test('what an init container calls: the address stands there, the policies are those of the pod', () => {
    const chart = chartIn('shop');
    const db = new DnsApp(chart, 'db', { image, ports: { sql: 5432 } });
    const uses = { DB: db.port('sql').hostPort() };
    new DnsApp(chart, 'api', { image, initContainers: [{ name: 'migrate', image, uses, env: { URL: 'x://$(DB)' } }] });
    expect(podSpec(chart, 'api').initContainers).toMatchObject([
      {
        env: [
          { name: 'DB', value: 'db:5432' },
          { name: 'URL', value: 'x://$(DB)' },
        ],
      },
    ]);
    expect(policyOf(chart, 'db')).toMatchObject({ ingress: [{ from: [podsOf('api')] }] });
  });

  test('an app that is not closed has no policy, and still opens the app that it uses', () => {
    const chart = chartIn('shop');
    const db = new DnsApp(chart, 'db', { image, ports: { sql: 5432 } });
    new DnsApp(chart, 'api', { image, closed: false, uses: { DB: db.port('sql').hostPort() } });
    expect(policyOf(chart, 'db')).toMatchObject({ ingress: [{ from: [podsOf('api')] }] });
    expect(only(chart, 'NetworkPolicy').metadata.name).toBe('db');
  });

  test('apps that call each other', () => {
    const chart = chartIn('shop');
    const a = new DnsApp(chart, 'a', { image, ports: { http: 80 } });
    const b = new DnsApp(chart, 'b', { image, ports: { http: 81 } });
    a.use(b.port('http').url(), { env: 'B' });
    b.use(a.port('http'), { env: 'A' });
    expect(policyOf(chart, 'a')).toMatchObject({
      ingress: [{ from: [podsOf('b')] }],
      egress: [{ to: [podsOf('b')] }, TO_DNS],
    });
    expect(policyOf(chart, 'b')).toMatchObject({
      ingress: [{ from: [podsOf('a')] }],
      egress: [{ to: [podsOf('a')] }, TO_DNS],
    });
    expect([firstEnv(chart, 'a'), firstEnv(chart, 'b')]).toEqual(['http://b:81', 'a:80']);
  });

  test('one port used for two variables is opened once', () => {
    const chart = chartIn('shop');
    const db = new DnsApp(chart, 'db', { image, ports: { sql: 5432 } });
    new DnsApp(chart, 'api', { image, uses: { HOST: db.port('sql').host(), URL: db.port('sql').url() } });
    expect(policyOf(chart, 'api').egress).toHaveLength(2);
  });

  test('the order in which clients are made does not show in the policy', () => {
    const policyWith = (order: readonly string[]) => {
      const chart = chartIn('shop');
      const db = new DnsApp(chart, 'db', { image, ports: { sql: 5432 } });
      for (const name of order) new DnsApp(chart, name, { image }).use(db.port('sql'));
      return policyOf(chart, 'db');
    };
    expect(policyWith(['a', 'b', 'c'])).toEqual(policyWith(['c', 'a', 'b']));
  });

  test('a port outside the Service can be used, by address only', () => {
    const chart = chartIn('shop');
    const api = new DnsApp(chart, 'api', { image, ports: { metrics: Port.tcp(9090, { service: false }) } });
    new DnsApp(chart, 'scraper', { image }).use(api.port('metrics'));
    expect(policyOf(chart, 'api')).toMatchObject({ ingress: [{ from: [podsOf('scraper')], ports: [{ port: 9090 }] }] });
    expect(() => api.port('metrics').url()).toThrow('the port is in no Service');
  });
});

describe('apps and hosts that are not of this app', () => {
  const redis = DnsApp.existing({ name: 'redis', namespace: 'cache', labels: { app: 'redis' }, ports: { resp: 6379 } });

  test('an existing app is opened at the client only', () => {
    const chart = chartIn('shop');
    new DnsApp(chart, 'api', { image, uses: { REDIS: redis.port('resp').url('redis') } });
    expect(firstEnv(chart, 'api')).toBe('redis://redis.cache.svc.cluster.local:6379');
    expect(policyOf(chart, 'api')).toMatchObject({
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'cache' } },
              podSelector: { matchLabels: { app: 'redis' } },
            },
          ],
          ports: [{ port: 6379, protocol: 'TCP' }],
        },
        TO_DNS,
      ],
    });
  });

  test('an external host is opened by its addresses when they are known', () => {
    const chart = chartIn('shop');
    const stripe = external('api.stripe.com', { ports: { https: 443 }, cidrs: ['198.51.100.0/24'] });
    new DnsApp(chart, 'api', { image, uses: { STRIPE: stripe.port('https').url('https') } });
    expect(firstEnv(chart, 'api')).toBe('https://api.stripe.com');
    expect(policyOf(chart, 'api')).toMatchObject({
      egress: [{ to: [{ ipBlock: { cidr: '198.51.100.0/24' } }], ports: [{ port: 443, protocol: 'TCP' }] }, TO_DNS],
    });
  });

  test('without addresses the port is open to everything outside the declared ranges', () => {
    const app = Testing.app();
    new PodNetwork(app, 'network', { podCidr: ['10.244.0.0/16', 'fd00::/56'], serviceCidr: '10.96.0.0/12' });
    const chart = chartIn('shop', app);
    const stripe = external('api.stripe.com', { ports: { https: 443 } });
    new DnsApp(chart, 'api', { image, uses: { STRIPE: stripe.port('https').url('https') } });
    expect(policyOf(chart, 'api')).toMatchObject({
      egress: [
        {
          to: [
            { ipBlock: { cidr: '0.0.0.0/0', except: ['10.244.0.0/16', '10.96.0.0/12'] } },
            { ipBlock: { cidr: '::/0', except: ['fd00::/56'] } },
          ],
        },
        TO_DNS,
      ],
    });
  });
});

describe('addresses', () => {
  const port = (of: number | Port) => new DnsApp(chartIn('shop'), 'api', { image, ports: { http: of } }).port('http');
  const sameNamespace = { namespace: 'shop', clusterDomain: 'cluster.local' };

  test.each([
    ['the port stands in the URL', port(8080).url(), 'http://api:8080'],
    ['unless the scheme implies it', port(Port.tcp(8080, { service: 80 })).url(), 'http://api'],
    [
      'the scheme is the application protocol',
      port(Port.tcp(8443, { appProtocol: 'https' })).url(),
      'https://api:8443',
    ],
    [
      'or the one behind its Kubernetes name',
      port(Port.tcp(8080, { appProtocol: 'kubernetes.io/wss' })).url(),
      'wss://api:8080',
    ],
    ['unless one is given', port(5432).url('postgres', { path: 'shop' }), 'postgres://api:5432/shop'],
    ['host and port', port(8080).hostPort(), 'api:8080'],
    ['the host alone', port(8080).host(), 'api'],
    ['any form', port(8080).format(({ host, port }) => `host=${host} port=${port}`), 'host=api port=8080'],
  ])('%s', (_, address, text) => {
    expect(address.textFor(sameNamespace)).toBe(text);
  });

  test('across namespaces they are full names in the domain of the cluster', () => {
    const app = Testing.app();
    const [data, shop] = [chartIn('data', app), chartIn('shop', app)];
    const db = new DnsApp(data, 'db', { image, ports: { sql: 5432 } });
    new DnsApp(shop, 'api', { image, uses: { DB: db.port('sql').hostPort() } });
    new PodNetwork(app, 'network', { clusterDomain: 'example.internal' });
    expect(firstEnv(shop, 'api')).toBe('db.data.svc.example.internal:5432');
  });
});
