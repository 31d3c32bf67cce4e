import type { CalicoSpec } from '../../../../lib/model/cluster/cni/calico';
import type { ClusterProfileSpec } from '../../../../lib/model/cluster/profile';
import { fabricLints } from '../support';

type Options = Omit<CalicoSpec, 'name'>;
type Row = readonly [string, Options, readonly string[], ClusterProfileSpec?];

const PODS: ClusterProfileSpec = { podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12' };
const SERVICES: ClusterProfileSpec = { serviceCidr: '10.96.0.0/12' };
const DUAL: ClusterProfileSpec = { podCidr: ['10.244.0.0/16', 'fd00:10:244::/56'] };
const workers = (count: number): ClusterProfileSpec => ({ ...PODS, nodes: [{ name: 'w', count }] });
const objections = (options: Options, profile: ClusterProfileSpec = PODS) =>
  fabricLints({ ...profile, cni: { name: 'calico', ...options } });

function table(rows: readonly Row[]): void {
  test.each(rows.map(([what, options, lints, profile]) => ({ what, options, lints, profile })))(
    '$what',
    ({ options, lints, profile }) => {
      expect(objections(options, profile)).toEqual(lints);
    },
  );
}

const pools = (...list: readonly NonNullable<Options['pools']>[number][]): Options => ({ pools: list });
const NFTABLES: Options = { dataplane: 'nftables' };
const IPTABLES: ClusterProfileSpec = { ...PODS, proxyMode: 'iptables' };
const PEER = { address: '192.168.1.1', asNumber: 64_512 };

describe('nothing is wrong', () => {
  table([
    ['with nothing said', {}, []],
    ['with nothing known', {}, [], {}],
    ['with both families', {}, [], DUAL],
    ['with as many blocks as nodes', { blockSize: 20 }, [], workers(16)],
    ['with the smallest blocks', { blockSize: { ipv4: 32, ipv6: 128 } }, [], DUAL],
    ['with a pool of one block', pools({ cidr: '10.244.0.0/26' }), []],
    ['with a disabled pool elsewhere', pools({ cidr: '10.244.0.0/16' }, { cidr: '172.16.0.0/12', disabled: true }), []],
    [
      'with a pool of load balancers',
      pools({ cidr: '10.244.0.0/16' }, { cidr: '192.0.2.0/28', blockSize: 32, allowedUses: ['LoadBalancer'] }),
      [],
    ],
    ['with VXLAN and no BGP', { encapsulation: 'VXLANCrossSubnet', bgp: { enabled: false } }, []],
    ['with IP-in-IP by the routes of Felix', { bgp: { enabled: false }, clusterRoutingMode: 'Felix' }, []],
    ['with peers in place of the mesh', { encapsulation: 'None', bgp: { mesh: false, peers: [PEER] } }, []],
    ['with the ranges that clouds route', { encapsulation: 'None', bgp: { enabled: false }, ipam: 'host-local' }, []],
    ['with eBPF and no word of kube-proxy', { dataplane: 'eBPF', encapsulation: 'VXLAN' }, []],
    ['with Typha for many nodes', { install: 'manifest', typha: true }, [], workers(51)],
    ['without Typha for some', { install: 'manifest' }, [], workers(50)],
  ]);
});

describe('NET-02: sizes of blocks and pools (PTL313)', () => {
  table([
    ['longer than an address', { blockSize: 33 }, ['error PTL313 cni.blockSize']],
    ['shorter than /20', { blockSize: 19 }, ['error PTL313 cni.blockSize']],
    ['the size of the other family', { blockSize: 122 }, ['error PTL313 cni.blockSize']],
    ['of IPv6, shorter than /116', { blockSize: { ipv6: 115 } }, ['error PTL313 cni.blockSize.ipv6'], DUAL],
    ['of one pool', pools({ cidr: '10.244.0.0/16', blockSize: 19 }), ['error PTL313 cni.pools[0].blockSize']],
    ['a pool that is smaller than its block', pools({ cidr: '10.244.0.0/27' }), ['error PTL313 cni.pools[0].cidr']],
    [
      'a pool of load balancers that is smaller than the usual block',
      pools({ cidr: '10.244.0.0/16' }, { cidr: '192.0.2.0/28', allowedUses: ['LoadBalancer'] }),
      ['error PTL313 cni.pools[1].cidr'],
    ],
    [
      'a block that is larger than its pool',
      pools({ cidr: '10.244.0.0/27', blockSize: 26 }),
      ['error PTL313 cni.pools[0].blockSize'],
    ],
    ['fewer blocks than nodes', { blockSize: 20 }, ['warning PTL313 cni.blockSize'], workers(17)],
    [
      'fewer blocks than nodes in two pools',
      pools({ cidr: '10.244.0.0/26' }, { cidr: '10.244.1.0/26' }),
      ['warning PTL313 cni.pools[0].cidr'],
      workers(3),
    ],
    [
      'pools of some nodes say nothing of the others',
      pools({ cidr: '10.244.0.0/26', nodeSelector: "zone == 'a'" }),
      [],
      workers(3),
    ],
  ]);
});

describe('NET-03: where pools lie (PTL312, PTL315, PTL316)', () => {
  table([
    [
      'two that overlap',
      pools({ cidr: '10.244.0.0/16' }, { cidr: '10.244.128.0/17' }),
      ['error PTL312 cni.pools[1].cidr'],
    ],
    [
      'load balancers among ClusterIPs',
      pools({ cidr: '10.244.0.0/16' }, { cidr: '10.96.0.0/24', allowedUses: ['LoadBalancer'] }),
      ['error PTL312 cni.pools[1].cidr'],
    ],
    ['pods among ClusterIPs', pools({ cidr: '10.96.0.0/24' }), ['error PTL312 cni.pools[0].cidr'], SERVICES],
    ['outside, among ClusterIPs', pools({ cidr: '10.96.0.0/24' }), ['error PTL315 cni.pools[0].cidr']],
    ['on links', pools({ cidr: '169.254.0.0/17' }), ['error PTL315 cni.pools[0].cidr'], {}],
    ['on links of IPv6', pools({ cidr: 'fe80::/64' }), ['error PTL315 cni.pools[0].cidr'], {}],
    ['outside the range of pods', pools({ cidr: '10.245.0.0/16' }), ['error PTL315 cni.pools[0].cidr']],
    ['none of a family', pools({ cidr: '10.244.0.0/16' }), ['error PTL316 cni.pools'], DUAL],
    ['all disabled', pools({ cidr: '10.244.0.0/16', disabled: true }), ['error PTL316 cni.pools']],
  ]);
});

describe('what Calico can’t do (PTL315)', () => {
  const lb = (more: object) =>
    pools({ cidr: '10.244.0.0/16' }, { cidr: '192.0.2.0/24', allowedUses: ['LoadBalancer'], ...more });
  table([
    ['IP-in-IP for IPv6', { encapsulation: 'IPIP' }, ['error PTL315 cni.encapsulation'], DUAL],
    [
      'IP-in-IP for a pool of IPv6',
      pools({ cidr: '10.244.0.0/16' }, { cidr: 'fd00:10:244::/56', encapsulation: 'IPIPCrossSubnet' }),
      ['error PTL315 cni.pools[1].encapsulation'],
      DUAL,
    ],
    ['VXLAN by host-local', { encapsulation: 'VXLAN', ipam: 'host-local' }, ['error PTL315 cni.encapsulation']],
    ['no wrapping and no BGP', { encapsulation: 'None', bgp: { enabled: false } }, ['error PTL315 cni.bgp.enabled']],
    [
      'no wrapping, no mesh and no peers',
      { encapsulation: 'None', bgp: { mesh: false } },
      ['error PTL315 cni.bgp.mesh'],
    ],
    ['IP-in-IP without BGP', { bgp: { enabled: false } }, ['error PTL315 cni.bgp.enabled']],
    [
      'IP-in-IP without BGP, from a manifest of 3.33',
      { bgp: { enabled: false }, install: 'manifest', version: '3.33' },
      [],
    ],
    [
      'peers without BGP',
      { encapsulation: 'VXLAN', bgp: { enabled: false, peers: [PEER], asNumber: 64_512 } },
      ['error PTL315 cni.bgp.peers', 'error PTL315 cni.bgp.asNumber'],
    ],
    ['an AS number of nobody', { bgp: { asNumber: 23_456 } }, ['error PTL315 cni.bgp.asNumber']],
    [
      'a peer with one',
      { bgp: { peers: [PEER, { ...PEER, address: '192.168.1.2', asNumber: 65_535 }] } },
      ['error PTL315 cni.bgp.peers[1].asNumber'],
    ],
    ['load balancers in VXLAN', lb({ encapsulation: 'VXLAN' }), ['error PTL315 cni.pools[1].encapsulation']],
    ['load balancers of some nodes', lb({ nodeSelector: "zone == 'a'" }), ['error PTL315 cni.pools[1].nodeSelector']],
    [
      'load balancers and pods in one pool',
      pools({ cidr: '10.244.0.0/16', allowedUses: ['LoadBalancer', 'Workload'] }),
      ['error PTL315 cni.pools[0].allowedUses'],
    ],
    ['the operator without Typha', { typha: false }, ['error PTL315 cni.typha']],
    ['many nodes without Typha', { install: 'manifest' }, ['warning PTL315 cni.install'], workers(51)],
    [
      'eBPF beside kube-proxy',
      { dataplane: 'eBPF' },
      ['error PTL315 cni.dataplane'],
      { ...PODS, proxyMode: 'iptables' },
    ],
    ['nftables beside kube-proxy of another mode', NFTABLES, ['error PTL315 cni.dataplane'], IPTABLES],
    ['nftables beside a kube-proxy of which nobody says the mode', NFTABLES, ['warning PTL315 cni.dataplane']],
    ['nftables beside kube-proxy of that mode', NFTABLES, [], { ...PODS, proxyMode: 'nftables' }],
    [
      'SVC-33: settings of kube-proxy with eBPF',
      { dataplane: 'eBPF' },
      ['error PTL315 kubeProxy.masqueradeAll', 'error PTL315 kubeProxy.nodePortAddresses'],
      { ...PODS, kubeProxy: { masqueradeAll: true, nodePortAddresses: 'primary' } },
    ],
  ]);
});

describe('NET-02: ranges of nodes beside pools (PTL310)', () => {
  table([
    [
      'they are cut from podCidr, not from pools',
      pools({ cidr: '10.244.0.0/26' }),
      [],
      { ...PODS, nodeCidrMaskSize: 24 },
    ],
    [
      'with host-local they are what pods get addresses from',
      { ipam: 'host-local' },
      ['warning PTL310 nodeCidrMaskSize'],
      { ...PODS, nodeCidrMaskSize: 26 },
    ],
  ]);
});

describe('NET-04: nodes between which there is no way (PTL317)', () => {
  const apart = (podCidr: string | string[]): ClusterProfileSpec => ({
    podCidr,
    nodes: [
      { name: 'a', count: 2, subnet: '192.168.1.0/24' },
      { name: 'b', count: 2, subnet: '192.168.2.0/24' },
    ],
  });
  const one = apart('10.244.0.0/16');
  table([
    ['no wrapping, and no router is told', { encapsulation: 'None' }, ['error PTL317 nodes[1].subnet'], one],
    [
      'no wrapping and no BGP',
      { encapsulation: 'None', bgp: { enabled: false } },
      ['error PTL317 cni', 'error PTL315 cni.bgp.enabled'],
      one,
    ],
    ['wrapped across subnets', { encapsulation: 'VXLANCrossSubnet', bgp: { enabled: false } }, [], one],
    ['no wrapping, and a router is told', { encapsulation: 'None', bgp: { peers: [PEER] } }, [], one],
    [
      'IPv6, which the operator does not wrap',
      {},
      ['error PTL317 nodes[1].subnet'],
      apart(['10.244.0.0/16', 'fd00::/56']),
    ],
  ]);
});

describe('NET-06: the MTU of pods (PTL314)', () => {
  table([
    [
      'eBPF hands packets of node ports over in VXLAN',
      { dataplane: 'eBPF', encapsulation: 'None', mtu: 1460 },
      ['error PTL314 cni.mtu'],
      { ...PODS, mtu: 1500 },
    ],
  ]);
});
