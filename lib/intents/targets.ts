import type { Cluster } from '../model/cluster/cluster';
import type { PodGroup } from '../model/cluster/workload';
import type { ContainerPort, ServicePort, ServiceResource } from '../model/manifest/resources';
import type { Network } from '../model/network';
import { leadsOf } from '../model/service/leads';
import { podsSelectedBy, selects, servicesOf } from '../model/service/selection';
import type { Protocol } from '../model/values/traffic-set';
import { portsLedTo, portsOfAlias } from './aliases';
import { containerOf, portNamesOf } from './containers';
import type { Diagnosis } from './diagnosis';
import type { Cause } from './finding';
import type { ToldAddress } from './intent';
import { near, type Resolved } from './resolve';

/** A port of a Service that a promise wants used by name. */
export interface ServiceTarget {
  readonly service: ServiceResource;
  readonly port: ServicePort;
}

/** The declared pods that an endpoint stands for: its own, and those to which its Services lead or may lead. */
export function podsBehind({ cluster }: Network, target: Resolved): readonly PodGroup[] {
  const led = target.services.flatMap((service) => [
    ...podsSelectedBy(service, cluster),
    ...leadsOf(service, cluster).map(({ pod }) => pod),
  ]);
  return [...new Set([...target.pods, ...led])];
}

/** Those among them that it surely stands for: who is listed, or spared, by its name. */
export function podsSurelyBehind(network: Network, target: Resolved): readonly PodGroup[] {
  const doubtful = new Set(target.pods.filter((pod) => !target.surely.includes(pod)));
  return podsBehind(network, target).filter((pod) => {
    if (target.pods.includes(pod)) return !doubtful.has(pod);
    return target.services.some(
      (service) => selects(service, pod) === 'yes' || slicedPods(service, network.cluster).includes(pod),
    );
  });
}

/** What is meant, not where a Service of it leads by mistake: that no policy mends such a flow does not make it wanted. */
export function podsMeant(network: Network, target: Resolved): readonly PodGroup[] {
  return target.pods.length > 0 ? target.surely : podsSurelyBehind(network, target);
}

/** Declared and undeclared: whom a negative promise is about. */
export function everyPodBehind(network: Network, target: Resolved): readonly PodGroup[] {
  return [...podsBehind(network, target), ...target.strangers];
}

/**
 * Whom a promise speaks for that has the endpoint as its subject: undeclared pods only where a rule, a Service or the promise
 * itself means them by a label. For what else anybody may put into a namespace its app can't answer.
 */
export function everyPodSpokenFor(network: Network, subject: Resolved): readonly PodGroup[] {
  return [...podsBehind(network, subject), ...subject.strangers.filter(({ labels }) => labels.known.size > 0)];
}

/** Who sends for the subject: its own pods, declared or not; whom a Service of it leads to only where it is that Service. */
export function everySender(network: Network, subject: Resolved): readonly PodGroup[] {
  const own = subject.pods.length > 0 ? subject.pods : podsBehind(network, subject);
  return [...own, ...subject.strangers];
}

/** Whom a positive promise is about: pods that nobody declares only where it means no others. */
export function promisedPods(network: Network, target: Resolved): readonly PodGroup[] {
  const declared = podsBehind(network, target);
  return declared.length > 0 ? declared : target.strangers;
}

function slicedPods(service: ServiceResource, cluster: Cluster): readonly PodGroup[] {
  return leadsOf(service, cluster).flatMap(({ pod }) => (selects(service, pod) === 'no' ? [pod] : []));
}

/** The Service ports by which the target is used by name, or why there are none. */
export function serviceTargets(
  network: Network,
  target: Resolved,
  told?: ToldAddress,
): readonly ServiceTarget[] | Diagnosis {
  if (told) return toldTargets(network, target, told);
  const services = namingServices(network, target);
  if (services.length === 0) {
    return { cause: { code: 'PTL203', services: [] }, blame: target.pods[0]?.workload.origin };
  }
  const alias = aliasFor(services[0], target);
  if (alias) return alias;
  const dialled = portsOfAlias(network, target);
  if (dialled) return dialled.map((port) => ({ service: services[0], port }));
  const offered = services.flatMap((service) => service.ports.map((port) => ({ service, port })));
  if (!target.port) return offered;
  const wanted = offered.filter(({ port }) => isWanted(port, target));
  if (wanted.length > 0) return wanted;
  const has = [...new Set(offered.map(({ port }) => port.name ?? String(port.port)))];
  const service = services.map((s) => `${s.namespace}/${s.name}`).join(', ');
  return portOfNobody(service, String(target.port.name), has, services[0]);
}

/** SVC-10: who dials an address gets there by no other Service and no other port, however many lead to the same pods. */
function toldTargets(
  network: Network,
  target: Resolved,
  { namespace, service: name, port: number }: ToldAddress,
): readonly ServiceTarget[] | Diagnosis {
  const service = network.cluster.servicesIn(namespace).find((each) => each.name === name);
  if (!service) {
    const [other] = namingServices(network, target).filter((each) => each.namespace === namespace);
    const cause = { code: 'PTL203' as const, services: [], told: `${namespace}/${name}`, other: other?.name };
    return { cause, blame: (other ?? target.pods[0]?.workload)?.origin };
  }
  const alias = aliasFor(service, target);
  if (alias) return alias;
  const protocol = target.port?.protocol ?? 'TCP';
  const dialled = portsOfAlias(network, { ...target, services: [service], port: { name: number, protocol } });
  if (dialled) return dialled.map((port) => ({ service, port }));
  const wanted = service.ports.filter((port) => port.port === number && port.protocol === protocol);
  if (wanted.length > 0) return wanted.map((port) => ({ service, port }));
  const has = [...new Set(service.ports.map((port) => `${port.port}/${port.protocol}`))];
  return portOfNobody(`${namespace}/${name}`, `${number}/${protocol}`, has, service);
}

/** SVC-22: an ExternalName leads to no pod, whatever it selects. */
function aliasFor({ namespace, name, externalName, origin }: ServiceResource, target: Resolved): Diagnosis | undefined {
  if (externalName === undefined || target.pods.length === 0) return undefined;
  const [leadsTo, wanted] = [externalName, target.label];
  const cause = { code: 'PTL503' as const, name: `${name}.${namespace}`, leadsTo, wanted, by: 'dns' as const };
  return { cause: { ...cause, isAlias: true }, blame: origin };
}

function portOfNobody(service: string, port: string, has: readonly string[], { origin }: ServiceResource): Diagnosis {
  return { cause: { code: 'PTL201', service, port, has, didYouMean: near(port, has) }, blame: origin };
}

/** The Service of the workload's own name where there is one: what an app is called by. */
function namingServices(network: Network, target: Resolved): readonly ServiceResource[] {
  const selecting = target.pods.flatMap((pod) => servicesOf(pod, network.cluster));
  const all = [...new Set([...target.services, ...selecting])];
  const own = all.filter((service) => target.pods.some((pod) => pod.workload.name === service.name));
  return own.length > 0 ? own : all;
}

/** A Service port by its name or number, or by the container port that it leads to. */
export function isWanted(port: ServicePort, target: Resolved): boolean {
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
  const own = target.container === undefined ? pod.ports : (containerOf(pod, target.container)?.ports ?? []);
  const declared = pod.provenance === 'stranger' ? [] : own;
  if (!target.port) return declared;
  const { name, protocol } = target.port;
  if (typeof name === 'number') return [{ port: name, protocol: protocol ?? ('TCP' as Protocol) }];
  return declared.filter((p) => p.name === name && (!protocol || p.protocol === protocol));
}

/** Likewise, where the promise may be about a Service: the container ports that its ports lead to (SVC-08, NP-19). */
export function portsOnPod(
  network: Network,
  pod: PodGroup,
  target: Resolved,
): readonly Pick<ContainerPort, 'port' | 'protocol'>[] {
  if (!isServiceAlone(target)) return containerPorts(pod, target);
  const leads = network.leadsTo(pod).filter(({ service }) => target.services.includes(service));
  const wanted = target.port ? leads.filter(({ port }) => isWanted(port, target)) : leads;
  return wanted.map(({ port, number }) => ({ port: number, protocol: port.protocol }));
}

/** Whether it is about a Service, not about the pods of a workload. */
export function isServiceAlone({ services, pods }: Resolved): boolean {
  return pods.length === 0 && services.length > 0;
}

function portNames(network: Network, target: Resolved): readonly (string | undefined)[] {
  const pods = podsBehind(network, target);
  return [
    ...pods.flatMap((pod) => pod.ports.map((p) => p.name)),
    ...pods.flatMap((pod) => network.leadsTo(pod).map((lead) => lead.port.name)),
    ...target.services.flatMap((s) => [...s.ports, ...portsLedTo(network, s)].map((p) => p.name)),
  ];
}

/** Why a port name means nothing on these pods; `undefined` when it means something, or no name was given. */
export function missingPort(network: Network, target: Resolved): (Cause & { code: 'PTL901' }) | undefined {
  const name = target.port?.name;
  // What ports an undeclared pod, or a host outside, has under which name nobody can tell.
  if (typeof name !== 'string' || target.host !== undefined || target.strangers.length > 0) return undefined;
  // Most ports are called by the name that the pods themselves give them.
  const { container } = target;
  if (container === undefined && target.pods.some(({ ports }) => ports.some((port) => port.name === name))) {
    return undefined;
  }
  const names = container === undefined ? portNames(network, target) : portNamesOf(target.pods, container);
  if (names.includes(name)) return undefined;
  const known = [...new Set(names.filter((n): n is string => n !== undefined))];
  return {
    code: 'PTL901',
    role: 'target',
    problem: `it has no port called \`${name}\``,
    didYouMean: near(name, known),
  };
}
