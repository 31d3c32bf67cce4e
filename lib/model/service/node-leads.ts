import type { Cluster } from '../cluster/cluster';
import { rememberedOf } from '../values/remembered';
import { type Backend, slicesOf } from './endpoints';
import { type Lead, leadsTo } from './leads';
import type { ServiceTable } from './service-table';

/** A Service port that leads out of the pod network: to an address that no pod has, or to a pod on the network of its node. */
export type NodeLead = Pick<Lead, 'service' | 'port' | 'number'> & { readonly backend: Backend };

/** SVC-08, SVC-31: all of them. What is not ready now may be so later. */
export const nodeLeadsOf = rememberedOf((table: ServiceTable): readonly NodeLead[] => {
  const { cluster } = table;
  const listed = cluster.services
    .filter((service) => slicesOf(service, cluster).length > 0)
    .flatMap((service) =>
      service.ports.flatMap((port) =>
        table
          .endpointsOf({ service, port })
          .endpoints.filter(({ backend }) => !('pod' in backend) || backend.pod.hostNetwork)
          .map(({ backend }): NodeLead => ({ service, port, number: backend.port, backend })),
      ),
    );
  return [...listed, ...selectedOnNodes(cluster)].filter(
    ({ service }) => !service.headless && service.serviceType !== 'ExternalName',
  );
});

function selectedOnNodes(cluster: Cluster): readonly NodeLead[] {
  return cluster.pods
    .filter((pod) => pod.hostNetwork)
    .flatMap((pod) => leadsTo(pod, cluster))
    .map(({ service, port, pod, number }) => ({ service, port, number, backend: { pod, port: number } }));
}
