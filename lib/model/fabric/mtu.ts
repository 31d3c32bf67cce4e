import type { ClusterProfile } from '../cluster/profile';
import type { Encapsulation, Fabric, Link } from './fabric';
import type { NodeNetwork } from './node-network';

/** RFC 8200: every link that carries IPv6 takes packets of this size. */
export const LEAST_IPV6_MTU = 1280;

/** NET-06: the encapsulation that takes most of a packet between nodes that there may be. */
export function widestEncapsulation({ links }: Fabric, nodes: NodeNetwork): Encapsulation | undefined {
  const found = links.flatMap((link) => {
    const relations = nodes.relations(undefined, undefined, link.family);
    return CARRIED.flatMap((way) => (relations.has(way) ? encapsulationsOf(link, way) : []));
  });
  return found.reduce<Encapsulation | undefined>(
    (widest, each) => (widest && widest.overhead >= each.overhead ? widest : each),
    undefined,
  );
}

const CARRIED = ['within', 'across'] as const;

function encapsulationsOf(link: Link, way: 'within' | 'across'): readonly Encapsulation[] {
  const carriage = link[way];
  return carriage.by === 'encapsulation' ? [carriage.encapsulation] : [];
}

/**
 * NET-06: the MTU that pods have, in bytes: what the plugin says, else what fits between the nodes. `undefined` where neither
 * the plugin nor the network between the nodes is known.
 */
export function podMtuOf({ mtu }: ClusterProfile, fabric: Fabric, nodes: NodeNetwork): number | undefined {
  if (fabric.podMtu) return fabric.podMtu.bytes;
  if (mtu === undefined || fabric.links.length === 0) return undefined;
  return mtu - (widestEncapsulation(fabric, nodes)?.overhead ?? 0);
}
