import { serviceName } from '../model/dns/lookup';
import type { Network } from '../model/network';
import type { End } from '../model/reach/policy-hops';
import type { TrafficSet } from '../model/values/traffic-set';
import type { ReachBy } from './intent';
import type { Resolved } from './resolve';
import { type Breach, breaches, doorBreaches, NAMED, straightBreaches } from './ways';

/**
 * A way that is open, or may be, of those that a negative promise was narrowed to: straight to the pod's address, or through
 * the Services that lead to it, by name or from the Service on. `undefined` when every such way is surely shut.
 */
export function narrowedBreachOf(
  network: Network,
  from: End,
  to: End,
  traffic: TrafficSet,
  { by, target }: { readonly by: ReachBy; readonly target: Resolved },
): Breach | undefined {
  if (traffic.isEmpty) return undefined;
  const isStraight = by === 'podIP' || !('pod' in to);
  const found = isStraight
    ? straightBreaches(network, from, to, traffic, NAMED)
    : throughServices(network, from, to, traffic, { by, target });
  return found.find((breach) => breach.pair.outcome === 'allowed') ?? found[0];
}

function throughServices(
  network: Network,
  from: End,
  to: Extract<End, { pod: unknown }>,
  traffic: TrafficSet,
  { by, target }: { readonly by: ReachBy; readonly target: Resolved },
): readonly Breach[] {
  const isMeant = target.pods.length === 0 && target.services.length > 0;
  const leads = network
    .leadsTo(to.pod)
    .filter(({ service }) => !isMeant || target.services.includes(service))
    .filter(({ service, port, number }) => service.headless || traffic.hasPort(port.protocol, number));
  const services = new Set(leads.map(({ service }) => service));
  // An address of a node, or one from outside, is no name of the Service in the cluster.
  const doors = by === 'name' && 'pod' in from ? [] : doorBreaches(network, from, to, traffic, NAMED);
  const throughDoors = doors.filter(({ service }) => service && services.has(service));
  if (!('pod' in from)) return throughDoors;
  const { pod } = from;
  const inside = leads.flatMap(({ service, port }) => {
    if (service.headless) {
      // SVC-21: the name stands for the pods' own addresses, whatever ports it lists.
      const host = serviceName(service, network.cluster);
      const isShut = by === 'name' && network.lookup(pod, host).decision === 'stops';
      return isShut ? [] : straightBreaches(network, from, to, traffic, NAMED);
    }
    const { pairs } = network.walk({
      ...NAMED,
      from: { type: 'pods', label: '', pods: [pod], workload: pod.workload },
      to: { type: 'service', label: target.label, service },
      port: port.name ?? port.port,
      protocol: port.protocol,
      by,
    });
    // A way without an end may lead here.
    return breaches(
      'podIP',
      pairs.filter((pair) => !pair.target || pair.target === to.pod),
    );
  });
  return [...inside, ...throughDoors];
}
