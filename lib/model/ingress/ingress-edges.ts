import type { Cluster } from '../cluster/cluster';
import { conformant } from './controllers/conformant';
import type { Edge } from './edge';
import { ingressEdge } from './ingress-edge';

/** The ingress controllers that serve the Ingresses of a cluster. */
export function ingressEdges(cluster: Cluster): readonly Edge[] {
  const { ingresses } = cluster;
  if (ingresses.length === 0) return [];
  const served = ingresses.map((ingress) => ({ ingress, doubts: [] }));
  return [ingressEdge({ rules: conformant, label: conformant.label, served, doubts: [] }, cluster)];
}
