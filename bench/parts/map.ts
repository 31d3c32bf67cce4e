import type { ClusterProfileSpec } from '../../lib/model/cluster/profile';
import { inChild } from '../harness/in-child';
import { type Budget, printTable } from '../harness/print';
import type { AnalysisResult } from '../measures/analysis';

const SIZES = [100, 1_000, 10_000];
const PROMISES = 1_000;

const PROFILES: Readonly<Record<string, ClusterProfileSpec>> = {
  'ranges declared': { cni: 'calico', podCidr: '10.0.0.0/8', serviceCidr: '172.16.0.0/16', nodeCidr: '192.168.0.0/16' },
  // Addresses of pods may then be anything, so that more is unknown.
  'nothing declared': {},
};

interface Measured {
  readonly profile: string;
  readonly workloads: number;
  readonly result: AnalysisResult;
}

/** The model alone, on manifests that are in memory already. */
export async function benchMap(): Promise<readonly Budget[]> {
  const all: Measured[] = [];
  for (const [name, profile] of Object.entries(PROFILES)) {
    for (const workloads of SIZES) {
      const runs = workloads <= 1_000 ? 9 : 3;
      const result = await inChild('analysis', { shape: { workloads }, profile, runs, promises: PROMISES });
      all.push({ profile: name, workloads, result });
    }
  }
  printTable('Size: one cluster, its policies and the class edges of its map', all.map(sizeRow));
  printTable('Time: median ms of 9 runs (3 of the largest); the first run beside it', all.map(timeRow));
  printTable('Memory: MB', all.map(memoryRow));
  printTable(
    'Growth from 1,000 to 10,000 workloads, in times',
    Object.keys(PROFILES).map((profile) => growthRow(profile, all)),
  );
  return Object.keys(PROFILES).flatMap((profile) => budgetsOf(profile, all));
}

function sizeRow({ profile, workloads, result }: Measured) {
  const { objects, policies, pods, edges, connections, unknown } = result;
  return { profile, workloads, pods, objects, policies, edges, connections, unknown };
}

function timeRow({ profile, workloads, result }: Measured) {
  const { parse, compile, mapping, analysis, withServices, expansion, check, kept, broken } = result;
  return {
    profile,
    workloads,
    parse: parse.median,
    compile: compile.median,
    map: mapping.median,
    'all three': analysis.median,
    'with DNS and Services': withServices.median,
    first: analysis.first,
    expansion,
    '1,000 promises': check,
    kept,
    'not kept': broken,
  };
}

function memoryRow({ profile, workloads, result }: Measured) {
  const { inputHeap, liveHeap, peak } = result;
  return { profile, workloads, manifests: inputHeap, 'network and map': liveHeap, 'peak of the process': peak };
}

function growthRow(profile: string, all: readonly Measured[]) {
  const [small, large] = pair(profile, all);
  const growth = (of: (result: AnalysisResult) => number) => of(large) / of(small);
  return {
    profile,
    parse: growth(({ parse }) => parse.median),
    compile: growth(({ compile }) => compile.median),
    map: growth(({ mapping }) => mapping.median),
    'all three': growth(({ analysis }) => analysis.median),
    edges: growth(({ edges }) => edges),
    '1,000 promises': growth(({ check }) => check),
  };
}

function budgetsOf(profile: string, all: readonly Measured[]): readonly Budget[] {
  const [small, large] = pair(profile, all);
  const of = (work: string) => `${work} (${profile})`;
  return [
    { work: of('map of 1,000 workloads'), measured: analysisOf(small), limit: 100, unit: 'ms' },
    { work: of('map of 10,000 workloads'), measured: analysisOf(large), limit: 2_000, unit: 'ms' },
    {
      work: of('DNS and Services added to the map of 10,000 workloads'),
      measured: large.withServices.median / analysisOf(large),
      limit: 2,
      unit: 'times',
    },
    { work: of('map of 10,000 workloads, memory'), measured: large.peak, limit: 1_024, unit: 'MB' },
    {
      work: of('growth from 1,000 to 10,000 workloads'),
      measured: analysisOf(large) / analysisOf(small),
      limit: 30,
      unit: 'times',
    },
  ];
}

/** Resources become class edges; what makes resources of objects is reading, and stands in a column of its own. */
function analysisOf({ compile, mapping }: AnalysisResult): number {
  return compile.median + mapping.median;
}

function pair(profile: string, all: readonly Measured[]): readonly [AnalysisResult, AnalysisResult] {
  const of = (size: number) => all.find((m) => m.profile === profile && m.workloads === size)!.result;
  return [of(1_000), of(10_000)];
}
