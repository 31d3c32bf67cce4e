import fc from 'fast-check';
import type { CiliumOptions } from 'portolan';
import { parse } from 'yaml';
import { managedNetworkOf } from '../../../../lib/constructs/managed/registry';
import type { ClusterProfileSpec } from '../../../../lib/model/cluster/profile';
import { resolveProfile } from '../../../../lib/model/cluster/resolve-profile';
import { undocumentedValues } from './cilium-values';

const PODS = { podCidr: '10.244.0.0/16' };
const BOTH = { podCidr: ['10.244.0.0/16', 'fd00:10:244::/104'] };
const POOL = { operator: { clusterPoolIPv4PodCIDRList: ['10.244.0.0/16'] } };

function filesOf(options: CiliumOptions, more: ClusterProfileSpec = PODS) {
  const { profile, faults } = resolveProfile({ object: { ...more, cni: { name: 'cilium', ...options } }, origin: {} });
  expect(faults).toEqual([]);
  const { objects, files } = managedNetworkOf(profile);
  expect(objects).toEqual({});
  return new Map(files.map(({ path, content }) => [path, content]));
}

function valuesOf(options: CiliumOptions, more?: ClusterProfileSpec): unknown {
  const text = filesOf(options, more).get('cilium/values.yaml');
  return text === undefined ? undefined : parse(text);
}

test.each<[string, CiliumOptions, ClusterProfileSpec, object | undefined]>([
  ['nothing that nobody says', {}, {}, undefined],
  ['the pod range as its pool', {}, PODS, { ipam: POOL }],
  [
    'both families',
    { ipam: { maskSize: { ipv4: 26, ipv6: 112 } } },
    BOTH,
    {
      ipv6: { enabled: true },
      ipam: {
        operator: {
          clusterPoolIPv4PodCIDRList: ['10.244.0.0/16'],
          clusterPoolIPv4MaskSize: 26,
          clusterPoolIPv6PodCIDRList: ['fd00:10:244::/104'],
          clusterPoolIPv6MaskSize: 112,
        },
      },
    },
  ],
  [
    'IPv6 alone',
    {},
    { podCidr: 'fd00:10:244::/104' },
    {
      ipv4: { enabled: false },
      ipv6: { enabled: true },
      ipam: { operator: { clusterPoolIPv6PodCIDRList: ['fd00:10:244::/104'] } },
    },
  ],
  ['parts that Kubernetes gives', { ipam: { mode: 'kubernetes' } }, PODS, { ipam: { mode: 'kubernetes' } }],
  [
    'tunnels',
    { tunnelProtocol: 'geneve', tunnelPort: 6082, underlayProtocol: 'ipv6' },
    PODS,
    { tunnelProtocol: 'geneve', tunnelPort: 6082, underlayProtocol: 'ipv6', ipam: POOL },
  ],
  [
    'native routing, with BGP behind the router',
    { routingMode: 'native', ipv4NativeRoutingCidr: '10.0.0.0/8', autoDirectNodeRoutes: true, routes: 'bgp' },
    PODS,
    {
      routingMode: 'native',
      ipv4NativeRoutingCIDR: '10.0.0.0/8',
      autoDirectNodeRoutes: true,
      directRoutingSkipUnreachable: true,
      bgpControlPlane: { enabled: true },
      ipam: POOL,
    },
  ],
  [
    'masquerading by eBPF',
    { kubeProxyReplacement: true, masquerade: { bpf: true, nonMasqueradeCidrs: ['10.0.0.0/8'] }, mtu: 9000 },
    PODS,
    {
      ipam: POOL,
      bpf: { masquerade: true },
      ipMasqAgent: { enabled: true, config: { nonMasqueradeCIDRs: ['10.0.0.0/8'] } },
      kubeProxyReplacement: true,
      MTU: 9000,
    },
  ],
  [
    'no masquerading, of either family',
    { masquerade: { enabled: false } },
    BOTH,
    {
      ipv6: { enabled: true },
      ipam: {
        operator: {
          clusterPoolIPv4PodCIDRList: ['10.244.0.0/16'],
          clusterPoolIPv6PodCIDRList: ['fd00:10:244::/104'],
        },
      },
      enableIPv4Masquerade: false,
      enableIPv6Masquerade: false,
    },
  ],
  [
    'what it does to policies',
    {
      policyEnforcementMode: 'always',
      policyCidrMatchMode: ['nodes'],
      hostFirewall: false,
      sctp: true,
      clusterNetworkPolicy: true,
      allowLocalhost: 'policy',
      encryption: 'wireguard',
      nodeEncryption: true,
    },
    PODS,
    {
      ipam: POOL,
      encryption: { enabled: true, type: 'wireguard', nodeEncryption: true },
      policyEnforcementMode: 'always',
      policyCIDRMatchMode: ['nodes'],
      hostFirewall: { enabled: false },
      sctp: { enabled: true },
      k8sClusterNetworkPolicy: { enabled: true },
      extraConfig: { 'allow-localhost': 'policy' },
    },
  ],
])('the values say %s', (_, options, profile, values) => {
  expect(valuesOf(options, profile)).toEqual(values);
});

describe('without kube-proxy', () => {
  const without = (nodes: ClusterProfileSpec['nodes']) => valuesOf({ kubeProxyReplacement: true }, { ...PODS, nodes });
  const controlPlane = (addresses: readonly string[]) => ({ name: 'cp', role: 'control-plane' as const, addresses });

  test('it is told where the API server is', () => {
    expect(without([controlPlane(['192.168.77.10']), { name: 'worker', count: 3 }])).toMatchObject({
      k8sServiceHost: '192.168.77.10',
      k8sServicePort: 6443,
    });
  });

  test('nothing where nobody tells which of several is asked', () => {
    expect(without([controlPlane(['192.168.77.10', '192.168.77.11'])])).not.toHaveProperty('k8sServiceHost');
    expect(without([])).not.toHaveProperty('k8sServiceHost');
  });

  test('none is set up', () => {
    const kubeadm = filesOf({ kubeProxyReplacement: true }).get('kubeadm.yaml');
    expect(kubeadm).not.toContain('KubeProxyConfiguration');
    expect(kubeadm).toContain('proxy:\n  disabled: true');
  });
});

test('whatever the options, the values are those that the chart documents', () => {
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const flag = maybe(fc.boolean());
  const options: fc.Arbitrary<CiliumOptions> = fc.record({
    routingMode: maybe(fc.constantFrom('tunnel' as const, 'native' as const)),
    tunnelProtocol: maybe(fc.constantFrom('vxlan' as const, 'geneve' as const)),
    tunnelPort: maybe(fc.integer({ min: 1, max: 65_535 })),
    underlayProtocol: maybe(fc.constantFrom('ipv4' as const, 'ipv6' as const)),
    ipv4NativeRoutingCidr: maybe(fc.constant('10.0.0.0/8')),
    ipv6NativeRoutingCidr: maybe(fc.constant('fd00::/48')),
    autoDirectNodeRoutes: flag,
    routes: maybe(fc.constantFrom('underlay' as const, 'bgp' as const)),
    ipam: maybe(
      fc.record({
        mode: maybe(fc.constantFrom('cluster-pool' as const, 'kubernetes' as const)),
        podCidr: maybe(fc.constantFrom('10.9.0.0/16', ['10.8.0.0/16', 'fd00:8::/104'])),
        maskSize: maybe(fc.record({ ipv4: maybe(fc.integer({ min: 1, max: 32 })), ipv6: maybe(fc.constant(112)) })),
      }),
    ),
    ipv4: flag,
    ipv6: flag,
    kubeProxyReplacement: flag,
    encryption: maybe(fc.constantFrom('wireguard' as const, 'ipsec' as const)),
    nodeEncryption: flag,
    policyEnforcementMode: maybe(fc.constantFrom('default' as const, 'always' as const, 'never' as const)),
    policyCidrMatchMode: maybe(fc.subarray(['nodes' as const, 'pods' as const])),
    hostFirewall: flag,
    sctp: flag,
    clusterNetworkPolicy: flag,
    allowLocalhost: maybe(fc.constantFrom('auto' as const, 'always' as const, 'policy' as const)),
    masquerade: maybe(
      fc.record({ enabled: flag, bpf: flag, nonMasqueradeCidrs: maybe(fc.constantFrom('10.0.0.0/8', ['10.0.0.0/8'])) }),
    ),
    mtu: maybe(fc.integer({ min: 576, max: 65_535 })),
  });
  fc.assert(
    fc.property(options, fc.constantFrom<ClusterProfileSpec>({}, PODS, BOTH), (given, profile) => {
      const plain = JSON.parse(JSON.stringify(given)) as CiliumOptions;
      // NET-02: Kubernetes has nothing to give the nodes.
      fc.pre(plain.ipam?.mode !== 'kubernetes' || profile.podCidr !== undefined);
      const values = valuesOf(plain, profile);
      expect(values === undefined ? [] : undocumentedValues(values)).toEqual([]);
    }),
  );
});

test('a value that the chart does not have would be told', () => {
  expect(undocumentedValues({ tunnel: 'vxlan' })).toHaveLength(1);
  expect(undocumentedValues({ ipam: { operator: { clusterPoolIPv4PodCIDR: '10.0.0.0/8' } } })).toHaveLength(1);
  expect(undocumentedValues({ sctp: { enabled: 'true' } })).toHaveLength(1);
});
