import type { Cluster } from '../cluster/cluster';
import type { FieldPath } from '../finding/origin';
import { CidrSet } from '../values/cidr-set';
import type { IpFamily } from '../values/ip';
import { rememberedOf } from '../values/remembered';

/** How the nodes of two pods are to each other: one node, two of one subnet, or two with a router between them. */
export type Relation = 'same-node' | 'within' | 'across';

/** A network in which nodes reach each other without a router. */
export interface Subnet {
  /** The group of nodes that is in it, or the node, e.g. `workers`, `node a`. */
  readonly of: string;
  /** Empty where nobody tells: then it may be any. */
  readonly addresses: CidrSet;
  /** Where the profile declares it; absent for a node that a manifest declares. */
  readonly field?: FieldPath;
  /** Whether it is a node outside of all that are declared, of whose subnet its address is all that is known. */
  readonly isOutside?: boolean;
}

/**
 * Which nodes have a router between them, for each family by itself: two nodes may be in one subnet of the one and in two of
 * the other. INVARIANT: where the profile tells no subnet at all, the nodes are taken to be in one: a cluster whose plugin needs
 * that is set up so, or it would not work (NET-04).
 */
export class NodeNetwork {
  private readonly groups: readonly Subnet[];
  private readonly anywhere = new Map<IpFamily, ReadonlySet<Relation>>();
  private readonly byFamily = new Map<IpFamily, readonly Subnet[]>();
  private readonly byNode: Readonly<Record<IpFamily, Map<string, readonly Subnet[]>>> = { 4: new Map(), 6: new Map() };

  constructor(private readonly cluster: Cluster) {
    this.groups = cluster.profile.nodes
      .map(({ name, subnet, count }, i) => ({ of: name, addresses: subnet, field: ['nodes', i, 'subnet'], count }))
      .filter(({ count }) => count !== 0);
  }

  /** At least so many nodes are declared. */
  get count(): number {
    const { profile, nodes } = this.cluster;
    return Math.max(
      nodes.length,
      profile.nodes.reduce((sum, { count = 0 }) => sum + count, 0),
    );
  }

  /** All that the nodes of two pods may be to each other. @param a the name of a node, if it is known; @param b likewise */
  relations(a: string | undefined, b: string | undefined, family: IpFamily): ReadonlySet<Relation> {
    if (a !== undefined && a === b) return SAME_NODE;
    if (a === undefined && b === undefined) {
      const all = this.subnets(family);
      const known = this.anywhere.get(family) ?? new Set<Relation>(['same-node', ...between(all, all)]);
      this.anywhere.set(family, known);
      return known;
    }
    const others = between(this.possible(a, family), this.possible(b, family));
    return a === undefined || b === undefined ? new Set(['same-node', ...others]) : others;
  }

  /** Two subnets of declared nodes with a router between them; by the other family where none of this one is told. */
  apart(family: IpFamily): readonly [Subnet, Subnet] | undefined {
    const own = this.toldIn(family);
    const subnets = own.length > 0 ? own : this.toldIn(otherOf(family));
    for (const [i, one] of subnets.entries()) {
      const other = subnets.slice(i + 1).find((each) => relationOf(one, each) === 'across');
      if (other) return [one, other];
    }
    return undefined;
  }

  /** Those of declared nodes; none where nobody tells any. */
  private subnets(family: IpFamily): readonly Subnet[] {
    const known = this.byFamily.get(family) ?? this.findSubnets(family);
    this.byFamily.set(family, known);
    return known;
  }

  private findSubnets(family: IpFamily): readonly Subnet[] {
    const told = this.toldIn(family);
    if (told.length > 0) return told;
    // Nodes with a router between them in the one family may have one in the other as well.
    const other = this.toldIn(otherOf(family));
    const mayBeApart = between(other, other).has('across');
    return mayBeApart ? this.groups.map((group) => ({ ...group, addresses: CidrSet.empty })) : [];
  }

  private toldIn(family: IpFamily): readonly Subnet[] {
    const groups = this.groups.map((group) => ({ ...group, addresses: group.addresses.ofFamily(family) }));
    if (!groups.some(isTold)) return [];
    const outside = this.cluster.nodes.flatMap(({ name, addresses }): readonly Subnet[] => {
      const own = CidrSet.ofAddresses(addresses).ofFamily(family);
      const isInOne = own.isEmpty || groups.some((group) => group.addresses.intersects(own));
      return isInOne ? [] : [{ of: `node ${name}`, addresses: own, isOutside: true }];
    });
    return [...groups, ...outside];
  }

  private possible(node: string | undefined, family: IpFamily): readonly Subnet[] {
    if (node === undefined) return this.subnets(family);
    const known = this.byNode[family].get(node) ?? this.subnetsOf(node, family);
    this.byNode[family].set(node, known);
    return known;
  }

  /** By its address of the family; else of the groups in whose subnet it is in the other; else any. */
  private subnetsOf(node: string, family: IpFamily): readonly Subnet[] {
    const all = this.subnets(family);
    const addresses = CidrSet.ofAddresses(this.cluster.addresses.node(node)?.addresses ?? []);
    const own = addresses.ofFamily(family);
    const found = own.isEmpty
      ? all.filter(({ of }) => this.groups.some((group) => group.of === of && group.addresses.intersects(addresses)))
      : all.filter((each) => each.addresses.intersects(own));
    return found.length > 0 ? found : all;
  }
}

/** The nodes of a cluster, worked out once. */
export const nodeNetworkOf = rememberedOf((cluster: Cluster) => new NodeNetwork(cluster));

const SAME_NODE: ReadonlySet<Relation> = new Set(['same-node']);
const WITHIN: ReadonlySet<Relation> = new Set(['within']);
const EITHER: ReadonlySet<Relation> = new Set(['within', 'across']);

function between(from: readonly Subnet[], to: readonly Subnet[]): ReadonlySet<Relation> {
  const found = new Set<Relation>();
  for (const one of from) {
    for (const other of to) {
      const relation = relationOf(one, other);
      if (relation === undefined) return EITHER;
      found.add(relation);
      if (found.size === 2) return found;
    }
  }
  return found.size === 0 ? WITHIN : found;
}

/** Of two nodes, one in each; `undefined` where nobody knows. */
function relationOf(one: Subnet, other: Subnet): 'within' | 'across' | undefined {
  if (!isTold(one) || !isTold(other)) return undefined;
  if (one.addresses.intersects(other.addresses)) return 'within';
  // What nodes in no declared subnet are to each other nobody tells: there is another one that may hold both.
  return one.isOutside && other.isOutside ? undefined : 'across';
}

function otherOf(family: IpFamily): IpFamily {
  return family === 4 ? 6 : 4;
}

function isTold({ addresses }: Subnet): boolean {
  return !addresses.isEmpty;
}
