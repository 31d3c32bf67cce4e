import type { CidrSet } from '../values/cidr-set';
import type { IpAddress, IpFamily } from '../values/ip';
import type { GatewayController, GatewayControllerSpec } from './gateway-controller';
import type { IngressController, IngressControllerSpec } from './ingress-controller';

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

export interface CniSpec {
  readonly name: string;
  /** Flannel only: its policy controller is installed. @default false */
  readonly netpol?: boolean;
  readonly encapsulation?: string;
}

/** What the cluster itself does, validated: the part that manifests don't tell. */
export interface ClusterProfile {
  readonly cni: CniSpec;
  readonly capabilities: CniCapabilities;
  /** Empty where undeclared: a pod's address may then be anything. */
  readonly podCidr: CidrSet;
  readonly serviceCidr: CidrSet;
  readonly nodeCidr: CidrSet;
  readonly clusterDomain: string;
  readonly proxyMode: 'iptables' | 'nftables' | 'ipvs';
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
}

/** What a network plugin does with policies. Each answer cites its rule. */
export interface CniCapabilities {
  /** NP-37: whether anybody reads NetworkPolicy objects. */
  readonly enforcesNetworkPolicy: boolean;
  /** NP-43: whether anybody reads ClusterNetworkPolicy objects. */
  readonly clusterNetworkPolicy: boolean | 'unknown';
  /** NP-43: likewise AdminNetworkPolicy and BaselineAdminNetworkPolicy, which came before it. */
  readonly adminNetworkPolicy: boolean | 'unknown';
  /** NP-17: whether an ipBlock also matches the addresses of pods. */
  readonly ipBlockSelectsPods: boolean | 'unknown';
  /** NP-17, NP-29: whether an ipBlock matches the addresses of nodes, and so of hostNetwork pods. */
  readonly ipBlockSelectsNodes: boolean | 'unknown';
  /** NP-28: hostNetwork pods count as their node, or as pods like all others, or nobody knows. */
  readonly hostNetworkPods: 'as-node' | 'as-pod' | 'unknown';
  /** Whether a policy that names a port is read at all: Weave refuses such a policy whole. */
  readonly namedPorts: boolean;
  /** NP-25: without it only the first port of a range counts. */
  readonly endPort: boolean;
}
