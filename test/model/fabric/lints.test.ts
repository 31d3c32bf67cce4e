import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { families } from '../../../lib/model/fabric/lints/families';
import { noWay } from '../../../lib/model/fabric/lints/no-way';
import { AS_THEY_ARE, clusterOf, fabricWith, links, NO_ROUTE, wrappedIn } from './fakes';
import { fabricLints, lintsOfCode, node } from './support';

describe('NET-03: ranges of Services that an API server takes (PTL313)', () => {
  test.each([
    ['10.96.0.0/12', 0],
    ['10.0.0.0/11', 1],
    ['fd00::/108', 0],
    ['fd00::/107', 1],
  ])('%s', (serviceCidr, times) => {
    expect(fabricLints({ serviceCidr })).toEqual(Array(times).fill('warning PTL313 serviceCidr'));
  });
});

describe('SVC-27: pods and Services have the same families (PTL316)', () => {
  test.each<[string, ClusterProfileSpec, readonly string[]]>([
    ['IPv4', { podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12' }, []],
    ['both', { podCidr: ['10.244.0.0/16', 'fd00::/56'], serviceCidr: ['10.96.0.0/12', 'fd01::/108'] }, []],
    [
      'pods have one more',
      { podCidr: ['10.244.0.0/16', 'fd00::/56'], serviceCidr: '10.96.0.0/12' },
      ['warning PTL316 podCidr[1]'],
    ],
    [
      'Services have one more',
      { podCidr: '10.244.0.0/16', serviceCidr: ['10.96.0.0/12', 'fd01::/108'] },
      ['warning PTL316 serviceCidr[1]'],
    ],
    [
      'none in common',
      { podCidr: 'fd00::/56', serviceCidr: '10.96.0.0/12' },
      ['error PTL316 podCidr', 'error PTL316 serviceCidr'],
    ],
    ['nobody tells those of Services', { podCidr: ['10.244.0.0/16', 'fd00::/56'] }, []],
  ])('%s', (_what, profile, told) => {
    expect(fabricLints(profile)).toEqual(told);
  });

  test('NET-04: a plugin that carries one of two families of pods', () => {
    const cluster = clusterOf({ cni: 'kindnet', podCidr: ['10.244.0.0/16', 'fd00::/56'] });
    expect(families(cluster, fabricWith({ links: links(AS_THEY_ARE, AS_THEY_ARE) }))).toMatchObject([
      { code: 'PTL316', severity: 'error', field: ['podCidr', 1], cni: 'kindnet', range: 'fd00::/56' },
    ]);
  });
});

describe('NET-04: there is a way between all nodes (PTL317)', () => {
  const here = { name: 'here', subnet: '192.168.0.0/24' };
  const there = { name: 'there', subnet: ['192.168.1.0/24'] };
  const hostGateway = links(AS_THEY_ARE, NO_ROUTE);

  test.each<[string, ClusterProfileSpec['nodes'], readonly object[], readonly string[]]>([
    ['nobody tells where the nodes are', undefined, [], []],
    ['one subnet', [here, { ...here, name: 'also' }], [], []],
    ['two subnets', [here, there], [], ['nodes.1.subnet here there']],
    ['a group of none', [here, { ...there, count: 0 }], [], []],
    ['a group of nobody knows where', [here, { name: 'else' }], [], []],
    ['a node outside of all subnets', [here], [node('a', ['192.168.7.1'])], ['nodes.0.subnet here node a']],
    ['a node within', [here], [node('a', ['192.168.0.9'])], []],
  ])('only within a subnet: %s', (_what, nodes, manifests, told) => {
    const lints = noWay(clusterOf({ nodes }, manifests), fabricWith({ links: hostGateway }));
    expect(lints.flatMap((l) => (l.code === 'PTL317' ? [`${l.field.join('.')} ${l.between.join(' ')}`] : []))).toEqual(
      told,
    );
  });

  test('wrapped across subnets there is a way', () => {
    const fabric = fabricWith({ links: links(AS_THEY_ARE, wrappedIn('VXLAN', 50)) });
    expect(noWay(clusterOf({ nodes: [here, there] }), fabric)).toEqual([]);
  });

  test('no way within a subnet either', () => {
    const fabric = fabricWith({ links: links(NO_ROUTE, NO_ROUTE) });
    expect(noWay(clusterOf({ nodes: [{ ...here, count: 2 }] }), fabric)).toMatchObject([{ field: ['cni'] }]);
    expect(noWay(clusterOf({ nodes: [{ ...here, count: 1 }] }), fabric)).toEqual([]);
  });

  test('two families are told apart, each by its own subnets', () => {
    const subnets = [
      { name: 'a', subnet: ['192.168.0.0/24', 'fd00:1::/64'] },
      { name: 'b', subnet: ['192.168.0.0/24', 'fd00:2::/64'] },
    ];
    expect(lintsOfCode('PTL317', { cni: 'kindnet', podCidr: '10.244.0.0/16', nodes: subnets })).toEqual([]);
    const dual = { cni: 'kindnet', podCidr: ['10.244.0.0/16', 'fd00::/56'], nodes: subnets } as const;
    expect(lintsOfCode('PTL317', dual)).toHaveLength(1);
  });

  test('nodes in no declared subnet may be in one of their own', () => {
    const outside = [node('a', ['192.168.7.1']), node('c', ['192.168.7.2'])];
    const [lint] = lintsOfCode('PTL317', { cni: 'kindnet', podCidr: '10.244.0.0/16', nodes: [here] }, outside);
    expect(lint.between).toEqual(['here', 'node a']);
    const none = [{ ...here, count: 0 }];
    expect(lintsOfCode('PTL317', { cni: 'kindnet', podCidr: '10.244.0.0/16', nodes: none }, outside)).toEqual([]);
  });

  test('kindnet has none across', () => {
    expect(lintsOfCode('PTL317', { cni: 'kindnet', nodes: [here, there] })).toHaveLength(1);
  });
});

test.each<[string, ClusterProfileSpec, readonly string[]]>([
  ['within the private ranges', { podCidr: '10.244.0.0/16', ipMasqAgent: true }, []],
  ['without', { podCidr: '100.64.0.0/16', ipMasqAgent: true }, ['error PTL315 ipMasqAgent']],
  [
    'within those that it is told',
    { podCidr: '100.64.0.0/16', ipMasqAgent: { nonMasqueradeCidrs: '100.64.0.0/10' } },
    [],
  ],
  ['of IPv6, of which it is told nothing', { podCidr: 'fd00::/48', ipMasqAgent: true }, []],
  ['where nobody tells where pods are', { ipMasqAgent: true }, ['error PTL315 ipMasqAgent']],
  ['where the plugin itself tells where pods are', { cni: 'cilium', ipMasqAgent: true }, []],
  ['which leaves everything alone', { ipMasqAgent: { nonMasqueradeCidrs: '0.0.0.0/0' } }, []],
  ['where there is none', { ipMasqAgent: false }, []],
])(
  'NET-05: an ip-masq-agent hides pods from each other where their range is none that it leaves alone: %s',
  (_, profile, lints) => {
    expect(fabricLints(profile)).toEqual(lints);
  },
);
