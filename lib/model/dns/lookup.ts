import { isDnsPod } from '../cluster/assumed-dns';
import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import type { ServiceResource } from '../manifest/resources';
import { backendsOf } from '../service/backends';

/** The full name of a Service in the cluster's zone (DNS-02). */
export function serviceName(service: ServiceResource, cluster: Cluster): string {
  return `${service.name}.${service.namespace}.svc.${cluster.profile.clusterDomain}`;
}

/** Why a pod does not ask the cluster's DNS at all; `undefined` when it does. */
export function withoutClusterDns(pod: PodGroup): 'no-cluster-dns' | 'custom-dns' | undefined {
  // DNS-19: ClusterFirst on the host's network falls back to the node's resolver.
  if (pod.dnsPolicy === 'Default' || (pod.dnsPolicy === 'ClusterFirst' && pod.hostNetwork)) return 'no-cluster-dns';
  return pod.dnsPolicy === 'None' ? 'custom-dns' : undefined;
}

/** A DNS server pod and the container port on which it takes each protocol (DNS-26: the target port, not 53 itself). */
export interface DnsServer {
  readonly pod: PodGroup;
  readonly udp: number;
  readonly tcp: number;
}

export function dnsServers(cluster: Cluster): readonly DnsServer[] {
  const service = cluster.services.find((s) => s.namespace === 'kube-system' && s.name === 'kube-dns');
  const portOn = (pod: PodGroup, protocol: 'UDP' | 'TCP'): number => {
    const port = service?.ports.find((p) => p.port === 53 && p.protocol === protocol);
    const backend =
      service && port && backendsOf(service, port, cluster).backends.find((b) => 'pod' in b && b.pod === pod);
    return backend?.port ?? 53;
  };
  return cluster.pods
    .filter((pod) => pod.provenance !== 'stranger' && isDnsPod(pod))
    .map((pod) => ({ pod, udp: portOn(pod, 'UDP'), tcp: portOn(pod, 'TCP') }));
}
