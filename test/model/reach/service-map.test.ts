import fc from 'fast-check';
import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { Network } from '../../../lib/model/network';
import { arbitraryCluster } from '../../naive/arbitraries';
import type { Manifest } from '../../naive/manifests';
import { networkOf } from '../flow-comparison';
import { arbitraryServices, serviceMapDisagreementOf } from '../service-map-comparison';

const meta = (name: string) => ({ metadata: { name, namespace: 'shop' } });
const app = (name: string, port: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  ...meta(name),
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name, ports: [{ containerPort: port }] }] },
    },
  },
});
const service = (name: string, spec: object) => ({ apiVersion: 'v1', kind: 'Service', ...meta(name), spec });
const policy = (name: string, spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  ...meta(name),
  spec,
});
const dns = { to: [{ namespaceSelector: {} }], ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }] };
const toApi = { to: [{ podSelector: { matchLabels: { app: 'api' } } }], ports: [{ port: 8080 }] };
const shop = [
  app('web', 3000),
  app('api', 8080),
  service('api', { selector: { app: 'api' }, ports: [{ port: 80, targetPort: 8080 }] }),
];
const egressOfWeb = (...egress: object[]) =>
  policy('web', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress });

function mapOf(manifests: object[], by?: 'name' | 'service', profile: ClusterProfileSpec = {}) {
  const { connections, unknown } = Network.from(manifests, profile).serviceMap(by);
  const lines = [...connections].map(({ src, dst, traffic }) => `${src} => ${dst} : ${traffic}`);
  return { lines, unknown: [...unknown].map(({ src, because }) => `${src} ${because.map(({ rule }) => rule)}`) };
}

test('a Service is listed at its own port for whoever surely gets to all that is behind it', () => {
  expect(mapOf(shop).lines).toEqual([
    'shop/api[Deployment] => service/shop/api : TCP 80',
    'shop/web[Deployment] => service/shop/api : TCP 80',
  ]);
});

test('DNS-29: by name the lookup counts, by the address of the Service it does not', () => {
  const closed = [...shop, egressOfWeb(toApi)];
  const web = 'shop/web[Deployment] => service/shop/api : TCP 80';
  expect(mapOf(closed, 'name').lines).not.toContain(web);
  expect(mapOf(closed, 'service').lines).toContain(web);
  expect(mapOf([...shop, egressOfWeb(toApi, dns)], 'name').lines).toContain(web);
});

test('NP-19: a policy on the port of the Service keeps clients from the pods behind it', () => {
  const onServicePort = policy('api', {
    podSelector: { matchLabels: { app: 'api' } },
    ingress: [{ ports: [{ port: 80 }] }],
  });
  expect(mapOf([...shop, onServicePort])).toEqual({ lines: [], unknown: ['shop/api[Deployment] NP-32'] });
});

test('SVC-28: where some endpoints are reached and others are not nobody knows', () => {
  const labels = { app: 'api', track: 'canary' };
  const canary = app('canary', 8080);
  canary.spec.selector.matchLabels = labels as never;
  canary.spec.template.metadata.labels = labels as never;
  const shut = policy('canary', { podSelector: { matchLabels: { track: 'canary' } }, ingress: [] });
  expect(mapOf([...shop, canary, shut]).unknown).toContain('shop/web[Deployment] SVC-28');
});

test('SVC-15: where nodes put their address in place of every client, a policy that names clients settles nothing', () => {
  const clients = { podSelector: { matchLabels: { app: 'web' } } };
  const manifests = [
    ...shop,
    policy('api', { podSelector: { matchLabels: { app: 'api' } }, ingress: [{ from: [clients] }] }),
  ];
  expect(mapOf(manifests, 'service').lines).toEqual(['shop/web[Deployment] => service/shop/api : TCP 80']);
  expect(mapOf(manifests, 'service', { kubeProxy: { masqueradeAll: true } }).lines).toEqual([]);
});

test('SVC-21: a headless Service is listed at the port of its pods', () => {
  const headless = service('api', {
    clusterIP: 'None',
    selector: { app: 'api' },
    ports: [{ port: 80, targetPort: 8080 }],
  });
  expect(mapOf([app('web', 3000), app('api', 8080), headless]).lines).toContain(
    'shop/web[Deployment] => service/shop/api : TCP 8080',
  );
});

test('SVC-02, SVC-22: a Service with nothing behind it, or a mere name, is listed for nobody', () => {
  const dead = service('dead', { ports: [{ port: 80 }] });
  const name = service('name', { type: 'ExternalName', externalName: 'example.com', ports: [{ port: 443 }] });
  expect(mapOf([app('web', 3000), dead, name])).toEqual({ lines: [], unknown: [] });
});

test('the map of Services lists what the walk of each flow says, and is never more certain', () => {
  const tally = { same: 0, lessCertain: 0 };
  const clusters = arbitraryCluster().chain((cluster) =>
    arbitraryServices(cluster).map((services) => ({
      ...cluster,
      manifests: [...cluster.manifests, ...(services as Manifest[])],
    })),
  );
  fc.assert(
    fc.property(clusters, (cluster) => {
      const count = (agree: boolean) => (agree ? tally.same++ : tally.lessCertain++);
      expect(serviceMapDisagreementOf(networkOf(cluster), count)).toBeUndefined();
    }),
    { numRuns: 300, seed: 1 },
  );
  // What the map leaves open beyond the walks are administrators' denials on a pod's own node (NP-30).
  expect(tally.lessCertain / tally.same).toBeLessThan(0.02);
});
