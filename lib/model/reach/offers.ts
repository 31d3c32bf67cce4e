import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import type { Edge } from '../ingress/edge';
import type { Offered } from '../ingress/routing';
import type { ServiceResource } from '../manifest/resources';
import type { PolicyEngine } from '../policy/engine';
import type { Lead } from '../service/leads';
import { servicesOf } from '../service/selection';
import { append } from '../values/group-by';
import type { Doubt } from '../values/ternary';
import { aliasTarget } from './alias';
import { entrancesFor, type Knock } from './entrance';
import type { Circumstances } from './flow';
import { type End, labelOf } from './policy-hops';
import { throughAnyRelease } from './releases';
import { fromUnknownProxy } from './url-backend';
import type { PairVerdict } from './verdict';
import { packet } from './walk';

/** What a proxy at the edge offers of a pod: requests from outside that come, or may come, to a port of it. */
export interface Offer extends Offered {
  readonly edge: Edge;
  readonly pod: PodGroup;
  /** The container port. */
  readonly target: number;
}

/** Everything that the proxies at the edge offer, by the Service that it leads to. */
export class Offers {
  private readonly byService = new Map<ServiceResource, { edge: Edge; offered: Offered; port: number }[]>();

  constructor(
    edges: readonly Edge[],
    private readonly cluster: Cluster,
  ) {
    for (const edge of edges) {
      for (const offered of edge.offers) {
        const { service, port } = offered;
        append(this.byService, endOfAlias(service, cluster), { edge, offered, port: port.port });
      }
    }
  }

  get isEmpty(): boolean {
    return this.byService.size === 0;
  }

  /** Those that lead to a pod. @param leads every Service port that may lead to it */
  to(pod: PodGroup, leads: readonly Lead[]): readonly Offer[] {
    const byPort = leads.flatMap(({ service, port, number }) =>
      (this.byService.get(service) ?? [])
        .filter(({ offered }) => !isByAddress(offered, service))
        .filter((each) => each.port === port.port && each.offered.port.protocol === port.protocol)
        .map(({ edge, offered }) => ({ ...offered, edge, pod, target: number })),
    );
    const services = new Set([...leads.map(({ service }) => service), ...servicesOf(pod, this.cluster)]);
    const byAddress = [...services].flatMap((service) =>
      (this.byService.get(service) ?? [])
        .filter(({ offered }) => isByAddress(offered, service))
        .map(({ edge, offered, port }) => ({ ...offered, edge, pod, target: port })),
    );
    return [...byPort, ...byAddress];
  }
}

/** SVC-21, SVC-22: a name that leads to a headless Service has the addresses of its pods, and their ports are dialled. */
function isByAddress(offered: Offered, leading: ServiceResource): boolean {
  return offered.service !== leading && leading.headless;
}

/** SVC-22: the Service of the cluster for which another is only a name. */
function endOfAlias(service: ServiceResource, cluster: Cluster): ServiceResource {
  if (service.serviceType !== 'ExternalName') return service;
  const target = aliasTarget(service, cluster);
  return target.leadsTo === 'service' ? target.service : service;
}

/**
 * A client's way to a pod through a proxy at the edge, both legs one after the other (NP-40); of the ways through several pods
 * of the proxy the one that gets furthest.
 */
export function throughEdge(
  engine: PolicyEngine,
  client: End,
  offer: Offer,
  circumstances: Circumstances = {},
): PairVerdict {
  const { edge, pod, target, port, doubts } = offer;
  const open = [...edge.doubts, ...doubts];
  const dialled = { protocol: port.protocol, port: target };
  if (!edge.controller) return joined(client, [fromUnknownProxy(engine, edge, { pod }, dialled)], open);
  const entrances = knocksOf(offer).flatMap(
    (knock) => entrancesFor(engine, edge, knock, () => [client], circumstances) ?? [],
  );
  // NP-30: whom a promise leaves out is the node itself, not a proxy on its network, behind which anybody is.
  const through = (entrance: PairVerdict) => packet(engine, { pod: entrance.target! }, { pod }, dialled);
  const onward = throughAnyRelease(entrances.map(through), ({ source }) => source?.workload);
  const ways = entrances.map((entrance, i) => joined(client, [entrance, onward[i]], open));
  return ways.find(isOf('allowed')) ?? ways.find(isOf('unknown')) ?? ways[0];
}

function isOf(outcome: PairVerdict['outcome']): (pair: PairVerdict) => boolean {
  return (pair) => pair.outcome === outcome;
}

/** The ports by which clients may ask for it. */
function knocksOf({ edge, listens, port: { protocol } }: Offer): readonly Knock[] {
  const web = edge.listeners.filter((listener) => listener.protocol === 'HTTP' || listener.protocol === 'HTTPS');
  const ports = listens === undefined ? web.map(({ port }) => port) : [listens];
  const schemeOf = (port: number): Knock['scheme'] => {
    const listener = web.find((each) => each.port === port);
    return listener && (listener.protocol === 'HTTP' ? 'http' : 'https');
  };
  return [...new Set(ports)].map((port) => ({ port, protocol, scheme: schemeOf(port), atAnyDoor: true }));
}

function joined(client: End, legs: readonly PairVerdict[], open: readonly Doubt[]): PairVerdict {
  const last = legs[legs.length - 1];
  const outcomes = legs.map(({ outcome }) => outcome);
  const isOpen = outcomes.includes('unknown') || open.length > 0;
  return {
    from: labelOf(client),
    to: last.to,
    source: 'pod' in client ? client.pod : undefined,
    target: last.target,
    outcome: outcomes.includes('denied') ? 'denied' : isOpen ? 'unknown' : 'allowed',
    hops: legs.flatMap(({ hops }) => hops),
    doubts: [...open, ...legs.flatMap((leg) => leg.doubts)],
  };
}
