import { openLabels } from '../values/labels';
import type { IngressController } from './ingress-controller';
import type { Namespaces } from './namespaces';
import type { PodDescription, PodGroup, Workload } from './workload';

/** Whether a pod is one of the controller's proxies, by its namespace and labels. */
export function isPodOf({ namespace, labels }: IngressController, pod: PodGroup): boolean {
  return (
    pod.namespace.name === namespace &&
    Object.entries(labels).every(([key, value]) => pod.labels.known.get(key) === value)
  );
}

/** The proxies of a controller that the profile names, where none of the declared pods are: as its Helm chart makes them. */
export function assumedProxy(
  controller: IngressController,
  namespaces: Namespaces,
): { workload: Omit<Workload, 'pods'>; pod: PodDescription } {
  const { name, namespace, labels, ports } = controller;
  const pod: PodDescription = {
    namespace: namespaces.get(namespace),
    // Charts and their releases give them more.
    labels: openLabels(labels),
    ports,
    hostNetwork: false,
    dnsPolicy: 'ClusterFirst',
    ready: true,
  };
  const workload = {
    kind: 'Deployment',
    namespace,
    name: `${name}-ingress`,
    provenance: 'assumed' as const,
    origin: {},
  };
  return { workload, pod };
}
