import type { PodGroup } from '../cluster/workload';
import { BitSet } from '../values/bit-set';
import { CidrSet } from '../values/cidr-set';

/** Pods of a group whose address lies in a range: what an ipBlock means where the plugin lets it select pods (NP-17). */
export interface AddressedPods {
  readonly pods: BitSet;
  readonly addresses: CidrSet;
}

/** A set of endpoints: pods by their group, pods by their address, and addresses that are no pod's (nodes, outside). */
export interface EndpointSet {
  readonly pods: BitSet;
  readonly addressed: readonly AddressedPods[];
  /** Nodes, by their addresses. */
  readonly nodes: CidrSet;
  /** Everything outside the cluster. */
  readonly others: CidrSet;
  /** Whatever goes by these names outside the cluster; `*.example.com` is every name below. @default none */
  readonly domainNames?: readonly string[];
}

export function podSet(pods: BitSet): EndpointSet {
  return { pods, addressed: [], nodes: CidrSet.empty, others: CidrSet.empty };
}

export function emptyEndpoints(size: number): EndpointSet {
  return podSet(new BitSet(size));
}

export function unionOfEndpoints(a: EndpointSet, b: EndpointSet): EndpointSet {
  return {
    pods: a.pods.union(b.pods),
    addressed: [...a.addressed, ...b.addressed],
    nodes: a.nodes.union(b.nodes),
    others: a.others.union(b.others),
    ...(a.domainNames || b.domainNames ? { domainNames: [...(a.domainNames ?? []), ...(b.domainNames ?? [])] } : {}),
  };
}

/** The part of a set that is among `pods`. */
export function narrowToPods(set: EndpointSet, pods: BitSet): EndpointSet {
  return {
    pods: set.pods.intersect(pods),
    addressed: set.addressed.map((part) => ({ pods: part.pods.intersect(pods), addresses: part.addresses })),
    nodes: CidrSet.empty,
    others: CidrSet.empty,
  };
}

/**
 * One end of a flow as policies see it: a pod, or an address that is no pod's.
 * `addresses` is where it may be; INVARIANT: no set that it is asked about cuts that range in two (see `splitPeer`),
 * so that one answer holds for all of it.
 */
export interface Peer {
  readonly pod?: PodGroup;
  readonly addresses: CidrSet;
  readonly isNode?: boolean;
  /** The name by which a client has it, for what is outside the cluster. */
  readonly host?: string;
}

export function hasPeer(set: EndpointSet, peer: Peer): boolean {
  const { pod, addresses } = peer;
  if (!pod) return (peer.isNode ? set.nodes : set.others).intersects(addresses) || hasName(set.domainNames, peer.host);
  return (
    set.pods.has(pod.index) ||
    (set.addressed.length > 0 &&
      set.addressed.some((part) => part.pods.has(pod.index) && part.addresses.intersects(addresses)))
  );
}

function hasName(domainNames: readonly string[] | undefined, host: string | undefined): boolean {
  if (!domainNames || host === undefined) return false;
  const name = host.toLowerCase();
  // `*.x` means the names below x, at any depth, and not x itself.
  return domainNames.some((domain) => (domain.startsWith('*.') ? name.endsWith(domain.slice(1)) : name === domain));
}
