import type { InputFault } from '../finding/input-fault';
import type { FieldPath, Manifest } from '../finding/origin';
import type { CidrSet } from '../values/cidr-set';
import type { IpFamily } from '../values/ip';
import { nearest } from '../values/nearest';
import { capabilitiesOf, KNOWN_CNIS } from './cni';
import { parseDns } from './dns-profile';
import { parseGatewayControllers } from './gateway-profile';
import { parseIngressControllers } from './ingress-profile';
import { parseKubeProxy } from './kube-proxy-profile';
import type { ClusterProfile, ClusterProfileSpec, CniSpec } from './profile';
import { parseRanges } from './profile-ranges';
import type { Report } from './profile-report';

const KEYS = [
  'cni',
  'podCidr',
  'serviceCidr',
  'nodeCidr',
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
  const fault = (field: FieldPath, got: unknown, problem: string, expected: string, known: readonly string[] = []) => {
    const position = source.locate?.(field);
    const origin = position ? { ...source.origin, position } : source.origin;
    faults.push({
      code: 'PTL018',
      field: field.join('.'),
      got: JSON.stringify(got),
      problem,
      expected,
      didYouMean: nearest(String(got), known),
      origin,
    });
  };
  const spec = asSpec(source.object, fault);
  const ranges = (key: 'podCidr' | 'serviceCidr' | 'nodeCidr') => parseRanges([key], spec[key], fault);

  const cni = parseCni(spec.cni, fault);
  const podCidr = ranges('podCidr');
  const profile: ClusterProfile = {
    cni,
    capabilities: capabilitiesOf(cni) ?? capabilitiesOf({ name: 'conformant' })!,
    podCidr,
    serviceCidr: ranges('serviceCidr'),
    nodeCidr: ranges('nodeCidr'),
    clusterDomain: parseText('clusterDomain', spec.clusterDomain, 'cluster.local', fault),
    proxyMode: parseProxyMode(spec.proxyMode, fault),
    kubeProxy: parseKubeProxy(spec.kubeProxy, fault),
    dns: parseDns(spec.dns, fault),
    ingress: parseIngressControllers(spec.ingress, fault),
    gateways: parseGatewayControllers(spec.gateways, fault),
    families: familiesOf(podCidr),
  };
  return { profile, faults };
}

function asSpec(object: unknown, fault: Report): Record<keyof ClusterProfileSpec, unknown> {
  if (object === null || typeof object !== 'object' || Array.isArray(object)) {
    fault([], object, 'a profile is a map of fields', `some of ${KEYS.join(', ')}`);
    return {} as Record<keyof ClusterProfileSpec, unknown>;
  }
  for (const [key, value] of Object.entries(object)) {
    if (!KEYS.includes(key)) fault([key], value, `a profile has no field \`${key}\``, `some of ${KEYS.join(', ')}`);
  }
  return object as Record<keyof ClusterProfileSpec, unknown>;
}

function parseCni(value: unknown, fault: Report): CniSpec {
  if (value === undefined) return { name: 'conformant' };
  const spec = typeof value === 'string' ? { name: value } : (value as CniSpec | null);
  if (spec === null || typeof spec !== 'object' || typeof spec.name !== 'string') {
    fault(['cni'], value, 'this is neither a name nor a map with a `name`', `one of ${KNOWN_CNIS.join(', ')}`);
    return { name: 'conformant' };
  }
  if (!capabilitiesOf(spec)) {
    fault(
      ['cni'],
      spec.name,
      `no network plugin \`${spec.name}\` is known`,
      `one of ${KNOWN_CNIS.join(', ')}`,
      KNOWN_CNIS,
    );
  }
  return spec;
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

function familiesOf(podCidr: CidrSet): readonly IpFamily[] {
  const families = ([4, 6] as const).filter((family) => !podCidr.ofFamily(family).isEmpty);
  return families.length > 0 ? families : [4];
}
