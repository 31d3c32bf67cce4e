import { workloadLabel } from '../model/cluster/workload';
import type { DnsRecord, RecordTarget } from '../model/dns/record';
import { serviceLabel } from '../model/reach/endpoint-text';

/** What a record is of, in the command's notation: `service/shop/api`, `shop/db[StatefulSet]`, `shop/db-0`. */
export function targetText({ service, pod }: RecordTarget): string {
  if (!pod) return serviceLabel(service);
  return pod.podName === undefined ? workloadLabel(pod.workload) : `${pod.namespace.name}/${pod.podName}`;
}

/** `10.96.0.7`, or `<the address of service/shop/api>` while nobody knows it. */
export function dataText({ type, data, target }: DnsRecord): string {
  if (data !== undefined) return data;
  const whose = target ? ` of ${targetText(target)}` : '';
  return type === 'SRV' ? `<a name${whose}>` : `<the address${whose}>`;
}
