import type { Cluster } from '../cluster/cluster';
import type { NodeRole } from '../cluster/node-groups';
import type { IpFamily } from '../values/ip';
import { rememberedOf } from '../values/remembered';
import { type Doubt, distinctDoubts } from '../values/ternary';
import type { Carriage, Fabric, Link, NodeTraffic } from './fabric';
import { podMtuOf } from './mtu';
import { shutTraffic } from './node-admission';
import { nodeNetworkOf, type Relation } from './node-network';
import { fabricOf } from './registry';

/** Where an end of a packet's way is, as far as the pod network matters. */
export interface FabricEnd {
  /** The name of its node; `undefined` where nobody knows. */
  readonly node: string | undefined;
  /** Whether its address is that of the node. */
  readonly isNode: boolean;
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
  private readonly shut: ReadonlyMap<NodeRole, readonly NodeTraffic[]>;
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
    const { links, masquerade } = this.fabric;
    if (links.length === 0 || (from.isNode && to.isNode)) return undefined;
    if (to.isNode && masquerade.outgoing === true) return undefined;
    const nodes = nodeNetworkOf(this.cluster);
    const carrying = links.filter(({ family }) => families?.includes(family) ?? true);
    const related = carrying.map((link) => ({ link, relations: nodes.relations(from.node, to.node, link.family) }));
    const mayShareNode = from.node === undefined || to.node === undefined || from.node === to.node;
    const shut = this.shutAt(from.node, to.node);
    const key = `${mayShareNode} ${shut.join()} ${related.map(({ link, relations }) => `${link.family} ${[...relations].join()}`).join(' ')}`;
    const known = this.known.get(key) ?? this.find(related, mayShareNode, shut);
    this.known.set(key, known);
    return known;
  }

  /** The roles that the nodes of the ends may have whose firewall shuts some of what the plugin needs. */
  private shutAt(...nodes: readonly (string | undefined)[]): readonly NodeRole[] {
    if (this.shut.size === 0) return [];
    const roles = nodes.map((node) => this.cluster.addresses.node(node)?.role);
    return [...this.shut.keys()].filter((role) => roles.some((own) => own === undefined || own === role));
  }

  private find(related: readonly Related[], mayShareNode: boolean, shut: readonly NodeRole[]): PacketPath {
    const legs = BETWEEN.flatMap((between) =>
      related
        .filter(({ relations }) => relations.has(between))
        .map(({ link }): Leg => ({ family: link.family, between, carriage: link[between] })),
    );
    const mtu = podMtuOf(this.cluster.profile, this.fabric, nodeNetworkOf(this.cluster));
    const lacking = legs.length > 0 ? shut.flatMap((role) => this.shut.get(role) ?? []) : [];
    const doubts = distinctDoubts([...legs.flatMap(doubtOf), ...lacking.map(lackOf)]);
    const needs = legs.length > 0 ? this.fabric.nodeTraffic : [];
    const path = { mayShareNode, legs, needs, mtu, doubts };
    if (doubts.length === 0) return { decision: 'passes', ...path };
    const isShut = !mayShareNode && legs.every(({ carriage }) => carriage.by === 'unreachable');
    return { decision: isShut ? 'stops' : 'unknown', ...path };
  }
}

/** Worked out once for a cluster. */
export const packetPathsOf = rememberedOf((cluster: Cluster) => new PacketPaths(cluster));

const BETWEEN = ['within', 'across'] as const;

function isOpen({ by }: Carriage): boolean {
  return by === 'open' || by === 'unreachable';
}

/** Nobody knows whether an open connection or another way of the plugin carries packets all the same. */
function lackOf({ purpose }: NodeTraffic): Doubt {
  const wouldDecide = `a rule of \`firewall\` in the cluster profile that lets nodes send each other the ${purpose}`;
  return { rule: 'NET-11', wouldDecide };
}

function doubtOf({ carriage, between }: Leg): readonly Doubt[] {
  if (carriage.by === 'open') return [carriage.doubt];
  if (carriage.by !== 'unreachable') return [];
  const nodes = between === 'within' ? 'other nodes' : 'nodes of another subnet';
  const because = carriage.because.replace(/\.$/, '');
  return [{ rule: 'NET-04', wouldDecide: `the nodes of both ends: there is no way to ${nodes} (${because})` }];
}
