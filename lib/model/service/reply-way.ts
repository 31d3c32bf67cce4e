import type { Cluster } from '../cluster/cluster';
import type { Doubt } from '../values/ternary';
import { isByBalancer } from './kube-proxy';
import type { Packet, PacketSource, Standpoint } from './packet';
import { type Location, locationOf, type Pass } from './pass';

/**
 * What becomes of the answer: `lost` where it gets to the client with an address that the client never sent to, as it does
 * not pass the node that translated the request.
 */
export type ReplyFate =
  | { readonly reply: 'comes' }
  | { readonly reply: 'lost' }
  | { readonly reply: 'unknown'; readonly doubt: Doubt };

const COMES: ReplyFate = { reply: 'comes' };
const LOST: ReplyFate = { reply: 'lost' };
const OPEN: ReplyFate = {
  reply: 'unknown',
  doubt: {
    rule: 'SVC-15',
    wouldDecide: "the nodes of the client and of the Service's pods: replies must pass the node that translated",
  },
};

/** SVC-13, SVC-15: a node that masquerades gets the reply; one that does not must be on the reply's way to the client. */
export function replyFate(cluster: Cluster, packet: Packet, location: Location, passes: readonly Pass[]): ReplyFate {
  if (passes.length === 0) return COMES;
  if (meetsItself(packet)) return passes.at(-1)?.endpoint.isUnplaced ? OPEN : LOST;
  let from = location;
  let fate = COMES;
  for (const { at, before, isMasqueraded, claim } of [...passes].reverse()) {
    // The load balancer chose a node that has the endpoint.
    if (isByBalancer(claim, before, at)) continue;
    if (isMasqueraded) {
      from = at.node === undefined ? 'unknown' : { node: at.node };
      continue;
    }
    const there = fateAt(at, from, locationOfSource(cluster, before.source));
    if (there.reply === 'lost') return LOST;
    if (there.reply === 'unknown') fate = there;
  }
  return fate;
}

/** SVC-15: without masquerading a pod gets its own packet from its own address, and takes none of that kind. */
function meetsItself({ source, to }: Packet): boolean {
  return source.kind === 'pod' && source.pod === to.pod && to.pod.replicas === 1;
}

/** A reply leaves the target's node and comes in by the client's: the node that translated must be one of them. */
function fateAt({ node, isOrigin }: Standpoint, from: Location, client: Location): ReplyFate {
  if (isOrigin) return COMES;
  const isIt = (place: Location) => typeof place === 'object' && place.node === node;
  if (isIt(from) || isIt(client)) return COMES;
  return from === 'unknown' || client === 'unknown' || node === undefined ? OPEN : LOST;
}

function locationOfSource(cluster: Cluster, source: PacketSource): Location {
  if (source.kind === 'pod') return locationOf(cluster, { pod: source.pod });
  if (source.kind === 'outside') return 'outside';
  return source.node === undefined ? 'unknown' : { node: source.node };
}
