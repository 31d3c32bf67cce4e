import type { PodGroup } from '../cluster/workload';
import type { ServiceResource } from '../manifest/resources';
import type { Certainty, PolicyDecision } from '../policy/explain';
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
    }
  | PolicyHop;

/**
 * `no-server`: no DNS pod runs, or nobody knows which do (DNS-28); `hosts-file`: the pod has the name in a file of its own
 * (DNS-24).
 */
export type LookupProblem =
  | 'denied-by-policy'
  | 'tcp-only-denied'
  | 'no-cluster-dns'
  | 'custom-dns'
  | 'no-server'
  | 'hosts-file'
  | 'unmodelled';

/**
 * `no-service`: nothing gives the workload a name; `ambiguous`: several Services select it; `no-such-port` (SVC-10);
 * `no-selector` (SVC-02); `selects-nothing`; `no-endpoints` (SVC-12); `target-port-missing` (SVC-07);
 * `headless-port` (SVC-21): the container port must be dialled; `uncertain-endpoints`: which backends a client gets is open
 * (SVC-03, SVC-13); `unmodelled`: not decided yet.
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
  | 'unmodelled';

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
  readonly outcome: Certainty;
  readonly hops: readonly Hop[];
  readonly doubts: readonly Doubt[];
}

/** The answer for all pairs: `partial` when some surely pass and some surely do not. */
export interface Verdict {
  readonly outcome: Certainty | 'partial';
  readonly pairs: readonly PairVerdict[];
  /** Those of the destination's pods that answer. */
  readonly endpoints: readonly string[];
}

export function verdictOf(pairs: readonly PairVerdict[]): Verdict {
  const outcomes = new Set(pairs.map((pair) => pair.outcome));
  const endpoints = [...new Set(pairs.filter((p) => p.outcome === 'allowed' && p.target).map((p) => p.to))].sort();
  return { outcome: combine(outcomes), pairs, endpoints };
}

function combine(outcomes: ReadonlySet<Certainty>): Verdict['outcome'] {
  if (outcomes.has('allowed') && outcomes.has('denied')) return 'partial';
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
