import { type Workload, workloadLabel } from '../cluster/workload';
import { packetPathsOf } from '../fabric/packet-path';
import type { Peer } from '../policy/endpoint-set';
import type { PolicyEngine } from '../policy/engine';
import { doubtsOf } from '../policy/evaluate';
import type { Outcome } from '../policy/outcome';
import type { Rows } from '../policy/rows';
import { byCodeUnit } from '../values/by-code-unit';
import { type AddressRange, CidrSet } from '../values/cidr-set';
import { append } from '../values/group-by';
import { formatIp, type IpFamily } from '../values/ip';
import { type Doubt, distinctDoubts } from '../values/ternary';
import { TrafficSet } from '../values/traffic-set';
import { betweenTwo } from './between-two';
import { type ClassEdge, classEdges } from './class-edges';
import type { Connection, Connections, UnknownConnection } from './connection';
import { EdgeIndex } from './edge-index';
import { fabricDoubts } from './fabric-hop';
import { guardDoubts } from './guarded-ends';
import { hiddenDoubts } from './hidden-client';
import { Outside } from './outside';
import { mayShareNode, OWN_NODE_DOUBT } from './own-node';
import { peerOf } from './policy-hops';

/** What the map says about two ends: what surely passes, and what may. */
interface Found {
  readonly src: string;
  readonly dst: string;
  readonly outcomes: readonly Outcome[];
  readonly doubts: () => readonly Doubt[];
}

const SOME_PAIRS: Doubt = {
  rule: 'SVC-28',
  wouldDecide: 'which pods of the workload: some pairs pass and others do not',
};
const SHUT: Outcome = { mayAllow: TrafficSet.empty, mayDeny: TrafficSet.all };

/**
 * Who may connect to whom by policy: every pair of declared workloads, and each with the addresses outside.
 * It is its class edges; what it lists is spelt out from them on demand, sorted by source, destination and traffic by
 * code unit. A workload's connections to itself are not listed.
 */
export class ConnectivityMap implements Connections {
  readonly edges: readonly ClassEdge[];
  /** The declared workloads, in the order of their labels. */
  readonly workloads: readonly Workload[];
  private readonly labels: readonly string[];
  private readonly outside: Outside;
  private readonly rows: Rows;
  /** The positions of workloads with pods on the host network. */
  private readonly onHost: readonly number[];
  private readonly mayFail: boolean;

  constructor(
    private readonly engine: PolicyEngine,
    private readonly families: readonly IpFamily[],
  ) {
    const { cluster } = engine;
    const declared = cluster.workloads.filter((workload) => workload.provenance === 'declared');
    // Not by label: workloads whose names the API server will make up have one label.
    const labelled = declared.map((workload) => ({ workload, label: workloadLabel(workload) }));
    labelled.sort((a, b) => byCodeUnit(a.label, b.label));
    this.workloads = labelled.map(({ workload }) => workload);
    this.labels = labelled.map(({ label }) => label);
    this.onHost = [...this.workloads.entries()].flatMap(([rank, workload]) => (isAnyOnHost(workload) ? [rank] : []));
    this.rows = families.join() === cluster.families.join() ? engine.rows : engine.rowsOf(families);
    const pods = this.workloads.flatMap((workload) => workload.pods);
    this.edges = classEdges(this.rows, pods, cluster.pods.length);
    this.outside = new Outside(engine, families);
    this.mayFail = packetPathsOf(cluster).mayFail;
  }

  /** What surely passes. */
  get connections(): Iterable<Connection> {
    return { [Symbol.iterator]: () => this.certainly() };
  }

  /** What may pass, and why nobody can know. */
  get unknown(): Iterable<UnknownConnection> {
    return { [Symbol.iterator]: () => this.perhaps() };
  }

  private *certainly(): Generator<Connection> {
    for (const { src, dst, outcomes } of this.found()) {
      const traffic = certainTraffic(outcomes);
      if (!traffic.isEmpty) yield { src, dst, traffic };
    }
  }

  private *perhaps(): Generator<UnknownConnection> {
    for (const { src, dst, outcomes, doubts } of this.found()) {
      const certain = certainTraffic(outcomes);
      const possible = outcomes.map((o) => o.mayAllow.intersect(TrafficSet.allPorts)).reduce((a, b) => a.union(b));
      const traffic = possible.minus(certain);
      if (traffic.isEmpty) continue;
      const partial = outcomes.length > 1 && outcomes.some((o) => surelyAllowed(o).intersects(traffic));
      yield { src, dst, traffic, because: [...(partial ? [SOME_PAIRS] : []), ...doubts()] };
    }
  }

  private *found(): Generator<Found> {
    const index = new EdgeIndex(this.edges, this.workloads);
    const { entering, leaving } = this.withOutside();
    const sources = [...entering.keys()].sort(byCodeUnit);
    let next = 0;
    for (const [rank, from] of this.workloads.entries()) {
      for (; next < sources.length && sources[next] < this.labels[rank]; next++) yield* entering.get(sources[next])!;
      const inside = this.toWorkloads(from, rank, index);
      yield* leaving.has(from) ? inOrder([...inside, ...leaving.get(from)!]) : inside;
    }
    for (; next < sources.length; next++) yield* entering.get(sources[next])!;
  }

  private *toWorkloads(from: Workload, rank: number, index: EdgeIndex): Generator<Found> {
    for (const [target, passing] of this.beside(from, index.from(from))) {
      if (target === rank) continue;
      const to = this.workloads[target];
      const shut = from.pods.length * to.pods.length - passing.length;
      const outcomes = shut > 0 ? [...passing, ...Array<Outcome>(shut).fill(SHUT)] : passing;
      const doubts = () => distinctDoubts(this.doubtsBetween(from, to));
      yield { src: this.labels[rank], dst: this.labels[target], outcomes, doubts };
    }
  }

  /** The same with every workload that may share a node with it, where one of the two is on the host network (NP-30); all where nodes may have no way between them (NET-04). */
  private beside(from: Workload, passing: ReturnType<EdgeIndex['from']>): ReturnType<EdgeIndex['from']> {
    const isOnHost = isAnyOnHost(from) || this.mayFail;
    if (!isOnHost && this.onHost.length === 0) return passing;
    const near = isOnHost ? this.workloads.keys() : this.onHost;
    const outcomes = new Map(passing);
    for (const rank of near) {
      const pairs = from.pods.flatMap((source) =>
        this.workloads[rank].pods.flatMap((target) => betweenTwo(this.engine, this.rows, source, target) ?? []),
      );
      const open = pairs.filter(({ opensPorts }) => opensPorts);
      if (open.length > 0) outcomes.set(rank, open);
      else outcomes.delete(rank);
    }
    return [...outcomes].sort(([a], [b]) => a - b);
  }

  private doubtsBetween(from: Workload, to: Workload): readonly Doubt[] {
    const { engine } = this;
    return from.pods.flatMap((source) =>
      to.pods.flatMap((target) => [
        ...fabricDoubts(engine.cluster, { pod: source }, { pod: target }),
        ...guardDoubts(engine.cluster, { pod: source }, target),
        ...this.families.flatMap((family) => [
          ...doubtsOf(engine.of('egress', source), source, peerOf({ pod: target }, family), TrafficSet.allPorts),
          ...doubtsOf(engine.of('ingress', target), target, peerOf({ pod: source }, family), TrafficSet.allPorts),
          ...(mayShareNode(engine.cluster, source, target) ? [OWN_NODE_DOUBT] : []),
        ]),
      ]),
    );
  }

  /** The addresses outside as sources, by their label, and as destinations, by the workload that they are for. */
  private withOutside() {
    const entering = new Map<string, Found[]>();
    const leaving = new Map<Workload, Found[]>();
    for (const [rank, workload] of this.workloads.entries()) {
      for (const found of this.ranges(workload, 'ingress')) {
        const { label, ...rest } = found;
        append(entering, label, { ...rest, src: label, dst: this.labels[rank] });
      }
      for (const { label, ...rest } of this.ranges(workload, 'egress')) {
        append(leaving, workload, { ...rest, src: this.labels[rank], dst: label });
      }
    }
    return { entering, leaving };
  }

  private *ranges(workload: Workload, direction: 'egress' | 'ingress') {
    for (const { addresses, outcomes } of this.outside.partsFor(workload, direction)) {
      for (const range of addresses.ranges) {
        const peer: Peer = { addresses: CidrSet.ofRanges([range]) };
        const doubts = () =>
          distinctDoubts(
            workload.pods.flatMap((pod) => {
              const own = this.engine.of(direction, pod);
              const { cluster } = this.engine;
              const from = { addresses: peer.addresses, label: '' };
              const ofClient =
                direction === 'ingress'
                  ? [
                      ...hiddenDoubts(cluster, own, pod, peer.addresses, TrafficSet.allPorts),
                      ...guardDoubts(cluster, from, pod),
                    ]
                  : [];
              return [...ofClient, ...doubtsOf(own, pod, peer, TrafficSet.allPorts)];
            }),
          );
        yield { label: externalLabel(range), outcomes, doubts };
      }
    }
  }
}

function isAnyOnHost({ pods }: Workload): boolean {
  return pods.some(({ hostNetwork }) => hostNetwork);
}

/** Only certain when every pair of pods agrees. */
function certainTraffic(outcomes: readonly Outcome[]): TrafficSet {
  return outcomes.length === 1
    ? surelyAllowed(outcomes[0])
    : outcomes.map(surelyAllowed).reduce((a, b) => a.intersect(b));
}

function surelyAllowed({ mayDeny }: Outcome): TrafficSet {
  return mayDeny.isEmpty ? TrafficSet.allPorts : TrafficSet.allPorts.minus(mayDeny);
}

/** `a.b.c.d-e.f.g.h[External]`, as maps and exposure name a range outside the cluster. */
export function externalLabel({ family, first, last }: AddressRange): string {
  return `${formatIp({ family, value: first })}-${formatIp({ family, value: last })}[External]`;
}

function inOrder(found: readonly Found[]): readonly Found[] {
  return [...found].sort((a, b) => byCodeUnit(a.dst, b.dst));
}
