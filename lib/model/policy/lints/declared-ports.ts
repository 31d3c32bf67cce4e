import type { PodGroup } from '../../cluster/workload';
import type { ServiceResource } from '../../manifest/resources';
import { targetPortOn } from '../../service/selection';
import type { Protocol } from '../../values/traffic-set';

export interface PortNumber {
  readonly port: number;
  readonly protocol: Protocol;
}

/** Whether a pod is known to listen there: by what its containers declare, or by what its Services send to. */
export function hasPort(pod: PodGroup, { port, protocol }: PortNumber, services: readonly ServiceResource[]): boolean {
  return (
    pod.ports.some((each) => each.port === port && each.protocol === protocol) ||
    services.some(({ ports }) => ports.some((p) => p.protocol === protocol && targetPortOn(pod, p) === port))
  );
}
