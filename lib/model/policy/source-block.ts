import type { Cluster } from '../cluster/cluster';
import { BitSet } from '../values/bit-set';
import { CidrSet } from '../values/cidr-set';
import { type Doubt, doubtful, type Ternary } from '../values/ternary';
import type { EndpointSet } from './endpoint-set';
import type { Enforcer } from './enforcers/enforcer';

const SOURCE_DOUBT: Doubt = {
  rule: 'NP-29',
  wouldDecide:
    "by which address processes of other nodes come to pods: their node's, or that of a tunnel's end, which is one of the pods'",
};

/**
 * Who comes from the addresses of an ipBlock, where processes of other nodes may come by an address of the pods' ranges in place of
 * their node's (NP-29): surely only by a block that holds either, and maybe by one that holds any of them.
 */
export function sourcesOf(
  block: Ternary<EndpointSet>,
  addresses: CidrSet,
  { profile, pods }: Cluster,
  { nodesKeepAddress, ipBlockSelectsNodes, tunnelRanges = [] }: Enforcer,
): Ternary<EndpointSet> {
  if (nodesKeepAddress === true || ipBlockSelectsNodes === false) return block;
  const others = CidrSet.parse(...tunnelRanges);
  const hosts = BitSet.of(
    pods.length,
    pods.filter((pod) => pod.hostNetwork).map((pod) => pod.index),
  );
  let [surely, maybe] = [CidrSet.empty, block.may.nodes];
  for (const family of [4, 6] as const) {
    const declared = profile.podCidr.ofFamily(family);
    const ends = declared.isEmpty ? CidrSet.all(family) : declared.union(others.ofFamily(family));
    if (addresses.covers(ends)) surely = surely.union(block.must.nodes.ofFamily(family));
    if (addresses.intersects(ends)) maybe = maybe.union(CidrSet.all(family));
  }
  if (surely.equals(maybe)) return block;
  const isOfAll = surely.equals(block.must.nodes);
  const withoutHosts = (set: EndpointSet): EndpointSet => ({
    ...set,
    pods: set.pods.minus(hosts),
    addressed: set.addressed.map((part) => ({ ...part, pods: part.pods.minus(hosts) })),
  });
  const must = { ...(isOfAll ? block.must : withoutHosts(block.must)), nodes: surely };
  const isOfAny = !maybe.equals(block.may.nodes);
  const may = { ...block.may, pods: isOfAny ? block.may.pods.union(hosts) : block.may.pods, nodes: maybe };
  return doubtful(must, may, ...(block.because ?? []), SOURCE_DOUBT);
}
