import { type CheckInput, check } from '../../lib/intents/check';
import type { ClusterProfileSpec } from '../../lib/model/cluster/profile';
import { resolveProfile } from '../../lib/model/cluster/resolve-profile';
import type { Manifest } from '../../lib/model/finding/origin';
import { parseManifests } from '../../lib/model/manifest/parse';
import { Network } from '../../lib/model/network';
import type { ConnectivityMap } from '../../lib/model/reach/connectivity-map';
import { generateCluster, manifestsOf } from '../cluster/generate';
import { promisesOf } from '../cluster/promises';
import { seeded } from '../cluster/random';
import type { ClusterShape } from '../cluster/shape';
import { liveHeap, peakMemory } from '../harness/memory';
import { type Times, timed, timesOf } from '../harness/time';

export interface AnalysisInput {
  readonly shape: ClusterShape;
  readonly profile: ClusterProfileSpec;
  readonly runs: number;
  /** How many promises to check. */
  readonly promises: number;
}

export interface AnalysisResult {
  readonly objects: number;
  readonly pods: number;
  readonly policies: number;
  /** Manifests that are in memory become resources. */
  readonly parse: Times;
  /** Resources become a network. */
  readonly compile: Times;
  /** The class edges of the map. */
  readonly mapping: Times;
  /** All three in one. */
  readonly analysis: Times;
  /** Resources become a network and its map of Services by name, the class edges included. */
  readonly withServices: Times;
  readonly edges: number;
  /** MB that manifests took before, and that the network and its map take besides, garbage left out. */
  readonly inputHeap: number;
  readonly liveHeap: number;
  /** MB of the whole process at its peak, before anything was spelt out. */
  readonly peak: number;
  /** Milliseconds to spell out each connection once, and how many they are. */
  readonly expansion: number;
  readonly connections: number;
  readonly unknown: number;
  /** Milliseconds to check all promises, parsing and compiling included, and what became of them. */
  readonly check: number;
  readonly kept: number;
  readonly broken: number;
}

export function measureAnalysis({ shape, profile, runs, promises }: AnalysisInput): AnalysisResult {
  const cluster = generateCluster(shape);
  const objects = manifestsOf(cluster);
  const manifests = objects.map((object): Manifest => ({ object, origin: {} }));
  const intents = promisesOf(cluster.guarded, cluster.apps, promises, seeded(promises));
  const inputHeap = liveHeap();
  const { map, ...times } = measureStages(manifests, profile, runs);
  const [live, peak] = [liveHeap() - inputHeap, peakMemory()];
  return {
    objects: objects.length,
    policies: objects.filter((object) => (object as Kubernetes).kind === 'NetworkPolicy').length,
    pods: objects.map((object) => (object as Kubernetes).spec?.replicas ?? 0).reduce((a, b) => a + b),
    ...times,
    edges: map.edges.length,
    inputHeap,
    liveHeap: live,
    peak,
    ...spellOut(map),
    ...checked({ manifests, profile, intents }),
  };
}

interface Kubernetes {
  readonly kind: string;
  readonly spec?: { readonly replicas?: number };
}

function measureStages(manifests: readonly Manifest[], spec: ClusterProfileSpec, runs: number) {
  const { profile } = resolveProfile({ object: spec, origin: {} });
  const parse: number[] = [];
  const compile: number[] = [];
  const map: number[] = [];
  const { times, result } = timed(runs, () => {
    const start = performance.now();
    const { resources } = parseManifests(manifests);
    const parsed = performance.now();
    const network = Network.of(resources, profile);
    const compiled = performance.now();
    const mapped = network.map();
    parse.push(parsed - start);
    compile.push(compiled - parsed);
    map.push(performance.now() - compiled);
    return mapped;
  });
  const { resources } = parseManifests(manifests);
  const { times: withServices } = timed(runs, () => Network.of(resources, profile).serviceMap('name'));
  return {
    map: result,
    analysis: times,
    withServices,
    parse: timesOf(parse),
    compile: timesOf(compile),
    mapping: timesOf(map),
  };
}

function spellOut(map: ConnectivityMap) {
  let connections = 0;
  const start = performance.now();
  for (const _ of map.connections) connections += 1;
  const expansion = performance.now() - start;
  let unknown = 0;
  for (const _ of map.unknown) unknown += 1;
  return { expansion, connections, unknown };
}

function checked(input: CheckInput) {
  const start = performance.now();
  const result = check(input);
  const duration = performance.now() - start;
  const broken = result.findings.reduce((sum, { also }) => sum + 1 + also.length, 0);
  return { check: duration, kept: input.intents.length - broken, broken };
}
