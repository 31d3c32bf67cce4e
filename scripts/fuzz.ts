import fc from 'fast-check';
import { stringify } from 'yaml';
import { disagreementOf, emptyTally, networkOf } from '../test/model/flow-comparison';
import { mapDisagreementOf } from '../test/model/map-comparison';
import { arbitraryInquiry, type Inquiry } from '../test/naive/arbitraries';
import { shrink } from './fuzz/shrink';

/**
 * Holds the model to the naive evaluator on as many random clusters as fit into the time.
 * PORTOLAN_FUZZ_SECONDS: how long @default 120. PORTOLAN_FUZZ_SEED: which clusters @default another each time
 */
const SECONDS = Number(process.env.PORTOLAN_FUZZ_SECONDS ?? 120);
const SEED = Number(process.env.PORTOLAN_FUZZ_SEED ?? Date.now() % 2 ** 31);
/** Clusters made at once, from one seed. */
const BATCH = 50;
/** The map is compared pair by pair and port by port: now and then is enough to keep flows the greater part. */
const MAP_EVERY = 5;

function main(): number {
  const tally = emptyTally();
  let clusters = 0;
  let mapped = 0;
  const end = performance.now() + SECONDS * 1000;
  for (let batch = 0; performance.now() < end; batch++) {
    const seed = SEED + batch;
    for (const inquiry of fc.sample(arbitraryInquiry(), { seed, numRuns: BATCH })) {
      if (disagreementOf(networkOf(inquiry.cluster), inquiry, tally)) return tell(inquiry, seed);
      clusters++;
      if (clusters % MAP_EVERY !== 0) continue;
      const network = networkOf(inquiry.cluster);
      if (mapDisagreementOf(network, inquiry.cluster, (verdicts) => (mapped += verdicts))) return tell(inquiry, seed);
    }
  }
  const { allowed, denied, unknown } = tally.asked;
  console.log(`${clusters} random clusters in ${SECONDS} s, from seed ${SEED}`);
  console.log(
    `${allowed + denied + unknown} flows: ${allowed} allowed, ${denied} denied, ${unknown} unknown by the rules`,
  );
  console.log(`the model says the same of all, but \`unknown\` of ${tally.undecided} of which the rules are certain`);
  console.log(`${mapped} verdicts of the map are those of the walk`);
  return 0;
}

/** The question stays as it is; of the objects only what is needed is left. */
function tell({ cluster, flows }: Inquiry, seed: number): number {
  const among = (manifests: typeof cluster.manifests, asked = flows): Inquiry => ({
    cluster: { ...cluster, manifests },
    flows: asked,
  });
  const asked = flows.find((flow) => differenceIn(among(cluster.manifests, [flow]))) ?? flows[0];
  const manifests = shrink(cluster.manifests, (fewer) => differenceIn(among(fewer, [asked])) !== undefined);
  console.log(`seed ${seed}: the model and the rules disagree`);
  console.log(JSON.stringify(differenceIn(among(manifests, [asked]))));
  console.log(`\n# profile: ${JSON.stringify({ ...cluster, manifests: undefined })}`);
  for (const manifest of manifests) console.log(`---\n${stringify(manifest).trimEnd()}`);
  return 1;
}

function differenceIn(inquiry: Inquiry): object | undefined {
  const network = networkOf(inquiry.cluster);
  return disagreementOf(network, inquiry) ?? mapDisagreementOf(network, inquiry.cluster);
}

process.exitCode = main();
