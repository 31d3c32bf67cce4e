import Ajv from 'ajv/dist/2020';
import { resolveProfile } from '../../../../lib/model/cluster/resolve-profile';
import { Network } from '../../../../lib/model/network';
import schema from '../../../../schemas/cluster-profile.schema.json';
import { ns, pod, policy } from '../../../support/manifests';

const resolved = (options: object) => resolveProfile({ object: { cni: { name: 'calico', ...options } }, origin: {} });
const isInSchema = new Ajv({ allowUnionTypes: true }).compile(schema);

const GOOD: readonly (readonly [string, object])[] = [
  ['a wrapping for all pools', { encapsulation: 'VXLANCrossSubnet' }],
  ['a block size for IPv4', { blockSize: 24 }],
  ['a block size for each family', { blockSize: { ipv4: 27, ipv6: 120 } }],
  [
    'pools, each with its own',
    {
      pools: [
        {
          name: 'zone-a',
          cidr: '10.244.0.0/17',
          encapsulation: 'None',
          blockSize: 26,
          natOutgoing: false,
          nodeSelector: "zone == 'a'",
        },
        { cidr: '192.0.2.0/24', allowedUses: ['LoadBalancer'] },
        { cidr: '10.0.0.0/8', disabled: true },
      ],
    },
  ],
  [
    'BGP with routers',
    {
      bgp: {
        mesh: false,
        asNumber: 64_500,
        listenPort: 1790,
        peers: [{ name: 'rack-1', address: '192.168.1.1', asNumber: 4_200_000_000, nodeSelector: "rack == '1'" }],
        advertise: { clusterIPs: ['10.96.0.0/12'], loadBalancerIPs: ['192.0.2.0/24'] },
      },
    },
  ],
  ['no BGP', { bgp: { enabled: false }, clusterRoutingMode: 'Felix' }],
  ['addresses from the nodes’ ranges', { ipam: 'host-local', install: 'manifest', typha: true }],
  ['eBPF, encrypted', { dataplane: 'eBPF', wireguard: true, mtu: 1440, version: 'v3.32.1' }],
];

test.each(GOOD)('Calico takes %s', (_, options) => {
  const { profile, faults } = resolved(options);
  expect(faults).toEqual([]);
  // What is not said is left open, so that JSON has the same fields as the user wrote.
  expect(JSON.parse(JSON.stringify(profile.cni))).toEqual({ name: 'calico', ...options });
  expect(isInSchema({ cni: { name: 'calico', ...options } })).toBe(true);
});

const pool = (fields: object) => ({ pools: [{ cidr: '10.244.0.0/16', ...fields }] });
const peer = (fields: object) => ({ bgp: { peers: [{ address: '192.168.1.1', asNumber: 64_512, ...fields }] } });

const REFUSED: readonly (readonly [string, object, string, string?])[] = [
  ['an option that there is not', { blocksize: 26 }, 'cni.blocksize', 'blockSize'],
  ['a slip in the wrapping', { encapsulation: 'VXLANCrossSubne' }, 'cni.encapsulation', 'VXLANCrossSubnet'],
  ['a size that no address has', { blockSize: 129 }, 'cni.blockSize'],
  ['a family that there is not', { blockSize: { ipv5: 26 } }, 'cni.blockSize.ipv5', 'ipv4'],
  ['pools that are no list', { pools: '10.0.0.0/8' }, 'cni.pools'],
  ['a pool without its range', { pools: [{ blockSize: 26 }] }, 'cni.pools.0.cidr'],
  ['a pool with two ranges', pool({ cidr: ['10.0.0.0/8'] }), 'cni.pools.0.cidr'],
  ['a pool that is no range', pool({ cidr: '10.0.0.0/33' }), 'cni.pools.0.cidr'],
  ['bits behind the prefix of a pool', pool({ cidr: '10.0.0.1/8' }), 'cni.pools.0.cidr'],
  ['a name that no object has', pool({ name: 'Zone A' }), 'cni.pools.0.name'],
  ['a field of pools that there is not', pool({ vxlanMode: 'Always' }), 'cni.pools.0.vxlanMode'],
  ['a use that there is not', pool({ allowedUses: ['Loadbalancer'] }), 'cni.pools.0.allowedUses.0', 'LoadBalancer'],
  ['BGP in one word', { bgp: false }, 'cni.bgp'],
  ['AS number 0 (RFC 7607)', { bgp: { asNumber: 0 } }, 'cni.bgp.asNumber'],
  ['an AS number of five octets', peer({ asNumber: 4_294_967_296 }), 'cni.bgp.peers.0.asNumber'],
  ['a peer without AS number', { bgp: { peers: [{ address: '192.168.1.1' }] } }, 'cni.bgp.peers.0.asNumber'],
  ['a peer without address', { bgp: { peers: [{ asNumber: 64_512 }] } }, 'cni.bgp.peers.0.address'],
  ['a peer by its name', peer({ address: 'router.example.com' }), 'cni.bgp.peers.0.address'],
  ['a port that there is not', { bgp: { listenPort: 65_536 } }, 'cni.bgp.listenPort'],
  [
    'a range of Services that is none',
    { bgp: { advertise: { clusterIPs: ['10.96.0.0/33'] } } },
    'cni.bgp.advertise.clusterIPs.0',
  ],
  ['another IPAM', { ipam: 'whereabouts' }, 'cni.ipam'],
  ['another dataplane', { dataplane: 'BPF' }, 'cni.dataplane', 'eBPF'],
  ['an MTU that no link has', { mtu: 500 }, 'cni.mtu'],
  ['a truth value in quotes', { wireguard: 'true' }, 'cni.wireguard'],
  ['a release of another project', { version: '1.19' }, 'cni.version'],
];

test.each(REFUSED.map(([what, ...row]) => ({ what, row })))('Calico does not take $what', ({ row }) => {
  const [options, field, didYouMean] = row;
  expect(resolved(options).faults).toMatchObject([{ code: 'PTL018', field, didYouMean }]);
});

describe('the capabilities of Calico', () => {
  it.each([
    [undefined, true, 'unknown'],
    ['3.28', false, false],
    ['3.29.1', false, 'unknown'],
    ['v3.31.0', false, true],
    ['3.32', true, false],
  ])('of release %s: ClusterNetworkPolicy %s, AdminNetworkPolicy %s (NP-43)', (version, ...policies) => {
    const { clusterNetworkPolicy, adminNetworkPolicy } = resolved({ version }).profile.capabilities;
    expect([clusterNetworkPolicy, adminNetworkPolicy]).toEqual(policies);
  });

  it('policies are carried out as the API has them, by addresses of pods and nodes too (NP-17, NP-25, NP-28, NP-29)', () => {
    expect(resolved({}).profile.capabilities).toMatchObject({
      enforcesNetworkPolicy: true,
      ipBlockSelectsPods: true,
      ipBlockSelectsNodes: true,
      hostNetworkPods: 'as-node',
      namedPorts: true,
      endPort: true,
      sctp: true,
      dualStack: true,
      encryption: true,
      maintenance: 'active',
    });
  });

  it.each([
    ['iptables', false],
    ['nftables', false],
    ['eBPF', true],
  ])('with the dataplane %s it replaces kube-proxy: %s', (dataplane, replacesKubeProxy) => {
    expect(resolved({ dataplane }).profile.capabilities).toMatchObject({ replacesKubeProxy });
  });
});

describe('Calico and the own node (NP-30)', () => {
  const objects = [
    ns('x'),
    pod('x/a', { ip: '10.0.1.1', nodeName: 'n1' }),
    pod('x/host', { ip: '192.168.0.1', nodeName: 'n1', hostNetwork: true }),
    pod('x/far', { ip: '192.168.0.2', nodeName: 'n2', hostNetwork: true }),
  ];
  const select = { podSelector: { matchLabels: { app: 'a' } } };
  const shutIn = policy('in', { ...select, ingress: [] }, 'x');
  const shutOut = policy('out', { ...select, policyTypes: ['Egress'], egress: [] }, 'x');

  it.each([
    ['it is let in, whatever policies say', shutIn, 'x/host', 'x/a', 'allowed'],
    ['another node is not', shutIn, 'x/far', 'x/a', 'denied'],
    ['whether policies keep a pod from it the API leaves open', shutOut, 'x/a', 'x/host', 'unknown'],
    ['they keep it from another', shutOut, 'x/a', 'x/far', 'denied'],
    [
      'what no policy keeps from it it takes, as the operator and the manifests have it',
      shutIn,
      'x/a',
      'x/host',
      'allowed',
    ],
  ])('%s', (_, rule, from, to, outcome) => {
    const network = Network.from([...objects, rule], { cni: 'calico' });
    expect(network.reach({ from, to, port: 80 }).outcome).toBe(outcome);
  });
});
