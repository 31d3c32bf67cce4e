import type { PodGroup } from '../model/cluster/workload';
import type { ContainerPort, ServicePort, ServiceResource } from '../model/manifest/resources';
import type { Network } from '../model/network';
import { podsSelectedBy, servicesOf } from '../model/service/backends';
import type { Protocol } from '../model/values/traffic-set';
import type { Diagnosis } from './diagnose';
import type { Cause } from './finding';
import { near, type Resolved } from './resolve';

/** A port of a Service that a promise wants used by name. */
export interface ServiceTarget {
  readonly service: ServiceResource;
  readonly port: ServicePort;
}

/** The pods behind an endpoint: its own, else those that its Services select. */
export function podsBehind(network: Network, target: Resolved): readonly PodGroup[] {
  if (target.pods.length > 0) return target.pods;
  return [...new Set(target.services.flatMap((service) => podsSelectedBy(service, network.cluster)))];
}

/** The Service ports by which the target is used by name, or why there are none. */
export function serviceTargets(network: Network, target: Resolved): readonly ServiceTarget[] | Diagnosis {
  const services = namingServices(network, target);
  if (services.length === 0) {
    return { cause: { code: 'PTL203', services: [] }, blame: target.pods[0]?.workload.origin };
  }
  const offered = services.flatMap((service) => service.ports.map((port) => ({ service, port })));
  if (!target.port) return offered;
  const wanted = offered.filter(({ port }) => isWanted(port, target));
  if (wanted.length > 0) return wanted;
  const has = [...new Set(offered.map(({ port }) => port.name ?? String(port.port)))];
  const service = services.map((s) => `${s.namespace}/${s.name}`).join(', ');
  const port = String(target.port.name);
  return { cause: { code: 'PTL201', service, port, has, didYouMean: near(port, has) }, blame: services[0].origin };
}

/** The Service of the workload's own name where there is one: what an app is called by. */
function namingServices(network: Network, target: Resolved): readonly ServiceResource[] {
  const selecting = target.pods.flatMap((pod) => servicesOf(pod, network.cluster));
  const all = [...new Set([...target.services, ...selecting])];
  const own = all.filter((service) => target.pods.some((pod) => pod.workload.name === service.name));
  return own.length > 0 ? own : all;
}

/** A Service port by its name or number, or by the container port that it leads to. */
function isWanted(port: ServicePort, target: Resolved): boolean {
  const { name, protocol } = target.port!;
  if (protocol && port.protocol !== protocol) return false;
  if (typeof name === 'number') return port.port === name;
  if (port.name === name || port.targetPort === name) return true;
  return target.pods.some((pod) =>
    pod.ports.some((p) => p.name === name && p.protocol === port.protocol && p.port === port.targetPort),
  );
}

/** The container ports of a pod that a promise means: the named one, the number, or every declared one. */
export function containerPorts(pod: PodGroup, target: Resolved): readonly Pick<ContainerPort, 'port' | 'protocol'>[] {
  if (!target.port) return pod.ports;
  const { name, protocol } = target.port;
  if (typeof name === 'number') return [{ port: name, protocol: protocol ?? ('TCP' as Protocol) }];
  return pod.ports.filter((p) => p.name === name && (!protocol || p.protocol === protocol));
}

/** Why a port name means nothing on these pods; `undefined` when it means something, or no name was given. */
export function missingPort(network: Network, target: Resolved): (Cause & { code: 'PTL901' }) | undefined {
  const name = target.port?.name;
  if (typeof name !== 'string' || target.host !== undefined) return undefined;
  const pods = podsBehind(network, target);
  const names = [
    ...pods.flatMap((pod) => pod.ports.map((p) => p.name)),
    ...target.services.flatMap((s) => s.ports.map((p) => p.name)),
  ];
  if (names.includes(name)) return undefined;
  const known = [...new Set(names.filter((n): n is string => n !== undefined))];
  return {
    code: 'PTL901',
    role: 'target',
    problem: `it has no port called \`${name}\``,
    didYouMean: near(name, known),
  };
}
