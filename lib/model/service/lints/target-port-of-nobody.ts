import type { Cluster } from '../../cluster/cluster';
import { type PodGroup, workloadLabel } from '../../cluster/workload';
import type { ServiceLintDetail } from '../../finding/lint';
import { blame } from '../../manifest/blame';
import type { ServicePort, ServiceResource } from '../../manifest/resources';
import { nearest } from '../../values/nearest';
import { podsSelectedBy, selects, targetPortOn } from '../selection';
import type { ServiceLintRule } from './rule';

type Detail = ServiceLintDetail & { readonly code: 'PTL231' };

/** PTL231: a target port's name is looked up on each selected pod, by name and protocol (SVC-07). */
export const targetPortOfNobody: ServiceLintRule = ({ cluster, withEndpoints }) =>
  withEndpoints.flatMap((service) =>
    service.ports.flatMap((port, index) => {
      const detail =
        typeof port.targetPort === 'string' ? detailOf(service, port, port.targetPort, cluster) : undefined;
      if (!detail) return [];
      const field = ['spec', 'ports', index, 'targetPort'];
      return [{ severity: 'warning' as const, ...blame(service, field), ...detail }];
    }),
  );

function detailOf(service: ServiceResource, port: ServicePort, name: string, cluster: Cluster): Detail | undefined {
  const selected = podsSelectedBy(service, cluster);
  // Nearly always every pod has the port, and the rest need not be asked.
  if (selected.every((pod) => targetPortOn(pod, port) !== undefined)) return undefined;
  const pods = selected.filter((pod) => selects(service, pod) === 'yes' && mayServe(pod));
  const lacking = pods.filter((pod) => targetPortOn(pod, port) === undefined);
  if (lacking.length === 0) return undefined;
  const ports = pods.flatMap((pod) => pod.ports);
  const names = [...new Set(ports.flatMap((each) => each.name ?? []))].sort();
  const isOtherProtocol = ports.some((each) => each.name === name);
  const problem = lacking.length < pods.length ? 'some-lack' : isOtherProtocol ? 'other-protocol' : 'no-such-name';
  return {
    code: 'PTL231',
    port: `${name}/${port.protocol}`,
    problem,
    has: [...new Set(ports.flatMap((each) => (each.name === undefined ? [] : `${each.name}/${each.protocol}`)))].sort(),
    lacking: [...new Set(lacking.map(({ workload }) => workloadLabel(workload)))].sort(),
    didYouMean: problem === 'no-such-name' ? nearest(name, names) : undefined,
  };
}

/** Pods of Jobs often share the labels of what they prepare, and are gone soon. */
function mayServe({ workload: { kind } }: PodGroup): boolean {
  return kind !== 'Job' && kind !== 'CronJob';
}
