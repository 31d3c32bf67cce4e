import type { EndpointRef } from '../../lib/intents/endpoint';
import { deployment, ns, policy } from '../support/manifests';
import { app, checking, codes, portOf, promise } from './support';

const called = (name: string): EndpointRef => ({ kind: 'object', object: 'Service', namespace: 'shop', name });
const serviceOf = (name: string, spec: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec,
});
const alias = (externalName: string, spec: object = {}) =>
  serviceOf('alias', { type: 'ExternalName', externalName, ...spec });
const slice = (address: string) => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'api-1', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'api' } },
  addressType: 'IPv4',
  ports: [{ name: 'http', port: 6443, protocol: 'TCP' }],
  endpoints: [{ addresses: [address] }],
});
const profile = {
  podCidr: '10.244.0.0/16',
  serviceCidr: '10.96.0.0/12',
  nodeCidr: '192.168.77.0/24',
  nodes: [{ name: 'w', addresses: ['192.168.77.11'] }],
};
const NODES = [
  serviceOf('api', { clusterIP: '10.96.0.7', ports: [{ name: 'http', port: 80 }] }),
  slice('192.168.77.11'),
  alias('api.shop.svc.cluster.local'),
];
const PODS = [
  deployment('db', { ports: [{ name: 'sql', containerPort: 5432 }] }),
  serviceOf('db', { selector: { app: 'db' }, ports: [{ name: 'sql', port: 80, targetPort: 5432 }] }),
  alias('db.shop.svc.cluster.local'),
];
const OUTSIDE = [alias('api.example.com')];
const DNS = {
  to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
  ports: [{ port: 53, protocol: 'UDP' } as const, { port: 53 }],
};
const locked = policy('web', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress: [DNS] });
const SHOP = [ns('shop'), deployment('web')];
const found = (manifests: readonly object[], target: EndpointRef, negated: boolean, by?: 'name') =>
  codes(
    checking(
      [...SHOP, ...manifests],
      [promise({ verb: 'toReach', negated, subject: app('web'), targets: [target], ...(by && { by }) })],
      profile,
    ),
  ).join();

describe('SVC-22: a promise about a mere name is one about what it leads to', () => {
  test.each<[string, readonly object[], string | number | undefined]>([
    ['a Service whose endpoints are nodes, by a number', NODES, 80],
    ['by the name that the port has there', NODES, 'http'],
    ['every port that there is', NODES, undefined],
    ['a Service of pods, by a number', PODS, 80],
    ['by the name that the port has there', PODS, 'sql'],
    ['every port that there is', PODS, undefined],
    ['a host outside', OUTSIDE, 443],
  ])('%s', (_, manifests, port) => {
    const target = port === undefined ? called('alias') : portOf(called('alias'), port);
    expect(found(manifests, target, false)).toBe('');
    expect(found(manifests, target, true)).toBe('PTL104');
    expect(found([...manifests, locked], target, false)).toBe('PTL101');
    expect(found([...manifests, locked], target, true)).toBe('');
    expect(found([...manifests, locked], target, true, 'name')).toBe('');
  });

  test.each<[string, readonly object[], string | number, string]>([
    ['a port that nobody has there', NODES, 81, 'PTL201'],
    ['a name that no port has', NODES, 'htpp', 'PTL901'],
    ['nothing at all', [alias('none.shop.svc.cluster.local')], 80, 'PTL208'],
    [
      'a port of its own list, by whose number nobody answers',
      [...PODS.slice(0, 2), alias('db.shop.svc.cluster.local', { ports: [{ name: 'sql', port: 8080 }] })],
      'sql',
      'PTL201',
    ],
  ])('it is broken where it leads to %s', (_, manifests, port, code) => {
    expect(found(manifests, portOf(called('alias'), port), false)).toBe(code);
  });

  test('whether a name that nobody has leads anywhere is unknown', () => {
    expect(found([alias('none.shop.svc.cluster.local')], portOf(called('alias'), 80), true)).toBe('PTL904');
  });
});

test.each([profile, { podCidr: '10.244.0.0/16' }])(
  'SVC-26: whether an endpoint answers that is the address of another Service is unknown: %j',
  (cluster) => {
    const other = serviceOf('db', { clusterIP: '10.96.0.8', ports: [{ port: 6443 }] });
    const manifests = [...SHOP, ...NODES.slice(0, 1), slice('10.96.0.8'), other];
    const intent = promise({
      verb: 'toReach',
      negated: false,
      subject: app('web'),
      targets: [portOf(called('api'), 80)],
      by: 'service',
    });
    expect(checking(manifests, [intent], cluster).findings).toMatchObject([
      { cause: { code: 'PTL904', doubts: [{ rule: 'SVC-26' }] } },
    ]);
  },
);
