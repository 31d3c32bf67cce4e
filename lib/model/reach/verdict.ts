import type { NodeRole } from '../cluster/node-groups';
import type { PodGroup } from '../cluster/workload';
import type { PacketPath } from '../fabric/packet-path';
import type { FieldPath, Origin } from '../finding/origin';
import type { ServiceResource } from '../manifest/resources';
import type { Certainty, PolicyDecision } from '../policy/explain';
import type { CidrSet } from '../values/cidr-set';
import type { Doubt } from '../values/ternary';

export type HopDecision = 'passes' | 'stops' | 'unknown';

/** One step of a packet's way and what was decided there. */
export type Hop =
  | {
      readonly hop: 'lookup';
      readonly decision: HopDecision;
      /** The name that is looked up, with its domain. */
      readonly name: string;
      /** The DNS server pods asked, e.g. `kube-system/coredns[Deployment]`. */
      readonly server: string;
      readonly problem?: LookupProblem;
      /** The way of the lookup itself, over UDP and TCP, when policies decide. */
      readonly ways: readonly PolicyHop[];
      /** What leaves it open, beside policies. */
      readonly doubts?: readonly Doubt[];
    }
  | {
      readonly hop: 'service';
      readonly decision: HopDecision;
      readonly service: ServiceResource | undefined;
      readonly port: number | string;
      readonly problem?: ServiceProblem;
      readonly selected: readonly PodGroup[];
      readonly lacking: readonly PodGroup[];
      /** What leaves open whether a client gets to the backends. */
      readonly doubts?: readonly Doubt[];
      /** The node whose kube-proxy ends the packet's way; absent where it is none, or nobody tells which. */
      readonly node?: string;
      /** SVC-22: what the Service is another name for: a host, or `service/ns/name`. */
      readonly alias?: string;
      /** What kube-proxy does; absent where no packet gets to one. */
      readonly proxy?: ProxyStep;
    }
  | FirewallHop
  | FabricHop
  | PolicyHop;

/** The work of the kube-proxy of one node. */
export interface ProxyStep {
  /** The node's name; absent where nobody tells. */
  readonly node?: string;
  readonly via: 'ClusterIP' | 'externalIP' | 'LoadBalancer' | 'NodePort';
  /** The endpoint that this way leads to, e.g. `shop/web-0:8080`. */
  readonly endpoint: string;
  /** SVC-28: it is one of so many, each as likely as the others; a client of a Service with affinity keeps the one (SVC-24). */
  readonly choices: number;
  readonly isSticky: boolean;
  /** SVC-15: the node puts its own address in place of the client's. */
  readonly isMasqueraded: boolean;
}

/**
 * `no-server`: no DNS pod runs, or nobody knows which do (DNS-28); `hosts-file`: the pod has the name in a file of its own
 * (DNS-24); `no-such-name`: the cluster's DNS has no address for it (DNS-05); `unresolved`: what the pod's resolver makes of it
 * is open (DNS-21); `captured`: the search list leads elsewhere (DNS-23); `server-needs`: the DNS pods don't get what they need
 * to answer, the API server or other servers (DNS-28); `no-way`: the pod network has no way to their nodes, or may have none
 * (NET-04).
 */
export type LookupProblem =
  | 'denied-by-policy'
  | 'tcp-only-denied'
  | 'no-cluster-dns'
  | 'custom-dns'
  | 'no-server'
  | 'hosts-file'
  | 'no-such-name'
  | 'unresolved'
  | 'captured'
  | 'server-needs'
  | 'no-way';

/**
 * `no-service`: nothing gives the workload a name; `ambiguous`: several Services select it; `no-such-port` (SVC-10);
 * `no-selector` (SVC-02); `selects-nothing`; `no-endpoints` (SVC-12); `target-port-missing` (SVC-07);
 * `headless-port` (SVC-21): the container port must be dialled; `uncertain-endpoints`: which backends a client gets is open
 * (SVC-03, SVC-13); `mere-name`: it has no address of its own (SVC-22); `leads-nowhere`: nor has what it is a name for (DNS-09).
 * Of kube-proxy: `no-local-endpoints` (SVC-14), `source-not-allowed` (SVC-17)
 * and `unassigned-address`: it drops the packet; `node-port-closed` (SVC-20): the node refuses it; `left-cluster`: nobody in the
 * cluster takes it and it goes out; `reply-lost` (SVC-15): the reply does not pass the node that translated; `loopback` (NET-09): no
 * node takes from elsewhere what is for its own loopback; `open`: what
 * becomes of it depends on what nobody tells.
 */
export type ServiceProblem =
  | 'no-service'
  | 'ambiguous'
  | 'no-such-port'
  | 'no-selector'
  | 'selects-nothing'
  | 'no-endpoints'
  | 'target-port-missing'
  | 'headless-port'
  | 'uncertain-endpoints'
  | 'no-local-endpoints'
  | 'source-not-allowed'
  | 'unassigned-address'
  | 'node-port-closed'
  | 'left-cluster'
  | 'reply-lost'
  | 'loopback'
  | 'open'
  | 'mere-name'
  | 'leads-nowhere';

/** What is let in to a node from elsewhere, whatever guards it (NET-01). */
export interface FirewallHop {
  readonly hop: 'node-firewall';
  readonly decision: HopDecision;
  /** The node, or what listens on it, for people. */
  readonly at: string;
  /** Of whose nodes it is; absent where nobody tells which of them it is. */
  readonly role?: NodeRole;
  /** E.g. `2379/TCP`. */
  readonly traffic: string;
  /** The rule of the profile that lets it in, or may. */
  readonly rule?: FieldPath;
  /** Of the rule; of the list of rules where none lets it in. */
  readonly origin?: Origin;
  readonly doubts: readonly Doubt[];
}

/** NET-04: the way from the one end to the other by the pod network. */
export interface FabricHop extends PacketPath {
  readonly hop: 'fabric';
  /** The addresses that the ends may have. */
  readonly from: CidrSet;
  readonly to: CidrSet;
  /** NET-05: whose address is seen outside the cluster; absent where the packet stays within. */
  readonly seenAs?: 'node' | 'pod' | 'unknown';
}

/** The policies of one pod in one direction. */
export interface PolicyHop extends PolicyDecision {
  readonly hop: 'egress-policy' | 'ingress-policy';
  readonly decision: HopDecision;
  readonly at: PodGroup;
  /** Who is at the other end, for people. */
  readonly peer: string;
  /** E.g. `8080/TCP`: after the Service's translation (NP-19). */
  readonly traffic: string;
}

/** One source pod group (or address) to one destination. */
export interface PairVerdict {
  readonly from: string;
  readonly to: string;
  readonly source?: PodGroup;
  readonly target?: PodGroup;
  /** Who answers where that is no pod: the bare address. */
  readonly foreign?: string;
  readonly outcome: Certainty;
  readonly hops: readonly Hop[];
  readonly doubts: readonly Doubt[];
}

/** The answer for all pairs: `partial` when some surely pass and some surely do not. */
export interface Verdict {
  readonly outcome: Certainty | 'partial';
  readonly pairs: readonly PairVerdict[];
  /** Those that answer: pods, and what is no pod by its bare address. */
  readonly endpoints: readonly string[];
}

export function verdictOf(pairs: readonly PairVerdict[]): Verdict {
  const outcomes = new Set(pairs.map((pair) => pair.outcome));
  const allowed = pairs.filter(({ outcome }) => outcome === 'allowed');
  const endpoints = [...new Set(allowed.flatMap((p) => p.foreign ?? (p.target ? p.to : [])))].sort();
  return { outcome: combine(outcomes), pairs, endpoints };
}

/** Of several ways, or parts, one answer; of none: denied. */
export function combine(outcomes: ReadonlySet<Verdict['outcome']>): Verdict['outcome'] {
  if (outcomes.has('partial') || (outcomes.has('allowed') && outcomes.has('denied'))) return 'partial';
  if (outcomes.has('unknown')) return 'unknown';
  return outcomes.has('allowed') ? 'allowed' : 'denied';
}

export function decisionOf(outcome: Certainty): HopDecision {
  return outcome === 'allowed' ? 'passes' : outcome === 'denied' ? 'stops' : 'unknown';
}

/** The outcome of hops one after the other: the first that surely stops ends the way. */
export function outcomeOf(hops: readonly Hop[]): Certainty {
  if (hops.some((hop) => hop.decision === 'stops')) return 'denied';
  return hops.some((hop) => hop.decision === 'unknown') ? 'unknown' : 'allowed';
}

/** What leaves the hops of a way open. */
export function doubtsOf(hops: readonly Hop[]): readonly Doubt[] {
  return hops.flatMap((hop): readonly Doubt[] => {
    if (hop.hop === 'service') return hop.doubts ?? [];
    if (hop.hop === 'node-firewall' || hop.hop === 'fabric') return hop.doubts;
    const policies = hop.hop === 'lookup' ? hop.ways : [hop];
    const own = hop.hop === 'lookup' ? (hop.doubts ?? []) : [];
    return [...own, ...policies.filter((policy) => policy.decision === 'unknown').flatMap((policy) => policy.doubts)];
  });
}
