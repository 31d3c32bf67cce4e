import { DEFAULT_NODE_MASK_SIZES } from '../../model/cluster/node-blocks';
import { DEFAULT_NODE_PORT_RANGE } from '../../model/cluster/node-port-range';
import type { ClusterProfile } from '../../model/cluster/profile';
import { formatCidr } from '../../model/values/cidr-set';
import type { IpFamily } from '../../model/values/ip';
import { dnsAddresses, podSubnet, serviceSubnet } from './cluster-ranges';

/** One flag of a component, in the form that kubeadm has had since v1beta4. */
export interface ExtraArg {
  readonly name: string;
  readonly value: string;
}

/** What `kubeadm init --config` reads: the cluster, its kube-proxy unless the plugin replaces it, and its kubelets. */
export function kubeadmConfiguration(profile: ClusterProfile): readonly object[] {
  const { replacesKubeProxy } = profile.capabilities;
  return [
    clusterConfiguration(profile),
    ...(replacesKubeProxy ? [] : [kubeProxyConfiguration(profile)]),
    kubeletConfiguration(profile),
  ];
}

function clusterConfiguration(profile: ClusterProfile): object {
  const extraArgs = controllerManagerArgs(profile);
  const apiServerArgs = nodePortArgs(profile);
  return {
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'ClusterConfiguration',
    networking: {
      podSubnet: podSubnet(profile),
      serviceSubnet: serviceSubnet(profile),
      dnsDomain: profile.clusterDomain,
    },
    ...(apiServerArgs.length > 0 && { apiServer: { extraArgs: apiServerArgs } }),
    ...(extraArgs.length > 0 && { controllerManager: { extraArgs } }),
    ...(profile.capabilities.replacesKubeProxy && { proxy: { disabled: true } }),
  };
}

/** NET-02: the length of each node's block, in the flag of its family where there are both. */
export function controllerManagerArgs({ podCidr, nodeCidrMaskSize }: ClusterProfile): readonly ExtraArg[] {
  const { families } = podCidr;
  const flag = (family: IpFamily) => `node-cidr-mask-size${families.length > 1 ? `-ipv${family}` : ''}`;
  return families
    .filter((family) => nodeCidrMaskSize[family] !== DEFAULT_NODE_MASK_SIZES[family])
    .map((family) => ({ name: flag(family), value: String(nodeCidrMaskSize[family]) }));
}

/** SVC-20: which ports of the nodes Services get, where it is not the usual range. */
export function nodePortArgs({ nodePortRange: { first, last } }: ClusterProfile): readonly ExtraArg[] {
  const usual = DEFAULT_NODE_PORT_RANGE;
  if (first === usual.first && last === usual.last) return [];
  return [{ name: 'service-node-port-range', value: `${first}-${last}` }];
}

function kubeProxyConfiguration(profile: ClusterProfile): object {
  const { proxyMode, kubeProxy } = profile;
  const { masqueradeAll, nodePortAddresses } = kubeProxy;
  // INVARIANT: in mode ipvs kube-proxy reads the iptables' part.
  const part = proxyMode === 'nftables' ? 'nftables' : 'iptables';
  return {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode: proxyMode,
    clusterCIDR: podSubnet(profile),
    nodePortAddresses:
      typeof nodePortAddresses === 'object' ? nodePortAddresses.toCidrs().map(formatCidr) : asList(nodePortAddresses),
    ...(masqueradeAll && { [part]: { masqueradeAll } }),
  };
}

function asList(word: string | undefined): readonly string[] | undefined {
  return word === undefined ? undefined : [word];
}

function kubeletConfiguration(profile: ClusterProfile): object {
  const addresses = dnsAddresses(profile);
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    clusterDomain: profile.clusterDomain,
    clusterDNS: addresses.length > 0 ? addresses : undefined,
  };
}
