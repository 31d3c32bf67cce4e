import { stringify } from 'yaml';
import type { CniName } from '../../model/cluster/cni/registry';
import type { NodeGroup } from '../../model/cluster/node-groups';
import type { ClusterProfile } from '../../model/cluster/profile';
import { podSubnet, serviceSubnet } from './cluster-ranges';
import { controllerManagerArgs, type ExtraArg, nodePortArgs } from './kubeadm';

/** kind installs kindnet by itself, and where no plugin is named that is as good as any. */
const INSTALLED_BY_KIND: ReadonlySet<CniName> = new Set(['kindnet', 'conformant']);

/** What `kind create cluster --config` reads. */
export function kindCluster(profile: ClusterProfile): object {
  const { cni, nodes, podCidr, serviceCidr, capabilities, proxyMode } = profile;
  const { families } = podCidr.isEmpty ? serviceCidr : podCidr;
  const patches = kubeadmPatches(profile);
  return {
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    kind: 'Cluster',
    networking: {
      ipFamily: families.length > 1 ? 'dual' : families[0] === 6 ? 'ipv6' : undefined,
      podSubnet: podSubnet(profile),
      serviceSubnet: serviceSubnet(profile),
      disableDefaultCNI: INSTALLED_BY_KIND.has(cni.name) ? undefined : true,
      kubeProxyMode: capabilities.replacesKubeProxy ? 'none' : proxyMode,
    },
    nodes: nodes.length > 0 ? kindNodes(nodes) : undefined,
    kubeadmConfigPatches: patches.length > 0 ? patches : undefined,
  };
}

/** kind wants a node of the control plane, whoever runs it elsewhere. */
function kindNodes(groups: readonly NodeGroup[]): readonly object[] {
  const nodes = groups.flatMap((group) =>
    Array.from({ length: group.count ?? 1 }, () => ({ role: group.role, labels: labelsOf(group) })),
  );
  return nodes.some(({ role }) => role === 'control-plane') ? nodes : [{ role: 'control-plane' }, ...nodes];
}

function labelsOf({ zone, labels }: NodeGroup): Readonly<Record<string, string>> | undefined {
  const own = { ...(zone !== undefined && { 'topology.kubernetes.io/zone': zone }), ...labels };
  return Object.keys(own).length > 0 ? own : undefined;
}

/** kind writes kubeadm's configuration in the version that the release of Kubernetes reads; a patch is for one version. */
function kubeadmPatches(profile: ClusterProfile): readonly string[] {
  const components = { apiServer: nodePortArgs(profile), controllerManager: controllerManagerArgs(profile) };
  const told = Object.entries(components).filter(([, args]) => args.length > 0);
  const domain = profile.clusterDomain === 'cluster.local' ? undefined : profile.clusterDomain;
  if (told.length === 0 && domain === undefined) return [];
  const patch = (version: string, form: (args: readonly ExtraArg[]) => object) =>
    stringify({
      apiVersion: `kubeadm.k8s.io/${version}`,
      kind: 'ClusterConfiguration',
      ...(domain !== undefined && { networking: { dnsDomain: domain } }),
      ...Object.fromEntries(told.map(([component, args]) => [component, { extraArgs: form(args) }])),
    });
  return [
    patch('v1beta3', (args) => Object.fromEntries(args.map(({ name, value }) => [name, value]))),
    patch('v1beta4', (args) => args),
  ];
}
