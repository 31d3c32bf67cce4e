import type { PodGroup } from '../cluster/workload';
import type { PolicyEngine } from '../policy/engine';
import type { Certainty } from '../policy/explain';
import { type Door, doubtsAtDoor, type FrontDoor } from '../service/front-doors';
import { proxyModeOf } from '../service/modes';
import { CidrSet } from '../values/cidr-set';
import type { Doubt } from '../values/ternary';
import { anyTraffic } from './any-traffic';
import { openFabricHops } from './fabric-hop';
import type { Circumstances } from './flow';
import { guardAtDoor, guardBehindDoor } from './guarded-doors';
import { hopsAsSeen } from './hidden-client';
import { bySomebody, carriedBySomebody, openedGuard } from './masked-client';
import { sourceOf } from './packet-source';
import { type End, labelOf, leavingHop } from './policy-hops';
import { type FabricHop, type Hop, outcomeOf, type PairVerdict, type PolicyHop } from './verdict';

/**
 * A client's way through a front door to a pod. Behind a masquerading door the pod's policies see a node,
 * of which nobody says which one it is: the pod's own node is always let in (NP-30, NP-39).
 */
export function throughFrontDoor(
  engine: PolicyEngine,
  client: End,
  door: FrontDoor,
  circumstances: Circumstances = {},
): PairVerdict {
  return throughDoor(engine, client, door, { pod: door.pod }, circumstances);
}

/** Likewise to whatever is behind a door: a pod, or an address to which a Service sends. */
export function throughDoor(
  engine: PolicyEngine,
  client: End,
  door: Door,
  to: End,
  circumstances: Circumstances = {},
): PairVerdict {
  const isMasked = isMasqueraded(client, door);
  const isByPlugin = isServedByPlugin(engine);
  const admission = admissionOf(client, door, isByPlugin);
  const open = [
    ...admission.doubts,
    ...door.doubts,
    ...(isMasked && door.sees === 'client' ? [HOST_PORT_DOUBT] : []),
    ...(isByPlugin ? doubtsAtDoor(door, sourceOf(engine.cluster, client), engine.services) : []),
  ];
  const guards = guardAtDoor(engine.cluster, client, door, to);
  const seen = isMasked ? masqueradingNode(engine) : client;
  const behind = guardBehindDoor(engine.cluster, { client, seen }, door, to, circumstances);
  const hops = [
    ...(admission.isShut ? [notLetIn(door)] : []),
    ...(isInside(client) && isMaskingOpen(engine, client, door) ? guards.map(openedGuard) : guards),
    ...('pod' in client ? leavingHops(engine, client, door, to, circumstances) : []),
    ...enteringHops(engine, { client, to }, door, isMasked, circumstances),
    ...(isMaskingOpen(engine, client, door) ? behind.map(openedGuard) : behind),
  ];
  const doubts = [...hops.filter((hop) => hop.decision === 'unknown').flatMap((hop) => hop.doubts ?? []), ...open];
  const source = 'pod' in client ? client.pod : undefined;
  const target = 'pod' in to ? to.pod : undefined;
  const outcome = admission.isShut ? 'denied' : withDoubts(outcomeOf(hops), open);
  return { from: labelOf(client), to: labelOf(to), source, target, outcome, hops, doubts };
}

/** By the pod network and the pod's own policies, which see the client, the node that masqueraded, or nobody knows whom. */
function enteringHops(
  engine: PolicyEngine,
  { client, to }: { readonly client: End; readonly to: End },
  door: Door,
  isMasked: boolean,
  circumstances: Circumstances,
): readonly (PolicyHop | FabricHop)[] {
  const dialled = { protocol: door.protocol, port: door.port };
  const entering = (seen: End) =>
    hopsAsSeen(engine, seen, to, dialled, seen === client ? circumstances : {}, 'service').filter(
      (hop) => hop.hop === 'ingress-policy',
    );
  const carried = (by: End) => openFabricHops(engine.cluster, by, to, circumstances.family);
  if (!isMaskingOpen(engine, client, door)) {
    const seen = isMasked ? masqueradingNode(engine) : client;
    return [...carried(seen), ...entering(seen)];
  }
  const node = masqueradingNode(engine);
  return [...carriedBySomebody(carried(node), carried(client)), ...bySomebody(client, node, entering)];
}

/**
 * NP-19: the client's own egress policies see the pod behind the door, not the door. But at the port of another node they
 * see that node, which translates only when the packet is there.
 */
function leavingHops(
  engine: PolicyEngine,
  client: End & { pod: PodGroup },
  door: Door,
  to: End,
  circumstances: Circumstances,
): readonly PolicyHop[] {
  const dialled = { protocol: door.protocol, port: door.port };
  const hops = leavingHop(engine, client, to, dialled, circumstances);
  const isAtNode = door.via === 'NodePort' || door.via === 'hostPort';
  if (!isAtNode || outcomeOf(hops) !== 'denied') return hops;
  const open = anyTraffic(engine, client, masqueradingNode(engine), circumstances)?.mayAllow.ports(door.protocol);
  if (!open || open.isEmpty || (door.nodePort !== undefined && !open.has(door.nodePort))) return hops;
  return hops.map((hop) => ({
    ...hop,
    decision: 'unknown',
    outcome: 'unknown',
    doubts: [...hop.doubts, OTHER_NODE_DOUBT],
  }));
}

const OTHER_NODE_DOUBT: Doubt = {
  rule: 'SVC-20',
  wouldDecide: 'egress rules that let nothing out to the ports of nodes, behind which the pod is',
};
const HOST_PORT_DOUBT: Doubt = {
  rule: 'NET-08',
  wouldDecide: "whether the network plugin puts the node's address in place of a pod's behind a hostPort",
};

/** What maps a hostPort may put the node's address in place of a pod's, but leaves that of clients outside (NET-08). */
function isMasqueraded(client: End, door: Door): boolean {
  return door.sees === 'node' || (door.via === 'hostPort' && 'pod' in client);
}

/** SVC-15: where the network plugin serves Services, the client may be seen even where the API does not promise it. */
function isMaskingOpen(engine: PolicyEngine, client: End, { sees, via }: Door): boolean {
  return isServedByPlugin(engine) && via !== 'hostNetwork' && (sees === 'unknown' || isInside(client));
}

function isInside(client: End): boolean {
  return 'pod' in client || client.node !== undefined;
}

function isServedByPlugin({ cluster }: PolicyEngine): boolean {
  return proxyModeOf(cluster.profile).masquerading === 'unknown';
}

const RANGES_DOUBT: Doubt = {
  rule: 'SVC-17',
  wouldDecide: 'clients that lie within loadBalancerSourceRanges, or without, as a whole',
};

/** SVC-17: a load balancer with ranges drops every client whose address is in none of them. */
function admissionOf(
  client: End,
  { clients }: Door,
  isByPlugin: boolean,
): { readonly isShut: boolean; readonly doubts: Doubt[] } {
  const addresses = 'pod' in client ? client.pod.domain : client.addresses;
  if (!clients || clients.covers(addresses)) return { isShut: false, doubts: [] };
  return { isShut: !isByPlugin && !clients.intersects(addresses), doubts: [RANGES_DOUBT] };
}

function notLetIn({ service, servicePort, port }: Door): Hop & { readonly hop: 'service' } {
  const dialled = servicePort?.name ?? servicePort?.port ?? port;
  const problem = 'source-not-allowed' as const;
  return { hop: 'service', decision: 'stops', service, port: dialled, problem, selected: [], lacking: [] };
}

function withDoubts(outcome: Certainty, doubts: readonly Doubt[]): Certainty {
  return outcome === 'allowed' && doubts.length > 0 ? 'unknown' : outcome;
}

function masqueradingNode(engine: PolicyEngine): End {
  const { nodeCidr } = engine.cluster.profile;
  return { addresses: nodeCidr.isEmpty ? CidrSet.all() : nodeCidr, label: 'a node that forwards', node: '' };
}
