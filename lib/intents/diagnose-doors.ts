import type { PodGroup } from '../model/cluster/workload';
import type { Network } from '../model/network';
import { selects } from '../model/service/selection';
import type { Diagnosis } from './diagnosis';

/** Why nothing leads to a pod from outside: a Service of its namespace that would lead to it and leads nowhere, else that there is none. */
export function doorless(pod: PodGroup, network: Network): Diagnosis {
  const pods = network.cluster.podsIn(pod.namespace.name).filter(({ provenance }) => provenance !== 'stranger');
  const doors = network.cluster
    .servicesIn(pod.namespace.name)
    .filter(({ serviceType }) => serviceType === 'LoadBalancer' || serviceType === 'NodePort');
  const served = new Set(
    pods.flatMap((each) =>
      network.frontDoorsOf(each).flatMap(({ isServed, service }) => (isServed && service ? [service] : [])),
    ),
  );
  const idle = doors.filter((service) => !served.has(service));
  const own = idle.find((service) => selects(service, pod) !== 'no') ?? idle[0];
  if (!own) return { cause: { code: 'PTL121' }, blame: pod.workload.origin };
  return { cause: { code: 'PTL121', idle: `${own.namespace}/${own.name}` }, blame: own.origin };
}
