import { isPortFor } from '../cluster/known-ingress-controllers';
import type { PodGroup } from '../cluster/workload';
import type { Edge } from '../ingress/edge';
import type { ServiceResource } from '../manifest/resources';
import type { PolicyEngine } from '../policy/engine';
import { type FrontDoor, frontDoorsOf } from '../service/front-doors';
import { proxyModeOf } from '../service/modes';
import type { ProxyMode } from '../service/modes/mode';
import { targetPortOn } from '../service/selection';
import { CidrSet } from '../values/cidr-set';
import type { Doubt } from '../values/ternary';
import type { Protocol } from '../values/traffic-set';
import type { Circumstances } from './flow';
import { throughFrontDoor } from './front-door';
import type { End } from './policy-hops';
import { throughAnyRelease } from './releases';
import { proxiesOf } from './url-backend';
import type { PairVerdict } from './verdict';

/** What a client asks a proxy for: a port as clients dial it. */
export interface Knock {
  readonly port: number;
  readonly protocol: Protocol;
  /** Of HTTP: by which assumed proxies know their own port. */
  readonly scheme?: 'http' | 'https';
  /** Whether every door that leads to the same port of the proxy counts as well: for whoever may dial any port. @default false */
  readonly atAnyDoor?: boolean;
}

/** The first leg: the ways of a client to the pods of a proxy, or `undefined` where nobody says which pods these are. */
export function entrancesFor(
  engine: PolicyEngine,
  edge: Edge,
  knock: Knock,
  clientsOf: (door: FrontDoor) => readonly End[],
  circumstances: Circumstances = {},
): readonly PairVerdict[] | undefined {
  if (!edge.controller) return undefined;
  const ways = proxiesOf(edge).flatMap((pod): readonly PairVerdict[] => {
    const doors = frontDoorsOf(pod, engine.services).filter(({ protocol }) => protocol === knock.protocol);
    const behind = doors.filter(({ servicePort }) => servicePort?.port === knock.port);
    const named = doors.filter((door) => portOf(door) === knock.port);
    const at = knock.atAnyDoor ? alike(doors, [...named, ...behind], knock) : named;
    if (at.length > 0) {
      return at.flatMap((door) =>
        clientsOf(door).map((client) => throughFrontDoor(engine, client, door, circumstances)),
      );
    }
    const isOpened = pod.provenance === 'assumed' && doors.length === 0 && listensOn(edge, knock);
    const possible = isOpened ? assumedDoors(pod, knock, proxyModeOf(engine.cluster.profile)) : [];
    const assumed = isServedInside(pod, possible, engine) ? [] : possible;
    const [first] = assumed;
    if (first) {
      return clientsOf(first).map((client) =>
        perhaps(throughAssumed(engine, client, assumed, circumstances), edge.entrance ?? []),
      );
    }
    const doubt = behind.length > 0 ? balancerDoubt(behind[0], knock) : noDoorDoubt(edge, knock);
    return [{ from: OUTSIDE, to: edge.label, target: pod, outcome: 'unknown' as const, hops: [], doubts: [doubt] }];
  });
  return throughAnyRelease(ways, ({ target }) => target?.workload);
}

/** SVC-15: one port of the proxy may be behind several Service ports, node ports and hostPorts; it answers alike at each. */
function alike(
  doors: readonly FrontDoor[],
  known: readonly FrontDoor[],
  { scheme, protocol }: Knock,
): readonly FrontDoor[] {
  const listening = new Set(known.map(({ port }) => port));
  const isNamed = ({ pod, port }: FrontDoor) =>
    scheme !== undefined &&
    pod.ports.some((each) => isPortFor(scheme, each) && each.protocol === protocol && each.port === port);
  return doors.filter((door) => listening.has(door.port) || isNamed(door));
}

/** An assumed load balancer has the ports that the proxy is known to serve. */
function listensOn({ listeners }: Edge, { port }: Knock): boolean {
  return listeners.some((listener) => listener.port === port);
}

/** What clients outside are called. */
export const OUTSIDE = 'clients outside';

/** The port that clients dial. */
function portOf({ via, servicePort, nodePort, port }: FrontDoor): number | undefined {
  switch (via) {
    case 'LoadBalancer':
    case 'externalIP':
      return servicePort?.port;
    case 'NodePort':
    case 'hostPort':
      return nodePort;
    case 'hostNetwork':
      return port;
  }
}

/**
 * Whoever names a controller says that clients get to it. By which Service no manifest tells, nor always on which of its ports:
 * each is a way that it may be.
 */
function assumedDoors(
  pod: PodGroup,
  { port, protocol, scheme }: Knock,
  { masquerading }: ProxyMode,
): readonly FrontDoor[] {
  const ports = pod.ports.filter((each) => each.protocol === protocol);
  const own =
    ports.find((each) => scheme !== undefined && isPortFor(scheme, each)) ?? ports.find((each) => each.port === port);
  return (own ? [own] : ports).flatMap((target) => {
    const door = { via: 'LoadBalancer', pod, protocol, port: target.port, isServed: true, doubts: [] } as const;
    return [
      { ...door, sees: 'client' },
      { ...door, sees: masquerading === 'unknown' ? 'unknown' : 'node' },
    ] as const;
  });
}

/** SVC-15: where declared Services lead there and none opens a door, they may well be the only ones: no other is assumed. */
function isServedInside(pod: PodGroup, assumed: readonly FrontDoor[], { cluster }: PolicyEngine): boolean {
  const leading = cluster
    .servicesIn(pod.namespace.name)
    .filter((service) => isMeantFor(service, pod))
    .filter(({ ports }) => ports.some((each) => assumed.some(({ port }) => port === targetPortOn(pod, each))));
  return (
    leading.length > 0 &&
    leading.every(({ serviceType, externalIps }) => serviceType === 'ClusterIP' && externalIps.length === 0)
  );
}

/** Of an assumed pod some labels are known, and its release may give it any others. */
function isMeantFor({ selector }: ServiceResource, { labels: { known } }: PodGroup): boolean {
  const wanted = [...(selector ?? [])].filter(([key]) => known.has(key));
  return wanted.length > 0 && wanted.every(([key, value]) => known.get(key) === value);
}

const POLICY_DOUBT: Doubt = {
  rule: 'NP-39',
  wouldDecide: 'the Service of the proxy, whose externalTrafficPolicy tells whom the policies of its pods see',
};

/** NP-39: where it matters whether the policies of the proxy see the client or a node, nobody knows. */
function throughAssumed(
  engine: PolicyEngine,
  client: End,
  doors: readonly FrontDoor[],
  circumstances: Circumstances,
): PairVerdict {
  const ways = doors.map((door) => throughFrontDoor(engine, client, door, circumstances));
  const [first] = ways;
  if (ways.every(({ outcome }) => outcome === first.outcome)) return first;
  return { ...first, outcome: 'unknown', doubts: [...first.doubts, POLICY_DOUBT] };
}

/** A way that may not be there at all. */
function perhaps(way: PairVerdict, doubts: readonly Doubt[]): PairVerdict {
  if (doubts.length === 0 || way.outcome === 'denied') return way;
  return { ...way, outcome: 'unknown', doubts: [...way.doubts, ...doubts] };
}

function balancerDoubt({ service, nodePort }: FrontDoor, { port }: Knock): Doubt {
  const which = nodePort === undefined ? 'the node port' : `node port ${nodePort}`;
  const wouldDecide = `whether something outside leads port ${port} to ${which} of Service ${service?.namespace}/${service?.name}`;
  return { rule: 'SVC-20', wouldDecide };
}

function noDoorDoubt({ label }: Edge, { port }: Knock): Doubt {
  return {
    rule: 'SVC-15',
    wouldDecide: `the way from outside to port ${port} of ${label}: no Service or hostPort in the manifests opens it`,
  };
}

/** Clients outside the cluster, in parts that neither the policies of the pod nor the door tell apart. */
export function clientsOutside(engine: PolicyEngine, { pod, sees, clients }: FrontDoor): readonly End[] {
  const { families, outside } = engine.cluster;
  const whole = families
    .filter((family) => !pod.domain.ofFamily(family).isEmpty)
    .map((family) => outside.ofFamily(family));
  const admitted = clients ? whole.flatMap((part) => [part.intersect(clients), part.minus(clients)]) : whole;
  const { cuts } = engine.of('ingress', pod);
  return admitted
    .filter((part) => !part.isEmpty)
    .flatMap((part) => (sees === 'node' ? [part] : cuts.split(part)))
    .map((addresses) => ({ addresses, label: clientsLabel(addresses, whole) }));
}

const SHOWN = 2;

function clientsLabel(addresses: CidrSet, whole: readonly CidrSet[]): string {
  if (whole.some((family) => addresses.covers(family))) return OUTSIDE;
  const { ranges } = addresses;
  const some = CidrSet.ofRanges(ranges.slice(0, SHOWN));
  return `${OUTSIDE} (${some}${ranges.length > SHOWN ? ` and ${ranges.length - SHOWN} ranges more` : ''})`;
}
