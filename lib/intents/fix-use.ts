import { inNamespace } from '../model/cluster/pod-selection';
import type { PodGroup } from '../model/cluster/workload';
import type { Resource } from '../model/manifest/resources';
import type { Protocol } from '../model/values/traffic-set';
import type { Change } from './change';
import type { Broken } from './checked';
import { appVariable, isApp, isYaml } from './fix-code';
import { dnsRule } from './fix-dns';
import { newPolicy } from './new-resources';

/** What `app.use(port)` does between two apps: egress and DNS at the one, ingress at the other. */
export function declareUse(broken: Broken, resources: readonly Resource[]): readonly Change[] {
  const { example } = broken;
  const last = example?.hops.at(-1);
  if (!example?.source || !example.target || !last || !('traffic' in last)) return [];
  const { source, target: served } = example;
  if (!isApp(source) || !isApp(served) || isYaml(source.workload.origin)) return [];
  const [port, protocol] = last.traffic.split('/');
  const open = { type: 'range' as const, protocol: protocol as Protocol, first: Number(port), last: Number(port) };
  const egress = [{ peers: [peerOf(served)], ports: [open], field: ['spec', 'egress', 0] }, dnsRule(53)];
  const ingress = [{ peers: [peerOf(source)], ports: [open], field: ['spec', 'ingress', 0] }];
  const policies = [newPolicy({ ...about(source), egress }), newPolicy({ ...about(served), ingress })];
  const name = served.ports.find((p) => p.port === open.first && p.protocol === protocol)?.name;
  // An app names all of its ports; one without a name is of something else that carries the label.
  if (name === undefined) return [];
  const add = `${appVariable(source)}.use(${appVariable(served)}.port('${name}'));`;
  return [
    { fix: { summary: 'declare the use, which opens both ends and DNS', add }, resources: [...resources, ...policies] },
  ];
}

function about(pod: PodGroup) {
  return { name: `${pod.workload.name}-use`, namespace: pod.namespace.name, podSelector: pod.workload.selector! };
}

function peerOf(pod: PodGroup) {
  return {
    type: 'pods' as const,
    namespaceSelector: inNamespace(pod.namespace.name),
    podSelector: pod.workload.selector!,
  };
}
