import { readCertificate } from '../certificates/read-certificate';
import { parseManifests } from '../model/manifest/parse';
import type { Resource } from '../model/manifest/resources';
import { Network } from '../model/network';
import { readInputs } from './input/read';
import type { Io } from './io';
import type { CommonOptions } from './options';
import { readProfile } from './profile';
import type { Faults } from './refusal';

/**
 * Reads the objects of a command line, and adds every fault to `faults`: of no use while there is one.
 * @param others files of the run that are no manifests, which a folder may hold beside them
 */
export function loadResources(
  paths: readonly string[],
  others: readonly string[],
  io: Io,
  faults: Faults,
): readonly Resource[] {
  const inputs = readInputs(paths, io.files, others);
  const { resources, faults: objectFaults } = parseManifests(inputs.manifests, { readCertificate });
  faults.add(inputs.faults, inputs.textOf);
  faults.add(objectFaults);
  for (const warning of inputs.warnings) io.stderr(`warning: ${warning}\n`);
  return resources;
}

/** The network that they describe. It must not be asked while there is a fault. */
export function loadNetwork(paths: readonly string[], options: CommonOptions, io: Io, faults: Faults): () => Network {
  const profile = readProfile(options.cluster, options, io.files, faults);
  const resources = loadResources(paths, options.cluster === undefined ? [] : [options.cluster], io, faults);
  return () => Network.of(resources, profile);
}
