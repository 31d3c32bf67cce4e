import type { EndpointRef } from '../../lib/intents/endpoint';
import type { ClusterProfileSpec } from '../../lib/model/cluster/profile';
import { ingressOf } from '../support/ingress-lints';
import { deployment, ns, policy } from '../support/manifests';
import { app, checking, codes, internet, portOf, promise } from './support';

const etcd: EndpointRef = { kind: 'component', name: 'controlPlane.etcd' };
const apiServer: EndpointRef = { kind: 'component', name: 'controlPlane.apiServer' };
const behind: EndpointRef = { kind: 'object', object: 'Service', namespace: 'shop', name: 'etcd' };
const keptFrom = (target: EndpointRef, subject: EndpointRef = internet) =>
  promise({ verb: 'toReach', negated: true, subject, targets: [target] });

const leading = (namespace: string, name: string, spec: object, address: string, port: number) => [
  { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec },
  {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${name}-1`, namespace, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    ports: [{ name: 'main', port, protocol: 'TCP' }],
    endpoints: [{ addresses: [address] }],
  },
];
const etcdService = (spec: object, address = '192.168.77.10') =>
  leading('shop', 'etcd', { ports: [{ name: 'main', port: 2379, nodePort: 30379 }], ...spec }, address, 2379);
const shop = [ns('shop'), deployment('web')];
const rules = (from: 'nodes' | 'internet', ports: string | number) => ({ from, ports });
const fenced = (
  controlPlane: NonNullable<ClusterProfileSpec['firewall']>['controlPlane'],
  workers: NonNullable<ClusterProfileSpec['firewall']>['workers'] = [],
): ClusterProfileSpec => ({
  cni: { name: 'calico', natOutgoing: false },
  podCidr: '10.244.0.0/16',
  serviceCidr: '10.96.0.0/12',
  nodeCidr: '192.168.77.0/24',
  nodes: [
    { name: 'cp', role: 'control-plane', addresses: ['192.168.77.10'] },
    { name: 'w', addresses: ['192.168.77.11'] },
  ],
  firewall: { controlPlane, workers },
});
const everyNode = rules('internet', '30000-32767/TCP');
const found = (intent: ReturnType<typeof promise>, profile: ClusterProfileSpec, more: readonly object[]) =>
  codes(checking([...shop, ...more], [intent], profile)).join();

describe('SVC-15, NP-39: a Service leads on to a node as a node', () => {
  test.each<[string, object, ClusterProfileSpec, string]>([
    ['by a node port', { type: 'NodePort' }, fenced([rules('nodes', 'all'), everyNode], [everyNode]), 'PTL330'],
    ['by a node port that is shut', { type: 'NodePort' }, fenced([rules('nodes', 'all')]), ''],
    ['by a node port, and nodes are shut out', { type: 'NodePort' }, fenced([], [everyNode]), ''],
    ['by the port of the very node', { type: 'NodePort' }, fenced([everyNode], [everyNode]), 'PTL904'],
    ['by a load balancer', { type: 'LoadBalancer' }, fenced([rules('nodes', 'all')], [everyNode]), 'PTL904'],
    ['by no door', { type: 'ClusterIP' }, fenced([rules('nodes', 'all'), everyNode], [everyNode]), ''],
  ])('who is outside comes %s', (_, spec, profile, code) => {
    const ports = [
      { name: 'main', port: 2379, ...('type' in spec && spec.type === 'ClusterIP' ? {} : { nodePort: 30379 }) },
    ];
    expect(found(keptFrom(etcd), profile, etcdService({ ...spec, ports }))).toBe(code);
  });

  test('pods do too, whom the firewall would shut out themselves', () => {
    const profile = fenced([rules('nodes', 'all')]);
    // NP-30: by the port of their own node, which no firewall before it sees; wherever that is.
    expect(found(keptFrom(etcd, app('web')), profile, etcdService({ type: 'NodePort' }))).toBe('PTL904');
    expect(found(keptFrom(etcd, app('web')), profile, etcdService({ type: 'NodePort' }, '192.0.2.9'))).toBe('');
    expect(found(keptFrom(etcd, app('web')), profile, [])).toBe('');
  });

  test('and a promise about the node, or about the node port, counts it as well', () => {
    const profile = fenced([rules('nodes', 'all'), everyNode], [everyNode]);
    const manifests = etcdService({ type: 'NodePort' });
    expect(found(keptFrom(portOf({ kind: 'node', name: 'cp' }, 2379)), profile, manifests)).toBe('PTL330');
    expect(found(keptFrom({ kind: 'nodePort', of: behind, port: 'main' }), profile, manifests)).toBe('PTL330');
    expect(found(keptFrom({ kind: 'nodePort', of: behind, port: 'main' }), fenced([]), manifests)).toBe('');
  });
});

describe('NP-20: the API server by the address of its Service', () => {
  const open = { podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12', nodeCidr: '192.168.77.0/24' };
  const ports = [{ name: 'main', port: 443, targetPort: 6443 }];
  const kubernetes = leading('default', 'kubernetes', { clusterIP: '10.96.0.1', ports }, '192.168.77.10', 6443);
  const egress = (rule: readonly object[]) =>
    policy('web', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress: rule });
  const profile = { ...open, nodes: fenced([]).nodes };

  test('nobody knows where a rule names that address', () => {
    const rule = [{ to: [{ ipBlock: { cidr: '10.96.0.1/32' } }], ports: [{ port: 443 }] }];
    expect(found(keptFrom(apiServer, app('web')), profile, [egress(rule), ...kubernetes])).toBe('PTL904');
  });

  test('it is shut where no rule does', () => {
    expect(found(keptFrom(apiServer, app('web')), profile, [egress([]), ...kubernetes])).toBe('');
  });
});

describe('ING-15: an Ingress brings clients to whatever its Service sends to', () => {
  const fromPods = { from: '10.244.0.0/16', ports: 'all' };
  const profile: ClusterProfileSpec = { ...fenced([rules('nodes', 'all'), fromPods]), ingress: ['nginx'] };
  const ingress = (to: string) => ingressOf('edge', { 'a.example': [{ path: '/', to }] }, { className: 'nginx' });
  const inside = { ports: [{ name: 'main', port: 2379 }] };
  const named = (externalName: string) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'etcd', namespace: 'shop' },
    spec: { type: 'ExternalName', externalName },
  });
  const MAIN = 'etcd.shop.svc.cluster.local';
  const main = etcdService(inside);
  const web = [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: inside }];
  const alias = (externalName: string) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'alias', namespace: 'shop' },
    spec: { type: 'ExternalName', externalName },
  });
  const locked = policy('locked', { podSelector: {}, policyTypes: ['Egress'] }, 'ingress-nginx');

  test.each<[string, readonly object[], string]>([
    ['a node, by endpoints that somebody wrote', [...etcdService(inside), ingress('etcd:2379')], 'PTL904'],
    ['but not another host', [...etcdService(inside, '192.0.2.9'), ingress('etcd:2379')], ''],
    ['nor without a rule', etcdService(inside), ''],
    ['nor where policies keep the proxy away', [...etcdService(inside), ingress('etcd:2379'), locked], ''],
    [
      'perhaps a node, by a name of which nobody knows the address',
      [named('db.example.com'), ingress('etcd:2379')],
      'PTL904',
    ],
    ['but not by another port', [named('db.example.com'), ingress('etcd:80')], ''],
    ['SVC-22: a node, by the name of a Service inside', [...main, alias(MAIN), ingress('alias:2379')], 'PTL904'],
    ['but not by a name that nothing inside has', [alias(MAIN), ...web, ingress('alias:2379')], ''],
  ])('%s', (_, manifests, code) => {
    expect(found(keptFrom(etcd), profile, manifests)).toBe(code);
  });

  test.each([
    ['kubernetes.default.svc.cluster.local', 443, 'PTL904'],
    ['kubernetes.default.svc.cluster.local', 80, ''],
    ['kube-dns.kube-system.svc.cluster.local', 443, ''],
  ])('NP-41: the API server, by the name of its own Service: %s, port %i', (name, port, code) => {
    const manifests = [alias(name), ingress(`alias:${port}`)];
    expect(found(keptFrom(apiServer), profile, manifests)).toBe(code);
  });
});

describe('NP-41: pods ask for the API server by its own Service, which no manifest need have', () => {
  const profile = fenced([rules('internet', '6443/TCP'), rules('nodes', 'all')]);
  const allowing = (cidr: string) =>
    policy('web', {
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr } }] }],
    });

  test.each([
    ['10.96.0.1/32', 'PTL904'],
    ['10.96.0.0/12', 'PTL904'],
    ['10.96.0.10/32', ''],
  ])('NP-20: what is let out to %s may get there', (cidr, code) => {
    expect(found(keptFrom(apiServer, app('web')), profile, [allowing(cidr)])).toBe(code);
    expect(found(keptFrom(etcd, app('web')), profile, [allowing(cidr)])).toBe('');
  });

  test.each([
    ['172.20.0.0/16', 'PTL904'],
    ['192.168.77.128/25', ''],
    ['203.0.113.0/24', ''],
  ])('NP-20: where nobody tells the range of Services, %s may hold its address', (cidr, code) => {
    const { serviceCidr: _, ...untold } = profile;
    expect(found(keptFrom(apiServer, app('web')), untold, [allowing(cidr)])).toBe(code);
  });
});
