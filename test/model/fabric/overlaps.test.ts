import fc from 'fast-check';
import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { fabricLints, lintsOfCode, node } from './support';

describe('NET-03: ranges of pods, Services, nodes and joined networks must not overlap (PTL312)', () => {
  test.each<[string, ClusterProfileSpec, readonly string[]]>([
    ['apart', { podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12', nodeCidr: '192.168.0.0/24' }, []],
    ['pods and Services', { podCidr: '10.100.0.0/16', serviceCidr: '10.96.0.0/12' }, ['podCidr']],
    ['pods and nodes', { podCidr: '10.0.0.0/8', nodeCidr: ['192.168.0.0/24', '10.1.0.0/24'] }, ['podCidr']],
    ['pods and a joined network', { podCidr: '10.0.0.0/9', peerCidr: '10.64.0.0/16' }, ['podCidr']],
    ['Services and nodes', { serviceCidr: '10.96.0.0/12', nodeCidr: '10.96.0.0/24' }, ['serviceCidr']],
    ['Services and a joined network', { serviceCidr: '10.96.0.0/12', peerCidr: '10.0.0.0/8' }, ['serviceCidr']],
    ['nodes and a joined network', { nodeCidr: '10.1.0.0/24', peerCidr: '10.0.0.0/8' }, ['nodeCidr']],
    [
      'all of them',
      { podCidr: '10.0.0.0/8', serviceCidr: '10.0.0.0/8', nodeCidr: '10.0.0.0/8', peerCidr: '10.0.0.0/8' },
      ['podCidr', 'podCidr', 'podCidr', 'serviceCidr', 'serviceCidr', 'nodeCidr'],
    ],
    [
      'the second of several, of IPv6',
      { podCidr: ['10.244.0.0/16', 'fd00::/48'], serviceCidr: ['10.96.0.0/12', 'fd00::1:0/112'] },
      ['podCidr[1]'],
    ],
    ['two ranges of pods', { podCidr: ['10.0.0.0/8', '10.1.0.0/16'] }, []],
  ])('%s', (_what, profile, fields) => {
    const told = fabricLints(profile).filter((lint) => lint.includes('PTL312'));
    expect(told).toEqual(fields.map((field) => `error PTL312 ${field}`));
  });

  test.each<[string, ClusterProfileSpec, string]>([
    ['their subnet', { nodes: [{ name: 'w', subnet: '10.244.7.0/24' }] }, 'subnet of nodes w 10.244.7.0/24'],
    ['an address', { nodes: [{ name: 'w', addresses: ['10.0.0.1', '10.244.9.9'] }] }, 'a node of w 10.244.9.9/32'],
  ])('nodes of a group by %s', (_what, profile, told) => {
    const [lint, ...more] = lintsOfCode('PTL312', { podCidr: '10.244.0.0/16', ...profile });
    expect([`${lint.other} ${lint.otherRange}`, lint.range, more.length]).toEqual([told, '10.244.0.0/16', 0]);
  });

  test('a node within the range of nodes is told by that range', () => {
    const profile = { podCidr: '10.0.0.0/8', nodeCidr: '10.1.0.0/24', nodes: [{ name: 'w', addresses: ['10.1.0.7'] }] };
    const told = lintsOfCode('PTL312', profile, [node('a', ['10.1.0.9'])]);
    expect(told.map(({ other }) => other)).toEqual(['nodeCidr']);
  });

  test('a Node manifest, by its address and by its pod ranges', () => {
    const manifests = [node('a', ['10.96.0.9'], { podCIDRs: ['10.97.0.0/24'] })];
    const told = lintsOfCode('PTL312', { serviceCidr: '10.96.0.0/12' }, manifests);
    expect(told.map(({ of, other }) => `${of}, ${other}`)).toEqual([
      'serviceCidr, node a',
      'serviceCidr, pods of node a',
    ]);
  });

  test('manifests alone are no matter of the profile', () => {
    expect(fabricLints({}, [node('a', ['10.97.0.9'], { podCIDRs: ['10.97.0.0/24'] })])).toEqual([]);
  });

  test('two ranges are told exactly if they have an address in common, whichever comes first', () => {
    const range = fc.tuple(fc.nat(255), fc.nat(255), fc.integer({ min: 8, max: 24 })).map(([b, c, prefix]) => {
      const value = ((10 << 24) | (b << 16) | (c << 8)) >>> 0;
      const base = (value >>> (32 - prefix)) * 2 ** (32 - prefix);
      const last = base + 2 ** (32 - prefix) - 1;
      const text = [24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join('.');
      return { text: `${text}/${prefix}`, base, last };
    });
    fc.assert(
      fc.property(range, range, (a, b) => {
        const isShared = a.base <= b.last && b.base <= a.last;
        const told = [
          lintsOfCode('PTL312', { podCidr: a.text, serviceCidr: b.text }),
          lintsOfCode('PTL312', { podCidr: b.text, serviceCidr: a.text }),
        ];
        expect(told.map((lints) => lints.length > 0)).toEqual([isShared, isShared]);
      }),
    );
  });
});
