import type { ServiceResource } from '../manifest/resources';
import type { PolicyEngine } from '../policy/engine';
import type { Packet, Standpoint } from '../service/packet';
import { type PacketWay, waysOf, waysThrough } from '../service/packet-way';
import type { Claim } from '../service/service-table';
import { formatIp, type IpAddress } from '../values/ip';
import type { Doubt } from '../values/ternary';
import type { Protocol } from '../values/traffic-set';
import { arrival } from './arrival';
import type { Flow } from './flow';
import { sourceOf } from './packet-source';
import { type End, labelOf } from './policy-hops';
import { passHop, stopHop } from './proxy-hops';
import { settled } from './settled';
import { doubtsOf, type Hop, outcomeOf, type PairVerdict } from './verdict';

/** Of a flow from outside to an address that only the cluster knows. */
export const FRONT_DOOR_DOUBT: Doubt = {
  rule: 'SVC-15',
  wouldDecide: 'how an address outside the cluster gets to a ClusterIP',
};

/** What a client sends to: an address, or a Service port that it has by name. */
export type Request = { readonly port: number; readonly protocol: Protocol } & (
  | { readonly address: IpAddress }
  | { readonly claim: Claim }
);

/**
 * A packet by way of the kube-proxies of the nodes that see it (SVC-05 to SVC-31): one pair for each way that it may take.
 * @param before hops that come first, such as a lookup
 */
export function proxied(
  engine: PolicyEngine,
  from: End,
  request: Request,
  flow: Flow,
  before: readonly Hop[] = [],
): readonly PairVerdict[] {
  const table = engine.services;
  const at = standpointOf(engine, from, request, flow);
  const { port, protocol } = request;
  const address = 'address' in request ? request.address : addressOf(request.claim);
  const packet: Packet = { source: sourceOf(engine.cluster, from), to: { address }, port, protocol };
  const ways = 'claim' in request ? waysThrough(table, request.claim, packet, at) : waysOf(table, packet, at);
  return settled(ways.map((way) => ({ way, pair: pairOf(engine, from, packet, way, flow, before) })));
}

function addressOf({ service: { clusterIps }, family }: Claim): IpAddress | undefined {
  return clusterIps.find((ip) => family === undefined || ip.family === family);
}

/** Where the first kube-proxy is. From outside the address of a node leads to that node. */
function standpointOf({ cluster }: PolicyEngine, from: End, request: Request, { via }: Flow): Standpoint {
  if ('pod' in from) return { node: from.pod.nodeName, isOrigin: true };
  if (from.node !== undefined) return { node: from.node, isOrigin: true };
  const owner = 'address' in request ? cluster.addresses.nodeAt(request.address) : undefined;
  return { node: owner?.name ?? via, isOrigin: false };
}

function pairOf(
  engine: PolicyEngine,
  from: End,
  sent: Packet,
  way: PacketWay,
  flow: Flow,
  before: readonly Hop[],
): PairVerdict {
  const { end } = way;
  if (end.how === 'arrives') return enteringSomehow(way, arrival(engine, from, sent, way, flow, before));
  const passes = way.passes.map((pass) => passHop(engine, pass));
  const hops = [...before, ...passes, stopHop(engine, end, sent, serviceMeant(flow))];
  const source = 'pod' in from ? from.pod : undefined;
  const to = flow.to.address ? formatIp(flow.to.address) : flow.to.label;
  return { from: labelOf(from), to, source, outcome: outcomeOf(hops), hops, doubts: doubtsOf(hops) };
}

/** SVC-15: a ClusterIP has no route from outside unless somebody made one, to a node that the asker can name. */
function enteringSomehow({ passes: [first] }: PacketWay, pair: PairVerdict): PairVerdict {
  const isUnrouted = first?.claim.at === 'ClusterIP' && first.before.source.kind === 'outside' && !first.at.node;
  if (!isUnrouted || pair.outcome === 'denied') return pair;
  return { ...pair, outcome: 'unknown', doubts: [...pair.doubts, FRONT_DOOR_DOUBT] };
}

function serviceMeant({ to }: Flow): ServiceResource | undefined {
  return to.type === 'service' ? to.service : undefined;
}
