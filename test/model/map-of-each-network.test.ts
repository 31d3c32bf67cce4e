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

const RULES = fc.array(
  fc.record({
    from: fc.subarray(['anywhere', 'internet', 'nodes', 'pods', '203.0.113.0/26', '10.9.0.0/16'], { minLength: 1 }),
    ports: fc.subarray(['80/TCP', '53/UDP', '1-53/SCTP', 'all'], { minLength: 1 }),
  }),
  { maxLength: 2 },
);
const FIREWALLS = fc.record({ workers: fc.option(RULES, { nil: undefined }), controlPlane: RULES });

test.each(['conformant', 'cilium', 'flannel'])(
  'NET-01: so does that of %s behind a firewall of nodes, which guards what is on the network of a node',
  (cni) => {
    fc.assert(
      fc.property(arbitraryCluster(), FIREWALLS, (cluster, firewall) => {
        const { podCidr, nodeCidr, families } = cluster;
        const { resources } = parseManifests(cluster.manifests.map((object) => ({ object, origin: {} })));
        const { profile, faults } = resolveProfile({ object: { cni, podCidr, nodeCidr, firewall }, origin: {} });
        expect(faults).toEqual([]);
        const network = Network.of(resources, { ...profile, families });
        expect(mapDisagreementOf(network, cluster)).toBeUndefined();
      }),
      { numRuns: 25, seed: SEED },
    );
  },
);
