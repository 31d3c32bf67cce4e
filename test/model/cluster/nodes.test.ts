import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { resolveProfile } from '../../../lib/model/cluster/resolve-profile';
import { Network } from '../../../lib/model/network';
import { formatIp } from '../../../lib/model/values/ip';
import { deployment, ns, policy, service } from '../../support/manifests';

const node = (name: string, address: string, labels = {}) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels },
  status: { addresses: [{ type: 'InternalIP', address }] },
});
const groups: ClusterProfileSpec['nodes'] = [
  { name: 'cp', role: 'control-plane', count: 3, addresses: ['192.168.77.11'], zone: 'a' },
  { name: 'edge', addresses: [['192.168.77.21', 'fd00::21']] },
  { name: 'pool', count: 20, subnet: '192.168.80.0/24' },
];
const nodesIn = (manifests: readonly object[], nodes = groups) =>
  Network.from(manifests, { nodes }).cluster.nodes.map(({ name, addresses, role, zone }) => {
    return [name, addresses.map(formatIp).join(' '), role, zone];
  });

describe('the nodes of a profile', () => {
  test('are nodes of the cluster where their addresses are known', () => {
    expect(nodesIn([])).toEqual([
      ['cp-0', '192.168.77.11', 'control-plane', 'a'],
      ['edge', '192.168.77.21 fd00::21', 'worker', undefined],
    ]);
  });

  test('are not doubled where a manifest declares one of the same name or address', () => {
    const declared = [node('ip-192-168-77-11', '192.168.77.11'), node('edge', '10.0.0.1')];
    expect(nodesIn(declared)).toEqual([
      ['ip-192-168-77-11', '192.168.77.11', 'control-plane', ''],
      ['edge', '10.0.0.1', 'worker', ''],
    ]);
  });

  test('are ends of questions, by name and by address', () => {
    const network = Network.from([ns('shop'), deployment('web')], { nodes: groups });
    const endpoints = (to: string) => network.reach({ from: 'shop/web', to, port: 22 }).pairs.map((pair) => pair.to);
    expect([...endpoints('node/cp-0'), ...endpoints('192.168.77.21')]).toEqual(['node/cp-0', 'node/edge']);
    expect(() => endpoints('node/cp-1')).toThrow('neither a manifest nor the profile declares Node cp-1');
  });

  test('NP-29: are admitted by a block around their address', () => {
    const shut = policy('api', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '192.168.77.21/32' } }] }] });
    const network = Network.from([ns('shop'), deployment('api'), shut], { nodes: groups });
    const outcome = (from: string) => network.reach({ from, to: 'shop/api', port: 80 }).outcome;
    expect(outcome('node/edge')).toBe('allowed');
    // NP-30: it may be the node of the pod.
    expect(outcome('node/cp-0')).toBe('unknown');
  });

  test('SVC-20: have the node ports of Services', () => {
    const ports = [{ port: 80, targetPort: 8080, nodePort: 30080 }];
    const manifests = [
      ns('shop'),
      deployment('api', { ports: [{ containerPort: 8080 }] }),
      service('api', { type: 'NodePort', selector: { app: 'api' }, ports }),
    ];
    const network = Network.from(manifests, { nodes: groups });
    const { outcome, endpoints } = network.reach({ from: '203.0.113.7', to: '192.168.77.21', port: 30080 });
    expect([outcome, endpoints]).toEqual(['allowed', ['shop/api[Deployment]']]);
  });

  test('NP-43: of their labels only those are known that the profile tells', () => {
    const labelled = [{ name: 'edge', addresses: ['192.168.77.21'], labels: { tier: 'edge' } }];
    const cluster = (key: string, value: string) =>
      Network.from(
        [
          ns('shop'),
          deployment('api'),
          {
            apiVersion: 'policy.networking.k8s.io/v1alpha2',
            kind: 'ClusterNetworkPolicy',
            metadata: { name: 'guard' },
            spec: {
              tier: 'Admin',
              priority: 1,
              subject: { namespaces: {} },
              egress: [{ action: 'Deny', to: [{ nodes: { matchLabels: { [key]: value } } }] }],
            },
          },
        ],
        { nodes: labelled },
      ).reach({ from: 'shop/api', to: 'node/edge', port: 22 }).outcome;
    expect([cluster('tier', 'inner'), cluster('zone', 'b')]).toEqual(['allowed', 'unknown']);
  });
});

describe('the role of a node', () => {
  test.each<[string, object, string | undefined]>([
    ['the label of a control plane', { 'node-role.kubernetes.io/control-plane': '' }, 'control-plane'],
    ['the label that it had before', { 'node-role.kubernetes.io/master': '' }, 'control-plane'],
    ['what a kubelet registers, without a role', { 'kubernetes.io/hostname': 'a' }, 'worker'],
    ['no label at all', {}, undefined],
  ])('by %s', (_, labels, role) => {
    expect(nodesIn([node('a', '10.0.0.1', labels)], undefined)[0][2]).toBe(role);
  });
});

test.each<[string, NonNullable<ClusterProfileSpec['nodes']>, string, string]>([
  [
    'an address that is not in their subnet',
    [{ name: 'w', addresses: ['10.0.0.1'], subnet: '10.1.0.0/24' }],
    'nodes.0.addresses.0',
    'this is no address of the `subnet` of these nodes',
  ],
  [
    'an address twice',
    [{ name: 'w', addresses: ['10.0.0.1', '10.0.0.1'] }],
    'nodes.0.addresses.1',
    'another node has this address',
  ],
  [
    'the address of another group',
    [
      { name: 'a', addresses: ['10.0.0.1'] },
      { name: 'b', addresses: [['10.0.0.2', '10.0.0.1']] },
    ],
    'nodes.1.addresses.0',
    'another node has this address',
  ],
  ['a node without any', [{ name: 'w', addresses: [[]] }], 'nodes.0.addresses.0', 'this node has no address'],
])('nodes are refused with %s', (_, nodes, field, problem) => {
  const { faults } = resolveProfile({ object: { nodes }, origin: {} });
  expect(faults.map((fault) => [fault.code, fault.field, fault.problem])).toEqual([['PTL018', field, problem]]);
});

test('whether a network is managed is yes or no, in a file too', () => {
  const { faults } = resolveProfile({ object: { manage: { x: 1 } }, origin: {} });
  expect(faults.map(({ field, problem }) => [field, problem])).toEqual([['manage', 'this is neither true nor false']]);
});

test.each<[string, ClusterProfileSpec, readonly (readonly [string, string])[]]>([
  [
    'an address outside',
    { nodeCidr: '10.0.0.0/24', nodes: [{ name: 'w', addresses: ['10.0.0.1', '10.0.1.1'] }] },
    [['nodes.0.addresses.1', 'this is no address of `nodeCidr`']],
  ],
  [
    'a subnet outside, in part',
    { nodeCidr: '10.0.0.0/24', nodes: [{ name: 'w', subnet: '10.0.0.0/23' }] },
    [['nodes.0.subnet', '10.0.1.0-10.0.1.255 is not within `nodeCidr`']],
  ],
  [
    'a family of which it says nothing',
    { nodeCidr: '10.0.0.0/24', nodes: [{ name: 'w', addresses: [['10.0.0.1', 'fd00::1']], subnet: 'fd00::/64' }] },
    [],
  ],
])('NET-03: nodes have addresses of `nodeCidr`: %s', (_, profile, expected) => {
  const { faults } = resolveProfile({ object: profile, origin: {} });
  expect(faults.map(({ field, problem }) => [field, problem])).toEqual(expected);
});

test('a slip in a field of a profile is told with the field that was meant', () => {
  const { faults } = resolveProfile({ object: { podCdir: '10.0.0.0/8' }, origin: {} });
  expect(faults.map(({ field, didYouMean }) => [field, didYouMean])).toEqual([['podCdir', 'podCidr']]);
});
