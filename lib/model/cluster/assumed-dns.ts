import { closedLabels } from '../values/labels';
import type { Namespaces } from './namespaces';
import type { PodDescription, PodGroup, Workload } from './workload';

const NAMESPACE = 'kube-system';
/** The label that every installer gives the cluster's DNS pods; also what users' policies name (DNS-29). */
const DNS_LABELS: Readonly<Record<string, string>> = { 'k8s-app': 'kube-dns' };

/**
 * The cluster's DNS pods where none of the declared pods are: CoreDNS as kubeadm installs it (DNS-26).
 */
export function assumedDnsPods(
  declared: readonly PodGroup[],
  namespaces: Namespaces,
): readonly { workload: Omit<Workload, 'pods'>; pod: PodDescription }[] {
  if (declared.some(isDnsPod)) return [];
  const pod: PodDescription = {
    namespace: namespaces.get(NAMESPACE),
    labels: closedLabels(DNS_LABELS),
    ports: [
      { name: 'dns', port: 53, protocol: 'UDP' },
      { name: 'dns-tcp', port: 53, protocol: 'TCP' },
    ],
    hostNetwork: false,
    dnsPolicy: 'Default',
    ready: true,
  };
  const workload = {
    kind: 'Deployment',
    namespace: NAMESPACE,
    name: 'coredns',
    provenance: 'assumed' as const,
    origin: {},
  };
  return [{ workload, pod }];
}

/** Whether a pod is one of the cluster's DNS servers. */
export function isDnsPod(pod: PodGroup): boolean {
  return pod.namespace.name === NAMESPACE && pod.labels.known.get('k8s-app') === 'kube-dns';
}
