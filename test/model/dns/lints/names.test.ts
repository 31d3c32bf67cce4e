import { Network } from '../../../../lib/model/network';

interface Spec {
  readonly env?: string;
  readonly args?: readonly string[];
  readonly namespace?: string;
  readonly [field: string]: unknown;
}

const app = ({ env, args, namespace = 'shop', ...spec }: Spec) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'c', image: 'x', args, env: env && [{ name: 'URL', value: env }] }], ...spec },
    },
  },
});
const service = (name: string, port: number, namespace = 'shop', more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec: { selector: { app: name }, ports: [{ port }], ...more },
});
const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const cluster = [service('api', 8080), service('metrics', 9090, 'ops'), service('foo', 80, 'com')];

function lints(...manifests: object[]) {
  return Network.from([...manifests, ...cluster])
    .lints()
    .filter(({ code }) => code.startsWith('PTL53'));
}

const codes = (...manifests: object[]) => lints(...manifests).map(({ code }) => code);

describe('PTL530: a name that nothing in the cluster has', () => {
  test.each([
    ['a slip', 'http://apii:8080', 'api'],
    ['a slip in a full name', 'http://apii.shop.svc.cluster.local:8080', 'api'],
    ['a slip in a name with its namespace', 'http://metrix.ops:9090', 'metrics.ops'],
    ['the namespace forgotten', 'http://metrics:9090', 'metrics.ops'],
  ])('DNS-22: %s', (_, env, didYouMean) => {
    expect(lints(app({ env }))).toMatchObject([
      {
        code: 'PTL530',
        severity: 'warning',
        didYouMean,
        field: ['spec', 'template', 'spec', 'containers', 0, 'env', 0, 'value'],
      },
    ]);
  });

  test('DNS-15: a full name in a namespace that is declared here, with nothing like it', () => {
    expect(codes(namespace('shop'), app({ env: 'payments.shop.svc.cluster.local' }))).toEqual(['PTL530']);
    expect(codes(app({ env: 'payments.shop.svc.cluster.local' }))).toEqual([]);
  });

  test('in an argument', () => {
    expect(lints(app({ args: ['--log', '--api=apii:8080'] }))).toMatchObject([
      { field: ['spec', 'template', 'spec', 'containers', 0, 'args', 1], host: 'apii' },
    ]);
  });

  test.each([
    ['what is there', 'http://api:8080'],
    ['what may live elsewhere', 'http://payments:8080'],
    ['a namespace of others', 'http://api.payments:8080'],
    ['a host outside', 'https://api.example.com'],
    ['an image', 'postgres:16'],
    ['the DNS itself', 'kube-dns.kube-system.svc:53'],
    ['the API server', 'https://kubernetes.default.svc'],
  ])('is not told of %s', (_, env) => {
    expect(codes(app({ env }))).toEqual([]);
  });

  test('DNS-24: nor of a name that the pod has in its hosts file', () => {
    expect(codes(app({ env: 'http://apii:80', hostAliases: [{ ip: '10.0.0.1', hostnames: ['apii'] }] }))).toEqual([]);
  });
});

describe('PTL531: a port that the Service does not serve', () => {
  test.each([
    ['http://api:80', 80],
    ['http://api/v1', 80],
    ['api.shop:5000', 5000],
  ])('SVC-10: %s', (env, port) => {
    expect(lints(app({ env }))).toMatchObject([{ code: 'PTL531', service: 'shop/api', port, has: ['8080'] }]);
  });

  test('SVC-21: behind a headless Service every port is the own affair of its pods', () => {
    expect(codes(app({ env: 'http://db:5000' }), service('db', 80, 'shop', { clusterIP: 'None' }))).toEqual([]);
  });

  test('what is rather a version is none', () => {
    expect(codes(app({ env: 'api:3' }))).toEqual([]);
  });
});

test('PTL532, DNS-23: a name of the internet that the search list leads to a Service', () => {
  expect(lints(app({ env: 'https://foo.com:80' }))).toMatchObject([
    { code: 'PTL532', host: 'foo.com', service: 'com/foo' },
  ]);
  expect(codes(app({ env: 'https://foo.com.:80' }))).toEqual([]);
});

test('PTL533, DNS-19: a pod on the network of its node asks the resolver of that', () => {
  const env = 'http://api:8080';
  expect(lints(app({ env, hostNetwork: true }))).toMatchObject([
    { code: 'PTL533', hosts: ['api'], field: ['spec', 'template', 'spec', 'hostNetwork'] },
  ]);
  expect(codes(app({ env, hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }))).toEqual([]);
  expect(codes(app({ hostNetwork: true }))).toEqual([]);
});
