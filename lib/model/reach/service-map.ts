import { type PodGroup, type Workload, workloadLabel } from '../cluster/workload';
import type { ServiceResource } from '../manifest/resources';
import type { PolicyEngine } from '../policy/engine';
import { append, groupBy } from '../values/group-by';
import type { IpFamily } from '../values/ip';
import { PortSet } from '../values/port-set';
import { type Doubt, distinctDoubts } from '../values/ternary';
import { type Protocol, TrafficSet } from '../values/traffic-set';
import { askersAmong, withoutLookups } from './askers';
import type { Connection, Connections, UnknownConnection } from './connection';
import type { ConnectivityMap } from './connectivity-map';
import { serviceLabel } from './endpoint-text';
import { PodWays } from './pod-ways';
import { type ServiceAnswer, type ServiceEdge, ServiceEdges } from './service-edges';
import type { Verdict } from './verdict';
import { walk } from './walk';

const SOME_ENDPOINTS: Doubt = {
  rule: 'SVC-28',
  wouldDecide: 'which pod asks, or which endpoint answers: some pairs pass and others do not',
};

/**
 * Which workload may use which Service: through its address, and `by: 'name'` after the lookup of its name (DNS-29). It is
 * its edges, between pods and Service ports; what it lists is spelt out from them on demand, sorted by source and Service.
 */
export class ServiceMap implements Connections {
  readonly edges: readonly ServiceEdge[];
  private readonly ways = new Map<string, PodWays>();
  private readonly pods: readonly PodGroup[];

  /** @param map of the same cluster, in all of its families */
  constructor(
    private readonly engine: PolicyEngine,
    private readonly map: ConnectivityMap,
    private readonly by: 'name' | 'service',
  ) {
    this.pods = map.workloads.flatMap((workload) => workload.pods);
    const askers =
      by === 'name' ? askersAmong(engine, this.pods) : withoutLookups(this.pods, engine.cluster.pods.length);
    const ask = (from: PodGroup, service: ServiceResource, port: number, protocol: Protocol) =>
      answerOf(this.verdict([from], service, port, protocol));
    this.edges = [...new ServiceEdges(engine, (service) => this.waysOf(service), this.pods, askers, ask).all()];
  }

  /** Service ports that every pod of the workload surely reaches, with all that is behind them. */
  get connections(): Iterable<Connection> {
    return { [Symbol.iterator]: () => this.certainly() };
  }

  /** Those that may be reached, by some pods or on some endpoints, and why nobody can know more. */
  get unknown(): Iterable<UnknownConnection> {
    return { [Symbol.iterator]: () => this.perhaps() };
  }

  private *certainly(): Generator<Connection> {
    for (const { src, dst, sure } of this.found()) if (sure.length > 0) yield { src, dst, traffic: trafficOf(sure) };
  }

  private *perhaps(): Generator<UnknownConnection> {
    for (const { src, dst, from, open } of this.found()) {
      if (open.length === 0) continue;
      const because = distinctDoubts(open.flatMap((edge) => this.doubtsAbout(from, edge)));
      yield { src, dst, traffic: trafficOf(open), because };
    }
  }

  private *found(): Generator<Found> {
    const edgesOf = new Map<number, ServiceEdge[]>();
    for (const edge of this.edges) {
      edge.surely.union(edge.perhaps).forEach((index) => {
        append(edgesOf, index, edge);
      });
    }
    for (const from of this.map.workloads) {
      const edges = new Set(from.pods.flatMap(({ index }) => edgesOf.get(index) ?? []));
      const byService = groupBy(edges, ({ service }) => serviceLabel(service));
      for (const dst of [...byService.keys()].sort()) {
        const isSure = ({ surely }: ServiceEdge) => from.pods.every(({ index }) => surely.has(index));
        const own = byService.get(dst)!;
        const [sure, open] = [own.filter(isSure), own.filter((edge) => !isSure(edge))];
        yield { src: workloadLabel(from), dst, from, sure, open };
      }
    }
  }

  private doubtsAbout(from: Workload, { service, port, protocol }: ServiceEdge): readonly Doubt[] {
    const { pairs, outcome } = this.verdict(from.pods, service, port, protocol);
    return [...pairs.flatMap(({ doubts }) => doubts), ...(outcome === 'partial' ? [SOME_ENDPOINTS] : [])];
  }

  private verdict(from: readonly PodGroup[], service: ServiceResource, port: number, protocol: Protocol): Verdict {
    return walk(this.engine, {
      from: { type: 'pods', label: workloadLabel(from[0].workload), pods: from },
      to: { type: 'service', label: serviceLabel(service), service },
      by: this.by,
      port,
      protocol,
    });
  }

  /** SVC-27: a client dials an address of the Service, and so gets to its pods in the families that it has. */
  private waysOf({ families }: ServiceResource): PodWays {
    const { engine } = this;
    const own = families?.length === 1 && engine.cluster.families.includes(families[0]) ? families : undefined;
    const key = own?.join() ?? 'all';
    const known = this.ways.get(key) ?? this.waysIn(own);
    this.ways.set(key, known);
    return known;
  }

  private waysIn(families: readonly IpFamily[] | undefined): PodWays {
    if (!families || families.length === this.engine.cluster.families.length) {
      return new PodWays(this.engine, this.engine.rows, this.pods, this.map.edges);
    }
    return new PodWays(this.engine, this.engine.rowsOf(families), this.pods);
  }
}

/** The ports of one Service that one workload surely, and perhaps, reaches. */
interface Found {
  readonly src: string;
  readonly dst: string;
  readonly from: Workload;
  readonly sure: readonly ServiceEdge[];
  readonly open: readonly ServiceEdge[];
}

function trafficOf(edges: readonly ServiceEdge[]): TrafficSet {
  return edges
    .map(({ protocol, port }) => TrafficSet.of(protocol, PortSet.of(port)))
    .reduce((sum, traffic) => sum.union(traffic));
}

function answerOf({ outcome }: Verdict): ServiceAnswer {
  return outcome === 'allowed' || outcome === 'denied' ? outcome : 'perhaps';
}
