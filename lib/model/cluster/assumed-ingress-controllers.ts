import { openLabels } from '../values/labels';
import type { ProxyLocation } from './ingress-controller';
import type { Namespaces } from './namespaces';
import type { PodDescription, PodGroup, Workload } from './workload';

/** Whether a pod is one of the proxies, by its namespace and labels. */
export function isPodOf({ namespace, labels }: ProxyLocation, pod: PodGroup): boolean {
  return (
    pod.namespace.name === namespace &&
    Object.entries(labels).every(([key, value]) => pod.labels.known.get(key) === value)
  );
}

/** Proxies of which no manifest has the pods: as a Helm chart or a controller makes them. */
export function assumedProxy(
  controller: ProxyLocation,
  namespaces: Namespaces,
): { workload: Omit<Workload, 'pods'>; pod: PodDescription } {
  const { name, namespace, labels, ports } = controller;
  const pod: PodDescription = {
    namespace: namespaces.get(namespace),
    // Charts, their releases and controllers give them more.
    labels: openLabels(labels),
    ports,
    hostNetwork: false,
    dnsPolicy: 'ClusterFirst',
    ready: true,
  };
  const workload = {
    kind: 'Deployment',
    namespace,
    name,
    provenance: 'assumed' as const,
    origin: {},
  };
  return { workload, pod };
}
