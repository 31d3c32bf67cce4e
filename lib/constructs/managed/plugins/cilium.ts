import type { CiliumSpec } from '../../../model/cluster/cni/cilium';
import type { ClusterProfile } from '../../../model/cluster/profile';
import { familiesOf, poolsOf } from '../../../model/fabric/plugins/cilium/pools';
import { formatCidr } from '../../../model/values/cidr';
import { formatIp } from '../../../model/values/ip';
import { confListFile } from '../conf-lists';
import type { ManagedNetwork, ManagedPlugin } from '../managed-network';
import { yamlFile } from '../yaml-file';

/** Where kubeadm puts the API server. */
const API_SERVER_PORT = 6443;

/**
 * The values of Cilium's chart, which `helm install` and `cilium install` read. Its ConfigMap `cilium-config` is made by the chart
 * from these, together with all that has to match it: a ConfigMap of ours would be overwritten by the next upgrade.
 */
export const ciliumManaged: ManagedPlugin<CiliumSpec> = (spec, profile): ManagedNetwork => {
  const values = withoutGaps({
    ...familyValues(spec, profile),
    ...routingValues(spec),
    ipam: ipamValues(spec, profile),
    ...masqueradeValues(spec, profile),
    ...apiServerValues(spec, profile),
    encryption: spec.encryption && {
      enabled: true,
      type: spec.encryption,
      nodeEncryption: spec.nodeEncryption,
    },
    ...policyValues(spec),
    MTU: spec.mtu,
  });
  const files = values === undefined ? [] : [yamlFile('cilium/values.yaml', [values])];
  return { objects: {}, files: [confListFile('05-cilium.conflist', CONF_LIST), ...files] };
};

const CONF_LIST = { cniVersion: '0.3.1', name: 'cilium', plugins: [{ type: 'cilium-cni' }] };

/** The chart has IPv4 on and IPv6 off. */
function familyValues(spec: CiliumSpec, profile: ClusterProfile): object {
  const families = familiesOf(spec, profile);
  return {
    ipv4: { enabled: families.includes(4) ? spec.ipv4 : false },
    ipv6: { enabled: families.includes(6) ? true : spec.ipv6 },
  };
}

function routingValues(spec: CiliumSpec): object {
  const { routingMode, tunnelProtocol, tunnelPort, underlayProtocol, autoDirectNodeRoutes, routes } = spec;
  return {
    routingMode,
    tunnelProtocol,
    tunnelPort,
    underlayProtocol,
    ipv4NativeRoutingCIDR: spec.ipv4NativeRoutingCidr,
    ipv6NativeRoutingCIDR: spec.ipv6NativeRoutingCidr,
    autoDirectNodeRoutes,
    // Nodes behind a router are left to those who route there; else Cilium tells an error for each of them.
    directRoutingSkipUnreachable: autoDirectNodeRoutes && routes ? true : undefined,
    bgpControlPlane: { enabled: routes === 'bgp' ? true : undefined },
  };
}

/** NET-02: the pools are those of the profile unless the options say others. */
function ipamValues(spec: CiliumSpec, profile: ClusterProfile): object {
  const { mode, maskSize } = spec.ipam ?? {};
  const isTold = spec.ipam?.podCidr !== undefined || !profile.podCidr.isEmpty;
  const pools = isTold && mode !== 'kubernetes' ? poolsOf(spec, profile) : [];
  const [v4, v6] = ([4, 6] as const).map((family) =>
    pools.filter(({ cidr }) => cidr.family === family).map(({ cidr }) => formatCidr(cidr)),
  );
  return {
    mode,
    operator: {
      clusterPoolIPv4PodCIDRList: v4.length > 0 ? v4 : undefined,
      clusterPoolIPv4MaskSize: maskSize?.ipv4,
      clusterPoolIPv6PodCIDRList: v6.length > 0 ? v6 : undefined,
      clusterPoolIPv6MaskSize: maskSize?.ipv6,
    },
  };
}

/** NET-04 */
function masqueradeValues(spec: CiliumSpec, profile: ClusterProfile): object {
  const { enabled, bpf, nonMasqueradeCidrs } = spec.masquerade ?? {};
  const families = familiesOf(spec, profile);
  return {
    enableIPv4Masquerade: families.includes(4) ? enabled : undefined,
    enableIPv6Masquerade: families.includes(6) ? enabled : undefined,
    bpf: { masquerade: bpf },
    ipMasqAgent: nonMasqueradeCidrs && { enabled: true, config: { nonMasqueradeCIDRs: [nonMasqueradeCidrs].flat() } },
  };
}

/** Without kube-proxy Cilium finds the API server by its own address: that of the control plane, where the profile has one. */
function apiServerValues({ kubeProxyReplacement }: CiliumSpec, { nodes }: ClusterProfile): object {
  const controlPlane = nodes.filter(({ role }) => role === 'control-plane');
  const addresses = controlPlane.flatMap((group) => group.addresses);
  const isOne = addresses.length === 1 && controlPlane.every(({ count = 1 }) => count <= 1);
  if (kubeProxyReplacement !== true || !isOne) return { kubeProxyReplacement };
  return { kubeProxyReplacement, k8sServiceHost: formatIp(addresses[0][0]), k8sServicePort: API_SERVER_PORT };
}

function policyValues(spec: CiliumSpec): object {
  return {
    policyEnforcementMode: spec.policyEnforcementMode,
    policyCIDRMatchMode: spec.policyCidrMatchMode,
    hostFirewall: { enabled: spec.hostFirewall },
    sctp: { enabled: spec.sctp },
    k8sClusterNetworkPolicy: { enabled: spec.clusterNetworkPolicy },
    // The chart has no value of its own for it.
    extraConfig: { 'allow-localhost': spec.allowLocalhost },
  };
}

/** Without what nobody says, and maps that then hold nothing. */
function withoutGaps(map: object): object | undefined {
  const isMap = (value: unknown): value is object => typeof value === 'object' && !Array.isArray(value);
  const entries = Object.entries(map).map(([key, value]) => [key, isMap(value) ? withoutGaps(value) : value] as const);
  const said = entries.filter(([, value]) => value !== undefined);
  return said.length === 0 ? undefined : Object.fromEntries(said);
}
