import type { PodGroup } from '../cluster/workload';
import type { DnsConfig } from '../manifest/resources';
import { formatIp } from '../values/ip';
import { LONGEST_NAME } from './name';

/** DNS-20: what Kubernetes lets into a `resolv.conf`. */
const LIMITS = { nameservers: 3, searches: 32, searchLetters: 2048 } as const;

/** Where a pod sends its questions: the cluster's DNS, what its node uses, or an address that its manifest gives. */
export type Nameserver = 'cluster' | 'node' | { readonly address: string };

/** A pod's `/etc/resolv.conf`. */
export interface ResolvConf {
  readonly nameservers: readonly Nameserver[];
  /** In order; `undefined` stands for those of the node, which no manifest tells. */
  readonly searches: readonly (string | undefined)[];
  /** `name` or `name:value`, each name once. */
  readonly options: readonly string[];
  /** DNS-20: what Kubernetes left out because there was too much of it. */
  readonly dropped: readonly string[];
}

/** The node's own `resolv.conf`, where anybody tells. */
export interface NodeResolvConf {
  readonly nameservers: readonly string[];
  readonly searches: readonly string[];
  readonly options: readonly string[];
}

/** DNS-18 to DNS-20: the cluster's DNS, that of the node, or nothing to begin with. */
export type DnsType = 'cluster' | 'node' | 'none';

/** DNS-19: ClusterFirst falls back to the node's resolver in the node's network. */
export function dnsTypeOf({ dnsPolicy, hostNetwork }: Pick<PodGroup, 'dnsPolicy' | 'hostNetwork'>): DnsType {
  if (dnsPolicy === 'None') return 'none';
  if (dnsPolicy === 'Default') return 'node';
  return dnsPolicy === 'ClusterFirst' && hostNetwork ? 'node' : 'cluster';
}

/** What of a pod decides its `resolv.conf`. */
export interface DnsClient {
  readonly namespace: string;
  readonly dnsPolicy: PodGroup['dnsPolicy'];
  readonly hostNetwork: boolean;
  readonly dnsConfig?: DnsConfig;
}

/**
 * The `resolv.conf` that a kubelet writes for a pod (DNS-18 to DNS-20).
 * @param node what the node itself uses @default - nobody knows
 */
export function resolvConfOf(client: DnsClient, clusterDomain: string, node?: NodeResolvConf): ResolvConf {
  const { nameservers, searches, options } = basis(client, clusterDomain, node);
  const { dnsConfig } = client;
  const added = dnsConfig?.nameservers.map((ip) => ({ address: formatIp(ip) })) ?? [];
  const allSearches = distinct([...searches, ...(dnsConfig?.searches ?? [])], (search) => search ?? '');
  return {
    ...withinLimits(distinct([...nameservers, ...added], nameserverText), allSearches),
    options: mergedOptions(options, dnsConfig?.options ?? []),
  };
}

function basis(client: DnsClient, domain: string, node?: NodeResolvConf): Omit<ResolvConf, 'dropped'> {
  const type = dnsTypeOf(client);
  const nodeSearches = node ? node.searches : [undefined];
  if (type === 'none') return { nameservers: [], searches: [], options: [] };
  if (type === 'node') {
    const nameservers: readonly Nameserver[] = node ? node.nameservers.map((address) => ({ address })) : ['node'];
    return { nameservers, searches: nodeSearches, options: node?.options ?? [] };
  }
  const searches = [`${client.namespace}.svc.${domain}`, `svc.${domain}`, domain, ...nodeSearches];
  return { nameservers: ['cluster'], searches, options: ['ndots:5'] };
}

/** Excess goes from the end; a search domain that is too long goes wherever it stands. */
function withinLimits(
  nameservers: readonly Nameserver[],
  searches: readonly (string | undefined)[],
): Pick<ResolvConf, 'nameservers' | 'searches' | 'dropped'> {
  const kept = searches.slice(0, LIMITS.searches).filter((search = '') => search.length <= LONGEST_NAME);
  while (lineOf(kept).length > LIMITS.searchLetters) kept.pop();
  const servers = nameservers.slice(0, LIMITS.nameservers);
  const dropped = [
    ...nameservers.slice(LIMITS.nameservers).map((each) => `nameserver ${nameserverText(each)}`),
    ...searches.filter((search) => !kept.includes(search)).map((search) => `search ${search}`),
  ];
  return { nameservers: servers, searches: kept, dropped };
}

/** The search domains as one line has them. */
export function lineOf(searches: readonly (string | undefined)[]): string {
  return searches.filter((search) => search !== undefined).join(' ');
}

export function nameserverText(nameserver: Nameserver): string {
  return typeof nameserver === 'string' ? nameserver : nameserver.address;
}

/** An option that the pod sets again has the pod's value. */
function mergedOptions(existing: readonly string[], own: DnsConfig['options']): readonly string[] {
  const merged = new Map(existing.map((option) => [option.split(':')[0], option]));
  for (const { name, value } of own) merged.set(name, value ? `${name}:${value}` : name);
  return [...merged.values()];
}

/** How many dots make a name that is tried as it is before the search list. All resolvers stop at 15. @default 1 */
export function ndotsOf({ options }: Pick<ResolvConf, 'options'>): number {
  const value = options.find((option) => option.startsWith('ndots:'))?.slice('ndots:'.length);
  return value !== undefined && /^\d+$/.test(value) ? Math.min(Number(value), 15) : 1;
}

/** Each once, where it stands first. */
function distinct<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const known = new Set<string>();
  return items.filter((item) => known.size < known.add(keyOf(item)).size);
}
