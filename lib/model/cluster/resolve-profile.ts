import type { InputFault } from '../finding/input-fault';
import type { FieldPath, Manifest, Origin } from '../finding/origin';
import { CidrSet } from '../values/cidr-set';
import type { IpFamily } from '../values/ip';
import { nearest } from '../values/nearest';
import { capabilitiesOf, parseCni } from './cni/registry';
import { parseDns } from './dns-profile';
import { parseGatewayControllers } from './gateway-profile';
import { parseIngressControllers } from './ingress-profile';
import { parseIpMasqAgent } from './ip-masq-agent';
import { parseKubeProxy } from './kube-proxy-profile';
import { parseNodeCidrMaskSize } from './node-blocks';
import { parseNodeFirewall } from './node-firewall';
import { parseNodeGroups } from './node-groups';
import { parseNodePortRange } from './node-port-range';
import type { ClusterProfile, ClusterProfileSpec } from './profile';
import { fieldsOf } from './profile-fields';
import { type PlacedRange, placedRanges } from './profile-ranges';
import type { Report } from './profile-report';

const KEYS = [
  'cni',
  'podCidr',
  'serviceCidr',
  'nodeCidr',
  'peerCidr',
  'nodeCidrMaskSize',
  'nodes',
  'nodePortRange',
  'firewall',
  'ipMasqAgent',
  'mtu',
  'clusterDomain',
  'proxyMode',
  'kubeProxy',
  'dns',
  'ingress',
  'gateways',
  'manage',
];
const PROXY_MODES = ['iptables', 'nftables', 'ipvs'] as const;

/** The profile of the neutral conformant cluster: what the API promises, nothing about addresses. */
export function neutralProfile(): ClusterProfile {
  return resolveProfile({ object: {}, origin: {} }).profile;
}

/**
 * Parses a profile as users write it. Faults are PTL018; with faults the returned profile
 * holds what could be understood and must not be used for verdicts.
 */
export function resolveProfile(source: Manifest): { profile: ClusterProfile; faults: readonly InputFault[] } {
  const faults: InputFault[] = [];
  const originOf = (field: FieldPath): Origin => {
    const position = source.locate?.(field);
    return position ? { ...source.origin, position } : source.origin;
  };
  const fault = (field: FieldPath, got: unknown, problem: string, expected: string, known: readonly string[] = []) => {
    faults.push({
      code: 'PTL018',
      field: field.join('.'),
      got: JSON.stringify(got),
      problem,
      expected,
      didYouMean: nearest(String(got), known),
      origin: originOf(field),
    });
  };
  const spec = asSpec(source.object, fault);
  // Of `PodNetwork`: a command writes nothing, whatever it says.
  fieldsOf(spec, [], fault).flag('manage');
  const cni = parseCni(spec.cni, fault);
  const written = {
    podCidr: placedRanges(['podCidr'], spec.podCidr, fault),
    serviceCidr: placedRanges(['serviceCidr'], spec.serviceCidr, fault),
    nodeCidr: placedRanges(['nodeCidr'], spec.nodeCidr, fault),
    peerCidr: placedRanges(['peerCidr'], spec.peerCidr, fault),
  };
  const [podCidr, nodeCidr] = [setOf(written.podCidr), setOf(written.nodeCidr)];
  const profile: ClusterProfile = {
    cni,
    capabilities: capabilitiesOf(cni),
    podCidr,
    serviceCidr: setOf(written.serviceCidr),
    nodeCidr,
    peerCidr: setOf(written.peerCidr),
    written,
    nodeCidrMaskSize: parseNodeCidrMaskSize(spec.nodeCidrMaskSize, fault),
    hasNodeCidrs: spec.nodeCidrMaskSize !== undefined,
    nodes: parseNodeGroups(spec.nodes, nodeCidr, fault),
    nodePortRange: parseNodePortRange(spec.nodePortRange, fault),
    firewall: parseNodeFirewall(spec.firewall, fault),
    ipMasqAgent: parseIpMasqAgent(spec.ipMasqAgent, fault),
    mtu: fieldsOf(spec, [], fault).mtu('mtu'),
    clusterDomain: parseText('clusterDomain', spec.clusterDomain, 'cluster.local', fault),
    proxyMode: parseProxyMode(spec.proxyMode, fault),
    hasProxyMode: spec.proxyMode !== undefined,
    kubeProxy: parseKubeProxy(spec.kubeProxy, fault),
    dns: parseDns(spec.dns, fault),
    ingress: parseIngressControllers(spec.ingress, fault),
    gateways: parseGatewayControllers(spec.gateways, fault),
    families: familiesOf(podCidr),
    originOf,
  };
  return { profile, faults };
}

function asSpec(object: unknown, fault: Report): Record<keyof ClusterProfileSpec, unknown> {
  if (object === null || typeof object !== 'object' || Array.isArray(object)) {
    fault([], object, 'a profile is a map of fields', `some of ${KEYS.join(', ')}`);
    return {} as Record<keyof ClusterProfileSpec, unknown>;
  }
  for (const key of Object.keys(object).filter((key) => !KEYS.includes(key))) {
    fault([key], key, `a profile has no field \`${key}\``, `some of ${KEYS.join(', ')}`, KEYS);
  }
  return object as Record<keyof ClusterProfileSpec, unknown>;
}

function parseText(key: string, value: unknown, fallback: string, fault: Report): string {
  if (value === undefined) return fallback;
  if (typeof value === 'string' && value !== '') return value;
  fault([key], value, 'this is no text', `a name such as "${fallback}"`);
  return fallback;
}

function parseProxyMode(value: unknown, fault: Report): ClusterProfile['proxyMode'] {
  const known = PROXY_MODES.find((mode) => mode === value);
  if (value !== undefined && !known) fault(['proxyMode'], value, 'no such mode', `one of ${PROXY_MODES.join(', ')}`);
  return known ?? 'iptables';
}

function setOf(ranges: readonly PlacedRange[]): CidrSet {
  return CidrSet.of(...ranges.map(({ cidr }) => cidr));
}

function familiesOf(podCidr: CidrSet): readonly IpFamily[] {
  const { families } = podCidr;
  return families.length > 0 ? families : [4];
}
