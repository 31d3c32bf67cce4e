import type { PodGroup } from '../model/cluster/workload';
import type { PodContainer } from '../model/manifest/resources';
import { PortSet } from '../model/values/port-set';
import { PROTOCOLS, TrafficSet } from '../model/values/traffic-set';

/** The container of this name, where the pod has it. */
export function containerOf(pod: PodGroup, name: string): PodContainer | undefined {
  return pod.containers?.().find((container) => container.name === name);
}

/** SVC-07: the containers that are there while the pod runs. */
export function runningIn(pod: PodGroup): readonly PodContainer[] {
  return (pod.containers?.() ?? []).filter(({ role }) => role !== 'init');
}

/** What of a pod's traffic is for one of its containers: all but the ports that only others declare (NET-07). */
export function trafficOfContainer(pod: PodGroup, name: string): TrafficSet {
  const own = new Set((containerOf(pod, name)?.ports ?? []).map(({ port, protocol }) => `${port}/${protocol}`));
  const others = runningIn(pod)
    .filter((container) => container.name !== name)
    .flatMap(({ ports }) => ports.filter(({ port, protocol }) => !own.has(`${port}/${protocol}`)));
  return PROTOCOLS.reduce((rest, protocol) => {
    const taken = others.filter((port) => port.protocol === protocol).map(({ port }) => PortSet.of(port));
    return taken.reduce((left, ports) => left.minus(TrafficSet.of(protocol, ports)), rest);
  }, TrafficSet.allPorts);
}

/** What ports of a container are called. */
export function portNamesOf(pods: readonly PodGroup[], container: string): readonly (string | undefined)[] {
  return pods.flatMap((pod) => containerOf(pod, container)?.ports.map(({ name }) => name) ?? []);
}
