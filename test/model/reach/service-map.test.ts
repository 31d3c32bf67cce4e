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

describe('pods that policies treat alike, and whose lookups end otherwise', () => {
  const inSystem = (kind: string, name: string, spec: object, labels = {}) => ({
    apiVersion: kind === 'NetworkPolicy' ? 'networking.k8s.io/v1' : 'v1',
    kind,
    metadata: { name, namespace: 'kube-system', labels },
    spec,
  });
  const dnsPorts = (['UDP', 'TCP'] as const).map((protocol) => ({ protocol, name: protocol.toLowerCase() }));
  const kubeDns = inSystem('Service', 'kube-dns', {
    selector: { 'k8s-app': 'kube-dns' },
    ports: dnsPorts.map((port) => ({ ...port, port: 53 })),
  });
  const coreDns = (more: object = {}) => {
    const containers = [{ name: 'dns', ports: dnsPorts.map((port) => ({ ...port, containerPort: 53 })) }];
    return inSystem('Pod', 'coredns', { containers, ...more }, { 'k8s-app': 'kube-dns' });
  };
  const pod = (name: string, more: object) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', labels: { app: name } },
    spec: { containers: [{ name }], ...more },
  });
  const sources = (lines: readonly string[]) =>
    lines.filter((line) => line.includes('service/shop/api')).map((line) => line.split(' =>')[0]);

  test('NP-31: that a DNS pod always reaches itself says nothing of others, whom a policy keeps from it', () => {
    const shut = inSystem('NetworkPolicy', 'shut', { podSelector: {}, policyTypes: ['Ingress'] });
    const { lines } = mapOf([coreDns(), kubeDns, shut, ...shop], 'name');
    expect(sources(lines)).toEqual(['kube-system/coredns[Pod]']);
  });

  test('NET-04: who is on a node without a way to the DNS pods finds no name, whoever else does', () => {
    const nodes = [1, 2].map((n) => ({
      name: `n${n}`,
      addresses: [[`192.168.${n}.1`]],
      subnet: `192.168.${n}.0/24`,
    }));
    const profile: ClusterProfileSpec = {
      cni: 'kindnet',
      nodes,
      nodeCidr: ['192.168.0.0/16'],
      podCidr: ['10.244.0.0/16'],
    };
    const [api, near, far] = ['n1', 'n1', 'n2'].map((nodeName, i) => pod(['api', 'near', 'far'][i], { nodeName }));
    const toApi = service('api', { selector: { app: 'api' }, ports: [{ port: 80 }] });
    const dnsOn = (nodeName: string) => mapOf([coreDns({ nodeName }), kubeDns, far, near, api, toApi], 'name', profile);
    expect(sources(dnsOn('n1').lines)).toEqual(['kube-system/coredns[Pod]', 'shop/api[Pod]', 'shop/near[Pod]']);
    expect(sources(dnsOn('n2').lines)).toEqual([]);
  });

  test('NP-30: with DNS pods on the networks of nodes it matters which pods may run beside them', () => {
    const shutIn = policy('out', {
      podSelector: { matchLabels: { app: 'far' } },
      policyTypes: ['Egress'],
      egress: [toApi],
    });
    const shutToo = policy('too', {
      podSelector: { matchLabels: { app: 'near' } },
      policyTypes: ['Egress'],
      egress: [toApi],
    });
    const ends = [pod('far', { nodeName: 'n2' }), pod('near', { nodeName: 'n1' })];
    const dnsOnNode = coreDns({ nodeName: 'n1', hostNetwork: true });
    const { lines, unknown } = mapOf([...ends, dnsOnNode, kubeDns, shutIn, shutToo, ...shop], 'name', {
      cni: 'calico',
    });
    expect(sources(lines)).not.toContain('shop/far[Pod]');
    expect(unknown.map((line) => line.split(' ')[0])).toContain('shop/near[Pod]');
  });
});
