import { type PodGroup, workloadLabel } from '../cluster/workload';
import { DNS_PORT, type DnsServer, dnsServers, namesOf, serviceName } from '../dns/lookup';
import { asksClusterDns } from '../dns/nameserver';
import { dnsTypeOf } from '../dns/resolv-conf';
import { type Resolution, resolveFor } from '../dns/resolve';
import { zoneOf } from '../dns/zones';
import type { ServiceResource } from '../manifest/resources';
import type { PolicyEngine } from '../policy/engine';
import { proxyModeOf } from '../service/modes';
import { CidrSet } from '../values/cidr-set';
import { formatIp } from '../values/ip';
import { type Doubt, distinctDoubts } from '../values/ternary';
import { anyTraffic } from './any-traffic';
import { either, NODE_SEEN } from './either-form';
import { openFabricHops } from './fabric-hop';
import { type Dialled, type End, policyHops } from './policy-hops';
import { apiServerFrom, upstreamFrom } from './server-needs';
import { decisionOf, type Hop, outcomeOf, type PolicyHop } from './verdict';

type LookupHop = Hop & { hop: 'lookup' };
type Base = Pick<LookupHop, 'hop' | 'name' | 'server' | 'ways'>;

const HOSTS_DOUBT: Doubt = { rule: 'DNS-24', wouldDecide: 'a pod without this name in its hostAliases' };
const SERVER_DOUBT: Doubt = { rule: 'DNS-28', wouldDecide: 'the pods behind Service kube-system/kube-dns' };
const SOME_SERVERS_DOUBT: Doubt = {
  rule: 'SVC-28',
  wouldDecide: 'which DNS pod is asked: some of them get the question and others do not',
};
const RESOLVER_DOUBT: Doubt = {
  rule: 'DNS-19',
  wouldDecide: "dnsPolicy ClusterFirst, or the address of the pod's resolver",
};

/**
 * A pod's lookup of a Service: what its resolver makes of the full name (DNS-18 to DNS-24), and the way of the question, a
 * flow of its own (DNS-28, DNS-29).
 */
export function lookup(engine: PolicyEngine, pod: PodGroup, service: ServiceResource): LookupHop {
  const { cluster } = engine;
  const name = serviceName(service, cluster);
  const base = baseOf(engine, name);
  if (dnsTypeOf(pod) === 'node') return { ...base, decision: 'stops', problem: 'no-cluster-dns' };
  // DNS-24: the file wins over every server, and nobody knows by which of its names the pod asks.
  if (isAliased(pod, namesOf(service, cluster))) {
    return { ...base, decision: 'unknown', problem: 'hosts-file', doubts: [HOSTS_DOUBT] };
  }
  return unresolved(pod, resolve(engine, pod, name), base) ?? throughServers(engine, pod, base);
}

/** The way of a question to the cluster's DNS and back, whatever name of the cluster is asked for. */
export function lookupWay(engine: PolicyEngine, pod: PodGroup, name: string): LookupHop {
  const base = baseOf(engine, name);
  if (dnsTypeOf(pod) === 'node') return { ...base, decision: 'stops', problem: 'no-cluster-dns' };
  return throughServers(engine, pod, base);
}

/** A name that lies outside the cluster: one that the search list leads to a Service does not get there (DNS-23). */
export function lookupOutside(engine: PolicyEngine, pod: PodGroup, host: string): LookupHop {
  const [capturing] = isAliased(pod, [host]) ? [] : resolve(engine, pod, host).targets;
  if (!capturing) return lookupName(engine, pod, host);
  const doubts = [captureDoubt(host, capturing.service)];
  return { ...baseOf(engine, host), decision: 'unknown', problem: 'captured', doubts };
}

/**
 * The way of the question for any name, whoever knows it.
 *
 * DNS-19, DNS-20: a name outside the cluster is known to whatever resolver the pod asks. One that is not the cluster's own
 * has an address that no manifest tells, so that egress policies decide only where they let lookups out to everybody.
 */
export function lookupName(engine: PolicyEngine, pod: PodGroup, host: string): LookupHop {
  const base = baseOf(engine, host);
  if (isAliased(pod, [host])) return { ...base, decision: 'unknown', problem: 'hosts-file', doubts: [HOSTS_DOUBT] };
  if (!asksClusterDns(pod, engine.cluster)) return throughOwnResolver(engine, pod, base);
  const inside = throughServers(engine, pod, base);
  // DNS-27: the cache passes other names on by itself.
  const isPassedOn = resolve(engine, pod, host).isUpstream && !engine.cluster.profile.dns.nodeLocal;
  if (inside.decision !== 'passes' || !isPassedOn) return inside;
  const upstream = upstreamFrom(
    engine,
    serversOf(engine).map((server) => server.pod),
  );
  return upstream.decision === 'passes' ? inside : { ...base, ...upstream, problem: 'server-needs' };
}

/** DNS-23: whoever writes the name without a dot at its end gets the Service. */
function captureDoubt(host: string, { namespace, name }: ServiceResource): Doubt {
  const wouldDecide = `a dot at the end of ${host}: as it stands, the search list leads to Service ${namespace}/${name}`;
  return { rule: 'DNS-23', wouldDecide };
}

function throughOwnResolver(engine: PolicyEngine, pod: PodGroup, base: Base): LookupHop {
  const resolver = { addresses: CidrSet.all(), label: 'its own resolver' };
  const mayDeny = anyTraffic(engine, { pod }, resolver)?.mayDeny;
  const isOpen = (['UDP', 'TCP'] as const).every((protocol) => !mayDeny?.hasPort(protocol, DNS_PORT));
  return isOpen
    ? { ...base, decision: 'passes' }
    : { ...base, decision: 'unknown', problem: 'no-server', doubts: [RESOLVER_DOUBT] };
}

function baseOf(engine: PolicyEngine, name: string): Base {
  const { nodeLocal } = engine.cluster.profile.dns;
  const labels = serversOf(engine).map(({ pod }) => workloadLabel(pod.workload));
  const server = nodeLocal ? `${NODE_LOCAL} at ${formatIp(nodeLocal)}` : [...new Set(labels)].join(', ');
  return { hop: 'lookup', name, server, ways: [] };
}

function serversOf({ cluster }: PolicyEngine): readonly DnsServer[] {
  const found = dnsServers(cluster);
  return found === 'unknown' ? [] : found;
}

/** As an application asks: for addresses of both families. */
function resolve({ cluster }: PolicyEngine, pod: PodGroup, name: string): Resolution {
  return resolveFor(pod, name, zoneOf(cluster), cluster, { types: ['A', 'AAAA'] });
}

function isAliased({ hostAliases = [] }: PodGroup, names: readonly string[]): boolean {
  const aliases = new Set(hostAliases.flatMap(({ hostnames }) => hostnames.map((alias) => alias.toLowerCase())));
  return names.some((name) => aliases.has(name.toLowerCase()));
}

/** What keeps the name from leading anywhere, however open the way is. */
function unresolved({ dnsPolicy }: PodGroup, found: Resolution, base: Base): LookupHop | undefined {
  // An alias that leads out of the cluster is there, whatever becomes of it outside.
  if (found.result === 'found' || (found.result === 'unknown' && found.rcode === 'NOERROR')) return undefined;
  if (found.result !== 'unknown') return { ...base, decision: 'stops', problem: 'no-such-name' };
  if (dnsPolicy === 'None') return { ...base, decision: 'unknown', problem: 'custom-dns' };
  return { ...base, decision: 'unknown', problem: 'unresolved', doubts: found.doubts };
}

/** What becomes of a question, whatever name it is for. */
type Way = Omit<LookupHop, 'hop' | 'name' | 'server'>;

/** A pod asks for many names, each in the same way. */
const WAYS = new WeakMap<PolicyEngine, Map<PodGroup, Way>>();

function throughServers(engine: PolicyEngine, pod: PodGroup, base: Base): LookupHop {
  const known = WAYS.get(engine) ?? new Map<PodGroup, Way>();
  WAYS.set(engine, known);
  const way = known.get(pod) ?? wayToServers(engine, pod);
  known.set(pod, way);
  return { ...base, ...way };
}

/** DNS-28, DNS-29: over UDP and, for long answers, TCP, to whoever answers; and what they need in order to answer. */
function wayToServers(engine: PolicyEngine, pod: PodGroup): Way {
  const servers = dnsServers(engine.cluster);
  if (servers === 'unknown') return { ways: [], decision: 'unknown', problem: 'no-server', doubts: [SERVER_DOUBT] };
  if (servers.length === 0) return { ways: [], decision: 'stops', problem: 'no-server' };
  const uncarried = uncarriedTo(engine, pod, servers);
  if (uncarried) return uncarried;
  const udp = ways(engine, pod, servers, 'UDP');
  const overUdp = decisionOf(outcomeOf(udp));
  if (overUdp !== 'passes') return { decision: overUdp, problem: 'denied-by-policy', ways: udp };
  const tcp = ways(engine, pod, servers, 'TCP');
  // A short answer comes over UDP; one that does not fit is asked for again over TCP, and then the name fails.
  if (outcomeOf(tcp) !== 'allowed') return { decision: 'unknown', problem: 'tcp-only-denied', ways: tcp };
  const needs = apiServerFrom(
    engine,
    servers.map((server) => server.pod),
  );
  return needs.decision === 'passes' ? { decision: 'passes', ways: udp } : { ...needs, problem: 'server-needs' };
}

/** NET-04: nodes may have no way between them, and the cache of the node has to get to the DNS pods as well (DNS-27). */
function uncarriedTo(engine: PolicyEngine, pod: PodGroup, servers: readonly DnsServer[]): Way | undefined {
  const { profile } = engine.cluster;
  const from: End = profile.dns.nodeLocal ? { ...onSomeNode(engine, NODE_LOCAL), node: pod.nodeName ?? '' } : { pod };
  const hops = servers.flatMap((server) => openFabricHops(engine.cluster, from, server));
  if (hops.length === 0) return undefined;
  const isShut = hops.length === servers.length && hops.every(({ decision }) => decision === 'stops');
  if (isShut) return { ways: [], decision: 'stops', problem: 'no-way' };
  return {
    ways: [],
    decision: 'unknown',
    problem: 'no-way',
    doubts: distinctDoubts(hops.flatMap((hop) => hop.doubts)),
  };
}

/**
 * DNS-27: the cache of the node is asked where there is one. As part of the node it is none of the DNS pods: only a rule
 * about its address lets questions out to it, and it asks the DNS pods as a node does.
 */
function ways(
  engine: PolicyEngine,
  pod: PodGroup,
  servers: readonly DnsServer[],
  protocol: 'UDP' | 'TCP',
): readonly PolicyHop[] {
  const { nodeLocal } = engine.cluster.profile.dns;
  if (nodeLocal) {
    const cache: End = { addresses: CidrSet.ofAddresses([nodeLocal]), label: NODE_LOCAL, node: '' };
    const asked = (end: End) => policyHops(engine, { pod }, end, { protocol, port: DNS_PORT }, { ownNode: 'left-out' });
    const { ipBlockSelectsNodes } = engine.cluster.profile.capabilities;
    const seen = ipBlockSelectsNodes === false ? { ...cache, node: undefined } : cache;
    const toCache = either(asked(cache), asked(seen), CACHE_DOUBT);
    const byCache = [...toCache, ...toServers(engine, onSomeNode(engine, NODE_LOCAL), servers, protocol)];
    if (proxyModeOf(engine.cluster.profile).masquerading !== 'unknown') return byCache;
    return either(byCache, toServers(engine, { pod }, servers, protocol), PAST_CACHE_DOUBT);
  }
  return toServers(engine, { pod }, servers, protocol);
}

const NODE_LOCAL = 'NodeLocal DNSCache';
const CACHE_DOUBT: Doubt = {
  rule: 'NP-17',
  wouldDecide:
    "whether the network plugin takes the cache's address for the node's own: when it was there first, it may not",
};

const PAST_CACHE_DOUBT: Doubt = {
  rule: 'DNS-27',
  wouldDecide:
    'whether questions get to the cache where the network plugin serves Services, or straight to the DNS pods',
};

/** Who asks from the address of a node, which may be any. */
function onSomeNode({ cluster }: PolicyEngine, label: string): End {
  const { nodeCidr } = cluster.profile;
  return { addresses: nodeCidr.isEmpty ? cluster.outside : nodeCidr, label, node: '' };
}

function toServers(
  engine: PolicyEngine,
  from: End,
  servers: readonly DnsServer[],
  protocol: 'UDP' | 'TCP',
): readonly PolicyHop[] {
  const portOf = ({ udp, tcp }: DnsServer) => (protocol === 'UDP' ? udp : tcp);
  return agreed(servers.map((server) => toServer(engine, from, server, { protocol, port: portOf(server) })));
}

/** SVC-15: with masqueradeAll the servers' policies see some node in place of the pod. */
function toServer(engine: PolicyEngine, from: End, server: DnsServer, dialled: Dialled): readonly PolicyHop[] {
  const hops = policyHops(engine, from, server, dialled);
  if (!('pod' in from) || !engine.cluster.profile.kubeProxy.masqueradeAll) return hops;
  const isEntering = ({ hop }: PolicyHop) => hop === 'ingress-policy';
  const asNode = policyHops(engine, onSomeNode(engine, 'a node that forwards'), server, dialled).filter(isEntering);
  return [...hops.filter((hop) => !isEntering(hop)), ...either(asNode, hops.filter(isEntering), NODE_SEEN)];
}

/** SVC-28: any one of the servers is asked, so that where some refuse and others do not nobody knows. */
function agreed(ways: readonly (readonly PolicyHop[])[]): readonly PolicyHop[] {
  const hops = ways.flat();
  if (ways.every((way) => outcomeOf(way) === 'denied')) return hops;
  return hops.map((hop) => {
    if (hop.decision !== 'stops') return hop;
    return { ...hop, decision: 'unknown', outcome: 'unknown', doubts: [...hop.doubts, SOME_SERVERS_DOUBT] };
  });
}
