import type { FieldPath, Origin } from '../finding/origin';
import type { CidrSet } from '../values/cidr-set';
import type { IpAddress, IpFamily } from '../values/ip';
import type { PortRange } from '../values/port-set';
import type { CniCapabilities } from './cni/capabilities';
import type { CniSpec } from './cni/registry';
import type { GatewayController, GatewayControllerSpec } from './gateway-controller';
import type { IngressController, IngressControllerSpec } from './ingress-controller';
import type { IpMasqAgent, IpMasqAgentSpec } from './ip-masq-agent';
import type { NodeCidrMaskSizeSpec } from './node-blocks';
import type { FirewallSpec, NodeFirewall } from './node-firewall';
import type { NodeGroup, NodeGroupSpec } from './node-groups';
import type { PlacedRange } from './profile-ranges';

/** Whose addresses a range of a profile holds. */
export type RangeName = 'podCidr' | 'serviceCidr' | 'nodeCidr' | 'peerCidr';

/** A cluster profile as users write it: the props of `PodNetwork`, or a YAML file with the same keys. All optional. */
export interface ClusterProfileSpec {
  /** The network plugin: a name that Portolan knows, or one with its options. @default 'conformant' */
  readonly cni?: string | CniSpec;
  /** Ranges from which pods get addresses. @default - unknown */
  readonly podCidr?: string | readonly string[];
  /** Ranges of ClusterIPs. @default - unknown */
  readonly serviceCidr?: string | readonly string[];
  /** Ranges of node addresses. @default - unknown */
  readonly nodeCidr?: string | readonly string[];
  /** Ranges of networks that are joined with the nodes': other sites, peered clouds, a VPN. @default - none */
  readonly peerCidr?: string | readonly string[];
  /** NET-02: the length of each node's part of the pod ranges. @default 24 for IPv4 and 64 for IPv6 */
  readonly nodeCidrMaskSize?: NodeCidrMaskSizeSpec;
  /** The nodes, in groups of which each are alike. @default - unknown, but for those that manifests declare */
  readonly nodes?: readonly NodeGroupSpec[];
  /** SVC-20, NET-01: the ports of nodes that the API server gives to Services. @default '30000-32767' */
  readonly nodePortRange?: string;
  /**
   * NET-01: what is let in to the nodes from elsewhere, by whatever guards them: security groups, a firewall before them or on
   * them. Everything else is shut. @default - nobody tells
   */
  readonly firewall?: FirewallSpec;
  /**
   * NET-04: whether an ip-masq-agent puts the addresses of nodes in place of those of pods, beside what the network plugin does, and
   * where it leaves them alone. @default - none, unless the manifests have its DaemonSet: then nobody tells
   */
  readonly ipMasqAgent?: boolean | IpMasqAgentSpec;
  /** NET-06: the largest packet in bytes that the network between the nodes carries. @default - unknown */
  readonly mtu?: number;
  /** @default 'cluster.local' */
  readonly clusterDomain?: string;
  /** @default 'iptables' */
  readonly proxyMode?: 'iptables' | 'nftables' | 'ipvs';
  /** How the cluster's DNS is configured. */
  readonly dns?: DnsSpec;
  /** How kube-proxy is configured, beside its mode. */
  readonly kubeProxy?: KubeProxySpec;
  /** All ingress controllers that the cluster runs: a name that Portolan knows, or one with its options. @default - nobody tells */
  readonly ingress?: readonly (string | IngressControllerSpec)[];
  /** Controllers of Gateways: a name that Portolan knows, or one with its options. @default - what GatewayClasses tell */
  readonly gateways?: readonly (string | GatewayControllerSpec)[];
}

/** CoreDNS as kubeadm installs it, where nothing else is said. */
export interface DnsSpec {
  /** DNS-12: whether pods have names by address: none, any well-formed address, or those of running pods. @default 'insecure' */
  readonly pods?: 'disabled' | 'insecure' | 'verified';
  /** DNS-27: pods ask NodeLocal DNSCache on their node, at its usual address 169.254.20.10 or at another. @default false */
  readonly nodeLocal?: boolean | string;
}

export interface KubeProxySpec {
  /** SVC-15: nodes put their own address in place of every client's of a ClusterIP. @default false */
  readonly masqueradeAll?: boolean;
  /** SVC-20: the ranges of the node addresses that have node ports, or `primary`. @default - what the mode does */
  readonly nodePortAddresses?: string | readonly string[];
}

/** What the cluster itself does, validated: the part that manifests don't tell. */
export interface ClusterProfile {
  readonly cni: CniSpec;
  readonly capabilities: CniCapabilities;
  /** Empty where undeclared: a pod's address may then be anything. */
  readonly podCidr: CidrSet;
  readonly serviceCidr: CidrSet;
  readonly nodeCidr: CidrSet;
  readonly peerCidr: CidrSet;
  /** The same, each range by itself, as it was written. */
  readonly written: Readonly<Record<RangeName, readonly PlacedRange[]>>;
  /** NET-02: by family. */
  readonly nodeCidrMaskSize: Readonly<Record<IpFamily, number>>;
  /** Whether the profile itself says how long the nodes' parts are: then they have some, whatever the plugin does with them. */
  readonly hasNodeCidrs: boolean;
  readonly nodes: readonly NodeGroup[];
  /** SVC-20, NET-01. */
  readonly nodePortRange: PortRange;
  /** NET-01: by role, each `undefined` where nobody tells. */
  readonly firewall: NodeFirewall;
  /** NET-04 */
  readonly ipMasqAgent: IpMasqAgent;
  /** NET-06: of the network between the nodes, in bytes; `undefined` where nobody tells. */
  readonly mtu?: number;
  readonly clusterDomain: string;
  readonly proxyMode: 'iptables' | 'nftables' | 'ipvs';
  /** Whether the profile itself says how kube-proxy works: then one runs. */
  readonly hasProxyMode: boolean;
  readonly dns: {
    readonly pods: 'disabled' | 'insecure' | 'verified';
    /** DNS-27: where pods ask NodeLocal DNSCache; `undefined` where they ask the DNS pods. */
    readonly nodeLocal?: IpAddress;
  };
  readonly kubeProxy: { readonly masqueradeAll: boolean; readonly nodePortAddresses?: CidrSet | 'primary' };
  /** Empty where nobody tells. */
  readonly ingress: readonly IngressController[];
  readonly gateways: readonly GatewayController[];
  /** Families that pods have: those of the declared pod ranges, else IPv4. */
  readonly families: readonly IpFamily[];
  /** Where a field of it was written, to be blamed. */
  readonly originOf: (field: FieldPath) => Origin;
}
