import { nodeIo } from '../cli/input/files';
import { readInputs } from '../cli/input/read';
import { Faults, RefusedInput } from '../cli/refusal';
import { readValueFile } from '../cli/value-file';
import { renderFaults } from '../diagnostics/fault-text';
import type { ClusterProfileSpec } from '../model/cluster/profile';
import { resolveProfile } from '../model/cluster/resolve-profile';
import { InvalidInputError } from '../model/finding/invalid-input-error';
import { parseManifests } from '../model/manifest/parse';
import { Network } from './network';

export interface FilesOptions {
  /**
   * What the cluster itself does: a network plugin by its name, a file with the props of `PodNetwork`, or these themselves.
   * @default - the neutral conformant cluster
   */
  readonly cluster?: string | ClusterProfileSpec;
}

/** Files, folders (every file below that is named as YAML or JSON), and options after them. */
export type FilesArguments =
  | readonly [path: string, ...paths: string[]]
  | readonly [path: string, ...rest: [...paths: string[], options: FilesOptions]];

/**
 * The network that files of YAML or JSON declare.
 *
 * @throws InvalidInputError whose message tells every fault with file, line and column
 */
export function networkFromFiles(...args: FilesArguments): Network {
  const all: readonly (string | FilesOptions)[] = args;
  const paths = all.filter((arg) => typeof arg === 'string');
  const [options = {}] = all.filter((arg) => typeof arg !== 'string');
  const faults = new Faults();
  const profile = profileOf(options.cluster ?? {}, faults);
  const inputs = readInputs(paths);
  faults.add(inputs.faults, inputs.textOf);
  faults.add(parseManifests(inputs.manifests).faults);
  // Of nothing every forbidden flow would be true.
  if (inputs.manifests.length === 0 && inputs.faults.length === 0) faults.add([nothingIn(paths)]);
  refuse(faults);
  for (const warning of inputs.warnings) process.stderr.write(`warning: ${warning}\n`);
  return Network.from(inputs.manifests, profile, inputs.textOf);
}

function profileOf(cluster: string | ClusterProfileSpec, faults: Faults): ClusterProfileSpec {
  if (typeof cluster !== 'string') return checked({ object: cluster, origin: {} }, faults);
  if (!/[\\/]|\.(?:yaml|yml|json)$/i.test(cluster)) return checked({ object: { cni: cluster }, origin: {} }, faults);
  const { source, faults: own, text } = readValueFile(cluster, nodeIo);
  faults.add(own, (file) => (file === cluster ? text : undefined));
  return source ? checked(source, faults) : {};
}

function checked(source: Parameters<typeof resolveProfile>[0], faults: Faults): ClusterProfileSpec {
  faults.add(resolveProfile(source).faults);
  // INVARIANT: what resolves without a fault is a profile; `null` is that of an empty file.
  return (source.object ?? {}) as ClusterProfileSpec;
}

function nothingIn(paths: readonly string[]) {
  const problem = 'there is no Kubernetes object in it';
  return { code: 'PTL013', got: paths.join(', '), problem, expected: 'manifests in YAML or JSON', origin: {} } as const;
}

function refuse(faults: Faults): void {
  try {
    faults.refuse();
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    throw new InvalidInputError(error.faults, `the input is invalid\n\n${renderFaults(error.faults, error.textOf)}`);
  }
}
