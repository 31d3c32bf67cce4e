import { Network } from '../../../../lib/model/network';

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
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  ...meta('db'),
  spec: { selector: { app: 'db' }, ports: [{ port: 80 }] },
};
const policy = (...egress: object[]) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  ...meta('web'),
  spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress },
});
const toDb = { to: [{ podSelector: { matchLabels: { app: 'db' } } }] };
const dns = { to: [{ namespaceSelector: {} }], ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }] };

function lints(...manifests: object[]) {
  const found = Network.from([app('web'), app('db'), service, ...manifests]).lints();
  return found.filter(({ code }) => code === 'PTL534');
}

test('DNS-29: a policy that lets out to a Service and not to the DNS', () => {
  expect(lints(policy(toDb))).toMatchObject([
    {
      severity: 'warning',
      object: { kind: 'NetworkPolicy', namespace: 'shop', name: 'web' },
      workloads: ['shop/web[Deployment]'],
      target: 'shop/db[Deployment]',
    },
  ]);
});

test.each([
  ['lets lookups out', [toDb, dns]],
  ['lets nothing out', []],
  ['lets out to addresses only', [{ to: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }]],
])('one that %s is as it was meant', (_, egress) => {
  expect(lints(policy(...egress))).toEqual([]);
});
