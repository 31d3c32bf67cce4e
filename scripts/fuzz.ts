import fc from 'fast-check';
import { stringify } from 'yaml';
import { disagreementOf, emptyTally, networkOf, type Tally } from '../test/model/flow-comparison';
import { mapDisagreementOf } from '../test/model/map-comparison';
import { networkOn, PLUGINS } from '../test/model/network-plugins';
import { arbitraryServices, serviceMapDisagreementOf } from '../test/model/service-map-comparison';
import { arbitraryInquiry, type Inquiry } from '../test/naive/arbitraries';
import type { Manifest } from '../test/naive/manifests';
import { shrink } from './fuzz/shrink';

/**
 * Holds the model to the naive evaluator on as many random clusters as fit into the time. Only what is wrong fails: that
 * the model may say `unknown` where the rules are certain is counted.
 * PORTOLAN_FUZZ_SECONDS: how long @default 120. PORTOLAN_FUZZ_SEED: which clusters @default another each time
 */
const SECONDS = Number(process.env.PORTOLAN_FUZZ_SECONDS ?? 120);
const SEED = Number(process.env.PORTOLAN_FUZZ_SEED ?? Date.now() % 2 ** 31);
/** Clusters made at once, from one seed. */
const BATCH = 50;
/** The map is compared pair by pair and port by port: now and then is enough to keep flows the greater part. */
const MAP_EVERY = 5;

/** What was said of a cluster that should not have been said. */
interface Difference {
  /** A smaller cluster shows the same only if this is the same. */
  readonly kind: string;
  readonly says: object;
}

function main(): number {
  const tally = emptyTally();
  let clusters = 0;
  let mapped = 0;
  let served = 0;
  console.log(`random clusters for ${SECONDS} s, from seed ${SEED}`);
  const end = performance.now() + SECONDS * 1000;
  for (let batch = 0; performance.now() < end; batch++) {
    const seed = SEED + batch;
    for (const inquiry of fc.sample(arbitraryInquiry(), { seed, numRuns: BATCH })) {
      clusters++;
      const count = clusters % MAP_EVERY === 0 ? (verdicts: number) => (mapped += verdicts) : undefined;
      const cni = PLUGINS[Math.floor(clusters / MAP_EVERY) % PLUGINS.length];
      if (differenceIn(inquiry, tally, count && { count, cni }) !== undefined) return tell(inquiry, seed, cni);
      if (clusters % MAP_EVERY !== 0) continue;
      const [services] = fc.sample(arbitraryServices(inquiry.cluster), { seed, numRuns: 1 });
      const manifests = [...inquiry.cluster.manifests, ...(services as Manifest[])];
      const difference = serviceMapDisagreementOf(networkOf({ ...inquiry.cluster, manifests }), () => served++);
      if (difference !== undefined) return tellOfServices(difference, manifests, seed);
    }
  }
  const { allowed, denied, unknown } = tally.asked;
  const flows = allowed + denied + unknown;
  console.log(
    `${clusters} clusters, ${flows} flows: ${allowed} allowed, ${denied} denied, ${unknown} unknown by the rules`,
  );
  console.log(`the model says the same of all, but \`unknown\` of ${tally.undecided} of which the rules are certain`);
  console.log(`${mapped} verdicts of the map are those of the walk, and ${served} of the map of Services`);
  return 0;
}

function tellOfServices(difference: object, manifests: readonly Manifest[], seed: number): number {
  console.log(`seed ${seed}: the map of Services says what the walk does not\n${JSON.stringify(difference)}`);
  for (const manifest of manifests) console.log(`---\n${stringify(manifest).trimEnd()}`);
  return 1;
}

interface OfMaps {
  /** Told how many verdicts of the maps agree. */
  readonly count: (verdicts: number) => void;
  /** On which the map is looked at once more. */
  readonly cni: (typeof PLUGINS)[number];
}

/** @param maps without it the maps are not looked at */
function differenceIn(inquiry: Inquiry, tally: Tally, maps?: OfMaps): Difference | undefined {
  try {
    const network = networkOf(inquiry.cluster);
    const ofFlow = disagreementOf(network, inquiry, tally, 'not asked');
    if (ofFlow) return { kind: `${ofFlow.model} for ${ofFlow.rules}`, says: ofFlow };
    if (maps === undefined) return undefined;
    const { cluster } = inquiry;
    const ofMap = mapDisagreementOf(network, cluster, maps.count);
    if (ofMap) return { kind: `${ofMap.map} on the map for ${ofMap.walk}`, says: ofMap };
    const { cni } = maps;
    const onPlugin = mapDisagreementOf(networkOn(cluster, { cni }), cluster, maps.count);
    return onPlugin && { kind: `${onPlugin.map} on its map for ${onPlugin.walk}`, says: { cni, ...onPlugin } };
  } catch (error) {
    const { message } = error as Error;
    return { kind: message, says: { message } };
  }
}

/** The question stays as it is; of the objects only those parts are left without which the difference is gone. */
function tell({ cluster, flows }: Inquiry, seed: number, cni: OfMaps['cni']): number {
  const ask = (manifests: typeof cluster.manifests, asked = flows) =>
    differenceIn({ cluster: { ...cluster, manifests }, flows: asked }, emptyTally(), { count: () => {}, cni });
  const first = ask(cluster.manifests);
  const one = flows.find((flow) => ask(cluster.manifests, [flow])?.kind === first?.kind);
  const asked = one === undefined ? flows : [one];
  const manifests = shrink(cluster.manifests, (fewer) => ask(fewer, asked)?.kind === first?.kind);
  const { manifests: _, ...profile } = cluster;
  console.log(`seed ${seed}: the model and the rules disagree\n${JSON.stringify(ask(manifests, asked)?.says)}`);
  console.log(`\n# ${JSON.stringify(profile)}`);
  for (const manifest of manifests) console.log(`---\n${stringify(manifest).trimEnd()}`);
  return 1;
}

process.exitCode = main();
