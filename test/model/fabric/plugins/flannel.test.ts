import type { FlannelOptions } from 'portolan';
import type { ClusterProfileSpec } from '../../../../lib/model/cluster/profile';
import { fabricLints } from '../support';
import { fabricOf, linksOf, portsOf } from './fabric-of';

const flannel = (options: FlannelOptions = {}, more: ClusterProfileSpec = {}): ClusterProfileSpec => ({
  podCidr: '10.244.0.0/16',
  ...more,
  cni: { name: 'flannel', ...options },
});
const BOTH = { podCidr: ['10.244.0.0/16', 'fd00:10:244::/56'] };
const TWO_SUBNETS = {
  nodes: [
    { name: 'here', subnet: '192.168.1.0/24' },
    { name: 'there', subnet: '192.168.2.0/24' },
  ],
};

describe('NET-06, NET-11: what a backend does with packets, and what nodes must let each other send', () => {
  test.each<[string, FlannelOptions['backend'], readonly string[], readonly string[]]>([
    ['VXLAN unless it is told otherwise', undefined, ['4: VXLAN 50 on flannel.1'], ['UDP 8472']],
    ['VXLAN by its options', { type: 'vxlan', vni: 7, port: 4789 }, ['4: VXLAN 50 on flannel.7'], ['UDP 4789']],
    [
      'VXLAN with direct routes',
      { type: 'vxlan', directRouting: true },
      ['4: none, then VXLAN 50 on flannel.1'],
      ['UDP 8472'],
    ],
    ['routes by nodes', 'host-gw', ['4: none, then unreachable'], []],
    ['UDP', 'udp', ['4: UDP 28 on flannel0'], ['UDP 8285']],
    ['UDP by its port', { type: 'udp', port: 7890 }, ['4: UDP 28 on flannel0'], ['UDP 7890']],
    ['WireGuard', 'wireguard', ['4: encrypted WireGuard 80 on flannel-wg'], ['UDP 51820']],
    ['IP-in-IP', 'ipip', ['4: IP-in-IP 20 on flannel.ipip'], ['protocol 4']],
    [
      'IP-in-IP with direct routes',
      { type: 'ipip', directRouting: true },
      ['4: none, then IP-in-IP 20 on flannel.ipip'],
      ['protocol 4'],
    ],
  ])('%s', (_, backend, links, ports) => {
    expect([linksOf(flannel({ backend })), portsOf(flannel({ backend }))]).toEqual([links, ports]);
  });

  test.each<[FlannelOptions['backend'], readonly string[], readonly string[]]>([
    ['vxlan', ['4: VXLAN 50 on flannel.1', '6: VXLAN 70 on flannel-v6.1'], ['UDP 8472']],
    [
      'wireguard',
      ['4: encrypted WireGuard 80 on flannel-wg', '6: encrypted WireGuard 80 on flannel-wg-v6'],
      ['UDP 51820', 'UDP 51821'],
    ],
    ['host-gw', ['4: none, then unreachable', '6: none, then unreachable'], []],
  ])('%s carries both families', (backend, links, ports) => {
    expect([linksOf(flannel({ backend }, BOTH)), portsOf(flannel({ backend }, BOTH))]).toEqual([links, ports]);
  });

  test.each(['udp', 'ipip'] as const)('%s carries IPv4 alone', (backend) => {
    expect(linksOf(flannel({ backend }, BOTH))).toHaveLength(1);
  });
});

test('NET-02, NET-04: nodes have the part that Kubernetes gives them, and what leaves is masqueraded unless --ip-masq is left out', () => {
  expect(fabricOf(flannel())).toMatchObject({
    blocks: { by: 'node-cidr' },
    masquerade: { outgoing: true, exceptTo: ['224.0.0.0/4'] },
  });
  expect(fabricOf(flannel({ ipMasq: false })).masquerade.outgoing).toBe(false);
});

describe('a profile without objections', () => {
  test.each<[string, ClusterProfileSpec]>([
    ['by default', flannel()],
    ['with all that it has', flannel({ network: '10.240.0.0/12', subnetLen: 24, ipMasq: false, netpol: true })],
    ['with both families', flannel({ backend: 'wireguard', ipv6SubnetLen: 64 }, BOTH)],
    ['with nodes in two subnets, wrapped', flannel({ backend: { type: 'vxlan', directRouting: true } }, TWO_SUBNETS)],
    ['with routes by nodes in one subnet', flannel({ backend: 'host-gw' }, { nodes: [TWO_SUBNETS.nodes[0]] })],
    ['with an MTU that fits', flannel({ backend: { type: 'vxlan', mtu: 1500 } }, { mtu: 1500 })],
  ])('%s', (_, profile) => {
    expect(fabricLints(profile)).toEqual([]);
  });
});

describe('objections', () => {
  test.each<[string, ClusterProfileSpec, readonly string[]]>([
    ['a network that holds not all pods', flannel({ network: '10.244.0.0/17' }), ['error PTL315 cni.network']],
    ['a network of another family', flannel({ network: 'fd00::/48' }), ['error PTL315 cni.network']],
    ['two networks of a family', flannel({ network: ['10.244.0.0/16', '10.9.0.0/16'] }), ['error PTL315 cni.network']],
    [
      'two that lie side by side',
      flannel({ network: ['10.244.0.0/16', '10.245.0.0/16'] }),
      ['error PTL315 cni.network'],
    ],
    [
      'ranges of pods side by side',
      flannel({}, { podCidr: ['10.244.0.0/16', '10.245.0.0/16'] }),
      ['error PTL315 podCidr'],
    ],
    ['two ranges of pods', flannel({}, { podCidr: ['10.244.0.0/16', '10.9.0.0/16'] }), ['error PTL315 podCidr']],
    [
      'a network that is too small',
      flannel({ network: '10.244.0.0/16', subnetLen: 17 }),
      ['error PTL313 cni.subnetLen'],
    ],
    ['parts without room', flannel({ subnetLen: 31 }), ['error PTL313 cni.subnetLen']],
    ['parts of IPv6 without room', flannel({ ipv6SubnetLen: 127 }, BOTH), ['error PTL313 cni.ipv6SubnetLen']],
    ['parts that Kubernetes does not give', flannel({ subnetLen: 26 }), ['warning PTL313 cni.subnetLen']],
    ['IPv6 by UDP', flannel({ backend: 'udp' }, BOTH), ['error PTL316 podCidr[1]']],
    ['IPv6 by IP-in-IP', flannel({ backend: 'ipip' }, BOTH), ['error PTL316 podCidr[1]']],
    [
      'routes by nodes through a router',
      flannel({ backend: 'host-gw' }, TWO_SUBNETS),
      ['error PTL317 nodes[1].subnet'],
    ],
    [
      'packets that do not fit',
      flannel({ backend: { type: 'vxlan', mtu: 1600 } }, { mtu: 1500 }),
      ['error PTL314 cni.backend.mtu'],
    ],
    [
      'packets that do not fit encrypted',
      flannel({ backend: { type: 'wireguard', mtu: 1501 } }, { mtu: 1500 }),
      ['error PTL314 cni.backend.mtu'],
    ],
    ['two who enforce policies', flannel({ netpol: true, canal: true }), ['error PTL315 cni.canal']],
  ])('%s', (_, profile, lints) => {
    expect(fabricLints(profile)).toEqual(lints);
  });

  test('a pod range that is smaller than Flannel takes', () => {
    const profile = flannel({}, { podCidr: '10.244.0.0/29', nodeCidrMaskSize: 30 });
    expect(fabricLints(profile)).toContain('error PTL313 podCidr');
  });
});
