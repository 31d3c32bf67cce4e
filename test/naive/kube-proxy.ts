/**
 * What becomes of a packet to a Service, written from the rules alone: every node has its list of rules, as `iptables-save`
 * or `nft list` would show it, and a packet goes down the list.
 */

export interface ProxyNode {
  readonly name: string;
  readonly ip: string;
  /** `''`: the node has no zone. */
  readonly zone: string;
}

export interface ProxyPod {
  readonly name: string;
  /** Of a hostNetwork pod: that of its node. */
  readonly ip: string;
  readonly node: string;
  readonly state: 'ready' | 'not-ready' | 'terminating' | 'finished';
}

export interface ProxyService {
  readonly name: string;
  readonly clusterIp: string;
  readonly externalIp: string;
  readonly balancerIp: string;
  readonly nodePort: number;
  /** The names of the pods that it selects. */
  readonly selects: readonly string[];
  readonly internalTrafficPolicy: 'Cluster' | 'Local';
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
  /** SVC-17: single addresses; none: everybody. */
  readonly sourceRanges: readonly string[];
  readonly trafficDistribution?: 'PreferSameZone' | 'PreferSameNode';
  readonly publishNotReadyAddresses: boolean;
}

export interface ProxyWorld {
  readonly mode: 'iptables' | 'nftables';
  readonly masqueradeAll: boolean;
  readonly nodes: readonly ProxyNode[];
  readonly pods: readonly ProxyPod[];
  readonly services: readonly ProxyService[];
}

export interface ProxyPacket {
  readonly source: string;
  readonly destination: string;
  readonly port: number;
  /** The node whose kube-proxy sees it first. */
  readonly enters: string;
}

/** SVC-21: every Service has this port, and its pods this container port. */
export const SERVICE_PORT = 80;
export const CONTAINER_PORT = 8080;

interface NaiveEndpoint {
  readonly pod: ProxyPod;
  readonly ready: boolean;
  readonly nodes?: readonly string[];
  readonly zones?: readonly string[];
}

interface Translated {
  readonly by: string;
  readonly from: string;
  readonly masked: boolean;
}

/** Every possible fate, e.g. `web-1 sees 10.244.0.2`, `rejected`, `dropped`, `left`, `refused`, `lost`. */
export function fatesOf(world: ProxyWorld, packet: ProxyPacket): ReadonlySet<string> {
  return new Set(atNode(world, packet, packet.enters, true, []));
}

function atNode(
  world: ProxyWorld,
  packet: ProxyPacket,
  name: string,
  isFirst: boolean,
  done: readonly Translated[],
): readonly string[] {
  const node = world.nodes.find((n) => n.name === name)!;
  const fate = rulesOf(world, node, packet, isFirst);
  if (typeof fate === 'string') return [fate];
  if (fate === undefined) return travel(world, packet, name, done);
  return fate.flatMap(({ pod, masked }) => {
    const source = masked ? node.ip : packet.source;
    const onward = { ...packet, source, destination: pod.ip, port: CONTAINER_PORT };
    return travel(world, onward, name, [...done, { by: name, from: packet.source, masked }]);
  });
}

/** What the rules of one node do: a way to fail, the endpoints with or without its mask, or nothing. */
function rulesOf(
  world: ProxyWorld,
  node: ProxyNode,
  packet: ProxyPacket,
  isFirst: boolean,
): string | readonly { pod: ProxyPod; masked: boolean }[] | undefined {
  for (const service of world.services) {
    const found = doorOf(service, node, packet);
    if (found) return throughDoor(world, service, found, node, packet, isFirst);
  }
  const isNodePort = world.services.some(({ nodePort }) => nodePort === packet.port);
  if (packet.destination === '127.0.0.1') return isNodePort ? 'refused' : undefined;
  if (world.services.some(({ clusterIp }) => clusterIp === packet.destination)) {
    return world.mode === 'nftables' ? 'rejected' : 'left';
  }
  const isOurs = [...world.pods, ...world.nodes].some(({ ip }) => ip === packet.destination);
  return isOurs ? undefined : 'left';
}

type Door = 'ClusterIP' | 'external' | 'balancer' | 'nodePort';

function doorOf(service: ProxyService, node: ProxyNode, { destination, port }: ProxyPacket): Door | undefined {
  if (port === SERVICE_PORT && destination === service.clusterIp) return 'ClusterIP';
  if (port === SERVICE_PORT && destination === service.externalIp) return 'external';
  if (port === SERVICE_PORT && destination === service.balancerIp) return 'balancer';
  return port === service.nodePort && destination === node.ip ? 'nodePort' : undefined;
}

function throughDoor(
  world: ProxyWorld,
  service: ProxyService,
  door: Door,
  node: ProxyNode,
  { source, destination }: ProxyPacket,
  isFirst: boolean,
): string | readonly { pod: ProxyPod; masked: boolean }[] {
  const all = endpointsOf(world, service);
  const hasAny = usable(all).length > 0;
  const isNode = source === node.ip;
  const isPod = source.startsWith('10.244.');
  const isBarred = service.sourceRanges.length > 0 && !service.sourceRanges.includes(source);
  // SVC-17: nftables looks at the ranges first, iptables at the rule of that door, where there is something to protect.
  const isWatched = world.mode === 'nftables' ? destination === service.balancerIp : door === 'balancer' && hasAny;
  if (isWatched && isBarred) return 'dropped';
  if (!hasAny) {
    // SVC-12: the rules of iptables that reject at external addresses do not see what the node sends out itself.
    const isUnseen = isNode && isFirst && (door === 'external' || door === 'balancer');
    return isUnseen && world.mode === 'iptables' ? 'left' : 'rejected';
  }
  const isInside = isPod || isNode;
  const isLocal =
    door === 'ClusterIP'
      ? service.internalTrafficPolicy === 'Local'
      : service.externalTrafficPolicy === 'Local' && !isInside;
  const chosen = isLocal ? localOf(all, node) : clusterOf(all, node);
  if (chosen.length === 0) return 'dropped';
  const masksAll = door === 'ClusterIP' ? world.masqueradeAll || !isPod : service.externalTrafficPolicy === 'Cluster';
  return chosen.map(({ pod }) => {
    const loops = pod.ip === source && (world.mode === 'iptables' || pod.node === node.name);
    // Packets that a node sends in to itself keep their source.
    return { pod, masked: (masksAll || loops) && pod.ip !== node.ip };
  });
}

/** SVC-03, SVC-04, SVC-25. */
function endpointsOf(world: ProxyWorld, service: ProxyService): readonly NaiveEndpoint[] {
  return world.pods
    .filter(({ name, state }) => service.selects.includes(name) && state !== 'finished')
    .map((pod) => {
      const ready = service.publishNotReadyAddresses || pod.state === 'ready';
      const zone = world.nodes.find(({ name }) => name === pod.node)!.zone;
      const prefers = ready && service.trafficDistribution;
      return {
        pod,
        ready,
        nodes: prefers === 'PreferSameNode' ? [pod.node] : undefined,
        zones: prefers && zone !== '' ? [zone] : undefined,
      };
    });
}

const isDying = ({ ready, pod }: NaiveEndpoint) => !ready && pod.state === 'terminating';

function usable(all: readonly NaiveEndpoint[]): readonly NaiveEndpoint[] {
  return all.filter((e) => e.ready || isDying(e));
}

function localOf(all: readonly NaiveEndpoint[], node: ProxyNode): readonly NaiveEndpoint[] {
  const here = all.filter(({ pod }) => pod.node === node.name);
  const ready = here.filter((e) => e.ready);
  return ready.length > 0 ? ready : here.filter(isDying);
}

function clusterOf(all: readonly NaiveEndpoint[], node: ProxyNode): readonly NaiveEndpoint[] {
  const ready = all.filter((e) => e.ready);
  if (ready.length === 0) return all.filter(isDying);
  const mine = ready.filter((e) => e.nodes?.includes(node.name));
  if (mine.length > 0 && ready.every((e) => e.nodes)) return mine;
  const near = ready.filter((e) => e.zones?.includes(node.zone));
  return near.length > 0 && ready.every((e) => e.zones) ? near : ready;
}

function travel(world: ProxyWorld, packet: ProxyPacket, from: string, done: readonly Translated[]): readonly string[] {
  const pod = world.pods.find(({ ip }) => ip === packet.destination);
  const node = world.nodes.find(({ ip }) => ip === packet.destination);
  const there = node?.name ?? pod?.node;
  if (there !== undefined && there !== from) {
    const again = rulesOf(world, world.nodes.find(({ name }) => name === there)!, packet, false);
    if (again !== undefined) return atNode(world, packet, there, false, done);
  }
  return [isLost(world, packet, there, done) ? 'lost' : arrived(world, packet)];
}

function arrived(world: ProxyWorld, { destination, source }: ProxyPacket): string {
  const node = world.nodes.find(({ ip }) => ip === destination);
  const pod = world.pods.find(({ ip }) => ip === destination);
  return `${pod?.name ?? node?.name ?? destination} sees ${source}`;
}

/** SVC-15: the reply goes back step by step; each translation must be met again, or was masked so that it is. */
function isLost(
  world: ProxyWorld,
  packet: ProxyPacket,
  there: string | undefined,
  done: readonly Translated[],
): boolean {
  const homeOf = (ip: string) =>
    world.nodes.find((n) => n.ip === ip)?.name ?? world.pods.find((p) => p.ip === ip)?.node ?? 'outside';
  const isHost = world.nodes.some(({ ip }) => ip === packet.source);
  if (done.length > 0 && packet.source === packet.destination && !isHost) return true;
  let at = there;
  for (const { by, from, masked } of [...done].reverse()) {
    if (!masked && by !== at && by !== homeOf(from)) return true;
    if (masked) at = by;
  }
  return false;
}
