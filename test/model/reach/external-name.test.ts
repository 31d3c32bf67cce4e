import { Network } from '../../../lib/model/network';

const meta = (name: string) => ({ metadata: { name, namespace: 'shop' } });
const app = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  ...meta(name),
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'x' }] } },
  },
});
const service = (name: string, spec: object) => ({ apiVersion: 'v1', kind: 'Service', ...meta(name), spec });
const alias = (name: string, externalName: string) => service(name, { type: 'ExternalName', externalName });
const egress = (...egress: object[]) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  ...meta('web'),
  spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress },
});
const dns = { to: [{ namespaceSelector: {} }], ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }] };
const shop = [
  app('web'),
  app('db'),
  service('db', { selector: { app: 'db' }, ports: [{ port: 5432, targetPort: 15432 }] }),
  alias('store', 'db.shop.svc.cluster.local'),
  alias('pay', 'api.example.com'),
];

function reach(manifests: object[], to: string, port: number, by?: 'name' | 'service') {
  const { outcome, endpoints, pairs } = Network.from(manifests).reach({ from: 'shop/web', to, port, by });
  return { outcome, endpoints, hops: pairs[0].hops.map((hop) => `${hop.hop} ${hop.decision}`) };
}

test('SVC-22, DNS-09: a name for a Service of the cluster leads to its pods, at the port of that Service', () => {
  expect(reach(shop, 'service/shop/store', 5432)).toEqual({
    outcome: 'allowed',
    endpoints: ['shop/db[Deployment]'],
    hops: ['lookup passes', 'service passes', 'service passes', 'egress-policy passes', 'ingress-policy passes'],
  });
  expect(reach(shop, 'service/shop/store', 15432).outcome).toBe('denied');
});

test('NP-19: the policies of both ends see the pods behind the name', () => {
  const toDb = { to: [{ podSelector: { matchLabels: { app: 'db' } } }], ports: [{ port: 15432 }] };
  expect(reach([...shop, egress(toDb, dns)], 'service/shop/store', 5432).outcome).toBe('allowed');
  expect(reach([...shop, egress(dns)], 'service/shop/store', 5432).outcome).toBe('denied');
});

test('SVC-22: a name for a host outside leaves the cluster, where only the egress of the client has a say', () => {
  expect(reach(shop, 'service/shop/pay', 443).outcome).toBe('allowed');
  const anywhere = { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 443 }] };
  expect(reach([...shop, egress(anywhere, dns)], 'service/shop/pay', 443).outcome).toBe('allowed');
  expect(reach([...shop, egress(anywhere, dns)], 'service/shop/pay', 80).outcome).toBe('denied');
  expect(reach([...shop, egress(dns)], 'service/shop/pay', 443).outcome).toBe('denied');
});

test('NP-17: which address the host has nobody knows, so that a narrower block leaves it open', () => {
  const some = { to: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ port: 443 }] };
  expect(reach([...shop, egress(some, dns)], 'service/shop/pay', 443).outcome).toBe('unknown');
});

test('DNS-29: without lookups the name leads nowhere', () => {
  const anywhere = { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 443 }] };
  expect(reach([...shop, egress(anywhere)], 'service/shop/pay', 443).outcome).toBe('denied');
});

test.each([
  ['a name that nothing in the cluster has', 'gone.shop.svc.cluster.local'],
  ['an address, which is no name', '203.0.113.5'],
  ['itself', 'dead.shop.svc.cluster.local'],
])('SVC-22: a name for %s leads nowhere', (_, to) => {
  expect(reach([...shop, alias('dead', to)], 'service/shop/dead', 443).outcome).toBe('denied');
});

test('SVC-22: there is no address by which to reach an ExternalName', () => {
  expect(reach(shop, 'service/shop/pay', 443, 'service')).toMatchObject({
    outcome: 'denied',
    hops: ['service stops'],
  });
});
