import type { WeaveOptions } from 'portolan';
import type { ClusterProfileSpec } from '../../../../lib/model/cluster/profile';
import { fabricLints, lintsOfCode } from '../support';
import { fabricOf, linksOf, portsOf } from './fabric-of';

const weave = (options: WeaveOptions = {}, more: ClusterProfileSpec = {}): ClusterProfileSpec => ({
  ...more,
  cni: { name: 'weave', project: 'rajch', ...options },
});
const PORTS = ['TCP 6783', 'UDP 6783', 'UDP 6784'];

test('NET-06, NET-11: packets go by VXLAN, with ESP where there is a password', () => {
  const secret = weave({ passwordSecret: 'weave-passwd' });
  expect([linksOf(weave()), portsOf(weave())]).toEqual([['4: VXLAN 50 on datapath'], PORTS]);
  expect([linksOf(secret), portsOf(secret)]).toEqual([
    ['4: encrypted VXLAN 84 on datapath'],
    [...PORTS, 'protocol 50'],
  ]);
});

test('between nodes of trusted subnets nothing is encrypted, so that no link surely is', () => {
  const profile = weave({ passwordSecret: 'weave-passwd', trustedSubnets: '10.0.2.0/24' });
  expect(linksOf(profile)).toEqual(['4: VXLAN 84 on datapath']);
});

test('a pod has any address of the one range, wherever it runs, and what leaves is masqueraded (NET-04)', () => {
  expect(fabricOf(weave())).toMatchObject({
    blocks: { by: 'flat' },
    masquerade: { outgoing: true, exceptTo: ['224.0.0.0/4'] },
    podMtu: { bytes: 1376, field: ['cni'] },
  });
});

test.each<[string, ClusterProfileSpec, readonly string[] | undefined]>([
  ['its own unless it is told otherwise', weave(), ['10.32.0.0/12 cni']],
  ['that of its options', weave({ range: '10.80.0.0/12' }), ['10.80.0.0/12 cni.range']],
  ['that of the profile', weave({}, { podCidr: '10.244.0.0/16' }), undefined],
])('its range is %s', (_, profile, told) => {
  const ranges = fabricOf(profile).podRanges;
  expect(
    ranges?.map(({ cidr, field }) => `10.${(cidr.base >> 16n) & 255n}.0.0/${cidr.prefix} ${field.join('.')}`),
  ).toEqual(told);
});

describe('a profile without objections', () => {
  test.each<[string, ClusterProfileSpec]>([
    ['by default', weave()],
    ['with a range that the profile says too', weave({ range: '10.32.0.0/12' }, { podCidr: '10.32.0.0/12' })],
    ['with a range of the profile', weave({}, { podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12' })],
    ['with encryption', weave({ passwordSecret: 'weave-passwd', trustedSubnets: ['10.0.2.0/24'] })],
    [
      'between nodes of several subnets',
      weave(
        {},
        {
          nodes: [
            { name: 'a', subnet: '192.168.1.0/24' },
            { name: 'b', subnet: '192.168.2.0/24' },
          ],
        },
      ),
    ],
    ['where its MTU fits', weave({}, { mtu: 1460 })],
  ])('%s', (_, profile) => {
    expect(fabricLints(profile)).toEqual([]);
  });
});

describe('objections', () => {
  test.each<[string, ClusterProfileSpec, readonly string[]]>([
    [
      'a range that is not the profile’s',
      weave({ range: '10.32.0.0/12' }, { podCidr: '10.244.0.0/16' }),
      ['error PTL315 cni.range'],
    ],
    ['two ranges', weave({}, { podCidr: ['10.32.0.0/13', '10.48.0.0/13'] }), ['error PTL315 podCidr']],
    ['two side by side', weave({}, { podCidr: ['10.32.0.0/13', '10.40.0.0/13'] }), ['error PTL315 podCidr']],
    ['IPv6', weave({}, { podCidr: ['10.32.0.0/12', 'fd00::/48'] }), ['error PTL316 podCidr[1]']],
    ['trust without a password', weave({ trustedSubnets: '10.0.2.0/24' }), ['error PTL315 cni.trustedSubnets']],
    ['the range of nodes within its own', weave({}, { nodeCidr: '10.40.0.0/24' }), ['error PTL312 cni']],
    [
      'masquerading of all that goes to Services',
      weave({}, { kubeProxy: { masqueradeAll: true } }),
      ['warning PTL315 kubeProxy.masqueradeAll'],
    ],
    ['packets that do not fit', weave({}, { mtu: 1400 }), ['error PTL314 cni']],
    [
      'packets that do not fit encrypted',
      weave({ mtu: 1450, passwordSecret: 'p' }, { mtu: 1500 }),
      ['error PTL314 cni.mtu'],
    ],
    ['the original project', { cni: 'weave' }, ['warning PTL318 cni']],
  ])('%s', (_, profile, lints) => {
    expect(fabricLints(profile)).toEqual(lints);
  });

  test('the original project is told with the fork by which it lives on', () => {
    const [lint] = lintsOfCode('PTL318', { cni: 'weave' });
    expect([lint.since, lint.successor]).toEqual(['2024', 'the fork github.com/rajch/weave (`project: rajch`)']);
  });
});
