import type { CniCapabilities } from '../model/cluster/cni/capabilities';
import { KNOWN_CNIS } from '../model/cluster/cni/registry';
import type { ClusterProfile } from '../model/cluster/profile';
import { neutralProfile, resolveProfile } from '../model/cluster/resolve-profile';
import type { InputFault } from '../model/finding/input-fault';
import { nearest } from '../model/values/nearest';
import type { InputIo } from './input/files';
import type { CommonOptions, IpBlockReading } from './options';
import type { Faults } from './refusal';
import { readValueFile } from './value-file';

const IP_BLOCK: Readonly<Record<IpBlockReading, boolean | 'unknown'>> = {
  external: false,
  any: true,
  unknown: 'unknown',
};

/**
 * The profile that goes by a name or stands in a file, as the options have it read. With faults it must not be used for
 * verdicts.
 * @param cluster `undefined`: the neutral conformant one
 */
export function readProfile(
  cluster: string | undefined,
  { ipBlock, ipFamily }: CommonOptions,
  files: InputIo,
  faults: Faults,
): ClusterProfile {
  const profile = cluster === undefined ? neutralProfile() : named(cluster, files, faults);
  const { capabilities, families, podCidr } = profile;
  return {
    ...profile,
    capabilities: ipBlock === undefined ? capabilities : readIpBlocks(capabilities, ipBlock),
    // Who asks for a family says that the pods have it, unless the profile says which they have.
    families: ipFamily !== undefined && podCidr.isEmpty ? [ipFamily] : families,
  };
}

/**
 * Where addresses are those outside the cluster only, pods are what their labels say. Then a hostNetwork pod is a pod
 * too, unless the plugin is known to take it for its node (NP-28 allows both): no block could stand for that node.
 */
function readIpBlocks(capabilities: CniCapabilities, ipBlock: IpBlockReading): CniCapabilities {
  const { hostNetworkPods } = capabilities;
  const byLabels = ipBlock === 'external' && hostNetworkPods === 'unknown';
  return {
    ...capabilities,
    ipBlockSelectsPods: IP_BLOCK[ipBlock],
    hostNetworkPods: byLabels ? 'as-pod' : hostNetworkPods,
  };
}

function named(cluster: string, files: InputIo, faults: Faults): ClusterProfile {
  if (isFile(cluster)) return fromFile(cluster, files, faults);
  if (!KNOWN_CNIS.some((name) => name === cluster)) faults.add([unknownProfile(cluster)]);
  return resolveProfile({ object: { cni: cluster }, origin: {} }).profile;
}

function isFile(cluster: string): boolean {
  return cluster.includes('/') || /\.(?:yaml|yml|json)$/i.test(cluster);
}

function fromFile(file: string, files: InputIo, faults: Faults): ClusterProfile {
  const read = readValueFile(file, files);
  faults.add(read.faults, (asked) => (asked === file ? read.text : undefined));
  if (!read.source) return neutralProfile();
  const resolved = resolveProfile(read.source);
  faults.add(resolved.faults);
  return resolved.profile;
}

function unknownProfile(cluster: string): InputFault {
  return {
    code: 'PTL018',
    field: 'cluster profile',
    got: cluster,
    problem: `no cluster profile is called ${cluster}`,
    expected: `one of ${KNOWN_CNIS.join(', ')}, or a file that ends in .yaml`,
    didYouMean: nearest(cluster, KNOWN_CNIS),
    origin: {},
  };
}
