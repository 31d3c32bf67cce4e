import type { PodGroup } from '../cluster/workload';
import { type IpAddress, parseIp } from '../values/ip';
import { absolute } from './name';
import type { Resolver } from './resolver';

/** A line of `/etc/hosts`. */
export interface HostsLine {
  readonly address: IpAddress;
  readonly names: readonly string[];
}

const LOCALHOST: readonly HostsLine[] = [
  hostsLine('127.0.0.1', ['localhost']),
  hostsLine('::1', ['localhost', 'ip6-localhost']),
].flat();

/**
 * DNS-24: what the kubelet writes into a pod's `/etc/hosts`, as far as it is known before the pod has its address.
 * A pod in its node's network has the node's own file, with the aliases added.
 */
export function hostsFileOf(pod: PodGroup, clusterDomain: string): readonly HostsLine[] {
  const aliases = pod.hostAliases?.map(({ ip, hostnames }) => ({ address: ip, names: hostnames })) ?? [];
  const own = pod.hostNetwork
    ? []
    : (pod.addresses ?? []).map((address) => ({ address, names: ownNames(pod, clusterDomain) }));
  return [...LOCALHOST, ...own, ...aliases];
}

function ownNames({ hostname, podName, subdomain, namespace }: PodGroup, clusterDomain: string): readonly string[] {
  const own = hostname ?? podName;
  if (own === undefined) return [];
  return subdomain === undefined ? [own] : [`${own}.${subdomain}.${namespace.name}.svc.${clusterDomain}`, own];
}

function hostsLine(text: string, names: readonly string[]): readonly HostsLine[] {
  const parsed = parseIp(text);
  return parsed.ok ? [{ address: parsed.address, names }] : [];
}

/** The addresses that the file has for a name. musl minds the case of letters, and only Go passes over a last dot. */
export function addressesInHosts(lines: readonly HostsLine[], name: string, resolver: Resolver): readonly IpAddress[] {
  const isAlike = (own: string) => {
    if (resolver === 'musl') return own === name;
    const [one, other] = [own.toLowerCase(), name.toLowerCase()];
    return resolver === 'go' ? absolute(one) === absolute(other) : one === other;
  };
  return lines.filter(({ names }) => names.some(isAlike)).map(({ address }) => address);
}
