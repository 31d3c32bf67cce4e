import type { PodGroup } from '../cluster/workload';
import type { PolicyEngine } from '../policy/engine';
import type { Certainty } from '../policy/explain';
import type { FrontDoor } from '../service/front-doors';
import { CidrSet } from '../values/cidr-set';
import type { Doubt } from '../values/ternary';
import { anyTraffic } from './any-traffic';
import { openFabricHops } from './fabric-hop';
import type { Circumstances } from './flow';
import { guardAtDoor } from './guarded-doors';
import { hopsAsSeen } from './hidden-client';
import { type End, labelOf, leavingHop } from './policy-hops';
import { type FabricHop, outcomeOf, type PairVerdict, type PolicyHop } from './verdict';

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
  const to: End = { pod: door.pod };
  const dialled = { protocol: door.protocol, port: door.port };
  const leaving = 'pod' in client ? leavingHops(engine, client, door, circumstances) : [];
  const isMasked = isMasqueraded(client, door);
  const seen = isMasked ? masqueradingNode(engine) : client;
  const entering = hopsAsSeen(engine, seen, to, dialled, isMasked ? {} : circumstances, 'service');
  const policies: readonly (PolicyHop | FabricHop)[] = [
    ...leaving,
    ...openFabricHops(engine.cluster, seen, to, circumstances.family),
    ...entering.filter((hop) => hop.hop === 'ingress-policy'),
  ];
  const admission = admissionOf(client, door);
  const open = [...admission.doubts, ...door.doubts, ...(isMasked && door.sees === 'client' ? [HOST_PORT_DOUBT] : [])];
  const hops = [...guardAtDoor(engine.cluster, client, door), ...policies];
  const doubts = [...hops.filter((hop) => hop.decision === 'unknown').flatMap((hop) => hop.doubts), ...open];
  const source = 'pod' in client ? client.pod : undefined;
  const outcome = admission.isShut ? 'denied' : withDoubts(outcomeOf(hops), open);
  return { from: labelOf(client), to: labelOf(to), source, target: door.pod, outcome, hops, doubts };
}

/**
 * NP-19: the client's own egress policies see the pod behind the door, not the door. But at the port of another node they
 * see that node, which translates only when the packet is there.
 */
function leavingHops(
  engine: PolicyEngine,
  client: End & { pod: PodGroup },
  door: FrontDoor,
  circumstances: Circumstances,
): readonly PolicyHop[] {
  const dialled = { protocol: door.protocol, port: door.port };
  const hops = leavingHop(engine, client, { pod: door.pod }, dialled, circumstances);
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
function isMasqueraded(client: End, door: FrontDoor): boolean {
  return door.sees === 'node' || (door.via === 'hostPort' && 'pod' in client);
}

const RANGES_DOUBT: Doubt = {
  rule: 'SVC-17',
  wouldDecide: 'clients that lie within loadBalancerSourceRanges, or without, as a whole',
};

/** SVC-17: a load balancer with ranges drops every client whose address is in none of them. */
function admissionOf(client: End, { clients }: FrontDoor): { readonly isShut: boolean; readonly doubts: Doubt[] } {
  const addresses = 'pod' in client ? client.pod.domain : client.addresses;
  if (!clients || clients.covers(addresses)) return { isShut: false, doubts: [] };
  return { isShut: !clients.intersects(addresses), doubts: [RANGES_DOUBT] };
}

function withDoubts(outcome: Certainty, doubts: readonly Doubt[]): Certainty {
  return outcome === 'allowed' && doubts.length > 0 ? 'unknown' : outcome;
}

function masqueradingNode(engine: PolicyEngine): End {
  const { nodeCidr } = engine.cluster.profile;
  return { addresses: nodeCidr.isEmpty ? CidrSet.all() : nodeCidr, label: 'a node that forwards', node: '' };
}
