import type { ServiceResource } from '../manifest/resources';
import type { Doubt } from '../values/ternary';
import { mayHaveOthers, type ServiceEndpoint } from './endpoints';
import { proxyModeOf } from './modes';
import type { ProxyMode } from './modes/mode';
import { isLoopback, isReserved, type NodePortState, nodePortState } from './node-ports';
import { isNodeItself, type Packet, type PacketSource, type Standpoint } from './packet';
import { placedOn } from './placed-endpoints';
import type { Claim, ServiceTable } from './service-table';
import { balancedEndpoints, clusterEndpoints, hasUsable, localEndpoints, type Usable } from './usable-endpoints';

/**
 * How a packet to a Service fails. `no-endpoints` (SVC-12) and `no-such-port` (SVC-10) are rejected; `no-local-endpoints`
 * (SVC-14), `source-not-allowed` (SVC-17) and `unassigned-address` are dropped; `node-port-closed` (SVC-20) is refused by the
 * node, on which nothing listens; `left-cluster`: kube-proxy does nothing and the packet goes out to whatever is there.
 */
export type ProxyProblem =
  | 'no-endpoints'
  | 'no-such-port'
  | 'no-local-endpoints'
  | 'source-not-allowed'
  | 'unassigned-address'
  | 'node-port-closed'
  | 'left-cluster';

/** What kube-proxy on one node does with a packet. */
export type Handling =
  | {
      readonly does: 'forwards';
      readonly claim: Claim;
      /** One of these, by chance; with doubts one of some of these. */
      readonly endpoints: readonly ServiceEndpoint[];
      /** What leaves open which of them are used. */
      readonly doubts: readonly Doubt[];
      /** It may be that none is. */
      readonly mayFail: boolean;
      /** SVC-15: whether the node puts its own address in place of the client's. */
      readonly masquerades: (endpoint: ServiceEndpoint) => boolean;
    }
  | { readonly does: 'fails'; readonly problem: ProxyProblem; readonly service?: ServiceResource }
  | { readonly does: 'unknown'; readonly doubts: readonly Doubt[]; readonly service?: ServiceResource }
  /** The packet goes to the address that it has. */
  | { readonly does: 'nothing' };

const NOTHING: Handling = { does: 'nothing' };
const CLAIMED_TWICE: Doubt = {
  rule: 'SVC-23',
  wouldDecide: 'an address and port that one Service claims: of several the winner differs by node and start',
};
const BALANCER: Doubt = {
  rule: 'SVC-18',
  wouldDecide: 'what the load balancer does: with ipMode Proxy packets leave the node for it',
};
export const HOST_SERVES: Doubt = {
  rule: 'SVC-10',
  wouldDecide:
    'proxyMode iptables or nftables: with IPVS other ports of the address lead to what the node itself serves',
};
const IPVS_LOCAL: Doubt = {
  rule: 'SVC-33',
  wouldDecide: 'proxyMode iptables or nftables: with IPVS a Local policy may use the endpoints of other nodes',
};
const SENDER: Doubt = {
  rule: 'SVC-13',
  wouldDecide:
    'which node the packet comes from: a node uses all endpoints at its own addresses, and others those of the node',
};
const ELSEWHERE: Doubt = { rule: 'SVC-02', wouldDecide: 'the EndpointSlices of the Service, which others make' };
const RANGES: Doubt = {
  rule: 'SVC-17',
  wouldDecide: 'the address of the client: only some are within loadBalancerSourceRanges',
};

/** What the kube-proxy of a node does with a packet that it sees there for the first time. */
export function handle(table: ServiceTable, packet: Packet, at: Standpoint): Handling {
  const { address } = packet.to;
  if (!address) return NOTHING;
  const claims = table.claims(address, packet.port, packet.protocol);
  if (claims.length > 0) return ofClaims(table, claims, packet, at);
  const state = nodePortState(table, packet, at);
  return state === 'elsewhere' ? atOtherPort(table, packet) : atNode(table, packet, at, state);
}

/** Likewise where the Service port is known, but perhaps not the address by which the client has it. */
export function handleClaim(table: ServiceTable, claim: Claim, packet: Packet, at: Standpoint): Handling {
  const mode = proxyModeOf(table.cluster.profile);
  const { endpoints, doubts } = table.endpointsOf(claim);
  const open = leftOpen(mode, claim, packet, endpoints);
  if (open.length > 0) return { does: 'unknown', doubts: open, service: claim.service };
  const isServed = hasUsable(endpoints);
  const ranges = claim.at === 'LoadBalancer' && (isServed || mode.rangesWithoutEndpoints);
  const admission = ranges ? admits(claim, packet.source) : 'yes';
  const { service } = claim;
  if (admission === 'no') return { does: 'fails', problem: 'source-not-allowed', service };
  if (admission === 'maybe') return { does: 'unknown', doubts: [RANGES], service };
  if (!isServed && mayHaveOthers(service, table.cluster)) return { does: 'unknown', doubts: [ELSEWHERE], service };
  if (!isServed) return withoutEndpoints(table, claim, packet, at);
  if (policyAt(claim) === 'Local' && mode.localPolicies === 'unknown') {
    return { does: 'unknown', doubts: [IPVS_LOCAL], service };
  }
  const isLocal = isSubjectToLocal(claim, packet, at);
  if (isLocal === 'unknown') return { does: 'unknown', doubts: [SENDER], service };
  const node = { name: at.node, zone: table.cluster.addresses.zoneOf(at.node) };
  const usable = isByBalancer(claim, packet, at)
    ? balancedEndpoints(endpoints)
    : isLocal
      ? localEndpoints(placedOn(table.cluster, endpoints, at.node), node)
      : clusterEndpoints(endpoints, node, mode.topology);
  if (usable.endpoints.length === 0) return { does: 'fails', problem: 'no-local-endpoints', service };
  return forwards(table, claim, usable, doubts, packet, at);
}

/** What nobody can know of a packet for a Service where it is not kube-proxy that serves it. */
function leftOpen(
  { aboutService, aboutPacket }: ProxyMode,
  claim: Claim,
  { source }: Packet,
  endpoints: readonly ServiceEndpoint[],
): readonly Doubt[] {
  const own = aboutService?.(claim.service, endpoints) ?? [];
  if (own.length > 0 || !aboutPacket || !hasUsable(endpoints)) return own;
  return aboutPacket({ claim, source, isAdmitted: admits(claim, source) === 'yes' });
}

function forwards(
  table: ServiceTable,
  claim: Claim,
  usable: Usable,
  doubts: readonly Doubt[],
  packet: Packet,
  at: Standpoint,
): Handling {
  const masqueradesAll = isMasqueraded(table, claim, packet);
  const { hairpins } = proxyModeOf(table.cluster.profile);
  return {
    does: 'forwards',
    claim,
    endpoints: usable.endpoints,
    doubts: [...doubts, ...usable.doubts],
    // SVC-03: pods that are perhaps selected may all not be.
    mayFail: usable.mayBeNone || doubts.length > 0,
    masquerades: (endpoint) => {
      // What meets itself runs where its packet comes from.
      const isKnownHere = endpoint.isUnplaced ? at.isOrigin : endpoint.nodeName === at.node;
      return masqueradesAll || (isSender(endpoint, packet) && (hairpins === 'all' || isKnownHere));
    },
  };
}

/** Of several replicas each meets itself and the others: what is so for one alone is not so for them. */
function isSender({ backend }: ServiceEndpoint, { source }: Packet): boolean {
  return 'pod' in backend && source.kind === 'pod' && backend.pod === source.pod && source.pod.replicas === 1;
}

/** Of several Services at one place those without endpoints leave it to the others. */
function ofClaims(table: ServiceTable, claims: readonly Claim[], packet: Packet, at: Standpoint): Handling {
  const served = claims.filter((claim) => hasUsable(table.endpointsOf(claim).endpoints));
  const rivals = new Set((served.length > 0 ? served : claims).map(({ port }) => port));
  const isGuarded = claims.some((claim) => claim.at === 'LoadBalancer' && claim.service.loadBalancerSourceRanges);
  const isContested = new Set(claims.map(({ port }) => port)).size > 1 && (rivals.size > 1 || isGuarded);
  if (isContested) return { does: 'unknown', doubts: [CLAIMED_TWICE] };
  const own = claims.filter(({ port }) => rivals.has(port));
  // SVC-17: where one address is the Service's externalIP and its load balancer's, iptables comes to the former first.
  const guarded = own.find((claim) => claim.at === 'LoadBalancer');
  const isGuardFirst = proxyModeOf(table.cluster.profile).rangesWithoutEndpoints;
  return handleClaim(table, (isGuardFirst && guarded) || own[0], packet, at);
}

/** SVC-20: at an address of the node's own. */
function atNode(
  table: ServiceTable,
  packet: Packet,
  at: Standpoint,
  state: Exclude<NodePortState, 'elsewhere'>,
): Handling {
  const claims = table.nodePortClaims(packet.port, packet.protocol);
  if (claims.length === 0)
    return isReserved(table, packet, at) ? { does: 'fails', problem: 'node-port-closed' } : NOTHING;
  const family = packet.to.address?.family;
  const claimed = claims.map((claim) => ({ ...claim, family }));
  if (state === 'open') return ofClaims(table, claimed, packet, at);
  const [claim] = claimed;
  const mode = proxyModeOf(table.cluster.profile);
  if (state === 'unknown') return { does: 'unknown', doubts: [mode.nodePortDoubt], service: claim.service };
  const problem = mode.guardsClosedNodePorts ? guardedBy(table, claim, at) : undefined;
  return { does: 'fails', problem: problem ?? 'node-port-closed', service: claim.service };
}

/** What a closed node port shares with an open one: it rejects and drops where the Service has nothing to offer. */
function guardedBy(table: ServiceTable, claim: Claim, { node: name }: Standpoint): ProxyProblem | undefined {
  const { endpoints } = table.endpointsOf(claim);
  if (!hasUsable(endpoints)) return 'no-endpoints';
  const isLocal = claim.service.externalTrafficPolicy === 'Local';
  return isLocal && localEndpoints(placedOn(table.cluster, endpoints, name), { name }).endpoints.length === 0
    ? 'no-local-endpoints'
    : undefined;
}

/** What no Service port takes. */
function atOtherPort(table: ServiceTable, packet: Packet): Handling {
  const address = packet.to.address!;
  const mode = proxyModeOf(table.cluster.profile);
  const own = table.at(address);
  if (own.some(({ via }) => via === 'Proxy')) return { does: 'unknown', doubts: [BALANCER], service: own[0].service };
  const served = own.find(({ via }) => via === 'VIP');
  if (served && mode.otherPort === 'unknown')
    return { does: 'unknown', doubts: [HOST_SERVES], service: served.service };
  const clusterIp = own.find((one) => one.at === 'ClusterIP');
  if (clusterIp) {
    const { service } = clusterIp;
    return { does: 'fails', problem: mode.otherPort === 'rejects' ? 'no-such-port' : 'left-cluster', service };
  }
  const { addresses, profile } = table.cluster;
  if (addresses.podAt(address) || addresses.nodeAt(address)) return NOTHING;
  if (own.length > 0) return outside(table, own[0].service);
  if (!profile.serviceCidr.has(address)) return NOTHING;
  return unassigned(table);
}

const SHARED: Doubt = {
  rule: 'SVC-23',
  wouldDecide: 'which Service has this port of the address: others may share an externalIP or a load balancer',
};

/** Only a dump of the cluster tells that no other Service has the address too. */
function outside({ cluster }: ServiceTable, service: ServiceResource): Handling {
  return cluster.isWhole
    ? { does: 'fails', problem: 'left-cluster', service }
    : { does: 'unknown', doubts: [SHARED], service };
}

const UNDECLARED: Doubt = {
  rule: 'SVC-12',
  wouldDecide: 'which Service has this address of the Service range: no declared one does',
};

/** Only a dump of the cluster, which has the API server's own Service, tells that nobody has an address. */
function unassigned({ cluster }: ServiceTable): Handling {
  if (!cluster.isWhole) return { does: 'unknown', doubts: [UNDECLARED] };
  const { unassigned } = proxyModeOf(cluster.profile);
  return { does: 'fails', problem: unassigned === 'drops' ? 'unassigned-address' : 'left-cluster' };
}

/** SVC-12. In iptables nobody rejects what a node itself sends to an address that is not its own. */
function withoutEndpoints(table: ServiceTable, claim: Claim, packet: Packet, at: Standpoint): Handling {
  const { service } = claim;
  const leavesNode = at.isOrigin && isNodeItself(packet, at) && !isOwn(table, packet, at);
  const isSpared = claim.at !== 'ClusterIP' && leavesNode && !proxyModeOf(table.cluster.profile).rejectsFromNode;
  return { does: 'fails', problem: isSpared ? 'left-cluster' : 'no-endpoints', service };
}

function isOwn({ cluster }: ServiceTable, { to }: Packet, { node }: Standpoint): boolean {
  if (!to.address) return false;
  return isLoopback(to.address) || (node !== undefined && cluster.addresses.nodeAt(to.address)?.name === node);
}

function policyAt({ service, at }: Claim): 'Cluster' | 'Local' {
  return at === 'ClusterIP' ? service.internalTrafficPolicy : service.externalTrafficPolicy;
}

/** SVC-13: pods and the node itself are let through to all endpoints at external addresses, whatever the policy. */
function isSubjectToLocal(claim: Claim, packet: Packet, at: Standpoint): boolean | 'unknown' {
  if (policyAt(claim) === 'Cluster' || claim.at === 'ClusterIP') return policyAt(claim) === 'Local';
  const { source } = packet;
  if (source.kind === 'pod' || isNodeItself(packet, at)) return false;
  return source.kind === 'node' && source.node === undefined ? 'unknown' : true;
}

/** What comes from outside to a load balancer that keeps the client's address, by a node that nobody names. */
export function isByBalancer({ service, at: place }: Claim, { source }: Packet, { node }: Standpoint): boolean {
  const isOutside = source.kind === 'outside' && node === undefined;
  return isOutside && place === 'LoadBalancer' && service.externalTrafficPolicy === 'Local';
}

/** SVC-15, but for a pod that meets itself. */
function isMasqueraded({ cluster }: ServiceTable, { service, at }: Claim, { source }: Packet): boolean {
  if (at === 'ClusterIP') {
    const { readsKubeProxy } = proxyModeOf(cluster.profile);
    return (readsKubeProxy && cluster.profile.kubeProxy.masqueradeAll) || source.kind !== 'pod';
  }
  return service.externalTrafficPolicy === 'Cluster';
}

/** SVC-17. */
export function admits(
  { service, family }: Pick<Claim, 'service' | 'family'>,
  source: PacketSource,
): 'yes' | 'no' | 'maybe' {
  const all = service.loadBalancerSourceRanges;
  const ranges = family === undefined ? all : all?.ofFamily(family);
  // Ranges of the other family alone guard nothing.
  if (!ranges || ranges.isEmpty) return 'yes';
  const known = source.kind === 'pod' ? source.pod.domain : source.addresses;
  const addresses = family === undefined ? known : known.ofFamily(family);
  if (addresses.isEmpty) return 'maybe';
  if (ranges.covers(addresses)) return 'yes';
  return ranges.intersects(addresses) ? 'maybe' : 'no';
}
