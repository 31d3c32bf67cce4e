import type { CiliumSpec } from '../../../../lib/model/cluster/cni/cilium';
import { resolveProfile } from '../../../../lib/model/cluster/resolve-profile';
import { Network } from '../../../../lib/model/network';
import { ns, pod, policy } from '../../../support/manifests';

type Options = Omit<CiliumSpec, 'name'>;
const resolved = (options: object) => resolveProfile({ object: { cni: { name: 'cilium', ...options } }, origin: {} });
const capabilities = (options: Options = {}) => resolved(options).profile.capabilities;

describe('Cilium’s options', () => {
  test.each<[string, Options]>([
    ['a tunnel', { routingMode: 'tunnel', tunnelProtocol: 'geneve', tunnelPort: 6082, underlayProtocol: 'ipv6' }],
    [
      'native routing',
      {
        routingMode: 'native',
        ipv4NativeRoutingCidr: '10.0.0.0/8',
        ipv6NativeRoutingCidr: 'fd00::/48',
        autoDirectNodeRoutes: true,
        routes: 'bgp',
      },
    ],
    ['pools', { ipam: { mode: 'cluster-pool', podCidr: ['10.244.0.0/16'], maskSize: { ipv4: 25, ipv6: 112 } } }],
    ['families', { ipv4: false, ipv6: true, ipam: { mode: 'kubernetes' } }],
    ['no kube-proxy', { kubeProxyReplacement: true }],
    ['encryption', { encryption: 'wireguard', nodeEncryption: true }],
    [
      'policies',
      {
        policyEnforcementMode: 'always',
        policyCidrMatchMode: ['nodes', 'pods'],
        hostFirewall: true,
        sctp: true,
        clusterNetworkPolicy: true,
        allowLocalhost: 'policy',
      },
    ],
    ['masquerading', { masquerade: { enabled: true, bpf: true, nonMasqueradeCidrs: ['10.0.0.0/8'] }, mtu: 9000 }],
  ])('%s is understood as it is written', (_, options) => {
    const { profile, faults } = resolved(options);
    expect(faults).toEqual([]);
    expect(profile.cni).toMatchObject(options);
  });

  test.each<[string, object, string, string | undefined]>([
    ['an option that there is not', { tunnel: 'vxlan' }, 'cni.tunnel', undefined],
    ['a slip in an option', { hostFirewal: true }, 'cni.hostFirewal', 'hostFirewall'],
    ['a slip in a word', { tunnelProtocol: 'genev' }, 'cni.tunnelProtocol', 'geneve'],
    ['a routing mode of older versions', { routingMode: 'disabled' }, 'cni.routingMode', undefined],
    ['a port beyond the last', { tunnelPort: 65_536 }, 'cni.tunnelPort', undefined],
    ['a range of the other family', { ipv4NativeRoutingCidr: 'fd00::/8' }, 'cni.ipv4NativeRoutingCidr', undefined],
    ['several where one is meant', { ipv6NativeRoutingCidr: ['fd00::/8'] }, 'cni.ipv6NativeRoutingCidr', undefined],
    ['a pool with bits behind its prefix', { ipam: { podCidr: ['10.244.1.0/16'] } }, 'cni.ipam.podCidr.0', undefined],
    ['another allocator', { ipam: { mode: 'multi-pool' } }, 'cni.ipam.mode', undefined],
    ['a slip within', { ipam: { masksize: {} } }, 'cni.ipam.masksize', 'maskSize'],
    ['a mask longer than an address', { ipam: { maskSize: { ipv4: 33 } } }, 'cni.ipam.maskSize.ipv4', undefined],
    ['a truth value in quotes', { sctp: 'true' }, 'cni.sctp', undefined],
    ['no list', { policyCidrMatchMode: 'nodes' }, 'cni.policyCidrMatchMode', undefined],
    ['a slip in a list', { policyCidrMatchMode: ['node'] }, 'cni.policyCidrMatchMode.0', 'nodes'],
    ['both encryptions', { encryption: ['wireguard', 'ipsec'] }, 'cni.encryption', undefined],
    ['an MTU below the least', { mtu: 500 }, 'cni.mtu', undefined],
  ])('%s is a fault of the profile', (_, options, field, didYouMean) => {
    expect(resolved(options).faults).toMatchObject([{ code: 'PTL018', field, didYouMean }]);
  });
});

describe('what Cilium can do', () => {
  test.each<[string, Options, object]>([
    ['NP-17: blocks mean no pods', {}, { ipBlockSelectsPods: false, ipBlockSelectsNodes: 'unknown' }],
    ['NP-17: nor nodes, where it says so', { policyCidrMatchMode: [] }, { ipBlockSelectsNodes: false }],
    ['NP-29: nodes by an option', { policyCidrMatchMode: ['nodes'] }, { ipBlockSelectsNodes: true }],
    [
      'NP-17: and pods by another',
      { policyCidrMatchMode: ['pods'] },
      { ipBlockSelectsPods: true, ipBlockSelectsNodes: false },
    ],
    ['NP-09: SCTP by an option', { sctp: true }, { sctp: true }],
    ['NP-09: and not without', {}, { sctp: false }],
    ['NP-43: ClusterNetworkPolicy by an option', { clusterNetworkPolicy: true }, { clusterNetworkPolicy: true }],
    ['NP-43: not against it', { clusterNetworkPolicy: false }, { clusterNetworkPolicy: false }],
    ['NP-43: AdminNetworkPolicy never', { clusterNetworkPolicy: true }, { adminNetworkPolicy: false }],
    ['NP-25: ranges of ports, and ports by name', {}, { endPort: true, namedPorts: true }],
    ['NP-30: the own node is let in', {}, { letsOwnNodeIn: true }],
    ['NP-30: always where it is said', { allowLocalhost: 'always' }, { letsOwnNodeIn: true }],
    ['NP-30: unless policies decide', { allowLocalhost: 'policy' }, { letsOwnNodeIn: false }],
    [
      'NP-37: no policy where none is enforced',
      { policyEnforcementMode: 'never', clusterNetworkPolicy: true },
      { enforcesNetworkPolicy: false, clusterNetworkPolicy: false },
    ],
    ['the work of kube-proxy', { kubeProxyReplacement: true }, { replacesKubeProxy: true }],
  ])('%s', (_, options, expected) => {
    expect(capabilities(options)).toMatchObject(expected);
  });
});

const node = (name: string, address: string) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status: { addresses: [{ type: 'InternalIP', address }] },
});
const cluster = [
  ns('x'),
  node('n1', '192.168.0.1'),
  node('n2', '192.168.0.2'),
  pod('x/a', { ip: '10.0.1.1', nodeName: 'n1' }),
  pod('x/b', { ip: '10.0.2.2', nodeName: 'n2' }),
  pod('x/host', { ip: '192.168.0.1', nodeName: 'n1', hostNetwork: true }),
  pod('x/far', { ip: '192.168.0.2', nodeName: 'n2', hostNetwork: true }),
];
const openToAll = policy('a', { podSelector: { matchLabels: { app: 'a' } }, ingress: [{}] }, 'x');
const isolated = policy('a', { podSelector: { matchLabels: { app: 'a' } }, ingress: [] }, 'x');
const sendsAnywhere = policy(
  'b',
  { podSelector: { matchLabels: { app: 'b' } }, policyTypes: ['Egress'], egress: [{}] },
  'x',
);
const admitsNodes = policy(
  'a',
  { podSelector: { matchLabels: { app: 'a' } }, ingress: [{ from: [{ ipBlock: { cidr: '192.168.0.0/24' } }] }] },
  'x',
);

function reach(options: Options, flow: string, policies: readonly object[]) {
  const [from, to] = flow.split('>');
  const cni: CiliumSpec = { name: 'cilium', ...options };
  return Network.from([...cluster, ...policies], { cni }).reach({ from, to, port: 80 });
}

describe('Cilium’s enforcement of policies', () => {
  const always: Options = { policyEnforcementMode: 'always' };
  const never: Options = { policyEnforcementMode: 'never' };
  test.each<[string, Options, readonly object[], string, string]>([
    ['default: a pod that no policy selects is open (NP-01)', {}, [], 'x/b>x/a', 'allowed'],
    ['default: a pod that one selects is not (NP-03)', {}, [isolated], 'x/b>x/a', 'denied'],
    ['always: a pod that no policy selects is shut', always, [], 'x/b>x/a', 'denied'],
    ['always: a policy for one end is not enough (NP-05)', always, [openToAll], 'x/b>x/a', 'denied'],
    ['always: policies for both ends are', always, [openToAll, sendsAnywhere], 'x/b>x/a', 'allowed'],
    ['always: out of the cluster as well', always, [], 'x/a>9.9.9.9', 'denied'],
    ['always: and in from there', always, [], '9.9.9.9>x/a', 'denied'],
    ['always: the own node is let in (NP-30)', always, [], 'x/host>x/a', 'allowed'],
    ['always: another node is not', always, [], 'x/far>x/a', 'denied'],
    ['always: a pod on its node’s network is none of Cilium’s (NP-28)', always, [], 'x/host>x/far', 'allowed'],
    ['always: with the host firewall nobody tells', { ...always, hostFirewall: true }, [], 'x/host>x/far', 'unknown'],
    ['never: nobody is shut out (NP-37)', never, [isolated], 'x/b>x/a', 'allowed'],
    ['the own node is let in (NP-30)', {}, [isolated], 'x/host>x/a', 'allowed'],
    ['or left to the policies', { allowLocalhost: 'policy' }, [isolated], 'x/host>x/a', 'denied'],
    ['who may let it in', { allowLocalhost: 'policy' }, [openToAll], 'x/host>x/a', 'allowed'],
    [
      'a block never means a node where it says so (NP-29)',
      { policyCidrMatchMode: [] },
      [admitsNodes],
      'x/far>x/a',
      'denied',
    ],
    [
      'a block means nodes by an option (NP-29)',
      { policyCidrMatchMode: ['nodes'], routingMode: 'native', routes: 'underlay' },
      [admitsNodes],
      'x/far>x/a',
      'allowed',
    ],
    ['which tunnels may hide', { policyCidrMatchMode: ['nodes'] }, [admitsNodes], 'x/far>x/a', 'unknown'],
  ])('%s', (_, options, policies, flow, outcome) => {
    expect(reach(options, flow, policies).outcome).toBe(outcome);
  });

  test('always: the answer names the option that shut the pods', () => {
    const [hop] = reach(always, 'x/b>x/a', []).pairs[0].hops;
    expect(hop).toMatchObject({
      hop: 'egress-policy',
      decidedBy: [
        { kind: 'PodNetwork', name: 'policyEnforcementMode: always', field: ['cni', 'policyEnforcementMode'] },
      ],
    });
  });
});
