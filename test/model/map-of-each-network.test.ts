import fc from 'fast-check';
import type { CniSpec } from '../../lib/model/cluster/cni/registry';
import { resolveProfile } from '../../lib/model/cluster/resolve-profile';
import { parseManifests } from '../../lib/model/manifest/parse';
import { Network } from '../../lib/model/network';
import { arbitraryCluster } from '../naive/arbitraries';
import { mapDisagreementOf } from './map-comparison';

const NETWORKS: readonly CniSpec[] = [
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
const SEED = Number(process.env.PORTOLAN_FUZZ_SEED ?? 1);

test.each(NETWORKS)('the map of %j lists what the walk of each flow says, and nothing else', (cni) => {
  fc.assert(
    fc.property(arbitraryCluster(), (cluster) => {
      const { podCidr, nodeCidr, families } = cluster;
      const { resources } = parseManifests(cluster.manifests.map((object) => ({ object, origin: {} })));
      const { profile } = resolveProfile({ object: { cni, podCidr, nodeCidr }, origin: {} });
      const network = Network.of(resources, { ...profile, families });
      expect(mapDisagreementOf(network, cluster)).toBeUndefined();
    }),
    { numRuns: 25, seed: SEED },
  );
});
