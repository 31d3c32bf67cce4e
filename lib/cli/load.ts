import { parseManifests } from '../model/manifest/parse';
import { Network } from '../model/network';
import { readInputs } from './input/read';
import type { Io } from './io';
import type { CommonOptions } from './options';
import { readProfile } from './profile';
import type { Faults } from './refusal';

/**
 * The network that the paths and options of a command line describe.
 * Adds every fault to `faults`; the network must not be asked while there is one.
 */
export function loadNetwork(paths: readonly string[], options: CommonOptions, io: Io, faults: Faults): () => Network {
  const profile = readProfile(options, io.files, faults);
  const inputs = readInputs(paths, io.files);
  const { resources, faults: objectFaults } = parseManifests(inputs.manifests);
  faults.add(inputs.faults, inputs.textOf);
  faults.add(objectFaults);
  for (const warning of inputs.warnings) io.stderr(`warning: ${warning}\n`);
  return () => Network.of(resources, profile);
}
