import type { IpFamily } from '../../values/ip';
import type { Fields } from '../profile-fields';
import { POLICY_V1 } from './conformant';
import type { CniPlugin } from './plugin';

const ENFORCEMENT_MODES = ['default', 'always', 'never'] as const;
const MATCH_MODES = ['nodes', 'pods'] as const;

/**
 * Cilium's options: its Helm values, shortened where the chart nests them, with the chart's own defaults (values.yaml of the
 * chart, and `cilium-agent` for `allowLocalhost`, which has no value of its own).
 */
export interface CiliumSpec {
  readonly name: 'cilium';
  /** Whether packets between nodes are wrapped. @default 'tunnel' */
  readonly routingMode?: 'tunnel' | 'native';
  /** What they are wrapped in. @default 'vxlan' */
  readonly tunnelProtocol?: 'vxlan' | 'geneve';
  /** The UDP port of the tunnels. @default 8472 for VXLAN, 6081 for Geneve */
  readonly tunnelPort?: number;
  /** NET-06: the family of the node addresses between which tunnels go. @default 'ipv4' */
  readonly underlayProtocol?: 'ipv4' | 'ipv6';
  /** Addresses to which packets go with the pod's own address; needed with native routing where pods are masqueraded. */
  readonly ipv4NativeRoutingCidr?: string;
  /** The same for IPv6. */
  readonly ipv6NativeRoutingCidr?: string;
  /** With native routing: each node has a route to the pods of each other node of its own network segment. @default false */
  readonly autoDirectNodeRoutes?: boolean;
  /**
   * With native routing: who else brings packets to the pods of other nodes. `underlay`: the network between the nodes, as that
   * of a cloud does; `bgp`: routers that Cilium's BGP control plane tells of them. Only `bgp` is a value of the chart.
   * @default - nobody
   */
  readonly routes?: 'underlay' | 'bgp';
  /** Where pods get their addresses from. */
  readonly ipam?: CiliumIpam;
  /** @default true */
  readonly ipv4?: boolean;
  /** The chart's default is false; here a pod range of IPv6 says it. @default - whether pods have IPv6 ranges */
  readonly ipv6?: boolean;
  /** Whether it does the work of kube-proxy itself. @default false */
  readonly kubeProxyReplacement?: boolean;
  /** How packets of pods are encrypted between nodes. @default - not at all */
  readonly encryption?: 'wireguard' | 'ipsec';
  /** Whether what nodes themselves send each other is encrypted too. @default false */
  readonly nodeEncryption?: boolean;
  /** Whether pods that no policy selects are open, shut, or all of them open whatever policies say. @default 'default' */
  readonly policyEnforcementMode?: (typeof ENFORCEMENT_MODES)[number];
  /** NP-17, NP-29: what of the cluster an ipBlock matches. `pods` is known from 1.20 on. @default - no pods, and nobody tells of nodes */
  readonly policyCidrMatchMode?: readonly (typeof MATCH_MODES)[number][];
  /** Whether nodes are subject to the policies that select nodes. @default false */
  readonly hostFirewall?: boolean;
  /** NP-09: whether pods may use SCTP at all. @default false */
  readonly sctp?: boolean;
  /** NP-43: whether it reads ClusterNetworkPolicy, which it can from 1.20 on. @default - nobody tells; the chart's default is false */
  readonly clusterNetworkPolicy?: boolean;
  /** NP-30: whether a pod's own node is let in whatever policies say; `auto` does so on Kubernetes. @default 'auto' */
  readonly allowLocalhost?: 'auto' | 'always' | 'policy';
  /** NET-04: what becomes of a pod's address on the way out of the cluster. */
  readonly masquerade?: CiliumMasquerade;
  /** NET-06: the MTU of the network between the nodes, in bytes, as Cilium is told. @default - what the nodes' devices have */
  readonly mtu?: number;
}

export interface CiliumIpam {
  /** `cluster-pool`: Cilium's operator divides its own pools; `kubernetes`: nodes have their parts from Kubernetes (NET-02). @default 'cluster-pool' */
  readonly mode?: 'cluster-pool' | 'kubernetes';
  /** The pools of `cluster-pool`. @default - the pod ranges of the profile, else 10.0.0.0/8 */
  readonly podCidr?: string | readonly string[];
  /** The length of each node's part of the pools. @default 24 for IPv4 and 120 for IPv6 */
  readonly maskSize?: { readonly ipv4?: number; readonly ipv6?: number };
}

export interface CiliumMasquerade {
  /** @default true */
  readonly enabled?: boolean;
  /** By eBPF in place of iptables. @default false */
  readonly bpf?: boolean;
  /** Ranges to which pods show their own address, by Cilium's ip-masq-agent. @default - no such agent */
  readonly nonMasqueradeCidrs?: string | readonly string[];
}

/** What Cilium's operator cuts its pools into where it is not told. */
export const CLUSTER_POOL_MASK_SIZES: Readonly<Record<IpFamily, number>> = { 4: 24, 6: 120 };

export const cilium: CniPlugin<CiliumSpec> = {
  name: 'cilium',
  title: 'Cilium',
  options: [
    'routingMode',
    'tunnelProtocol',
    'tunnelPort',
    'underlayProtocol',
    'ipv4NativeRoutingCidr',
    'ipv6NativeRoutingCidr',
    'autoDirectNodeRoutes',
    'routes',
    'ipam',
    'ipv4',
    'ipv6',
    'kubeProxyReplacement',
    'encryption',
    'nodeEncryption',
    'policyEnforcementMode',
    'policyCidrMatchMode',
    'hostFirewall',
    'sctp',
    'clusterNetworkPolicy',
    'allowLocalhost',
    'masquerade',
    'mtu',
  ],
  parse: (fields) => ({
    name: 'cilium',
    routingMode: fields.choice('routingMode', ['tunnel', 'native']),
    tunnelProtocol: fields.choice('tunnelProtocol', ['vxlan', 'geneve']),
    tunnelPort: fields.port('tunnelPort'),
    underlayProtocol: fields.choice('underlayProtocol', ['ipv4', 'ipv6']),
    ipv4NativeRoutingCidr: fields.cidr('ipv4NativeRoutingCidr', 4),
    ipv6NativeRoutingCidr: fields.cidr('ipv6NativeRoutingCidr', 6),
    autoDirectNodeRoutes: fields.flag('autoDirectNodeRoutes'),
    routes: fields.choice('routes', ['underlay', 'bgp']),
    ipam: ipamOf(fields.map('ipam', ['mode', 'podCidr', 'maskSize'])),
    ipv4: fields.flag('ipv4'),
    ipv6: fields.flag('ipv6'),
    kubeProxyReplacement: fields.flag('kubeProxyReplacement'),
    encryption: fields.choice('encryption', ['wireguard', 'ipsec']),
    nodeEncryption: fields.flag('nodeEncryption'),
    policyEnforcementMode: fields.choice('policyEnforcementMode', ENFORCEMENT_MODES),
    policyCidrMatchMode: fields.choices('policyCidrMatchMode', MATCH_MODES),
    hostFirewall: fields.flag('hostFirewall'),
    sctp: fields.flag('sctp'),
    clusterNetworkPolicy: fields.flag('clusterNetworkPolicy'),
    allowLocalhost: fields.choice('allowLocalhost', ['auto', 'always', 'policy']),
    masquerade: masqueradeOf(fields.map('masquerade', ['enabled', 'bpf', 'nonMasqueradeCidrs'])),
    mtu: fields.mtu('mtu'),
  }),
  capabilities: (spec) => {
    const { policyCidrMatchMode: matched, clusterNetworkPolicy = 'unknown' } = spec;
    const enforces = spec.policyEnforcementMode !== 'never';
    return {
      ...POLICY_V1,
      enforcesNetworkPolicy: enforces,
      clusterNetworkPolicy: enforces && clusterNetworkPolicy,
      // It went from its own policies to ClusterNetworkPolicy.
      adminNetworkPolicy: false,
      // Pods and nodes have identities, and a block means what has none, unless an option adds them. Where nobody tells, nodes
      // stay open: by routing mode and version a client whose address a node replaced is taken for that node, or for the world.
      ipBlockSelectsPods: matched?.includes('pods') ?? false,
      ipBlockSelectsNodes: matched?.includes('nodes') ?? 'unknown',
      // The way to pods of other nodes begins at Cilium's own device, whose address is one of the node's part of the pools.
      nodesKeepAddress: spec.routingMode === 'native' && spec.encryption === undefined ? true : 'unknown',
      letsOwnNodeIn: spec.allowLocalhost !== 'policy',
      sctp: spec.sctp === true,
      encryption: true,
      replacesKubeProxy: spec.kubeProxyReplacement === true,
    };
  },
  enforcer: () => 'cilium',
  enforcing: (spec, lacking) => ({
    ...spec,
    ...(spec.policyEnforcementMode === 'never' && { policyEnforcementMode: 'default' }),
    ...(lacking === 'sctp' && { sctp: true }),
    ...(lacking === 'clusterNetworkPolicy' && { clusterNetworkPolicy: true }),
  }),
};

function ipamOf(fields: Fields | undefined): CiliumIpam | undefined {
  const sizes = fields?.map('maskSize', ['ipv4', 'ipv6']);
  return (
    fields && {
      mode: fields.choice('mode', ['cluster-pool', 'kubernetes']),
      podCidr: fields.cidrs('podCidr'),
      maskSize: sizes && { ipv4: sizes.integer('ipv4', 1, 32), ipv6: sizes.integer('ipv6', 1, 128) },
    }
  );
}

function masqueradeOf(fields: Fields | undefined): CiliumMasquerade | undefined {
  return (
    fields && {
      enabled: fields.flag('enabled'),
      bpf: fields.flag('bpf'),
      nonMasqueradeCidrs: fields.cidrs('nonMasqueradeCidrs'),
    }
  );
}
