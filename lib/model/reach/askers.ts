import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import { dnsServers, serviceName } from '../dns/lookup';
import { packetPathsOf } from '../fabric/packet-path';
import type { PolicyEngine } from '../policy/engine';
import { outcomeIn } from '../policy/rows';
import { BitSet } from '../values/bit-set';
import { groupBy } from '../values/group-by';
import { lookupWay } from './lookup-hop';
import { indices, type Passing } from './pod-ways';

/** Pods by what becomes of their lookups. */
export interface Askers extends Passing {
  /** Pods that have to be asked name by name; among those that may. */
  readonly each: BitSet;
}

/** Everybody, where no name is looked up. */
export function withoutLookups(pods: readonly PodGroup[], size: number): Askers {
  const all = indices(pods, size);
  return { surely: all, perhaps: all, each: new BitSet(size) };
}

/**
 * Whose lookups of Services come back. Pods that policies can't tell apart, neither on their own way out nor on the way
 * into the DNS pods, and that have the same resolver, are asked once.
 */
export function askersAmong(engine: PolicyEngine, pods: readonly PodGroup[]): Askers {
  const { cluster } = engine;
  const size = cluster.pods.length;
  const [surely, perhaps] = [new BitSet(size), new BitSet(size)];
  // DNS-20, DNS-24: what a pod's own files say differs from name to name.
  const each = indices(
    pods.filter((pod) => !hasPlainDns(pod)),
    size,
  );
  perhaps.unionInPlace(each);
  const [some] = cluster.services;
  const kinds = some ? groupBy(pods.filter(hasPlainDns), kindOf(engine)) : new Map<string, PodGroup[]>();
  for (const members of kinds.values()) {
    const { decision } = lookupWay(engine, members[0], serviceName(some, cluster));
    if (decision !== 'stops') perhaps.unionInPlace(indices(members, size));
    if (decision === 'passes') surely.unionInPlace(indices(members, size));
  }
  return { surely, perhaps, each };
}

/** DNS-20, DNS-24: whether a pod has no files of its own that answer, or send, its lookups otherwise. */
export function hasPlainDns({ hostAliases, dnsConfig, dnsPolicy }: PodGroup): boolean {
  return hostAliases === undefined && dnsConfig === undefined && dnsPolicy !== 'None';
}

/** Two pods of one kind get the same answer to every lookup of a Service. */
function kindOf(engine: PolicyEngine): (pod: PodGroup) => string {
  const { cluster, rows } = engine;
  const found = dnsServers(cluster);
  const servers = found === 'unknown' ? [] : found.map(({ pod }) => pod);
  const entering = servers.map((server) => rows.of('ingress', server));
  const numbers = new Map<object, number>();
  const isAlone = hasWayOfItsOwn(cluster, servers);
  return (pod) => {
    if (isAlone(pod)) return `pod ${pod.index}`;
    const egress = engine.of('egress', pod);
    if (!numbers.has(egress)) numbers.set(egress, numbers.size);
    // INVARIANT: where lookups go to the DNS pods and nowhere else, the outcomes with these say it all.
    const leaving =
      cluster.profile.dns.nodeLocal || pod.dnsPolicy !== 'ClusterFirst'
        ? [`rules ${numbers.get(egress)}`]
        : servers.map((server) => outcomeIn(rows.of('egress', pod), server));
    return [pod.dnsPolicy, ...leaving, '|', ...entering.map((row) => outcomeIn(row, pod))].join(' ');
  };
}

/**
 * Whether more than policies decide about a pod's way to the DNS pods: a pod always reaches itself (NP-31), and where it runs
 * matters to what is on the network of a node, at either end (NP-30, NET-01), and where nodes may have no way between them
 * (NET-04).
 */
function hasWayOfItsOwn(cluster: Cluster, servers: readonly PodGroup[]): (pod: PodGroup) => boolean {
  const mattersWhere = packetPathsOf(cluster).mayFail || servers.some(({ hostNetwork }) => hostNetwork);
  return (pod) => mattersWhere || pod.hostNetwork || servers.includes(pod);
}
