import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { NodeNetwork } from '../../../lib/model/fabric/node-network';
import type { IpFamily } from '../../../lib/model/values/ip';
import { clusterOf } from './fakes';
import { node } from './support';

type Nodes = NonNullable<ClusterProfileSpec['nodes']>;

const relations = (nodes: Nodes, manifests: readonly object[], a: string, b: string, family: IpFamily) =>
  [...new NodeNetwork(clusterOf({ nodes }, manifests)).relations(a, b, family)].sort().join(' ');

describe('NET-04: nodes of two families have a router between them in each by itself', () => {
  const at = (name: string, ...addresses: readonly string[]) => ({ name, addresses: [addresses] });
  const A = { ...at('a', '192.168.1.11', 'fd00:77:1::11'), subnet: ['192.168.1.0/24', 'fd00:77:1::/64'] };
  const B = { ...at('b', '192.168.1.12', 'fd00:77:2::11'), subnet: ['192.168.1.0/24', 'fd00:77:2::/64'] };
  const C = { ...at('c', '192.168.2.11', 'fd00:77:1::31'), subnet: ['192.168.2.0/24', 'fd00:77:1::/64'] };

  test.each<[string, string, string, string]>([
    ['a', 'b', 'within', 'across'],
    ['a', 'c', 'across', 'within'],
    ['b', 'c', 'across', 'across'],
    ['a', 'a', 'same-node', 'same-node'],
  ])('%s and %s', (one, other, four, six) => {
    expect(relations([A, B, C], [], one, other, 4)).toBe(four);
    expect(relations([A, B, C], [], one, other, 6)).toBe(six);
    expect(relations([A, B, C], [], other, one, 6)).toBe(six);
  });

  test.each<[string, Nodes, string]>([
    ['one subnet of IPv4 alone is told', [at('a', '192.168.1.11'), at('b', '192.168.1.12')], 'within'],
    ['two of IPv4 are told', [at('a', '192.168.1.11'), at('b', '192.168.2.12')], 'across within'],
  ])('where no subnet of IPv6 is told: %s', (_what, nodes, six) => {
    const subnets = nodes.map((group) => ({
      ...group,
      subnet: String(group.addresses?.[0]).replace(/\d+$/, '0/24'),
    }));
    expect(relations(subnets, [], 'a', 'b', 6)).toBe(six);
  });

  test('a node whose IPv6 address nobody tells is in one of the subnets of its group, or of those that share it', () => {
    const nodes = [A, { ...B, addresses: [['192.168.1.12']] }, C];
    expect(relations(nodes, [], 'b', 'c', 6)).toBe('across within');
    expect(relations(nodes, [], 'b', 'c', 4)).toBe('across');
  });
});

describe('NET-04: nodes in no declared subnet', () => {
  const workers = [{ name: 'w', count: 3, subnet: '192.168.1.0/24' }];
  const manifests = [node('a', ['192.168.9.11']), node('c', ['192.168.9.12']), node('w-0', ['192.168.1.5'])];

  test.each<[string, string, string]>([
    ['a', 'c', 'across within'],
    ['a', 'a', 'same-node'],
    ['a', 'w-0', 'across'],
  ])('%s and %s', (one, other, expected) => {
    expect(relations(workers, manifests, one, other, 4)).toBe(expected);
    expect(relations(workers, manifests, other, one, 4)).toBe(expected);
  });
});
