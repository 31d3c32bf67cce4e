import { hasOrdinal, type PodGroup } from '../cluster/workload';
import { type IpAddress, type IpFamily, parseIp } from '../values/ip';
import { absolute } from './name';
import type { Resolver } from './resolver';

/** A line of `/etc/hosts`. */
export interface HostsLine {
  /** `undefined` for a pod's own address, which Kubernetes is yet to choose. */
  readonly address: IpAddress | undefined;
  readonly family: IpFamily;
  readonly names: readonly string[];
}

const LOCALHOST: readonly HostsLine[] = [
  ...hostsLine('127.0.0.1', ['localhost']),
  ...hostsLine('::1', ['localhost', 'ip6-localhost', 'ip6-loopback']),
];

/** The line of an address in its text form; none where the text is no address. */
export function hostsLine(text: string, names: readonly string[]): readonly HostsLine[] {
  const parsed = parseIp(text);
  return parsed.ok ? [{ address: parsed.address, family: parsed.address.family, names }] : [];
}

/**
 * DNS-24: what the kubelet writes into a pod's `/etc/hosts`: its own name, and its aliases. A pod in its node's network has
 * the node's own file, with the aliases added.
 */
export function hostsFileOf(pod: PodGroup, clusterDomain: string, families: readonly IpFamily[]): readonly HostsLine[] {
  const aliases = pod.hostAliases?.map(({ ip, hostnames }) => ({ address: ip, family: ip.family, names: hostnames }));
  const names = pod.hostNetwork ? [] : ownNames(pod, clusterDomain);
  const own =
    pod.addresses?.map((address) => ({ address, family: address.family })) ??
    families.map((family) => ({ address: undefined, family }));
  return [...LOCALHOST, ...(names.length > 0 ? own.map((line) => ({ ...line, names })) : []), ...(aliases ?? [])];
}

function ownNames(pod: PodGroup, clusterDomain: string): readonly string[] {
  const { hostname, podName, subdomain, namespace, hostnameOverride } = pod;
  if (hostnameOverride !== undefined) return [hostnameOverride];
  const own = hostname ?? podName;
  if (own === undefined) return [];
  return subdomain === undefined ? [own] : [`${own}.${subdomain}.${namespace.name}.svc.${clusterDomain}`, own];
}

/** Whether the name is that of one of several pods of a StatefulSet, which has it in its own file as the others do not. */
export function isOwnNameOfSome(pod: PodGroup, name: string): boolean {
  const { kind, name: workload } = pod.workload;
  if (kind !== 'StatefulSet' || pod.podName !== undefined || pod.hostNetwork) return false;
  const ordinal = /-(0|[1-9][0-9]*)$/.exec(name.toLowerCase());
  if (!ordinal || name.slice(0, ordinal.index).toLowerCase() !== workload) return false;
  return pod.replicas === undefined || hasOrdinal(pod, Number(ordinal[1]));
}

/** The lines that the file has for a name. musl minds the case of letters, and only Go passes over a last dot. */
export function linesFor(lines: readonly HostsLine[], name: string, resolver: Resolver): readonly HostsLine[] {
  const isAlike = (own: string) => {
    if (resolver === 'musl') return own === name;
    const [one, other] = [own.toLowerCase(), name.toLowerCase()];
    return resolver === 'go' ? absolute(one) === absolute(other) : one === other;
  };
  return lines.filter(({ names }) => names.some(isAlike));
}
