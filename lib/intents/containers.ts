import type { PodGroup } from '../model/cluster/workload';
import type { PodContainer } from '../model/manifest/resources';
import { nearest } from '../model/values/nearest';
import { PortSet } from '../model/values/port-set';
import { PROTOCOLS, TrafficSet } from '../model/values/traffic-set';
import type { EndpointRef } from './endpoint';
import type { Resolved } from './resolve';

/** A container by its name, in those of the pods that have it. It has no name that clients use: its pod's address is its own. */
export function resolveContainer({ name }: EndpointRef & { kind: 'container' }, whole: Resolved): Resolved {
  const label = `${name} in ${whole.label}`;
  const having = (pod: PodGroup) => containerOf(pod, name) !== undefined;
  const pods = whole.pods.filter(having);
  const resolved = { ...whole, label, container: name, pods, surely: whole.surely.filter(having), services: [] };
  if (whole.nothing || pods.length > 0) return { ...resolved, named: false };
  const names = whole.pods.flatMap((pod) => (pod.containers?.() ?? []).map((container) => container.name));
  const problem = `no pod of ${whole.label} has a container called \`${name}\``;
  return { ...resolved, named: false, nothing: { problem, didYouMean: nearest(name, [...new Set(names)]) } };
}

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
