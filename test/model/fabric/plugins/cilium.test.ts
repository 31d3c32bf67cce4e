import type { CiliumOptions } from 'portolan';
import type { ClusterProfileSpec } from '../../../../lib/model/cluster/profile';
import { fabricLints, lintsOfCode, node } from '../support';
import { fabricOf, linksOf, portsOf } from './fabric-of';

const cilium = (options: CiliumOptions = {}, more: ClusterProfileSpec = {}): ClusterProfileSpec => ({
  podCidr: '10.244.0.0/16',
  ...more,
  cni: { name: 'cilium', ...options },
});
const BOTH = { podCidr: ['10.244.0.0/16', 'fd00:10:244::/104'] };
const NATIVE: CiliumOptions = { routingMode: 'native', ipv4NativeRoutingCidr: '10.244.0.0/16' };
const TWO_SUBNETS = {
  nodes: [
    { name: 'here', subnet: '192.168.1.0/24' },
    { name: 'there', subnet: '192.168.2.0/24' },
  ],
};

describe('NET-06, NET-11: what it does with packets, and what nodes must let each other send', () => {
  test.each<[string, CiliumOptions, readonly string[], readonly string[]]>([
    ['tunnels of VXLAN by default', {}, ['4: VXLAN 50 on cilium_vxlan'], ['UDP 8472', 'TCP 4240']],
    ['tunnels of Geneve', { tunnelProtocol: 'geneve' }, ['4: Geneve 50 on cilium_geneve'], ['UDP 6081', 'TCP 4240']],
    ['tunnels by their port', { tunnelPort: 8473 }, ['4: VXLAN 50 on cilium_vxlan'], ['UDP 8473', 'TCP 4240']],
    [
      'tunnels between IPv6 addresses of nodes',
      { underlayProtocol: 'ipv6' },
      ['4: VXLAN 70 on cilium_vxlan'],
      ['UDP 8472', 'TCP 4240'],
    ],
    [
      'WireGuard around tunnels',
      { encryption: 'wireguard' },
      ['4: encrypted VXLAN and WireGuard 130 on cilium_vxlan'],
      ['UDP 8472', 'UDP 51871', 'TCP 4240'],
    ],
    [
      'IPsec and tunnels',
      { encryption: 'ipsec' },
      ['4: encrypted VXLAN and IPsec 127 on cilium_vxlan'],
      ['UDP 8472', 'protocol 50', 'TCP 4240'],
    ],
    ['native routing by nobody', NATIVE, ['4: open'], ['TCP 4240']],
    ['native routing by nodes', { ...NATIVE, autoDirectNodeRoutes: true }, ['4: none, then unreachable'], ['TCP 4240']],
    ['native routing by the underlay', { ...NATIVE, routes: 'underlay' }, ['4: none'], ['TCP 4240']],
    ['native routing by BGP', { ...NATIVE, routes: 'bgp' }, ['4: none'], ['TCP 4240', 'TCP 179']],
    [
      'native routing by nodes and, elsewhere, by BGP',
      { ...NATIVE, autoDirectNodeRoutes: true, routes: 'bgp' },
      ['4: none'],
      ['TCP 4240', 'TCP 179'],
    ],
    [
      'WireGuard alone',
      { ...NATIVE, routes: 'underlay', encryption: 'wireguard' },
      ['4: encrypted WireGuard 80 on cilium_wg0'],
      ['UDP 51871', 'TCP 4240'],
    ],
  ])('%s', (_, options, links, ports) => {
    expect([linksOf(cilium(options)), portsOf(cilium(options))]).toEqual([links, ports]);
  });

  test('both families, where pods have both', () => {
    expect(linksOf(cilium({}, BOTH))).toEqual(['4: VXLAN 50 on cilium_vxlan', '6: VXLAN 50 on cilium_vxlan']);
    expect(linksOf(cilium({ ipv6: false }, BOTH))).toEqual(['4: VXLAN 50 on cilium_vxlan']);
  });

  test('the MTU that it is told leaves pods what the tunnels don’t take', () => {
    expect(fabricOf(cilium({ mtu: 9000, encryption: 'wireguard' })).podMtu).toEqual({
      bytes: 8870,
      field: ['cni', 'mtu'],
    });
  });
});

describe('NET-02: where pods get addresses', () => {
  test.each<[string, ClusterProfileSpec, object]>([
    ['parts of its own pools', cilium(), { by: 'own-node-cidr', maskSize: { 4: 24, 6: 120 } }],
    [
      'by their own length',
      cilium({ ipam: { maskSize: { ipv4: 26 } } }),
      { by: 'own-node-cidr', maskSize: { 4: 26, 6: 120 } },
    ],
    ['parts that Kubernetes gives', cilium({ ipam: { mode: 'kubernetes' } }), { by: 'node-cidr' }],
    ['nobody tells, where its default can’t be', cilium({}, { podCidr: 'fd00::/56' }), { by: 'unknown' }],
  ])('%s', (_, profile, blocks) => {
    expect(fabricOf(profile).blocks).toEqual(blocks);
  });

  test('its pools are the ranges of the profile, else its own default', () => {
    expect(fabricOf(cilium()).podRanges).toEqual([]);
    expect(fabricOf({ cni: 'cilium' }).podRanges).toMatchObject([{ cidr: { prefix: 8 }, field: ['cni'] }]);
    expect(fabricOf({ cni: { name: 'cilium', ipam: { mode: 'kubernetes' } } }).podRanges).toEqual([]);
  });
});

test.each<[string, CiliumOptions, object]>([
  ['by default', {}, { outgoing: true, exceptTo: [] }],
  ['not at all', { masquerade: { enabled: false } }, { outgoing: false, exceptTo: [] }],
  ['but for what is routed to', NATIVE, { outgoing: true, exceptTo: ['10.244.0.0/16'] }],
  [
    'but for what the agent is told',
    { masquerade: { bpf: true, nonMasqueradeCidrs: ['172.16.0.0/12'] }, kubeProxyReplacement: true },
    { outgoing: true, exceptTo: ['172.16.0.0/12', '169.254.0.0/16'] },
  ],
])('NET-04: pods are masqueraded: %s', (_, options, masquerade) => {
  expect(fabricOf(cilium(options)).masquerade).toEqual(masquerade);
});

describe('a profile without objections', () => {
  test.each<[string, ClusterProfileSpec]>([
    ['by default', cilium()],
    ['by its name', { cni: 'cilium' }],
    ['by its name, with other nodes', { cni: 'cilium', nodeCidr: '192.168.0.0/24' }],
    ['with both families', cilium({ underlayProtocol: 'ipv6', ipam: { maskSize: { ipv6: 112 } } }, BOTH)],
    ['with nodes in two subnets', cilium({}, TWO_SUBNETS)],
    ['with pools in part of the range', cilium({ ipam: { podCidr: '10.244.0.0/17', maskSize: { ipv4: 25 } } })],
    ['with native routing', cilium({ ...NATIVE, autoDirectNodeRoutes: true }, { nodes: [TWO_SUBNETS.nodes[0]] })],
    [
      'with native routing through routers',
      cilium({ ...NATIVE, autoDirectNodeRoutes: true, routes: 'bgp' }, TWO_SUBNETS),
    ],
    ['with native routing and no masquerading', cilium({ routingMode: 'native', masquerade: { enabled: false } })],
    [
      'with all of eBPF',
      cilium({
        kubeProxyReplacement: true,
        masquerade: { bpf: true, nonMasqueradeCidrs: '10.0.0.0/8' },
        hostFirewall: true,
      }),
    ],
    ['with WireGuard between nodes', cilium({ encryption: 'wireguard', nodeEncryption: true })],
  ])('%s', (_, profile) => {
    expect(fabricLints(profile)).toEqual([]);
  });
});

describe('objections', () => {
  test.each<[string, ClusterProfileSpec, readonly string[]]>([
    [
      'NET-03: its default pool, where the nodes are in it',
      { cni: 'cilium', nodeCidr: '10.1.0.0/16' },
      ['error PTL312 cni'],
    ],
    [
      'NET-03: its own pool, where Services are in it',
      cilium({ ipam: { podCidr: '10.96.0.0/12' } }, { podCidr: '10.0.0.0/8', serviceCidr: '10.100.0.0/16' }),
      ['error PTL312 podCidr', 'error PTL312 cni.ipam.podCidr[0]'],
    ],
    [
      'pools where no pods are said to be',
      cilium({ ipam: { podCidr: ['10.244.0.0/17', '10.9.0.0/16'] } }),
      ['error PTL315 cni.ipam.podCidr[1]'],
    ],
    [
      'pools that nobody reads',
      cilium({ ipam: { mode: 'kubernetes', podCidr: '10.244.0.0/16' } }),
      ['error PTL315 cni.ipam.podCidr'],
    ],
    [
      'NET-02: parts larger than the pool',
      cilium({ ipam: { maskSize: { ipv4: 15 } } }),
      ['error PTL313 cni.ipam.maskSize.ipv4'],
    ],
    [
      'NET-02: more parts of IPv6 than it counts',
      cilium({ ipam: { maskSize: { ipv6: 121 } } }, BOTH),
      ['error PTL313 cni.ipam.maskSize.ipv6'],
    ],
    [
      'NET-02: a pool of IPv6 that its default does not fit',
      cilium({ ipam: { mode: 'cluster-pool' } }, { podCidr: 'fd00::/56' }),
      ['error PTL313 cni'],
    ],
    ['the same where nobody tells of pools', cilium({}, { podCidr: 'fd00::/56' }), ['warning PTL313 cni']],
    ['IPv6 that is off', cilium({ ipv6: false }, BOTH), ['error PTL316 podCidr[1]']],
    ['IPv4 that is off', cilium({ ipv4: false }, BOTH), ['error PTL316 podCidr[0]']],
    ['no family at all', cilium({ ipv4: false, ipv6: false }), ['error PTL315 cni.ipv4']],
    [
      'NET-04: native routing that masquerades all',
      cilium({ routingMode: 'native' }),
      ['error PTL315 cni.routingMode'],
    ],
    [
      'NET-04: native routing that masquerades IPv6',
      cilium({ ...NATIVE, routes: 'underlay' }, BOTH),
      ['error PTL315 cni.routingMode'],
    ],
    [
      'NET-04: a native range without all pods',
      cilium({ routingMode: 'native', ipv4NativeRoutingCidr: '10.244.0.0/17' }),
      ['error PTL315 cni.ipv4NativeRoutingCidr'],
    ],
    [
      'NET-04: routes by nodes through a router',
      cilium({ ...NATIVE, autoDirectNodeRoutes: true }, TWO_SUBNETS),
      ['error PTL317 nodes[1].subnet'],
    ],
    [
      'routes by nodes beside tunnels',
      cilium({ autoDirectNodeRoutes: true }),
      ['error PTL315 cni.autoDirectNodeRoutes'],
    ],
    [
      'a kube-proxy beside what replaces it',
      cilium({ kubeProxyReplacement: true }, { proxyMode: 'ipvs' }),
      ['error PTL315 proxyMode'],
    ],
    ['encryption between nodes alone', cilium({ nodeEncryption: true }), ['error PTL315 cni.nodeEncryption']],
    [
      'encryption between nodes by IPsec',
      cilium({ encryption: 'ipsec', nodeEncryption: true }),
      ['error PTL315 cni.nodeEncryption'],
    ],
    [
      'a host firewall with IPsec',
      cilium({ encryption: 'ipsec', hostFirewall: true }),
      ['error PTL315 cni.hostFirewall'],
    ],
    [
      'a host firewall with masquerading of IPv6 by eBPF',
      cilium({ hostFirewall: true, kubeProxyReplacement: true, masquerade: { bpf: true } }, BOTH),
      ['error PTL315 cni.hostFirewall'],
    ],
    [
      'a host firewall that shuts nodes',
      cilium({ hostFirewall: true, policyEnforcementMode: 'always' }),
      ['warning PTL315 cni.policyEnforcementMode'],
    ],
    [
      'masquerading by eBPF beside kube-proxy',
      cilium({ masquerade: { bpf: true } }),
      ['error PTL315 cni.masquerade.bpf'],
    ],
    [
      'an ip-masq-agent without eBPF',
      cilium({ masquerade: { nonMasqueradeCidrs: '10.0.0.0/8' } }),
      ['error PTL315 cni.masquerade.nonMasqueradeCidrs'],
    ],
    ['NP-09: SCTP without kube-proxy', cilium({ sctp: true, kubeProxyReplacement: true }), ['warning PTL315 cni.sctp']],
  ])('%s', (_, profile, lints) => {
    expect(fabricLints(profile)).toEqual(lints);
  });

  test('NET-03: its default pool overlaps nodes that manifests declare', () => {
    expect(fabricLints({ cni: 'cilium' }, [node('n', ['10.1.2.3'])])).toEqual(['error PTL312 cni']);
  });

  test('name what is wrong and what to write', () => {
    const [lint] = lintsOfCode('PTL315', cilium({ routingMode: 'native' }));
    expect(lint).toMatchObject({
      option: 'ipv4NativeRoutingCidr',
      problem: expect.stringContaining('refuses to start'),
    });
    const [size] = lintsOfCode('PTL313', cilium({ ipam: { maskSize: { ipv6: 121 } } }, BOTH));
    expect(size).toMatchObject({ got: '/121', expected: '104 to 120' });
  });
});
