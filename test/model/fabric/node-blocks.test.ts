import fc from 'fast-check';
import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { fabricLints, lintsOfCode, node } from './support';

/** A plugin whose nodes have the parts that Kubernetes gives them. */
const kind = (profile: ClusterProfileSpec): ClusterProfileSpec => ({ cni: 'kindnet', ...profile });

describe('NET-02: each node has a part of the pod range (PTL310)', () => {
  test.each<[string, ClusterProfileSpec, readonly string[]]>([
    ['a /16 in parts of the usual /24', kind({ podCidr: '10.244.0.0/16' }), []],
    ['a /24, for one node', kind({ podCidr: '10.244.0.0/24' }), []],
    ['a /25 holds no /24', kind({ podCidr: '10.244.0.0/25' }), ['error larger-than-range podCidr']],
    [
      'a /24 holds no /23, as it is said',
      kind({ podCidr: '10.244.0.0/24', nodeCidrMaskSize: 23 }),
      ['error larger-than-range nodeCidrMaskSize'],
    ],
    ['a /56 in parts of the usual /64', kind({ podCidr: 'fd00:10:244::/56' }), []],
    ['of IPv6 16 bits are taken', kind({ podCidr: 'fd00:10:244::/48' }), []],
    ['of IPv6 more than 16 bits are not', kind({ podCidr: 'fd00:10::/47' }), ['error too-far-apart podCidr']],
    ['of IPv4 they are', kind({ podCidr: '10.0.0.0/8', nodeCidrMaskSize: 25 }), []],
    ['the second of two ranges', kind({ podCidr: ['10.244.0.0/16', 'fd00::/96'], nodeCidrMaskSize: { ipv6: 96 } }), []],
    [
      'the second of two ranges, too large',
      kind({ podCidr: ['10.244.0.0/16', 'fd00::/96'] }),
      ['error larger-than-range podCidr[1]'],
    ],
    ['a plugin with blocks of its own', { cni: 'calico', podCidr: '10.244.0.0/25' }, []],
    [
      'where the profile says that nodes have parts, whatever the plugin',
      { podCidr: '10.244.0.0/25', nodeCidrMaskSize: 24 },
      ['error larger-than-range nodeCidrMaskSize'],
    ],
    ['128 addresses are enough for 110 pods', kind({ podCidr: '10.244.0.0/16', nodeCidrMaskSize: 25 }), []],
    [
      '64 addresses are not',
      kind({ podCidr: '10.244.0.0/16', nodeCidrMaskSize: 26 }),
      ['warning few-pods nodeCidrMaskSize'],
    ],
  ])('%s', (_what, profile, told) => {
    const lints = lintsOfCode('PTL310', profile);
    expect(lints.map(({ severity, problem, field }) => `${severity} ${problem} ${textOf(field)}`)).toEqual(told);
  });

  test.each([
    [4, []],
    [5, ['error PTL310 podCidr']],
  ])('a /22 has parts for 4 nodes: %d nodes of the profile', (count, told) => {
    expect(fabricLints(kind({ podCidr: '10.244.0.0/22', nodes: [{ name: 'w', count }] }))).toEqual(told);
  });

  test('Node manifests count as well', () => {
    const nodes = ['a', 'b', 'c'].map((name, i) => node(name, [`192.168.0.${i + 1}`]));
    const [lint] = lintsOfCode('PTL310', kind({ podCidr: '10.244.0.0/23' }), nodes);
    expect(lint).toMatchObject({ problem: 'too-few', blocks: 2, nodes: 3 });
  });

  test('a Node manifest whose part is not of the range', () => {
    const nodes = [
      node('a', [], { podCIDRs: ['10.244.1.0/24'] }),
      node('b', [], { podCIDRs: ['10.245.0.0/24', 'fd00::/64'] }),
    ];
    const lints = lintsOfCode('PTL310', kind({ podCidr: '10.244.0.0/16' }), nodes);
    expect(lints).toMatchObject([{ problem: 'outside', node: 'b', nodeCidr: '10.245.0.0/24' }]);
  });

  test('there is a part for each of 2^(node - cluster) nodes, and for no more', () => {
    const sizes = fc.integer({ min: 8, max: 24 }).chain((prefix) => {
      return fc.tuple(fc.constant(prefix), fc.integer({ min: prefix, max: 24 }), fc.integer({ min: 0, max: 70_000 }));
    });
    fc.assert(
      fc.property(sizes, ([prefix, nodeCidrMaskSize, count]) => {
        const profile = kind({ podCidr: `10.0.0.0/${prefix}`, nodeCidrMaskSize, nodes: [{ name: 'w', count }] });
        expect(fabricLints(profile)).toEqual(count > 2 ** (nodeCidrMaskSize - prefix) ? ['error PTL310 podCidr'] : []);
      }),
    );
  });
});

function textOf(field: readonly (string | number)[]): string {
  return field.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join('');
}
