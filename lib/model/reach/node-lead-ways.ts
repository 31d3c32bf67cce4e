import type { PolicyEngine } from '../policy/engine';
import { possibleClusterIps } from '../service/addresses';
import { type Door, doorsOf } from '../service/front-doors';
import { type NodeLead, nodeLeadsOf } from '../service/node-leads';
import { CidrSet } from '../values/cidr-set';
import type { Doubt } from '../values/ternary';
import type { Circumstances } from './flow';
import { throughDoor } from './front-door';
import { firewallHop } from './node-firewall';
import { type End, labelOf, shareFamily } from './policy-hops';
import { outcomeOf, type PairVerdict } from './verdict';
import { packet } from './walk';

/** A way through a Service to what it sends to on the network of a node, or outside. */
export interface NodeLeadWay {
  readonly via: 'ClusterIP' | Door['via'];
  readonly lead: NodeLead;
  /** What there is meant. */
  readonly to: End;
  readonly pair: PairVerdict;
}

/** Which of the ways are asked about. */
export interface NodeLeadQuery {
  /** Where a lead ends; `undefined` where it is not meant. */
  readonly to: (lead: NodeLead) => End | undefined;
  /** The door by which it is come to; `undefined` where it is not meant. @default - every door, and the Service's own address */
  readonly doorOf?: (door: Door) => Door | undefined;
  readonly circumstances?: Circumstances;
}

/**
 * Every way of a client through Services to ends that are no pods of the pod network: by the address of a Service for who is
 * inside, and by those of nodes, load balancers and external IPs. A node that masquerades sends as itself (SVC-15, NP-39).
 */
export function throughNodeLeads(engine: PolicyEngine, client: End, query: NodeLeadQuery): readonly NodeLeadWay[] {
  return nodeLeadsOf(engine.services).flatMap((lead) => {
    const to = query.to(lead);
    if (!to || !shareFamily(engine, client, to, query.circumstances?.family)) return [];
    return throughLead(engine, client, lead, to, query);
  });
}

function throughLead(
  engine: PolicyEngine,
  client: End,
  lead: NodeLead,
  to: End,
  { doorOf, circumstances = {} }: NodeLeadQuery,
): readonly NodeLeadWay[] {
  const isInside = 'pod' in client || client.node !== undefined;
  const doors = doorsOf(lead, engine.cluster).flatMap((door) => (doorOf ? (doorOf(door) ?? []) : door));
  const throughDoors = doors.map((door): NodeLeadWay => {
    return { via: door.via, lead, to, pair: atDoor(engine, client, door, to, circumstances) };
  });
  if (!isInside || doorOf) return throughDoors;
  return [{ via: 'ClusterIP', lead, to, pair: fromInside(engine, client, lead, to, circumstances) }, ...throughDoors];
}

const MASQUERADE: Doubt = {
  rule: 'SVC-15',
  wouldDecide:
    'whether what guards the node sees the client or the node that translates: `masqueradeAll` of kube-proxy',
};

/** NP-20: egress rules may see the address of the Service. With masqueradeAll what comes to the node is of a node. */
function fromInside(
  engine: PolicyEngine,
  client: End,
  { service, port, number }: NodeLead,
  to: End,
  circumstances: Circumstances,
): PairVerdict {
  const { cluster } = engine;
  const dialled = { protocol: port.protocol, port: number };
  const viaService = { addresses: possibleClusterIps(service, cluster.profile), port: port.port };
  const pair = packet(engine, client, to, dialled, { ...circumstances, viaService });
  const isGuarded = pair.outcome === 'denied' && pair.hops.at(-1)?.hop === 'node-firewall';
  if (!cluster.profile.kubeProxy.masqueradeAll || !isGuarded) return pair;
  const before = pair.hops.filter(({ hop }) => hop !== 'node-firewall');
  const seen: End = { addresses: CidrSet.all(), label: 'a node that forwards', node: '' };
  const outcome = outcomeOf([...before, ...firewallHop(cluster, seen, to, dialled, circumstances)]);
  return outcome === 'denied' ? pair : { ...pair, outcome: 'unknown', doubts: [MASQUERADE] };
}

const LOCAL: Doubt = {
  rule: 'SVC-14',
  wouldDecide: 'whom what guards the node sees: with externalTrafficPolicy Local who is inside may come as a node',
};

/** SVC-14: who is inside is served as with Cluster where the policy is Local, so that its node may send as itself. */
function atDoor(engine: PolicyEngine, client: End, door: Door, to: End, circumstances: Circumstances): PairVerdict {
  const pair = throughDoor(engine, client, door, to, circumstances);
  const isOutside = !('pod' in client) && client.node === undefined;
  if (isOutside || door.sees === 'node') return pair;
  const masked = throughDoor(engine, client, { ...door, sees: 'node' }, to, circumstances);
  if (masked.outcome === pair.outcome) return pair;
  return { ...pair, from: labelOf(client), outcome: 'unknown', doubts: [...pair.doubts, ...masked.doubts, LOCAL] };
}
