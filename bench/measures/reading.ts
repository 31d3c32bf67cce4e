import { nodeIo } from '../../lib/cli/input/files';
import { readInputs } from '../../lib/cli/input/read';
import { mapText } from '../../lib/cli/map-formats/text';
import { readProfile } from '../../lib/cli/profile';
import { Faults } from '../../lib/cli/refusal';
import { parseManifests } from '../../lib/model/manifest/parse';
import { Network } from '../../lib/model/network';

/** Milliseconds of what `portolan map` does once it has started. */
export interface ReadingResult {
  /** Files become plain objects. */
  readonly reading: number;
  /** Plain objects become the class edges of the map. */
  readonly analysis: number;
  /** The map is spelt out as text, and the doubts are counted. */
  readonly printing: number;
}

/** INVARIANT: called once in a process, so that nothing is compiled before, as in the command. */
export function measureReading(folder: string): ReadingResult {
  const profile = readProfile(undefined, { ipBlock: 'external' }, nodeIo, new Faults());
  const start = performance.now();
  const { manifests } = readInputs([folder]);
  const read = performance.now();
  const map = Network.of(parseManifests(manifests).resources, profile).map();
  const mapped = performance.now();
  for (const _ of mapText(map));
  for (const _ of map.unknown);
  return { reading: read - start, analysis: mapped - read, printing: performance.now() - mapped };
}
