import type { Cluster } from '../cluster/cluster';
import type { FieldPath } from '../finding/origin';
import { CidrSet } from '../values/cidr-set';
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
}

/**
 * Which nodes have a router between them. INVARIANT: where the profile tells no subnet at all, the nodes are taken to be in
 * one: a cluster whose plugin needs that is set up so, or it would not work (NET-04).
 */
export class NodeNetwork {
  /** Those of declared nodes; none where nobody tells any. */
  readonly subnets: readonly Subnet[];
  private anywhere: ReadonlySet<Relation> | undefined;
  private readonly byNode = new Map<string, Subnet | undefined>();

  constructor(private readonly cluster: Cluster) {
    const { profile, nodes } = cluster;
    const groups = profile.nodes
      .map(({ name, subnet, count }, i) => ({ of: name, addresses: subnet, field: ['nodes', i, 'subnet'], count }))
      .filter(({ count }) => count !== 0);
    const isTold = groups.some(({ addresses }) => !addresses.isEmpty);
    const elsewhere = nodes.flatMap(({ name, addresses }): readonly Subnet[] => {
      const own = CidrSet.ofAddresses(addresses);
      const isInOne = own.isEmpty || groups.some((group) => group.addresses.intersects(own));
      return isInOne ? [] : [{ of: `node ${name}`, addresses: own }];
    });
    this.subnets = isTold ? [...groups, ...elsewhere] : [];
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
  relations(a: string | undefined, b: string | undefined): ReadonlySet<Relation> {
    if (a !== undefined && a === b) return SAME_NODE;
    if (a === undefined && b === undefined) {
      this.anywhere ??= new Set<Relation>(['same-node', ...this.between(this.subnets, this.subnets)]);
      return this.anywhere;
    }
    const others = this.between(this.possible(a), this.possible(b));
    return a === undefined || b === undefined ? new Set(['same-node', ...others]) : others;
  }

  /** Two subnets of declared nodes that surely have a router between them. */
  get apart(): readonly [Subnet, Subnet] | undefined {
    for (const [i, one] of this.subnets.entries()) {
      const other = this.subnets.slice(i + 1).find((each) => isTold(one) && isTold(each) && !isOne(one, each));
      if (other) return [one, other];
    }
    return undefined;
  }

  private possible(node: string | undefined): readonly Subnet[] {
    if (node === undefined) return this.subnets;
    if (!this.byNode.has(node)) this.byNode.set(node, this.subnetOf(node));
    const own = this.byNode.get(node);
    return own ? [own] : this.subnets;
  }

  private subnetOf(node: string): Subnet | undefined {
    const declared = this.cluster.addresses.node(node);
    if (!declared || declared.addresses.length === 0) return undefined;
    const own = CidrSet.ofAddresses(declared.addresses);
    return this.subnets.find(({ addresses }) => addresses.intersects(own));
  }

  private between(from: readonly Subnet[], to: readonly Subnet[]): ReadonlySet<Relation> {
    const found = new Set<Relation>();
    for (const one of from) {
      for (const other of to) {
        if (one === other && isTold(one)) found.add('within');
        else if (!isTold(one) || !isTold(other)) return new Set(['within', 'across']);
        else found.add(isOne(one, other) ? 'within' : 'across');
        if (found.size === 2) return found;
      }
    }
    return found.size === 0 ? WITHIN : found;
  }
}

/** The nodes of a cluster, worked out once. */
export const nodeNetworkOf = rememberedOf((cluster: Cluster) => new NodeNetwork(cluster));

const SAME_NODE: ReadonlySet<Relation> = new Set(['same-node']);
const WITHIN: ReadonlySet<Relation> = new Set(['within']);

function isTold({ addresses }: Subnet): boolean {
  return !addresses.isEmpty;
}

function isOne(a: Subnet, b: Subnet): boolean {
  return a.addresses.intersects(b.addresses);
}
