import { isDnsPod } from '../cluster/assumed-dns';
import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import type { ServiceResource } from '../manifest/resources';
import { backendsOf } from '../service/backends';
import { readyPods } from '../service/selection';

/** The full name of a Service in the cluster's zone (DNS-02). */
export function serviceName(service: ServiceResource, cluster: Cluster): string {
  return `${service.name}.${service.namespace}.svc.${cluster.profile.clusterDomain}`;
}

/** The names by which a pod may ask for a Service: through its search list, down to the shortest (DNS-22). */
export function namesOf(service: ServiceResource, cluster: Cluster): readonly string[] {
  const { name, namespace } = service;
  return [name, `${name}.${namespace}`, `${name}.${namespace}.svc`, serviceName(service, cluster)];
}

/** A DNS server pod and the container port on which it takes each protocol (DNS-26: the target port, not 53 itself). */
export interface DnsServer {
  readonly pod: PodGroup;
  readonly udp: number;
  readonly tcp: number;
}

/** The pods that answer; `'unknown'` where what is declared of the DNS does not tell which they are. */
export function dnsServers(cluster: Cluster): readonly DnsServer[] | 'unknown' {
  const service = cluster.servicesIn('kube-system').find(({ name }) => name === 'kube-dns');
  if (service) return serversBehind(service, cluster);
  const pods = cluster.podsIn('kube-system').filter(isDnsPod);
  return readyPods(pods).map((pod) => ({ pod, udp: DNS_PORT, tcp: DNS_PORT }));
}

/** Where clients ask (DNS-26). */
export const DNS_PORT = 53;

/** Clients send to the address of the Service, so that its pods answer, whatever labels others have. */
function serversBehind(service: ServiceResource, cluster: Cluster): readonly DnsServer[] | 'unknown' {
  const [udp, tcp] = (['UDP', 'TCP'] as const).map((protocol) => {
    const port = service.ports.find((p) => p.port === DNS_PORT && p.protocol === protocol);
    return port && backendsOf(service, port, cluster);
  });
  if (!udp || udp.doubts.length > 0) return 'unknown';
  if (udp.backends.length === 0 && udp.selected.length === 0) return 'unknown';
  const servers = udp.backends.flatMap((backend) => {
    if (!('pod' in backend)) return [];
    const { pod, port } = backend;
    const overTcp = tcp?.backends.find((other) => 'pod' in other && other.pod === pod);
    return [{ pod, udp: port, tcp: overTcp?.port ?? port }];
  });
  return servers.length < udp.backends.length ? 'unknown' : servers;
}
