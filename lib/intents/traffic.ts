import type { PodGroup } from '../model/cluster/workload';
import type { Network } from '../model/network';
import { PortSet } from '../model/values/port-set';
import { PROTOCOLS, type Protocol, TrafficSet } from '../model/values/traffic-set';
import { containerOf, trafficOfContainer } from './containers';
import type { Resolved } from './resolve';
import { isServiceAlone } from './targets';

/** The traffic that a negative promise speaks of at one target: its port on every way, else every port of every protocol. */
export function trafficTo(network: Network, target: Resolved, pod: PodGroup | undefined): TrafficSet {
  if (!target.port && target.container !== undefined && pod) return trafficOfContainer(pod, target.container);
  if (target.component) return target.component.traffic;
  if (!target.port) return TrafficSet.allPorts;
  const { name, protocol } = target.port;
  const protocols = protocol ? [protocol] : typeof name === 'number' ? (['TCP'] as const) : PROTOCOLS;
  // Under which number somebody undeclared has a name nobody can tell.
  const isAnyNumber = typeof name === 'string' && (!pod || pod.provenance === 'stranger');
  const open: readonly OpenPort[] = isAnyNumber
    ? protocols.map((each) => [each, PortSet.all])
    : [...ownPorts(target, pod), ...portsOfServices(network, target, pod)];
  return open
    .filter(([each]) => protocols.includes(each))
    .reduce((sum, [each, ports]) => sum.union(TrafficSet.of(each, ports)), TrafficSet.empty);
}

type OpenPort = readonly [Protocol, PortSet];

/** Straight to the pod: the container port of the name, or the number. */
function ownPorts(target: Resolved, pod: PodGroup | undefined): readonly OpenPort[] {
  if (speaksOfServicePorts(target)) return [];
  const name = target.port?.name;
  const dialled = typeof name === 'number' ? PROTOCOLS.map((each): OpenPort => [each, PortSet.of(name)]) : [];
  // NP-22: a named port of an undeclared pod may be any number, the promised one too.
  const isWhole = target.container === undefined || pod?.provenance === 'stranger';
  const declared = isWhole ? pod?.ports : pod && containerOf(pod, target.container!)?.ports;
  const named = declared?.filter((port) => pod?.provenance === 'stranger' || port.name === name) ?? [];
  return [...dialled, ...named.map((port): OpenPort => [port.protocol, PortSet.of(port.port)])];
}

/** SVC-08, NP-19: through a Service, whose port has a name and a number of its own. */
function portsOfServices(network: Network, target: Resolved, pod: PodGroup | undefined): readonly OpenPort[] {
  const name = target.port?.name;
  const leads = pod ? network.leadsTo(pod) : [];
  return leads
    .filter(({ service }) => !speaksOfServicePorts(target) || target.services.includes(service))
    .filter(({ port }) => port.name === name || port.port === name)
    .map(({ port, number }) => [port.protocol, PortSet.of(number)]);
}

/** A promise about a Service speaks of its ports; without a translation those are the pods' own (SVC-21). */
function speaksOfServicePorts(target: Resolved): boolean {
  return isServiceAlone(target) && !target.services.some((service) => service.headless);
}
