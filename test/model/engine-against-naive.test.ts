import fc from 'fast-check';
import { arbitraryCluster, arbitraryInquiry } from '../naive/arbitraries';
import { disagreementOf, emptyTally, networkOf } from './flow-comparison';
import { mapDisagreementOf } from './map-comparison';

/**
 * More where somebody asks for them. `npm run fuzz`, which CI runs as well, asks the same of thousands of others; that nothing is
 * left unknown where the rules are certain is asked here alone, and these are enough to meet every shape of a policy.
 */
const CLUSTERS = Number(process.env.PORTOLAN_CLUSTERS ?? 400);
/** The same clusters each time: other ones are for `npm run fuzz`. */
const SEED = Number(process.env.PORTOLAN_FUZZ_SEED ?? 1);

test('no verdict is more certain than the worlds allow, and where only addresses and orders are open none is less', () => {
  const tally = emptyTally();
  fc.assert(
    fc.property(arbitraryInquiry(), (inquiry) => {
      expect(disagreementOf(networkOf(inquiry.cluster), inquiry, tally)).toBeUndefined();
    }),
    { numRuns: CLUSTERS, seed: SEED },
  );
  console.log(
    `${CLUSTERS} clusters: ${JSON.stringify(tally.asked)}, of these ${tally.undecided} certain ones left unknown by the engine`,
  );
});

test('the map of all connections lists what the walk of each flow says, and nothing else', () => {
  fc.assert(
    fc.property(arbitraryCluster(), (cluster) => {
      expect(mapDisagreementOf(networkOf(cluster), cluster)).toBeUndefined();
    }),
    { numRuns: CLUSTERS / 8, seed: SEED },
  );
});
