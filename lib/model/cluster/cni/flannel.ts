import { calico } from './calico';
import type { CniCapabilities } from './capabilities';
import { POLICY_V1 } from './conformant';
import { type FlannelBackend, parseFlannelBackend } from './flannel-backend';
import { NO_CLUSTER_POLICIES, OPTIONAL_CLUSTER_POLICIES } from './kube-network-policies';
import type { CniPlugin } from './plugin';

export interface FlannelSpec {
  readonly name: 'flannel';
  /** How packets go from node to node: a name, or one with its options. @default 'vxlan' */
  readonly backend?: FlannelBackend['type'] | FlannelBackend;
  /** `Network` and `IPv6Network` of its `net-conf.json`: hold the pod ranges of the profile. @default - the pod ranges */
  readonly network?: string | readonly string[];
  /** `SubnetLen`, which counts only where Kubernetes gives nodes no range of pods (NET-02). @default - not said */
  readonly subnetLen?: number;
  /** `IPv6SubnetLen`, likewise. @default - not said */
  readonly ipv6SubnetLen?: number;
  /** NET-04: its argument `--ip-masq`: packets that leave the pod network get the address of their node. @default true */
  readonly ipMasq?: boolean;
  /** Whether kube-network-policies runs beside it (0.25.5 or later); alone it reads no policies (NP-37). @default false */
  readonly netpol?: boolean;
  /** Whether Calico enforces policies beside it, which is called Canal. @default false */
  readonly canal?: boolean;
}

/** The families that a backend carries: Flannel's documentation names those for two at once. */
const CARRIES_IPV6: ReadonlySet<FlannelBackend['type']> = new Set(['vxlan', 'wireguard', 'host-gw']);

export const flannel: CniPlugin<FlannelSpec> = {
  name: 'flannel',
  title: 'Flannel',
  options: ['backend', 'network', 'subnetLen', 'ipv6SubnetLen', 'ipMasq', 'netpol', 'canal'],
  parse: (fields) => ({
    name: 'flannel',
    backend: parseFlannelBackend(fields),
    network: fields.cidrs('network'),
    subnetLen: fields.integer('subnetLen', 1, 32),
    ipv6SubnetLen: fields.integer('ipv6SubnetLen', 1, 128),
    ipMasq: fields.flag('ipMasq'),
    netpol: fields.flag('netpol'),
    canal: fields.flag('canal'),
  }),
  capabilities: (spec) => ({
    ...policiesOf(spec),
    dualStack: carriesIpv6(backendOf(spec)),
    encryption: true,
    maintenance: 'active',
  }),
  enforcer: ({ canal }) => (canal === true ? 'calico' : 'api'),
  enforcing: (spec) => ({ ...spec, netpol: true }),
};

/** The backend with its options. */
export function backendOf({ backend = 'vxlan' }: FlannelSpec): FlannelBackend {
  return typeof backend === 'string' ? { type: backend } : backend;
}

export function carriesIpv6({ type }: FlannelBackend): boolean {
  return CARRIES_IPV6.has(type);
}

/** NP-37: alone it moves packets and reads no policy; Canal reads what Calico reads. */
function policiesOf(spec: FlannelSpec): CniCapabilities {
  // NP-29: the routes to pods through a tunnel have the address of its end, and what has another is masqueraded.
  const nodesKeepAddress = backendOf(spec).type === 'host-gw' ? true : 'unknown';
  if (spec.canal === true) return { ...calico.capabilities({ name: 'calico' }), nodesKeepAddress };
  if (spec.netpol === true) return { ...POLICY_V1, ...OPTIONAL_CLUSTER_POLICIES, nodesKeepAddress };
  return { ...POLICY_V1, ...NO_CLUSTER_POLICIES, enforcesNetworkPolicy: false };
}
