import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import type { ServicePort, ServiceResource } from '../manifest/resources';
import type { Doubt } from '../values/ternary';
import { type Backend, endpointsOf, type ServiceEndpoint } from './endpoints';

export interface ServiceBackends {
  /** Every pod that the selector takes, or may take (SVC-02, SVC-03). */
  readonly selected: readonly PodGroup[];
  readonly backends: readonly Backend[];
  /** Selected pods that have no container port with the name that `targetPort` gives (SVC-07). */
  readonly lacking: readonly PodGroup[];
  /** What leaves it open whether all of these are backends. */
  readonly doubts: readonly Doubt[];
}

/** What answers for one port of a Service, whichever node the client is on. */
export function backendsOf(service: ServiceResource, port: ServicePort, cluster: Cluster): ServiceBackends {
  const { selected, endpoints, lacking, doubts } = endpointsOf(service, port, cluster);
  return { selected, backends: usedAnywhere(endpoints), lacking, doubts };
}

/** SVC-05: those that are being deleted and still answer serve only while nothing is ready. */
export function usedAnywhere(endpoints: readonly ServiceEndpoint[]): readonly Backend[] {
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  const used = ready.length > 0 ? ready : endpoints.filter((endpoint) => endpoint.lastResort);
  return used.map(({ backend }) => backend);
}
