import fc from 'fast-check';
import { resolveProfile } from '../../lib/model/cluster/resolve-profile';
import { parseManifests } from '../../lib/model/manifest/parse';
import { Network } from '../../lib/model/network';
import { LabelSelector } from '../../lib/model/values/label-selector';
import { arbitraryCluster } from '../naive/arbitraries';

// Promises and lints share one network, whose universe has everybody of whom promises and rules speak.
test('lints say the same whoever else may be there: undeclared pods vouch for nothing', () => {
  const codes = new Set<string>();
  const somebody = { pods: LabelSelector.fromLabels({ app: 'somebody' }), namespaces: LabelSelector.everything };
  fc.assert(
    fc.property(arbitraryCluster(), ({ manifests, podCidr, nodeCidr }) => {
      const { resources } = parseManifests(manifests.map((object) => ({ object, origin: {} })));
      const { profile } = resolveProfile({ object: { podCidr, nodeCidr }, origin: {} });
      const alone = Network.of(resources, profile).lints();
      for (const { code } of alone) codes.add(code);
      for (const mentions of [[], [somebody]]) {
        expect(Network.of(resources, profile, mentions).lints()).toEqual(alone);
      }
    }),
    { numRuns: 60, seed: 7 },
  );
  // Else nothing would have been compared.
  expect(codes.size).toBeGreaterThan(5);
});
