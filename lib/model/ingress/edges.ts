import type { Cluster } from '../cluster/cluster';
import type { Edge } from './edge';
import { gatewayEdges } from './gateway/gateway-edges';
import { ingressEdges } from './ingress-edges';

/** All proxies that bring requests from outside to Services, those of Ingresses first. */
export function edgesOf(cluster: Cluster): readonly Edge[] {
  return [...ingressEdges(cluster), ...gatewayEdges(cluster)];
}
