import type { Cluster } from '../cluster/cluster';
import type { Edge } from './edge';

/** The ingress controllers that serve the Ingresses of a cluster. */
export function ingressEdges(_cluster: Cluster): readonly Edge[] {
  return [];
}
