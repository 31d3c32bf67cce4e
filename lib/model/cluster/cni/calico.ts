import type { Fields } from '../profile-fields';
import { type CalicoBgpSpec, parseCalicoBgp } from './calico-bgp';
import {
  type CalicoBlockSizeSpec,
  type CalicoEncapsulation,
  type CalicoPoolSpec,
  ENCAPSULATIONS,
  parseCalicoBlockSize,
  parseCalicoPools,
} from './calico-pool';
import { addressesOfNodes } from './calico-tunnels';
import type { CniCapabilities } from './capabilities';
import { POLICY_V1 } from './conformant';
import type { CniPlugin } from './plugin';

/** Calico by its options. What is not said is as the operator installs it, unless `install` says otherwise. */
export interface CalicoSpec {
  readonly name: 'calico';
  /** Its release, e.g. `3.32`: newer ones read ClusterNetworkPolicy in place of AdminNetworkPolicy. @default - unknown */
  readonly version?: string;
  /** By whom it is installed: the Tigera operator, which reads an Installation, or a manifest such as `calico.yaml`. @default 'operator' */
  readonly install?: 'operator' | 'manifest';
  /** Of the pools that don't say their own. @default 'IPIP' for IPv4, 'None' for IPv6 */
  readonly encapsulation?: CalicoEncapsulation;
  /** Of the pools that don't say their own: the length of the blocks that nodes take. @default 26 for IPv4, 122 for IPv6 */
  readonly blockSize?: CalicoBlockSizeSpec;
  /** Of the pools that don't say their own: whether pods take the address of their node to where no pool is. @default true for IPv4, false for IPv6 */
  readonly natOutgoing?: boolean;
  /** @default - one for each range of `podCidr` */
  readonly pools?: readonly CalicoPoolSpec[];
  /** Whether pods get addresses from blocks of pools, or from the range that Kubernetes gives each node (NET-02). @default 'calico' */
  readonly ipam?: 'calico' | 'host-local';
  readonly bgp?: CalicoBgpSpec;
  /** Who sets the routes to pods that are not wrapped in VXLAN: BIRD, which learns them by BGP, or Felix. @default 'BIRD' */
  readonly clusterRoutingMode?: 'BIRD' | 'Felix';
  /** eBPF also takes the place of kube-proxy. @default 'iptables' */
  readonly dataplane?: 'iptables' | 'nftables' | 'eBPF';
  /** Whether what goes from node to node is encrypted. @default false */
  readonly wireguard?: boolean;
  /** NET-06: of the pods, in bytes. @default - as large as fits */
  readonly mtu?: number;
  /** Whether Typha stands between the nodes and the API server. @default true with the operator, else false */
  readonly typha?: boolean;
}

export const calico: CniPlugin<CalicoSpec> = {
  name: 'calico',
  title: 'Calico',
  options: [
    'version',
    'install',
    'encapsulation',
    'blockSize',
    'natOutgoing',
    'pools',
    'ipam',
    'bgp',
    'clusterRoutingMode',
    'dataplane',
    'wireguard',
    'mtu',
    'typha',
  ],
  parse,
  capabilities: (spec) => ({
    ...POLICY_V1,
    ...clusterPolicies(spec.version),
    ...addressesOfNodes(spec),
    encryption: true,
    replacesKubeProxy: spec.dataplane === 'eBPF',
  }),
  enforcer: () => 'calico',
};

function parse(fields: Fields): CalicoSpec {
  return {
    name: 'calico',
    version: parseVersion(fields),
    install: fields.choice('install', ['operator', 'manifest']),
    encapsulation: fields.choice('encapsulation', ENCAPSULATIONS),
    blockSize: parseCalicoBlockSize(fields),
    natOutgoing: fields.flag('natOutgoing'),
    pools: parseCalicoPools(fields),
    ipam: fields.choice('ipam', ['calico', 'host-local']),
    bgp: parseCalicoBgp(fields),
    clusterRoutingMode: fields.choice('clusterRoutingMode', ['BIRD', 'Felix']),
    dataplane: fields.choice('dataplane', ['iptables', 'nftables', 'eBPF']),
    wireguard: fields.flag('wireguard'),
    mtu: fields.mtu('mtu'),
    typha: fields.flag('typha'),
  };
}

function parseVersion(fields: Fields): string | undefined {
  const version = fields.text('version');
  if (version === undefined || /^v?3\.\d+(\.\d+)?$/.test(version)) return version;
  fields.refuse('version', 'this is no release of Calico', 'a text such as "3.32"');
  return undefined;
}

/** The second number of a release, e.g. 32 of `3.32.1`; `undefined` where nobody tells. */
export function calicoRelease(version: string | undefined): number | undefined {
  return version === undefined ? undefined : Number(version.split('.')[1]);
}

/** NP-43: 3.29 began with AdminNetworkPolicy; 3.32 reads ClusterNetworkPolicy in its place. */
function clusterPolicies(version: string | undefined): Partial<CniCapabilities> {
  const release = calicoRelease(version);
  if (release === undefined) return { adminNetworkPolicy: 'unknown' };
  if (release >= 32) return { clusterNetworkPolicy: true, adminNetworkPolicy: false };
  // 3.29 did not yet read BaselineAdminNetworkPolicy, which goes with it.
  return { clusterNetworkPolicy: false, adminNetworkPolicy: release < 29 ? false : release < 30 ? 'unknown' : true };
}
