import type { PodGroup } from '../model/cluster/workload';
import { serviceName } from '../model/dns/lookup';
import type { ServiceResource } from '../model/manifest/resources';
import type { Network } from '../model/network';
import type { End } from '../model/reach/policy-hops';
import { possibleClusterIps } from '../model/service/addresses';
import type { Lead } from '../model/service/leads';
import type { TrafficSet } from '../model/values/traffic-set';
import type { ReachBy } from './intent';
import { isKeptFromDns } from './names';
import { nodeLeadBreaches } from './node-lead-breaches';
import type { Resolved } from './resolve';
import { type Breach, breaches, doorBreaches, NAMED, straightBreaches, surestOf } from './ways';

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
  const straight = () => straightBreaches(network, from, to, traffic, NAMED);
  if (by === 'podIP') return surestOf(straight());
  const found =
    'pod' in to
      ? throughServices(network, from, to, traffic, { by, target })
      : [...straight(), ...nodeLeadBreaches(network, from, to, traffic, { ...NAMED, ownNode: 'left-out' })];
  return surestOf(found);
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
  const inside = leads
    .filter(({ service }) => by === 'service' || isFound(network, from.pod, service))
    .flatMap((lead) => throughLead(network, from, lead, traffic));
  return [...inside, ...throughDoors];
}

/** DNS-29: whether the pod gets to a server with its question, or may. */
function isFound(network: Network, pod: PodGroup, service: ServiceResource): boolean {
  return !isKeptFromDns(network.lookup(pod, serviceName(service, network.cluster)));
}

/** The pod need not answer yet: what may come through once it is ready breaks the promise as well. */
function throughLead(network: Network, from: End, lead: Lead, traffic: TrafficSet): readonly Breach[] {
  const { service, pod, port, number } = lead;
  // SVC-21: the name stands for the pods' own addresses, whatever ports it lists.
  if (service.headless) return straightBreaches(network, from, { pod }, traffic, NAMED);
  const viaService = { addresses: possibleClusterIps(service, network.cluster.profile), port: port.port };
  const dialled = { protocol: port.protocol, port: number };
  return breaches('podIP', [network.packet(from, { pod }, dialled, { ...NAMED, viaService })]);
}
