import type { ClusterProfileSpec } from '../../lib/model/cluster/profile';
import { resolveProfile } from '../../lib/model/cluster/resolve-profile';
import { parseManifests } from '../../lib/model/manifest/parse';
import { Network } from '../../lib/model/network';
import type { ClusterDescription } from '../naive/cluster';

/** Network plugins that make something of their own of policies, each with the settings that change it. */
export const PLUGINS: readonly ClusterProfileSpec['cni'][] = [
  { name: 'calico' },
  { name: 'cilium' },
  { name: 'cilium', policyCidrMatchMode: ['nodes', 'pods'], clusterNetworkPolicy: true, sctp: true },
  { name: 'cilium', policyEnforcementMode: 'always' },
  { name: 'flannel', netpol: true },
  { name: 'flannel', canal: true, backend: 'host-gw' },
  { name: 'kindnet' },
  { name: 'weave' },
  { name: 'weave', noMasqLocal: false },
];

/** The model of a naively described cluster whose profile says this as well. Throws where it can't be so. */
export function networkOn(cluster: ClusterDescription, more: Pick<ClusterProfileSpec, 'cni' | 'firewall'>): Network {
  const { podCidr, nodeCidr, families } = cluster;
  const { resources } = parseManifests(cluster.manifests.map((object) => ({ object, origin: {} })));
  const { profile, faults } = resolveProfile({ object: { ...more, podCidr, nodeCidr }, origin: {} });
  if (faults.length > 0) throw new Error(`the model refuses the profile: ${JSON.stringify(faults)}`);
  return Network.of(resources, { ...profile, families });
}
