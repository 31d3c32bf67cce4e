import type { Cluster } from '../cluster/cluster';
import type { PacketSource } from '../service/packet';
import { nodeSource } from '../service/packet-way';
import type { End } from './policy-hops';

/** An end as the sender of a packet. SVC-31: what is on the host network sends as its node. */
export function sourceOf(cluster: Cluster, from: End): PacketSource {
  if (!('pod' in from)) {
    return from.node === undefined ? { kind: 'outside', addresses: from.addresses } : nodeSource(cluster, from.node);
  }
  return from.pod.hostNetwork ? nodeSource(cluster, from.pod.nodeName) : { kind: 'pod', pod: from.pod };
}
