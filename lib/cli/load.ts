import { readCertificate } from '../certificates/read-certificate';
import { parseManifests } from '../model/manifest/parse';
import type { Resource } from '../model/manifest/resources';
import { Network } from '../model/network';
import { readInputs } from './input/read';
import type { Io } from './io';
import type { CommonOptions } from './options';
import { type PlacedProfile, readProfile } from './profile';
import type { Faults } from './refusal';

/** What the paths and options of a command line describe; of no use while there is a fault. */
export interface Loaded {
  readonly resources: readonly Resource[];
  readonly cluster: PlacedProfile;
}

/**
 * Reads the objects and the profile of a command line, and adds every fault to `faults`.
 * @param others files of the run that are no manifests, which a folder may hold beside them
 */
export function load(
  paths: readonly string[],
  options: CommonOptions,
  io: Io,
  faults: Faults,
  others: readonly string[] = [],
): Loaded {
  const cluster = readProfile(options, io.files, faults);
  const known = options.cluster === undefined ? others : [...others, options.cluster];
  const inputs = readInputs(paths, io.files, known);
  const { resources, faults: objectFaults } = parseManifests(inputs.manifests, { readCertificate });
  faults.add(inputs.faults, inputs.textOf);
  faults.add(objectFaults);
  for (const warning of inputs.warnings) io.stderr(`warning: ${warning}\n`);
  return { resources, cluster };
}

/** The network that they describe. It must not be asked while there is a fault. */
export function loadNetwork(paths: readonly string[], options: CommonOptions, io: Io, faults: Faults): () => Network {
  const { resources, cluster } = load(paths, options, io, faults);
  return () => Network.of(resources, cluster.profile);
}
