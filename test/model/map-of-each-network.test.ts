import fc from 'fast-check';
import { arbitraryCluster } from '../naive/arbitraries';
import { mapDisagreementOf } from './map-comparison';
import { networkOn, PLUGINS } from './network-plugins';

const SEED = Number(process.env.PORTOLAN_FUZZ_SEED ?? 1);

test.each(PLUGINS)('the map of %j lists what the walk of each flow says, and nothing else', (cni) => {
  fc.assert(
    fc.property(arbitraryCluster(), (cluster) => {
      expect(mapDisagreementOf(networkOn(cluster, { cni }), cluster)).toBeUndefined();
    }),
    // As many clusters as tell that a plugin is compared at all: `npm run fuzz`, which CI runs as well, does so with hundreds of others.
    { numRuns: 10, seed: SEED },
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
        const network = networkOn(cluster, { cni, firewall });
        expect(mapDisagreementOf(network, cluster)).toBeUndefined();
      }),
      { numRuns: 25, seed: SEED },
    );
  },
);
