import type { EndpointRef } from '../../lib/intents/endpoint';
import { resolveEndpoint } from '../../lib/intents/resolve';
import type { ComponentName } from '../../lib/model/cluster/component-ports';
import type { ClusterProfileSpec } from '../../lib/model/cluster/profile';
import { Network } from '../../lib/model/network';
import { deployment, ns, policy } from '../support/manifests';
import { app, checking, codes, internet, promise } from './support';

const component = (name: ComponentName): EndpointRef => ({ kind: 'component', name });
const etcd = component('controlPlane.etcd');
const apiServer = component('controlPlane.apiServer');
const keptFrom = (target: EndpointRef, subject: EndpointRef = internet) =>
  promise({ verb: 'toReach', negated: true, subject, targets: [target] });
const reaches = (target: EndpointRef, subject: EndpointRef = internet) =>
  promise({ verb: 'toReach', negated: false, subject, targets: [target] });

const ranges = { podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12', nodeCidr: '192.168.77.0/24' };
const nodes: ClusterProfileSpec['nodes'] = [
  { name: 'cp', role: 'control-plane', addresses: ['192.168.77.11'] },
  { name: 'pool', addresses: ['192.168.77.21', '192.168.77.22'] },
];
const guarded = (controlPlane: NonNullable<ClusterProfileSpec['firewall']>['controlPlane'], more = {}) => ({
  ...ranges,
  nodes,
  firewall: { controlPlane },
  ...more,
});
const shop = [ns('shop'), deployment('web')];
const found = (
  intent: ReturnType<typeof promise>,
  profile: ClusterProfileSpec = {},
  manifests: readonly object[] = shop,
) => codes(checking(manifests, [intent], profile)).join();
const doubtsOf = (
  intent: ReturnType<typeof promise>,
  profile: ClusterProfileSpec = {},
  manifests: readonly object[] = shop,
) =>
  checking(manifests, [intent], profile).findings.flatMap(({ cause }) =>
    cause.code === 'PTL904' ? cause.doubts.map(({ rule, wouldDecide }) => `${rule} ${wouldDecide}`) : [cause.code],
  );

describe('NET-01: from outside', () => {
  test('nobody knows where nobody tells of a firewall', () => {
    const doubt =
      'NET-01 a `firewall.controlPlane` in the cluster profile: what is let in to the nodes of the control plane';
    expect(doubtsOf(keptFrom(etcd))).toEqual([doubt]);
    expect(doubtsOf(reaches(apiServer))).toEqual([doubt]);
    expect(doubtsOf(keptFrom(etcd), { firewall: { workers: [] } })).toEqual([doubt]);
  });

  test.each<[string, ClusterProfileSpec['firewall'], string, string]>([
    ['lets nothing in', { controlPlane: [] }, '', 'PTL332'],
    ['lets the nodes in', { controlPlane: [{ from: 'nodes', ports: ['2379-2380/TCP', 6443] }] }, '', 'PTL332'],
    ['lets another port in', { controlPlane: [{ from: 'internet', ports: 6443 }] }, '', ''],
    ['lets the internet in', { controlPlane: [{ from: 'internet', ports: ['6443/TCP', '2380/TCP'] }] }, 'PTL330', ''],
    ['lets everybody in', { controlPlane: [{ from: 'anywhere', ports: 'all' }] }, 'PTL330', ''],
    ['lets some in', { controlPlane: [{ from: '203.0.113.0/24', ports: [2379, 6443] }] }, 'PTL330', 'PTL332'],
    [
      'lets another protocol in',
      { controlPlane: [{ from: 'internet', ports: ['2379/UDP', '6443/UDP'] }] },
      '',
      'PTL332',
    ],
    ['lets load balancers in', { controlPlane: [{ from: 'load-balancers', ports: [2379, 6443] }] }, 'PTL904', 'PTL904'],
    ['guards other nodes', { workers: [] }, 'PTL904', 'PTL904'],
  ])('a firewall that %s', (_, firewall, ofEtcd, ofApi) => {
    const profile = { ...ranges, nodes, firewall };
    expect([found(keptFrom(etcd), profile), found(reaches(apiServer), profile)]).toEqual([ofEtcd, ofApi]);
  });

  test('addresses of nodes that nobody tells may be any, so that a rule for nodes may let in anybody', () => {
    const firewall = { controlPlane: [{ from: 'nodes', ports: 2379 }] };
    expect(doubtsOf(keptFrom(etcd), { firewall })).toEqual([
      'NET-01 `nodeCidr` in the cluster profile: which addresses are those of nodes',
    ]);
    expect(found(keptFrom(etcd), { firewall, nodeCidr: '192.168.77.0/24' })).toBe('');
  });

  test('policies for nodes may shut what the firewall lets in, and open nothing that it shuts', () => {
    const host = {
      apiVersion: 'projectcalico.org/v3',
      kind: 'GlobalNetworkPolicy',
      metadata: { name: 'hosts' },
      spec: {},
    };
    const open = guarded([{ from: 'anywhere', ports: 'all' }]);
    expect(doubtsOf(keptFrom(etcd), open, [...shop, host])).toContain(
      'NET-01 whether GlobalNetworkPolicy hosts shuts ports of nodes',
    );
    expect(found(keptFrom(etcd), guarded([]), [...shop, host])).toBe('');
  });
});

describe('NET-01: from pods', () => {
  const web = app('web');
  const egress = (rules: readonly object[]) =>
    policy('web', { podSelector: {}, policyTypes: ['Egress'], egress: rules });
  const block = (cidr: string, except: readonly string[] = []) => ({ to: [{ ipBlock: { cidr, except } }] });

  test('nobody knows where neither a firewall nor policies keep them in', () => {
    expect(found(keptFrom(etcd, web), { ...ranges, nodes })).toBe('PTL904');
  });

  test('egress policies that let out to no node keep them from all that listens there', () => {
    expect(found(keptFrom(etcd, web), ranges, [...shop, egress([])])).toBe('');
    const others = egress([block('0.0.0.0/0', ['192.168.77.0/24'])]);
    expect(found(keptFrom(etcd, web), { ...ranges, nodes }, [...shop, others])).toBe('');
    // A control plane that nobody describes may be anywhere.
    expect(found(keptFrom(etcd, web), ranges, [...shop, others])).toBe('PTL904');
    expect(found(reaches(apiServer, web), guarded([{ from: 'anywhere', ports: 6443 }]), [...shop, others])).toBe(
      'PTL101',
    );
  });

  test('egress policies that let out to some of the nodes alone leave the others shut', () => {
    const toWorkers = [...shop, egress([block('192.168.77.16/28')])];
    expect(found(keptFrom(etcd, web), { ...ranges, nodes }, toWorkers)).toBe('');
    expect(found(keptFrom(component('workers.kubelet'), web), { ...ranges, nodes }, toWorkers)).toBe('PTL904');
  });

  test.each<[string, string, ClusterProfileSpec['cni'], string]>([
    ['pods', 'may come as their node', 'conformant', 'PTL904'],
    ['nodes', 'may come as themselves', 'conformant', 'PTL904'],
    ['internet', 'come from inside, either way', 'conformant', ''],
  ])('NET-04: under a rule for %s they %s', (from, _, cni, code) => {
    expect(found(keptFrom(etcd, web), guarded([{ from, ports: 'all' }], { cni }))).toBe(code);
  });

  test('a rule for both lets them in, whichever address they show', () => {
    const profile = guarded([{ from: ['nodes', 'pods'], ports: [6443] }]);
    expect(found(reaches(apiServer, web), profile)).toBe('');
    expect(found(keptFrom(apiServer, web), profile)).toBe('PTL330');
    expect(found(keptFrom(etcd, { kind: 'namespace', name: 'shop' }), profile)).toBe('');
  });

  const pod = (spec: object) => [
    ns('shop'),
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'example/web:1' }], ...spec },
    },
  ];
  const webPod: EndpointRef = { kind: 'object', object: 'Pod', namespace: 'shop', name: 'web' };

  test('NP-30: a pod on a node of the control plane may pass what stands before it', () => {
    const kept = keptFrom(etcd, webPod);
    expect(found(kept, guarded([]), pod({ nodeName: 'pool-0' }))).toBe('');
    expect(found(kept, guarded([]), pod({ nodeName: 'cp' }))).toBe('PTL904');
    expect(found(kept, guarded([]), [...pod({ nodeName: 'cp' }), egress([])])).toBe('PTL904');
  });

  test('NP-28: what is on the network of its node comes as that node, which may be any', () => {
    const toNodes = guarded([{ from: 'nodes', ports: 6443 }]);
    const onPool = pod({ hostNetwork: true, nodeName: 'pool-0' });
    expect(found(reaches(apiServer, webPod), toNodes, onPool)).toBe('');
    expect(found(keptFrom(etcd, webPod), toNodes, onPool)).toBe('');
    expect(found(keptFrom(etcd, webPod), toNodes, pod({ hostNetwork: true }))).toBe('PTL904');
  });
});

describe('NET-01: the nodes that a component is on', () => {
  const endsIn = (profile: ClusterProfileSpec, name: ComponentName = 'controlPlane.etcd') =>
    resolveEndpoint(component(name), Network.from(shop, profile).cluster).component?.ends.map(
      (end) => 'label' in end && end.label,
    );

  test.each<[string, ClusterProfileSpec, readonly string[]]>([
    ['nobody tells of any', {}, ['etcd']],
    ['all are known', { nodes }, ['etcd at node/cp']],
    [
      'some are known',
      { nodes: [{ name: 'cp', role: 'control-plane', count: 3, addresses: ['192.168.77.11'] }] },
      ['etcd at node/cp-0', 'etcd at another node'],
    ],
    ['only workers are told', { nodes: [{ name: 'pool', addresses: ['192.168.77.21'] }] }, ['etcd']],
  ])('%s', (_, profile, labels) => {
    expect(endsIn(profile)).toEqual(labels);
  });

  test('a role without nodes is nothing to promise about', () => {
    const none = [{ name: 'cp', role: 'control-plane' as const, count: 0 }];
    expect(found(reaches(etcd), { nodes: none })).toBe('PTL901');
  });
});

test.each<[ComponentName, string]>([
  ['controlPlane.apiServer', 'TCP 6443'],
  ['controlPlane.etcd', 'TCP 2379-2380'],
  ['controlPlane.kubelet', 'TCP 10250'],
  ['controlPlane.scheduler', 'TCP 10259'],
  ['controlPlane.controllerManager', 'TCP 10257'],
  ['workers.kubelet', 'TCP 10250'],
  ['workers.kubeProxyHealth', 'TCP 10256'],
  ['workers.nodePorts', 'SCTP 20000-22767,TCP 20000-22767,UDP 20000-22767'],
])('NET-01: %s listens on %s', (name, traffic) => {
  const { cluster } = Network.from(shop, { nodePortRange: '20000-22767' });
  expect(String(resolveEndpoint(component(name), cluster).component?.traffic)).toBe(traffic);
});

test('a component is a target of reaching alone', () => {
  expect(found(promise({ verb: 'toBeReachedOnlyBy', subject: etcd, sources: [app('web')] }))).toBe('PTL901');
  expect(found(promise({ verb: 'toReachOnly', subject: app('web'), targets: [apiServer] }))).toBe('PTL901');
  expect(found(keptFrom({ kind: 'port', of: etcd, port: 2379 }))).toBe('PTL901');
});

test('NET-01: a node that is asked for by name is guarded as its role is, where a firewall is told', () => {
  const ssh: EndpointRef = { kind: 'port', of: { kind: 'node', name: 'cp' }, port: 22 };
  expect(found(keptFrom(ssh), { ...ranges, nodes })).toBe('PTL104');
  expect(found(keptFrom(ssh), guarded([{ from: 'internet', ports: 6443 }]))).toBe('');
  expect(found(keptFrom(ssh), guarded([{ from: 'internet', ports: 22 }]))).toBe('PTL330');
});
