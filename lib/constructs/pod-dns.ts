import { CidrSet } from '../model/values/cidr-set';
import { parseIp } from '../model/values/ip';
import { type PolicyScope, type PolicySpec, toClusterDns } from './policy-spec';

/** How pods look up names. */
export interface DnsOptions {
  /**
   * Whom they ask: the cluster's DNS, whomever their node asks (`Default`, which is not the default), or only
   * `nameservers` (DNS-18 to DNS-20). What a node asks no manifest tells, so that with `Default` the app's policy lets lookups
   * out to port 53 everywhere.
   *
   * @default 'ClusterFirst'
   */
  readonly policy?: 'ClusterFirst' | 'Default' | 'None';
  /** Further servers, three at most; all there are with policy `None`, which needs one. @default - none */
  readonly nameservers?: readonly string[];
  /** Further domains in which short names are looked up. @default - none */
  readonly searches?: readonly string[];
  /** Options of the resolver, e.g. `{ ndots: 2 }`; `true` for one without a value. @default - those of the policy */
  readonly options?: Readonly<Record<string, string | number | true>>;
}

/** Throws for what the API server refuses (DNS-20). */
export function assertDns(app: string, dns: DnsOptions): void {
  const { policy = 'ClusterFirst', nameservers = [], searches = [] } = dns;
  const refuse = (why: string): never => {
    throw new Error(`Unable to set the DNS of app "${app}": ${why} (DNS-20).`);
  };
  if (!['ClusterFirst', 'Default', 'None'].includes(policy)) {
    refuse(`the policy is one of ClusterFirst, Default and None, not "${policy}"`);
  }
  if (policy === 'None' && nameservers.length === 0) refuse('with policy None its pods ask nobody; give `nameservers`');
  if (nameservers.length > 3) refuse(`it has ${nameservers.length} nameservers, and 3 are the most`);
  if (searches.length > 32 || searches.join(' ').length > 2048) refuse('32 searches of 2048 characters are the most');
  for (const server of nameservers) {
    const parsed = parseIp(server);
    if (!parsed.ok) refuse(`"${server}" is no address of a nameserver: ${parsed.problem}`);
  }
}

/** The fields of a pod's spec that say so. */
export function dnsFields({ policy, nameservers, searches, options }: DnsOptions): Readonly<Record<string, unknown>> {
  const listed = Object.entries(options ?? {}).map(([name, value]) => ({
    name,
    value: value === true ? undefined : String(value),
  }));
  const dnsConfig = { nameservers, searches, options: options && listed };
  const isConfigured = Object.values(dnsConfig).some((value) => value !== undefined);
  return { dnsPolicy: policy, dnsConfig: isConfigured ? dnsConfig : undefined };
}

/** Where the pods' lookups go, as egress rules. Both protocols, because long answers come over TCP (DNS-29). */
export function dnsRules(dns: DnsOptions, { cluster }: PolicyScope): NonNullable<PolicySpec['egress']> {
  const { policy = 'ClusterFirst', nameservers = [] } = dns;
  const { ports } = toClusterDns();
  // DNS-19: which servers a node asks no manifest tells.
  if (policy === 'Default') return [{ ports }];
  // NP-19: behind the address of a Service policies see its pods.
  const serviceRanges = CidrSet.parse(...[cluster.serviceCidr ?? []].flat());
  const own = nameservers.filter((server) => !isIn(server, serviceRanges));
  const to = own.map((server) => ({ ipBlock: { cidr: `${server}/${server.includes(':') ? 128 : 32}` } }));
  const asksCluster = policy === 'ClusterFirst' || own.length < nameservers.length;
  return [...(asksCluster ? [toClusterDns()] : []), ...(to.length > 0 ? [{ to, ports }] : [])];
}

/**
 * Whether every resolver looks the short names of a namespace up in that namespace. A name with as many dots as `ndots` is
 * looked up as it stands first, and by musl only so (DNS-21); names of pods have one dot.
 */
export function findsShortNames(dns: DnsOptions, namespace: string, clusterDomain: string): boolean {
  const { policy = 'ClusterFirst', searches = [], options = {} } = dns;
  const isSearched = policy === 'ClusterFirst' || searches.includes(`${namespace}.svc.${clusterDomain}`);
  // DNS-18, DNS-20: the cluster's own option is 5, the resolver's 1.
  const ndots = Number(options.ndots ?? (policy === 'ClusterFirst' ? 5 : 1));
  return isSearched && ndots > 1;
}

function isIn(address: string, ranges: CidrSet): boolean {
  const parsed = parseIp(address);
  return parsed.ok && ranges.has(parsed.address);
}
