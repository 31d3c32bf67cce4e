import type { Cluster } from '../cluster/cluster';
import { mayRunOn } from '../cluster/whereabouts';
import type { PolicyEngine } from '../policy/engine';
import { proxyModeOf } from '../service/modes';
import type { Packet, PacketSource } from '../service/packet';
import { nodeSource, type PacketWay } from '../service/packet-way';
import type { Pass } from '../service/pass';
import { CidrSet } from '../values/cidr-set';
import { formatIp, type IpFamily } from '../values/ip';
import type { Doubt } from '../values/ternary';
import { ambiguityOf } from './ambiguous-end';
import { either, NODE_SEEN } from './either-form';
import { fabricHops } from './fabric-hop';
import type { Circumstances, Flow } from './flow';
import { guardAtEntry, translatedOn } from './guarded-doors';
import { hopsAsSeen } from './hidden-client';
import { bySomebody, carriedBySomebody, guardSeeingSomebody, openedGuard, translatedSomewhere } from './masked-client';
import { firewallHop } from './node-firewall';
import { type Dialled, type End, labelOf, leavingHop } from './policy-hops';
import { passHop } from './proxy-hops';
import { doubtsOf, type FirewallHop, type Hop, outcomeOf, type PairVerdict, type PolicyHop } from './verdict';

const OWN_PORT: Doubt = {
  rule: 'SVC-20',
  wouldDecide: 'the node of the client: the port of its own is translated before its policies see the packet',
};
const HOST_PORT: Doubt = {
  rule: 'NET-08',
  wouldDecide: 'the way behind the hostPort, which leads to a pod: ask for the pod',
};

/** A packet that kube-proxy has let through, before the policies of both ends and on its way back. */
export function arrival(
  engine: PolicyEngine,
  from: End,
  sent: Packet,
  way: PacketWay,
  flow: Flow,
  before: readonly Hop[],
): PairVerdict {
  const { cluster } = engine;
  const { packet } = way;
  const to = endAt(cluster, packet);
  const source = 'pod' in from ? from.pod : undefined;
  const target = 'pod' in to ? to.pod : undefined;
  const foreign = !target && packet.to.address ? formatIp(packet.to.address) : undefined;
  const pair = { from: labelOf(from), to: labelOf(to), source, target, foreign };
  const open = ambiguityOf(from, cluster) ?? ambiguityOf(to, cluster) ?? hostPortAt(cluster, packet);
  const passing = (isOrigin: boolean) =>
    way.passes.filter(({ at }) => at.isOrigin === isOrigin).map((pass) => passHop(engine, pass));
  if (open)
    return { ...pair, outcome: 'unknown', hops: [...before, ...passing(true), ...passing(false)], doubts: [open] };
  const policies = policiesOn(engine, from, to, sent, way, flow);
  const leaving = policies.filter(({ hop }) => hop === 'egress-policy');
  const entering = policies.filter(({ hop }) => hop === 'ingress-policy');
  const { atFirst, atLast } = guardsOn(cluster, from, to, sent, way, flow);
  const hops = [
    ...before,
    ...passing(true),
    ...leaving,
    ...atFirst,
    ...passing(false),
    ...fabricHopsOf(cluster, from, to, way, flow.family ?? packet.to.address?.family),
    ...atLast,
    ...entering,
    ...replyHops(way),
  ];
  return { ...pair, outcome: outcomeOf(hops), hops, doubts: doubtsOf(hops) };
}

/** NET-01: what guards the node that the client meets, and what guards one where a backend is on the network of its node. */
function guardsOn(
  cluster: Cluster,
  from: End,
  to: End,
  sent: Packet,
  { packet, passes }: PacketWay,
  circumstances: Circumstances,
) {
  const leavesAsSent = passes.length === 0 || !passes[0].at.isOrigin;
  const isTranslated = passes.length > 0;
  const isOpen = isMaskingOpen(cluster, passes);
  const seenAs = (seen: End) => firewallHop(cluster, seen, to, dialledBy(packet), circumstances);
  const seen = isSameSource(packet.source, sent.source) ? from : nodeEnd(packet.source);
  const atFirst = leavesAsSent ? guardAtFirst(cluster, from, sent, passes, circumstances) : [];
  const atLast = isTranslated ? translatedOn(passes[passes.length - 1], to, seenAs(seen)) : [];
  const isInside = 'pod' in from || from.node !== undefined;
  return {
    atFirst: isOpen && isInside ? atFirst.map(openedGuard) : atFirst,
    atLast: isOpen ? guardSeeingSomebody(atLast, seenAs(seen === from ? someNode(cluster, passes) : from)) : atLast,
  };
}

/** SVC-15: where the network plugin serves Services, nobody knows who comes from their addresses outside the Service range. */
function isMaskingOpen({ profile }: Cluster, passes: readonly Pass[]): boolean {
  if (proxyModeOf(profile).masquerading !== 'unknown') return false;
  return passes.some(({ claim }) => claim.at !== 'ClusterIP' && claim.service.externalTrafficPolicy === 'Cluster');
}

/** NET-04. Where nobody knows who translates the packet, a client inside or that node sends it into the pod network. */
function fabricHopsOf(cluster: Cluster, from: End, to: End, way: PacketWay, family: IpFamily | undefined) {
  const carried = fabricHops(cluster, carrierOf(from, way), to, family);
  return isMaskingOpen(cluster, way.passes)
    ? carriedBySomebody(carried, fabricHops(cluster, from, to, family))
    : carried;
}

/** The node that sends on what comes to it for a Service. */
function someNode(cluster: Cluster, [first]: readonly Pass[]): End {
  return nodeEnd(nodeSource(cluster, first.at.node));
}

/** What comes to an address of a Service from outside comes by a load balancer, or to a node that has it. */
function guardAtFirst(
  cluster: Cluster,
  from: End,
  sent: Packet,
  [first]: readonly Pass[],
  circumstances: Circumstances,
): readonly FirewallHop[] {
  const isOutside = !('pod' in from) && from.node === undefined;
  if (!first || !isOutside || (first.claim.at !== 'LoadBalancer' && first.claim.at !== 'externalIP')) {
    return firewallHop(cluster, from, endAt(cluster, sent), dialledBy(sent), circumstances);
  }
  const { at: via, port } = first.claim;
  return guardAtEntry(cluster, from, { via, protocol: sent.protocol, servicePort: port, nodePort: port.nodePort });
}

/** Who sends the packet into the pod network: the client, or the last node on its way that translated it (NET-04). */
function carrierOf(from: End, { passes }: PacketWay): End {
  const last = passes.at(-1);
  if (!last || ('pod' in from && last.at.isOrigin)) return from;
  const { node = '' } = last.at;
  return 'pod' in from && !last.isMasqueraded ? from : { addresses: CidrSet.empty, label: 'a node', node };
}

/** NP-19, NP-39: the client's policies see what leaves its node, those of the target what comes to it. */
function policiesOn(
  engine: PolicyEngine,
  from: End,
  to: End,
  sent: Packet,
  { packet, passes }: PacketWay,
  flow: Flow,
): readonly PolicyHop[] {
  const { address } = sent.to;
  const family = flow.family ?? (packet.to.address ?? address)?.family;
  const viaService = { addresses: addressesOf(engine.cluster, sent, passes), port: sent.port };
  const circumstances = { ...flow, family, viaService: passes.length > 0 ? viaService : undefined };
  const [first] = passes;
  const isLeavingAsItArrives = passes.length === 0 || (first.at.isOrigin && passes.length === 1);
  const meetsItself = 'pod' in from && 'pod' in to && from.pod === to.pod;
  if (isMaskingOpen(engine.cluster, passes)) {
    return ofMaskedClient(engine, from, to, sent, passes, { packet, circumstances, meetsItself });
  }
  if (isLeavingAsItArrives && (meetsItself || isSameSource(packet.source, sent.source))) {
    return hopsAsSeen(engine, from, to, dialledBy(packet), circumstances, passes.length > 0 ? 'service' : 'podIP');
  }
  const entering = (seen: End) =>
    hopsAsSeen(engine, seen, to, dialledBy(packet), { ...circumstances, viaService: undefined }, 'service').filter(
      ({ hop }) => hop === 'ingress-policy',
    );
  return [
    ...leavingHops(engine, from, sent, first, circumstances),
    ...enteringHops(from, to, sent, packet, passes, entering),
  ];
}

interface Masked {
  readonly packet: Packet;
  readonly circumstances: Circumstances;
  readonly meetsItself: boolean;
}

/** SVC-15, SVC-20: where the network plugin serves Services, it translates where it will and shows whom it will. */
function ofMaskedClient(
  engine: PolicyEngine,
  from: End,
  to: End,
  sent: Packet,
  passes: readonly Pass[],
  { packet, circumstances, meetsItself }: Masked,
): readonly PolicyHop[] {
  const { cluster } = engine;
  const dialled = dialledBy(packet);
  const leaving = ({ end, ...at }: Leaving) => ('pod' in from ? leavingHop(engine, from, end, at, circumstances) : []);
  const translated = leaving({ end: to, ...dialled });
  const isToNode = passes[0].claim.at === 'NodePort';
  const asSent = isToNode ? leaving({ end: endAt(cluster, sent), ...dialledBy(sent) }) : translated;
  // NP-32: what meets itself does so through a Service.
  const viaService = meetsItself ? circumstances.viaService : undefined;
  const entering = (seen: End) =>
    hopsAsSeen(engine, seen, to, dialled, { ...circumstances, viaService }, 'service').filter(
      ({ hop }) => hop === 'ingress-policy',
    );
  return [...translatedSomewhere(translated, asSent), ...bySomebody(from, someNode(cluster, passes), entering)];
}

type Leaving = Dialled & { readonly end: End };

/** SVC-20: the port of the client's own node is translated before its policies see the packet, that of another after. */
function leavingHops(
  engine: PolicyEngine,
  from: End,
  sent: Packet,
  first: Pass,
  circumstances: Circumstances,
): readonly PolicyHop[] {
  if (!('pod' in from)) return [];
  const { cluster } = engine;
  const leaving = ({ end, ...dialled }: Leaving) => leavingHop(engine, from, end, dialled, circumstances);
  const translated = endOf(cluster, first);
  if (first.at.isOrigin) return leaving(translated);
  const asSent = leaving({ end: endAt(cluster, sent), ...dialledBy(sent) });
  return from.pod.nodeName === undefined ? either(asSent, leaving(translated), OWN_PORT) : asSent;
}

function enteringHops(
  from: End,
  to: End,
  sent: Packet,
  { source }: Packet,
  passes: readonly Pass[],
  entering: (seen: End) => readonly PolicyHop[],
): readonly PolicyHop[] {
  const clientOf = (other: PacketSource): End => (isSameSource(other, sent.source) ? from : nodeEnd(other));
  const seen = entering(clientOf(source));
  const replacing = passes.findLast(({ isMasqueraded }) => isMasqueraded);
  if (!replacing || !('pod' in to) || !mayBeOne(to.pod.nodeName, replacing.at.node)) return seen;
  const unreplaced = entering(clientOf(replacing.before.source));
  return either(seen, unreplaced, NODE_SEEN);
}

/** NP-39: a pod's own node may replace the address before the pod's policies see the packet, or after. */
function mayBeOne(podNode: string | undefined, node: string | undefined): boolean {
  return podNode === undefined || node === undefined || podNode === node;
}

function isSameSource(one: PacketSource, other: PacketSource): boolean {
  return (
    one === other || (one.kind === 'node' && other.kind === 'node' && one.node !== undefined && one.node === other.node)
  );
}

function nodeEnd(source: PacketSource): End {
  if (source.kind === 'pod') return { pod: source.pod };
  const node = source.kind === 'node' ? (source.node ?? '') : undefined;
  const label = node ? `node/${node}` : 'a node that forwards';
  return { addresses: source.addresses, label, node };
}

/** Where the client sends to before the translation; the whole Service range where nobody tells. */
function addressesOf({ profile }: Cluster, { to }: Packet, passes: readonly Pass[]): CidrSet {
  if (to.address) return CidrSet.ofAddresses([to.address]);
  return passes.length > 0 ? profile.serviceCidr : CidrSet.empty;
}

function dialledBy({ port, protocol }: Packet): Dialled {
  return { port, protocol };
}

function endOf(cluster: Cluster, { endpoint, before }: Pass): Leaving {
  const { backend, address } = endpoint;
  const to = 'pod' in backend ? { pod: backend.pod, address } : { address: backend.address };
  const packet = { ...before, to, port: backend.port };
  return { end: endAt(cluster, packet), ...dialledBy(packet) };
}

/** Who is where a packet is sent. SVC-31: at the address of a node the hostNetwork pod that has the port. */
function endAt({ addresses }: Cluster, { to, port, protocol }: Packet): End {
  const own = to.pod ?? (to.address && addresses.podAt(to.address));
  if (own) return { pod: own };
  // INVARIANT: a packet has an address where it has no pod.
  const address = to.address!;
  const node = addresses.nodeAt(address);
  const pod = node && addresses.hostPodAt(node.name, port, protocol);
  if (pod) return { pod };
  const label = node ? `node/${node.name}` : formatIp(address);
  return { addresses: CidrSet.ofAddresses([address]), label, node: node?.name };
}

function hostPortAt(cluster: Cluster, { to, port, protocol }: Packet): Doubt | undefined {
  const node = to.pod || !to.address ? undefined : cluster.addresses.nodeAt(to.address);
  if (!node) return undefined;
  const pods = cluster.addresses.podsWithHostPort(port, protocol);
  return pods.some((pod) => mayRunOn(cluster, pod, node.name)) ? HOST_PORT : undefined;
}

/** SVC-15: what becomes of the answer. */
function replyHops({ end, passes, packet }: PacketWay): readonly Hop[] {
  if (end.how !== 'arrives') return [];
  const { reply: fate } = end;
  if (fate.reply === 'comes') return [];
  const service = passes.at(-1)?.claim.service;
  const base = { hop: 'service' as const, service, port: packet.port, selected: [], lacking: [] };
  if (fate.reply === 'lost') return [{ ...base, decision: 'stops', problem: 'reply-lost' }];
  return [{ ...base, decision: 'unknown', problem: 'open', doubts: [fate.doubt] }];
}
