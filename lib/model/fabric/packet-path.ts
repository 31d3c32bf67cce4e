import type { Cluster } from '../cluster/cluster';
import type { NodeRole } from '../cluster/node-groups';
import { mayRunOn, mayRunTogether } from '../cluster/whereabouts';
import type { PodGroup } from '../cluster/workload';
import type { IpFamily } from '../values/ip';
import { rememberedOf } from '../values/remembered';
import { type Doubt, distinctDoubts } from '../values/ternary';
import type { Carriage, Fabric, Link, NodeTraffic } from './fabric';
import { masqueradingOf } from './masquerade';
import { podMtuOf } from './mtu';
import { ROLES, type Shut, shutTraffic } from './node-admission';
import { nodeNetworkOf, type Relation } from './node-network';
import { fabricOf } from './registry';

/** Where an end of a packet's way is, as far as the pod network matters. */
export interface FabricEnd {
  /** The name of its node; `undefined` where nobody knows. */
  readonly node: string | undefined;
  /** Whether its address is that of the node. */
  readonly isNode: boolean;
  /** Absent for a node itself. */
  readonly pod?: PodGroup;
}

/** How packets travel from one node to another, for one relation that these may have. */
export interface Leg {
  readonly family: IpFamily;
  readonly between: Exclude<Relation, 'same-node'>;
  readonly carriage: Carriage;
}

/** How packets get from one end to another by the pod network. */
export interface PacketPath {
  readonly decision: 'passes' | 'stops' | 'unknown';
  /** Whether both may be on one node, where no packet leaves it. */
  readonly mayShareNode: boolean;
  /** The ways from node to node that there may be; none where both ends are on one. */
  readonly legs: readonly Leg[];
  /** NET-11: what the nodes must let each other send for it; none where both ends are on one. */
  readonly needs: readonly NodeTraffic[];
  /** NET-06: the MTU of pods in bytes; `undefined` where nobody knows. */
  readonly mtu?: number;
  readonly doubts: readonly Doubt[];
}

/** A link, and what the nodes of both ends may be to each other in its family. */
interface Related {
  readonly link: Link;
  readonly relations: ReadonlySet<Relation>;
}

/** The pod network of one cluster, as it carries packets (NET-04). */
export class PacketPaths {
  readonly fabric: Fabric;
  /** Whether some nodes may have no way between them, or let in nothing of what carries packets; where not, nobody needs to ask pair by pair. */
  readonly mayFail: boolean;
  /** NET-11: by the role of the nodes that do not let it in. */
  private readonly shut: ReadonlyMap<NodeRole, Shut>;
  private readonly known = new Map<string, PacketPath>();

  constructor(private readonly cluster: Cluster) {
    this.fabric = fabricOf(cluster.profile);
    const { links, nodeTraffic } = this.fabric;
    this.shut = shutTraffic(cluster, nodeTraffic);
    const isAnyOpen = links.some(({ within, across }) => isOpen(within) || isOpen(across));
    this.mayFail =
      (isAnyOpen || this.shut.size > 0) &&
      this.between({ node: undefined, isNode: false }, { node: undefined, isNode: false })?.decision !== 'passes';
  }

  /**
   * `undefined` where the plugin does not tell how packets travel, and where the pod network has no part: between nodes, and
   * to a node, which gets the packet from the pod's own node where that puts its address in place of the pod's.
   * @param families that the packet may have @default - those of the plugin
   */
  between(from: FabricEnd, to: FabricEnd, families?: readonly IpFamily[]): PacketPath | undefined {
    const { links } = this.fabric;
    if (links.length === 0 || (from.isNode && to.isNode)) return undefined;
    if (to.isNode && masqueradingOf(this.cluster).toNodes) return undefined;
    const nodes = nodeNetworkOf(this.cluster);
    const carrying = links.filter(({ family }) => families?.includes(family) ?? true);
    const related = carrying.map((link) => ({ link, relations: nodes.relations(from.node, to.node, link.family) }));
    const mayShareNode = mayBeTogether(this.cluster, from, to);
    const shut = this.shutAt(from.node, to.node);
    // Who sends to a node sends it no packet of a pod.
    const receiving = shut.length === 0 || to.isNode ? [] : this.rolesOf(to.node);
    const key = `${mayShareNode} ${shut.join()} ${receiving.join()} ${related.map(({ link, relations }) => `${link.family} ${[...relations].join()}`).join(' ')}`;
    const known = this.known.get(key) ?? this.find(related, mayShareNode, { either: shut, receiving });
    this.known.set(key, known);
    return known;
  }

  /** The roles that the nodes of the ends may have whose firewall shuts some of what the plugin needs. */
  private shutAt(...nodes: readonly (string | undefined)[]): readonly NodeRole[] {
    if (this.shut.size === 0) return [];
    const roles = new Set(nodes.flatMap((node) => this.rolesOf(node)));
    return [...this.shut.keys()].filter((role) => roles.has(role));
  }

  private rolesOf(node: string | undefined): readonly NodeRole[] {
    const role = this.cluster.addresses.node(node)?.role;
    return role ? [role] : ROLES;
  }

  private find(related: readonly Related[], mayShareNode: boolean, { either, receiving }: Guarded): PacketPath {
    const refused = this.surelyShutAt(receiving);
    const asLinked = BETWEEN.flatMap((between) =>
      related
        .filter(({ relations }) => relations.has(between))
        .map(({ link }): Leg => ({ family: link.family, between, carriage: link[between] })),
    );
    const legs = asLinked.map((leg) => ({ ...leg, carriage: lostIn(lackedBy(refused, leg), leg.carriage) }));
    const told = new Set(asLinked.map((leg) => lackedBy(refused, leg)));
    const mtu = podMtuOf(this.cluster.profile, this.fabric, nodeNetworkOf(this.cluster));
    const perhaps = legs.length > 0 ? either.flatMap((role) => this.shut.get(role)?.perhaps ?? []) : [];
    const lacking = perhaps.filter((each) => !told.has(each));
    const doubts = distinctDoubts([...legs.flatMap(doubtOf), ...lacking.map(lackOf)]);
    const needs = legs.length > 0 ? this.fabric.nodeTraffic : [];
    const path = { mayShareNode, legs, needs, mtu, doubts };
    if (doubts.length === 0) return { decision: 'passes', ...path };
    const isShut = !mayShareNode && legs.every(({ carriage }) => carriage.by === 'unreachable');
    return { decision: isShut ? 'stops' : 'unknown', ...path };
  }

  /** What no node of any of the roles lets in; by what nodes meet, no node at all: others may stand between two that don't. */
  private surelyShutAt(roles: readonly NodeRole[]): readonly NodeTraffic[] {
    const shutAt = (role: NodeRole) => this.shut.get(role)?.surely ?? [];
    const isShutAtAll = (each: NodeTraffic, all: readonly NodeRole[]) =>
      all.every((role) => shutAt(role).includes(each));
    const [first] = roles;
    return first === undefined
      ? []
      : shutAt(first).filter((each) => isShutAtAll(each, each.carries === 'peering' ? ROLES : roles));
  }
}

/** Whether both ends may be on one node. */
function mayBeTogether(cluster: Cluster, from: FabricEnd, to: FabricEnd): boolean {
  if (from.pod && to.pod) return mayRunTogether(cluster, from.pod, to.pod);
  const [pod, node] = from.pod ? [from.pod, to.node] : [to.pod, from.node];
  if (pod && node !== undefined) return mayRunOn(cluster, pod, node);
  return from.node === undefined || to.node === undefined || from.node === to.node;
}

/** The roles of which nodes may be that do not surely let in what the plugin sends: of either end, and all that the end of the packet may have. */
interface Guarded {
  readonly either: readonly NodeRole[];
  readonly receiving: readonly NodeRole[];
}

/** NET-11: what a node surely shuts of that without which no packet comes to it. */
function lackedBy(refused: readonly NodeTraffic[], { carriage }: Leg): NodeTraffic | undefined {
  if (carriage.by !== 'encapsulation') return undefined;
  return refused.find(({ carries, over }) => {
    return carries === 'peering' || ('port' in over && over.protocol === 'UDP' && over.port === carriage.udpPort);
  });
}

function lostIn(lacking: NodeTraffic | undefined, carriage: Carriage): Carriage {
  if (!lacking || !('port' in lacking.over)) return carriage;
  const { purpose, over } = lacking;
  const because = `The declared firewall of the nodes does not let in the ${purpose} (${over.port}/${over.protocol}), without which no packet of a pod comes to them.`;
  return { by: 'unreachable', because, rule: 'NET-11' };
}

/** Worked out once for a cluster. */
export const packetPathsOf = rememberedOf((cluster: Cluster) => new PacketPaths(cluster));

const BETWEEN = ['within', 'across'] as const;

function isOpen({ by }: Carriage): boolean {
  return by === 'open' || by === 'unreachable';
}

/** Nobody knows whether what is lost without it matters, or comes another way. */
function lackOf({ purpose, carries = 'packets' }: NodeTraffic): Doubt {
  const rule = `a rule of \`firewall\` in the cluster profile that lets nodes send each other the ${purpose}`;
  return { rule: 'NET-11', wouldDecide: `${rule}: ${LOSSES[carries]}` };
}

const LOSSES: Readonly<Record<NonNullable<NodeTraffic['carries']>, string>> = {
  packets: 'without it packets get through as answers to those of the node, or by another way, or not at all',
  routes: 'without it nodes keep the routes that they have, and lose them in time',
  health: 'without it nodes take each other for ill, whatever packets do',
  peering: 'without it nodes have to meet by others',
};

function doubtOf({ carriage, between }: Leg): readonly Doubt[] {
  if (carriage.by === 'open') return [carriage.doubt];
  if (carriage.by !== 'unreachable') return [];
  const nodes = between === 'within' ? 'other nodes' : 'nodes of another subnet';
  const because = carriage.because.replace(/\.$/, '');
  return [
    {
      rule: carriage.rule ?? 'NET-04',
      wouldDecide: `the nodes of both ends: there is no way to ${nodes} (${because})`,
    },
  ];
}
