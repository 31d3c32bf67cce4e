import type { Cluster } from '../cluster/cluster';
import type { ServiceResource } from '../manifest/resources';
import { CidrSet } from '../values/cidr-set';
import type { Doubt } from '../values/ternary';
import type { ServiceEndpoint } from './endpoints';
import { type Handling, handle, handleClaim, type ProxyProblem } from './kube-proxy';
import { proxyModeOf } from './modes';
import { isNodeItself, type Packet, type PacketSource, type Standpoint } from './packet';
import { type Location, locationOf, type Pass } from './pass';
import { type ReplyFate, replyFate } from './reply-way';
import type { Claim, ServiceTable } from './service-table';

/** One of the ways that a packet may take, up to where it ends. */
export interface PacketWay {
  readonly passes: readonly Pass[];
  /** The packet as it arrives, or as it is when nothing more is known of it. */
  readonly packet: Packet;
  /** The node of the target, where it is known to be on one. */
  readonly location: Location;
  readonly end:
    | { readonly how: 'arrives'; readonly reply: ReplyFate }
    | {
        readonly how: 'fails';
        readonly problem: ProxyProblem;
        readonly service?: ServiceResource;
        readonly at: Standpoint;
      }
    | { readonly how: 'unknown'; readonly doubts: readonly Doubt[]; readonly service?: ServiceResource };
}

/** No packet of a real cluster is translated so often; the rules of two nodes may send one in circles. */
const MOST_PASSES = 4;
const CIRCLE: Handling = {
  does: 'unknown',
  doubts: [
    {
      rule: 'SVC-23',
      wouldDecide: 'externalIPs that are not the addresses of pods, between which packets go in circles',
    },
  ],
};

const AGAIN: Handling = {
  does: 'unknown',
  doubts: [
    {
      rule: 'SVC-23',
      wouldDecide: 'endpoints whose addresses no Service has: whether the network plugin translates a packet twice',
    },
  ],
};

/** Every way that a packet may take from a node on, as the kube-proxies of the nodes choose. */
export function waysOf(table: ServiceTable, packet: Packet, at: Standpoint): readonly PacketWay[] {
  return from(table, packet, at, [], handle(table, packet, at));
}

/** Likewise to a Service port, whose address the client may have from DNS. */
export function waysThrough(table: ServiceTable, claim: Claim, packet: Packet, at: Standpoint): readonly PacketWay[] {
  return from(table, packet, at, [], handleClaim(table, claim, packet, at));
}

function from(
  table: ServiceTable,
  packet: Packet,
  at: Standpoint,
  passes: readonly Pass[],
  handling: Handling,
): readonly PacketWay[] {
  const ended = (end: PacketWay['end']): readonly PacketWay[] => [
    { passes, packet, location: locationOf(table.cluster, packet.to), end },
  ];
  switch (handling.does) {
    case 'fails':
      return ended({ how: 'fails', problem: handling.problem, service: handling.service, at });
    case 'unknown':
      return ended({ how: 'unknown', doubts: handling.doubts, service: handling.service });
    case 'nothing':
      return onward(table, packet, at, passes);
    case 'forwards':
      return handling.endpoints.flatMap((endpoint) => {
        const pass = passOf(table, handling, endpoint, packet, at);
        return onward(table, translated(table, pass), at, [...passes, pass]);
      });
  }
}

function passOf(
  { cluster }: ServiceTable,
  handling: Handling & { does: 'forwards' },
  endpoint: ServiceEndpoint,
  before: Packet,
  at: Standpoint,
): Pass {
  const { claim, doubts, mayFail, endpoints } = handling;
  const isMasqueraded = handling.masquerades(endpoint) && !isAt(cluster, endpoint, at);
  return { claim, at, before, isMasqueraded, endpoint, choices: endpoints.length, doubts, mayFail };
}

/** SVC-31: what a node sends in to itself does not pass where addresses are replaced. */
function isAt(cluster: Cluster, { backend, address }: ServiceEndpoint, { node }: Standpoint): boolean {
  const isOfHost = 'pod' in backend ? backend.pod.hostNetwork : cluster.addresses.nodeAt(backend.address) !== undefined;
  const location = isOfHost
    ? locationOf(cluster, 'pod' in backend ? { pod: backend.pod, address } : backend)
    : 'outside';
  return typeof location === 'object' && location.node === node;
}

function translated({ cluster }: ServiceTable, { before, at, isMasqueraded, endpoint }: Pass): Packet {
  const { backend, address } = endpoint;
  const to = 'pod' in backend ? { pod: backend.pod, address } : { address: backend.address };
  // The node's own packets carry its address as it is.
  const isReplaced = isMasqueraded && !isNodeItself(before, at);
  const source = isReplaced ? nodeSource(cluster, at.node) : before.source;
  return { ...before, source, to, port: backend.port };
}

/** A node as a sender: the addresses that it may have where nobody declares them. */
export function nodeSource({ addresses, profile }: Cluster, node: string | undefined): PacketSource {
  const own = addresses.node(node)?.addresses ?? [];
  const undeclared = profile.nodeCidr.isEmpty ? CidrSet.all() : profile.nodeCidr;
  return { kind: 'node', node, addresses: own.length > 0 ? CidrSet.ofAddresses(own) : undeclared };
}

/** Of a pod that is not bound to a node, the one by which a node found it. */
function placeAfter(passes: readonly Pass[]): Location | undefined {
  const { backend, nodeName } = passes.at(-1)?.endpoint ?? {};
  const isFound = backend && 'pod' in backend && backend.pod.nodeName === undefined && nodeName !== undefined;
  return isFound ? { node: nodeName } : undefined;
}

/**
 * From one node to where the address is. A node that sees the packet for the first time looks at it again: an address or
 * port that its kube-proxy knows is translated there (NP-19), even that of a pod.
 */
function onward(table: ServiceTable, packet: Packet, at: Standpoint, passes: readonly Pass[]): readonly PacketWay[] {
  const location = placeAfter(passes) ?? locationOf(table.cluster, packet.to);
  const isElsewhere = typeof location === 'object' && location.node !== at.node;
  if (isElsewhere) {
    const there: Standpoint = { node: location.node, isOrigin: false };
    const handling = passes.length < MOST_PASSES ? handle(table, packet, there) : CIRCLE;
    const isTwice = passes.length > 0 && proxyModeOf(table.cluster.profile).masquerading === 'unknown';
    if (handling.does !== 'nothing' && isTwice) return from(table, packet, there, passes, AGAIN);
    if (handling.does !== 'nothing') return from(table, packet, there, passes, handling);
  }
  return [
    { passes, packet, location, end: { how: 'arrives', reply: replyFate(table.cluster, packet, location, passes) } },
  ];
}
