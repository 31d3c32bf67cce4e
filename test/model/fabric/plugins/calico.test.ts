import fc from 'fast-check';
import type { CalicoSpec } from '../../../../lib/model/cluster/cni/calico';
import type { ClusterProfileSpec } from '../../../../lib/model/cluster/profile';
import { resolveProfile } from '../../../../lib/model/cluster/resolve-profile';
import type { Carriage, Fabric } from '../../../../lib/model/fabric/fabric';
import { blocksIn } from '../../../../lib/model/fabric/plugins/calico/objections/sizes';
import { fabricOf } from '../../../../lib/model/fabric/registry';

type Options = Omit<CalicoSpec, 'name'>;
const DUAL = ['10.244.0.0/16', 'fd00:10:244::/56'];

function fabric(options: Options = {}, profile: ClusterProfileSpec = { podCidr: '10.244.0.0/16' }): Fabric {
  const { profile: resolved, faults } = resolveProfile({
    object: { ...profile, cni: { name: 'calico', ...options } },
    origin: {},
  });
  expect(faults).toEqual([]);
  return fabricOf(resolved);
}

function told(carriage: Carriage): string {
  return carriage.by === 'encapsulation'
    ? `${carriage.encapsulation.name} ${carriage.encapsulation.overhead}`
    : carriage.by;
}

const links = (options: Options, profile?: ClusterProfileSpec) =>
  fabric(options, profile).links.map(({ family, within, across }) => `${family}: ${told(within)} / ${told(across)}`);

const PEER = { address: '192.168.1.1', asNumber: 64_512 };
const SOME = { ...PEER, nodeSelector: "rack == '1'" };
const NO_BGP = { enabled: false };
const NO_MESH = { mesh: false };

describe('NET-06: within a subnet / across subnets, with what it takes from a packet', () => {
  test.each<[string, Options, string]>([
    ['as the operator has it', {}, '4: IP-in-IP 20 / IP-in-IP 20'],
    ['always in VXLAN', { encapsulation: 'VXLAN' }, '4: VXLAN 50 / VXLAN 50'],
    ['in VXLAN across subnets', { encapsulation: 'VXLANCrossSubnet' }, '4: none / VXLAN 50'],
    ['in IP-in-IP across subnets', { encapsulation: 'IPIPCrossSubnet' }, '4: none / IP-in-IP 20'],
    ['never, and no router is told', { encapsulation: 'None' }, '4: none / unreachable'],
    ['never, and a router of all nodes is told', { encapsulation: 'None', bgp: { peers: [PEER] } }, '4: none / none'],
    ['never, and a router of some nodes is told', { encapsulation: 'None', bgp: { peers: [SOME] } }, '4: none / open'],
    [
      'never, with routers and no mesh',
      { encapsulation: 'None', bgp: { ...NO_MESH, peers: [PEER] } },
      '4: none / none',
    ],
    ['never, with neither', { encapsulation: 'None', bgp: NO_MESH }, '4: unreachable / unreachable'],
    ['never, without BGP', { encapsulation: 'None', bgp: NO_BGP }, '4: unreachable / unreachable'],
    [
      'never, by the routes of Felix',
      { encapsulation: 'None', bgp: NO_BGP, clusterRoutingMode: 'Felix' },
      '4: none / unreachable',
    ],
    [
      'never, with the ranges that clouds route',
      { encapsulation: 'None', bgp: NO_BGP, ipam: 'host-local' },
      '4: open / open',
    ],
    ['VXLAN needs no BGP', { encapsulation: 'VXLAN', bgp: NO_BGP }, '4: VXLAN 50 / VXLAN 50'],
    ['nor across subnets', { encapsulation: 'VXLANCrossSubnet', bgp: NO_BGP }, '4: none / VXLAN 50'],
    ['IP-in-IP needs it, or a release that nobody tells', { encapsulation: 'IPIP', bgp: NO_BGP }, '4: open / open'],
    ['or one that does', { encapsulation: 'IPIP', bgp: NO_BGP, version: '3.33' }, '4: IP-in-IP 20 / IP-in-IP 20'],
    ['or not', { encapsulation: 'IPIP', bgp: NO_BGP, version: '3.32' }, '4: unreachable / unreachable'],
    [
      'or the routes of Felix',
      { encapsulation: 'IPIPCrossSubnet', bgp: NO_BGP, clusterRoutingMode: 'Felix' },
      '4: none / IP-in-IP 20',
    ],
    ['WireGuard takes the place of all', { encapsulation: 'None', wireguard: true }, '4: WireGuard 60 / WireGuard 60'],
  ])('%s: %j', (_, options, link) => {
    expect(links(options)).toEqual([link]);
  });

  test('both families: IP-in-IP carries no IPv6, so the operator wraps nothing of it', () => {
    expect(links({}, { podCidr: DUAL })).toEqual(['4: IP-in-IP 20 / IP-in-IP 20', '6: none / unreachable']);
    expect(links({ encapsulation: 'VXLAN' }, { podCidr: DUAL })).toEqual([
      '4: VXLAN 50 / VXLAN 50',
      '6: VXLAN 70 / VXLAN 70',
    ]);
    expect(links({ wireguard: true }, { podCidr: DUAL })).toEqual([
      '4: WireGuard 60 / WireGuard 60',
      '6: WireGuard 80 / WireGuard 80',
    ]);
  });

  test('where nobody tells the range of pods the families are those of the cluster', () => {
    expect(links({ encapsulation: 'VXLAN' }, {})).toEqual(['4: VXLAN 50 / VXLAN 50']);
  });

  const halves = (one: object, other: object): Options => ({
    pools: [
      { cidr: '10.244.0.0/17', ...one },
      { cidr: '10.244.128.0/17', ...other },
    ],
  });
  test.each<[string, Options, readonly string[]]>([
    [
      'of two ways the one that takes most',
      halves({ encapsulation: 'VXLAN' }, { encapsulation: 'IPIP' }),
      ['4: VXLAN 50 / VXLAN 50'],
    ],
    [
      'a way that is none leaves it open which pool',
      halves({ encapsulation: 'None' }, { encapsulation: 'VXLAN' }),
      ['4: VXLAN 50 / open'],
    ],
    [
      'of a disabled pool nobody has an address',
      halves({ disabled: true, encapsulation: 'None' }, { encapsulation: 'VXLAN' }),
      ['4: VXLAN 50 / VXLAN 50'],
    ],
    ['nor of one for load balancers', halves({ allowedUses: ['LoadBalancer'] }, {}), ['4: IP-in-IP 20 / IP-in-IP 20']],
  ])('several pools: %s', (_, options, expected) => {
    expect(links(options)).toEqual(expected);
  });
});

describe('NET-11: what the nodes must let each other send', () => {
  const ports = (options: Options, podCidr: string | string[] = '10.244.0.0/16') =>
    fabric(options, { podCidr }).nodeTraffic.map(({ over, from }) =>
      ['port' in over ? `${over.port}/${over.protocol}` : `protocol ${over.ipProtocol}`, ...(from ? [from] : [])].join(
        ' ',
      ),
    );

  test.each<[Options, readonly string[]]>([
    [{}, ['179/TCP', 'protocol 4', '5473/TCP']],
    [{ encapsulation: 'VXLAN', bgp: NO_BGP }, ['4789/UDP', '5473/TCP']],
    [
      { encapsulation: 'None', bgp: { listenPort: 1790, peers: [PEER] } },
      ['1790/TCP', '1790/TCP bgp-peers', '5473/TCP'],
    ],
    [{ encapsulation: 'None', bgp: { ...NO_MESH, peers: [PEER] }, install: 'manifest' }, ['179/TCP bgp-peers']],
    [{ encapsulation: 'VXLAN', bgp: NO_BGP, install: 'manifest', typha: true }, ['4789/UDP', '5473/TCP']],
    [{ encapsulation: 'None', dataplane: 'eBPF' }, ['179/TCP', '4789/UDP', '5473/TCP']],
    [{ encapsulation: 'None', wireguard: true }, ['179/TCP', '51820/UDP', '5473/TCP']],
  ])('%j', (options, expected) => {
    expect(ports(options)).toEqual(expected);
  });

  test('WireGuard has a port for each family', () => {
    expect(ports({ encapsulation: 'None', wireguard: true }, DUAL)).toEqual([
      '179/TCP',
      '51820/UDP',
      '51821/UDP',
      '5473/TCP',
    ]);
  });
});

describe('NET-02: the blocks of nodes', () => {
  test.each<[Options, Fabric['blocks']]>([
    [{}, { by: 'on-demand', maskSize: { 4: 26, 6: 122 } }],
    [{ blockSize: 24 }, { by: 'on-demand', maskSize: { 4: 24, 6: 122 } }],
    [{ blockSize: { ipv6: 120 } }, { by: 'on-demand', maskSize: { 4: 26, 6: 120 } }],
    [
      { blockSize: 24, pools: [{ cidr: '10.244.0.0/17' }, { cidr: '10.244.128.0/17', blockSize: 28 }] },
      { by: 'on-demand', maskSize: { 4: 28, 6: 122 } },
    ],
    [{ ipam: 'host-local' }, { by: 'node-cidr' }],
  ])('%j', (options, blocks) => {
    expect(fabric(options).blocks).toEqual(blocks);
  });

  test('a range holds as many blocks as fit, and each holds the rest of the addresses', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 32 }), fc.integer({ min: 0, max: 32 }), (prefix, size) => {
        const blocks = blocksIn(prefix, size);
        if (size < prefix) expect(blocks).toBe(0);
        else expect(blocks * 2 ** (32 - size)).toBe(2 ** (32 - prefix));
      }),
    );
  });

  test('a block that is a bit longer makes twice as many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 128 }), fc.integer({ min: 0, max: 127 }), (prefix, size) => {
        fc.pre(size >= prefix);
        expect(blocksIn(prefix, size + 1)).toBe(2 * blocksIn(prefix, size));
      }),
    );
  });
});

describe('NET-04: what leaves the cluster', () => {
  test.each<[string, Options, Fabric['masquerade']]>([
    ['by the address of the node', {}, { outgoing: true, exceptTo: ['10.244.0.0/16'] }],
    ['by its own', { natOutgoing: false }, { outgoing: false, exceptTo: ['10.244.0.0/16'] }],
    [
      'by its own to any pool, even to a disabled one',
      { pools: [{ cidr: '10.244.0.0/16' }, { cidr: '172.16.0.0/12', disabled: true }] },
      { outgoing: true, exceptTo: ['10.244.0.0/16', '172.16.0.0/12'] },
    ],
    [
      'unknown where pools differ',
      { pools: [{ cidr: '10.244.0.0/17' }, { cidr: '10.244.128.0/17', natOutgoing: false }] },
      { outgoing: 'unknown', exceptTo: ['10.244.0.0/17', '10.244.128.0/17'] },
    ],
  ])('%s', (_, options, masquerade) => {
    expect(fabric(options).masquerade).toEqual(masquerade);
  });

  test('the operator masquerades IPv4 and not IPv6', () => {
    expect(fabric({}, { podCidr: ['fd00:10:244::/56'] }).masquerade.outgoing).toBe(false);
    expect(fabric({}, { podCidr: DUAL }).masquerade.outgoing).toBe('unknown');
  });
});

test('pools of pods and the MTU are told with their fields, to be checked as those of the profile are', () => {
  const options: Options = {
    mtu: 1440,
    pools: [{ cidr: '10.244.0.0/17' }, { cidr: '192.0.2.0/24', allowedUses: ['LoadBalancer'] }],
  };
  const { podRanges, podMtu } = fabric(options, {});
  expect(podRanges?.map(({ field }) => field)).toEqual([['cni', 'pools', 0, 'cidr']]);
  expect(podMtu).toEqual({ bytes: 1440, field: ['cni', 'mtu'] });
  expect(fabric(options).podRanges).toBeUndefined();
});
