import { Chart, Testing } from 'cdk8s';
import { type CalicoOptions, Cni, PodNetwork, type PodNetworkProps } from '../../../lib';
import { calicoManaged } from '../../../lib/constructs/managed/plugins/calico';
import type { CalicoSpec } from '../../../lib/model/cluster/cni/calico';
import { resolveProfile } from '../../../lib/model/cluster/resolve-profile';
import { type CalicoObject, refusalsOf } from './calico-crds';

const PODS = { podCidr: '10.244.0.0/16' };
const DUAL = { podCidr: ['10.244.0.0/16', 'fd00:10:244::/56'] };

function managed(options: CalicoOptions, cluster: PodNetworkProps = PODS) {
  const { profile, faults } = resolveProfile({ object: { ...cluster, cni: Cni.calico(options) }, origin: {} });
  expect(faults).toEqual([]);
  return calicoManaged(profile.cni as CalicoSpec, profile);
}

/** The objects as they are written: `kind/name`, with what is in them. */
function written(options: CalicoOptions, cluster?: PodNetworkProps): Readonly<Record<string, unknown>> {
  const objects = Object.values(managed(options, cluster).objects) as unknown as readonly CalicoObject[];
  expect(objects.flatMap(refusalsOf)).toEqual([]);
  return Object.fromEntries(objects.map(({ kind, metadata, spec }) => [`${kind}/${metadata?.name}`, spec]));
}

const PEER = { address: '192.168.1.1', asNumber: 64_513 };
const API_SERVER = { 'APIServer/default': {} };

describe('what the operator installs from', () => {
  test.each<[string, CalicoOptions, PodNetworkProps, object]>([
    ['only what is said', {}, PODS, { ipPools: [{ cidr: '10.244.0.0/16' }] }],
    ['nothing of pools that nobody tells', {}, {}, {}],
    [
      'a pool for each family',
      { encapsulation: 'VXLANCrossSubnet', blockSize: { ipv4: 25, ipv6: 120 }, natOutgoing: true },
      DUAL,
      {
        ipPools: [
          { cidr: '10.244.0.0/16', encapsulation: 'VXLANCrossSubnet', blockSize: 25, natOutgoing: 'Enabled' },
          { cidr: 'fd00:10:244::/56', encapsulation: 'VXLANCrossSubnet', blockSize: 120, natOutgoing: 'Enabled' },
        ],
      },
    ],
    [
      'pools by node, one of them closed',
      {
        encapsulation: 'VXLAN',
        pools: [
          { name: 'zone-a', cidr: '10.244.0.0/17', nodeSelector: "zone == 'a'", blockSize: 27 },
          { cidr: '10.244.128.0/17', natOutgoing: false, disabled: true },
        ],
      },
      PODS,
      {
        ipPools: [
          { name: 'zone-a', cidr: '10.244.0.0/17', encapsulation: 'VXLAN', blockSize: 27, nodeSelector: "zone == 'a'" },
          { cidr: '10.244.128.0/17', natOutgoing: 'Disabled', disableNewAllocations: true },
        ],
      },
    ],
    [
      'no BGP, and an MTU',
      { encapsulation: 'VXLAN', bgp: { enabled: false }, mtu: 1450, dataplane: 'nftables' },
      PODS,
      {
        linuxDataplane: 'Nftables',
        bgp: 'Disabled',
        mtu: 1450,
        ipPools: [{ cidr: '10.244.0.0/16', encapsulation: 'VXLAN' }],
      },
    ],
    [
      'eBPF in place of kube-proxy',
      { dataplane: 'eBPF', clusterRoutingMode: 'Felix' },
      PODS,
      {
        linuxDataplane: 'BPF',
        bpfNetworkBootstrap: 'Enabled',
        kubeProxyManagement: 'Enabled',
        clusterRoutingMode: 'Felix',
        ipPools: [{ cidr: '10.244.0.0/16' }],
      },
    ],
  ])('%s', (_, options, cluster, calicoNetwork) => {
    const spec = Object.keys(calicoNetwork).length === 0 ? {} : { calicoNetwork };
    expect(written(options, cluster)).toEqual({ 'Installation/default': spec });
  });

  test('addresses of the ranges that Kubernetes gives nodes', () => {
    expect(written({ ipam: 'host-local' })).toEqual({
      'Installation/default': {
        cni: { type: 'Calico', ipam: { type: 'HostLocal' } },
        calicoNetwork: { ipPools: [{ cidr: '10.244.0.0/16' }] },
      },
    });
  });
});

describe('what Calico reads itself, with the API server that takes it', () => {
  const installation = { 'Installation/default': { calicoNetwork: { ipPools: [{ cidr: '10.244.0.0/16' }] } } };

  test('BGP and its peers', () => {
    const bgp = {
      mesh: false,
      asNumber: 64_512,
      listenPort: 1790,
      peers: [PEER, { ...PEER, nodeSelector: 'all()' }, { ...PEER, name: 'tor', address: 'fd00::1' }],
      advertise: { clusterIPs: ['10.96.0.0/12'], externalIPs: [], loadBalancerIPs: ['192.0.2.0/24'] },
    };
    expect(written({ bgp })).toEqual({
      ...installation,
      ...API_SERVER,
      'BGPConfiguration/default': {
        nodeToNodeMeshEnabled: false,
        asNumber: 64_512,
        listenPort: 1790,
        serviceClusterIPs: [{ cidr: '10.96.0.0/12' }],
        serviceLoadBalancerIPs: [{ cidr: '192.0.2.0/24' }],
      },
      'BGPPeer/peer-192-168-1-1': { peerIP: '192.168.1.1', asNumber: 64_513 },
      'BGPPeer/peer-192-168-1-1-2': { peerIP: '192.168.1.1', asNumber: 64_513, nodeSelector: 'all()' },
      'BGPPeer/tor': { peerIP: 'fd00::1', asNumber: 64_513 },
    });
  });

  test('BGP as it is by itself is no object', () => {
    expect(written({ bgp: {} })).toEqual(installation);
  });

  test('WireGuard, for the families that there are', () => {
    expect(written({ wireguard: true })).toEqual({
      ...installation,
      ...API_SERVER,
      'FelixConfiguration/default': { wireguardEnabled: true },
    });
    expect(written({ wireguard: true }, DUAL)['FelixConfiguration/default']).toEqual({
      wireguardEnabled: true,
      wireguardEnabledV6: true,
    });
  });

  test('pools which the operator would refuse for lying outside the range of pods', () => {
    const pools: CalicoOptions['pools'] = [
      { cidr: '10.244.0.0/16' },
      { cidr: '192.0.2.0/24', allowedUses: ['LoadBalancer'] },
      { cidr: '172.16.0.0/12', disabled: true },
      { cidr: 'fd00:99::/64', disabled: true },
    ];
    expect(written({ encapsulation: 'IPIP', pools })).toEqual({
      'Installation/default': { calicoNetwork: { ipPools: [{ cidr: '10.244.0.0/16', encapsulation: 'IPIP' }] } },
      ...API_SERVER,
      'IPPool/192.0.2.0-24': { cidr: '192.0.2.0/24', blockSize: 26, allowedUses: ['LoadBalancer'] },
      'IPPool/172.16.0.0-12': { cidr: '172.16.0.0/12', blockSize: 26, disabled: true },
      'IPPool/fd00.0099.0000.0000.0000.0000.0000.0000-64': { cidr: 'fd00:99::/64', blockSize: 122, disabled: true },
    });
  });
});

describe('without the operator', () => {
  test('pools say all that their manifest would say for them', () => {
    expect(written({ install: 'manifest' }, DUAL)).toEqual({
      'IPPool/default-ipv4-ippool': { cidr: '10.244.0.0/16', ipipMode: 'Always', blockSize: 26, natOutgoing: true },
      'IPPool/default-ipv6-ippool': { cidr: 'fd00:10:244::/56', blockSize: 122 },
    });
  });

  test('Felix is told what the operator would tell it', () => {
    expect(
      written({ install: 'manifest', encapsulation: 'None', clusterRoutingMode: 'Felix', dataplane: 'eBPF' }),
    ).toEqual({
      'IPPool/default-ipv4-ippool': { cidr: '10.244.0.0/16', blockSize: 26, natOutgoing: true },
      'BGPConfiguration/default': { programClusterRoutes: 'Disabled' },
      'FelixConfiguration/default': { bpfEnabled: true, programClusterRoutes: 'Enabled' },
    });
    expect(written({ install: 'manifest', dataplane: 'nftables' })['FelixConfiguration/default']).toEqual({
      nftablesMode: 'Enabled',
    });
  });

  test('what stands in the ConfigMap of the manifest is a patch for whoever applies that', () => {
    const patchFor = (options: Partial<CalicoSpec>) =>
      managed({ install: 'manifest', ...options }).files.find(({ path }) => path === 'calico-config.patch.yaml')
        ?.content;
    expect(patchFor({ encapsulation: 'VXLAN', bgp: { enabled: false }, mtu: 1450 })).toBe(
      'data:\n  calico_backend: vxlan\n  veth_mtu: "1450"\n',
    );
    expect(patchFor({})).toBeUndefined();
  });
});

test('options of pools are not left out in silence where there are no pools', () => {
  const write = () =>
    new PodNetwork(Testing.app(), 'network', { cni: Cni.calico({ encapsulation: 'VXLAN' }), manage: true });
  expect(write).toThrow('Unable to write the pools of Calico: `encapsulation` is said of them, and there are none.');
});

test('the objects are among the manifests', () => {
  const chart = new Chart(Testing.app(), 'infra');
  new PodNetwork(chart, 'network', { ...PODS, cni: Cni.calico({ wireguard: true }), manage: true });
  const objects: readonly CalicoObject[] = Testing.synth(chart);
  expect(objects.map(({ kind }) => kind)).toEqual(['Installation', 'APIServer', 'FelixConfiguration']);
  expect(objects.flatMap(refusalsOf)).toEqual([]);
});

describe('the published schemas tell what is wrong', () => {
  const pool = (spec: object) => ({
    apiVersion: 'projectcalico.org/v3',
    kind: 'IPPool',
    metadata: { name: 'a' },
    spec: { cidr: '10.0.0.0/16', ...spec },
  });
  test.each<[string, CalicoObject, string]>([
    [
      'both modes',
      pool({ ipipMode: 'Always', vxlanMode: 'CrossSubnet' }),
      'ipipMode and vxlanMode cannot both be enabled',
    ],
    ['IP-in-IP of IPv6', pool({ cidr: 'fd00::/120', ipipMode: 'Always' }), 'IPIP is not supported on IPv6 pools'],
    [
      'load balancers in tunnels',
      pool({ allowedUses: ['LoadBalancer'], vxlanMode: 'Always' }),
      'LoadBalancer IP pool cannot have IPIP or VXLAN enabled',
    ],
    [
      'load balancers among pods',
      pool({ allowedUses: ['LoadBalancer', 'Workload'] }),
      'LoadBalancer cannot be combined with Workload or Tunnel',
    ],
    ['blocks that nobody takes', pool({ blockSize: 33 }), 'block size is out of bounds'],
    [
      'a mode that there is not',
      pool({ ipipMode: 'always' }),
      '/spec/ipipMode must be equal to one of the allowed values',
    ],
    ['a field that there is not', pool({ encapsulation: 'VXLAN' }), '/spec must NOT have additional properties'],
  ])('%s', (_, object, refusal) => {
    expect(refusalsOf(object)).toEqual([refusal]);
  });
});
