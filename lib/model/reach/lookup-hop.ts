import { type PodGroup, workloadLabel } from '../cluster/workload';
import { DNS_PORT, dnsServers, withoutClusterDns } from '../dns/lookup';
import type { PolicyEngine } from '../policy/engine';
import { CidrSet } from '../values/cidr-set';
import type { Doubt } from '../values/ternary';
import { anyTraffic } from './any-traffic';
import { policyHops } from './policy-hops';
import { decisionOf, type Hop, outcomeOf, type PolicyHop } from './verdict';

type LookupHop = Hop & { hop: 'lookup' };

const HOSTS_DOUBT: Doubt = { rule: 'DNS-24', wouldDecide: 'a pod without this name in its hostAliases' };
const SERVER_DOUBT: Doubt = { rule: 'DNS-28', wouldDecide: 'the pods behind Service kube-system/kube-dns' };
const SOME_SERVERS_DOUBT: Doubt = {
  rule: 'SVC-28',
  wouldDecide: 'which DNS pod is asked: some of them get the question and others do not',
};

/**
 * DNS-18, DNS-29: the lookup is a flow of its own, over UDP and, for long answers, TCP, to the DNS pods' own port.
 *
 * @param name the full name
 * @param others shorter names by which the pod may ask for the same
 */
export function lookup(engine: PolicyEngine, pod: PodGroup, name: string, others: readonly string[] = []): LookupHop {
  const found = dnsServers(engine.cluster);
  const servers = found === 'unknown' ? [] : found;
  const server = [...new Set(servers.map((s) => workloadLabel(s.pod.workload)))].join(', ');
  const base = { hop: 'lookup' as const, name, server, ways: [] };
  const aliases = new Set(pod.hostAliases?.flatMap(({ hostnames }) => hostnames.map((alias) => alias.toLowerCase())));
  // DNS-24: the file wins over every server, and nobody knows by which of its names the pod asks.
  if ([name, ...others].some((asked) => aliases.has(asked.toLowerCase()))) {
    return { ...base, decision: 'unknown', problem: 'hosts-file', doubts: [HOSTS_DOUBT] };
  }
  const without = withoutClusterDns(pod);
  if (without) return { ...base, decision: without === 'custom-dns' ? 'unknown' : 'stops', problem: without };
  if (found === 'unknown') return { ...base, decision: 'unknown', problem: 'no-server', doubts: [SERVER_DOUBT] };
  if (servers.length === 0) return { ...base, decision: 'stops', problem: 'no-server' };

  const udp = agreed(servers.map((s) => policyHops(engine, { pod }, s, { protocol: 'UDP', port: s.udp })));
  const overUdp = decisionOf(outcomeOf(udp));
  if (overUdp !== 'passes') return { ...base, decision: overUdp, problem: 'denied-by-policy', ways: udp };
  const tcp = agreed(servers.map((s) => policyHops(engine, { pod }, s, { protocol: 'TCP', port: s.tcp })));
  if (outcomeOf(tcp) === 'allowed') return { ...base, decision: 'passes', ways: udp };
  // A short answer comes over UDP; one that does not fit is asked for again over TCP, and then the name fails.
  return { ...base, decision: 'unknown', problem: 'tcp-only-denied', ways: tcp };
}

/**
 * DNS-19, DNS-20: a name outside the cluster is known to whatever resolver the pod asks. One that is not the cluster's own
 * has an address that no manifest tells, so that egress policies decide only where they let lookups out to everybody.
 */
export function lookupOutside(engine: PolicyEngine, pod: PodGroup, host: string): LookupHop {
  const inside = lookup(engine, pod, host);
  if (inside.problem !== 'no-cluster-dns' && inside.problem !== 'custom-dns') return inside;
  const { problem: _, ...base } = inside;
  const resolver = { addresses: CidrSet.all(), label: 'its own resolver' };
  const mayDeny = anyTraffic(engine, { pod }, resolver)?.mayDeny;
  const isOpen = (['UDP', 'TCP'] as const).every((protocol) => !mayDeny?.hasPort(protocol, DNS_PORT));
  return isOpen
    ? { ...base, decision: 'passes' }
    : { ...base, decision: 'unknown', problem: 'no-server', doubts: [RESOLVER_DOUBT] };
}

const RESOLVER_DOUBT: Doubt = {
  rule: 'DNS-19',
  wouldDecide: "dnsPolicy ClusterFirst, or the address of the pod's resolver",
};

/** SVC-28: any one of the servers is asked, so that where some refuse and others do not nobody knows. */
function agreed(ways: readonly (readonly PolicyHop[])[]): readonly PolicyHop[] {
  const hops = ways.flat();
  if (ways.every((way) => outcomeOf(way) === 'denied')) return hops;
  return hops.map((hop) => {
    if (hop.decision !== 'stops') return hop;
    return { ...hop, decision: 'unknown', outcome: 'unknown', doubts: [...hop.doubts, SOME_SERVERS_DOUBT] };
  });
}
