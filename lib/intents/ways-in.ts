import type { PodGroup } from '../model/cluster/workload';
import type { ServiceResource } from '../model/manifest/resources';
import type { Network } from '../model/network';
import type { End } from '../model/reach/policy-hops';
import type { PairVerdict } from '../model/reach/verdict';
import type { TrafficSet } from '../model/values/traffic-set';

/**
 * Every way of somebody outside into a pod that answers: through its front doors, and by URL through the proxies at the edge.
 *
 * @param isMeant by whose doors alone @default - by all
 */
export function waysIn(
  network: Network,
  from: End,
  pod: PodGroup,
  wanted: TrafficSet,
  isMeant: (service?: ServiceResource) => boolean = () => true,
): readonly PairVerdict[] {
  const doors = network
    .frontDoorsOf(pod)
    .filter((door) => door.isServed && wanted.hasPort(door.protocol, door.port) && isMeant(door.service));
  const offers = network
    .offersTo(pod)
    .filter(({ service, port, target }) => wanted.hasPort(port.protocol, target) && isMeant(service))
    .filter(({ service, port }) => network.answering(service, port)?.includes(pod) !== false);
  return [
    ...doors.map((door) => network.enter(from, door)),
    ...offers.map((offer) => network.throughEdge(from, offer)),
  ];
}
