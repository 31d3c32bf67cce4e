import type { ClusterProfile } from '../lib/model/cluster/profile';
import { neutralProfile, resolveProfile } from '../lib/model/cluster/resolve-profile';
import { parseManifests } from '../lib/model/manifest/parse';
import { Network } from '../lib/model/network';
import { generateCluster } from './generate';
import { median } from './median';

const RUNS = 3;

/** Milliseconds for parsing, compiling and mapping a generated cluster; budget for map at 1,000 workloads: 100 ms. */
export function benchMap(workloads: number): readonly Record<string, number | string>[] {
  const manifests = generateCluster(workloads).map((object) => ({ object, origin: {} }));
  const declared = resolveProfile({
    object: { cni: 'calico', podCidr: '10.244.0.0/16', nodeCidr: '192.168.0.0/16' },
    origin: {},
  });
  return [measure('neutral', manifests, neutralProfile()), measure('calico, podCidr', manifests, declared.profile)];
}

function measure(
  name: string,
  manifests: Parameters<typeof parseManifests>[0] & { length: number },
  profile: ClusterProfile,
): Record<string, number | string> {
  const parse: number[] = [];
  const compile: number[] = [];
  const map: number[] = [];
  let connections = 0;
  let unknown = 0;
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    const { resources } = parseManifests(manifests);
    const parsed = performance.now();
    const network = Network.of(resources, profile);
    const compiled = performance.now();
    const result = network.map();
    const mapped = performance.now();
    parse.push(parsed - start);
    compile.push(compiled - parsed);
    map.push(mapped - compiled);
    connections = [...result.connections].length;
    unknown = [...result.unknown].length;
  }
  return {
    profile: name,
    objects: manifests.length,
    'parse ms': median(parse),
    'compile ms': median(compile),
    'map ms': median(map),
    connections,
    unknown,
  };
}
