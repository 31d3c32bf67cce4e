import { type PodGroup, workloadLabel } from '../cluster/workload';
import { dnsServers, withoutClusterDns } from '../dns/lookup';
import type { PolicyEngine } from '../policy/engine';
import { policyHops } from './policy-hops';
import { type Hop, outcomeOf, type PolicyHop } from './verdict';

/** DNS-18, DNS-29: the lookup is a flow of its own, over UDP and, for long answers, TCP, to the DNS pods' own port. */
export function lookup(engine: PolicyEngine, pod: PodGroup, name: string): Hop & { hop: 'lookup' } {
  const servers = dnsServers(engine.cluster);
  const server = [...new Set(servers.map((s) => workloadLabel(s.pod.workload)))].join(', ');
  const base = { hop: 'lookup' as const, name, server };
  const without = withoutClusterDns(pod);
  if (without) return { ...base, decision: without === 'custom-dns' ? 'unknown' : 'stops', problem: without, ways: [] };
  const ways = (protocol: 'UDP' | 'TCP'): readonly PolicyHop[] =>
    servers.flatMap((s) => {
      const port = protocol === 'UDP' ? s.udp : s.tcp;
      return policyHops(engine, { pod }, { pod: s.pod }, { protocol, port });
    });
  const udp = ways('UDP');
  const overUdp = outcomeOf(udp);
  if (overUdp !== 'allowed') {
    return { ...base, decision: overUdp === 'denied' ? 'stops' : 'unknown', problem: 'denied-by-policy', ways: udp };
  }
  const tcp = ways('TCP');
  if (outcomeOf(tcp) === 'allowed') return { ...base, decision: 'passes', ways: udp };
  // A short answer comes over UDP; one that does not fit is asked for again over TCP, and then the name fails.
  return { ...base, decision: 'unknown', problem: 'tcp-only-denied', ways: tcp };
}
