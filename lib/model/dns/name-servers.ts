import type { Cluster } from '../cluster/cluster';
import { formatIp } from '../values/ip';
import type { Doubt } from '../values/ternary';
import { type Answer, addressType, type QueryType } from './record';

const DOUBT: Doubt = { rule: 'DNS-26', wouldDecide: 'a manifest of Service kube-system/kube-dns' };

/**
 * What CoreDNS says of itself, at the zone's own name (NS) and at `ns.dns` (addresses): the Services that it is behind.
 * Where none is declared, nobody knows from here what they are.
 */
export function nameServers(cluster: Cluster, name: string, type: QueryType): Answer {
  const found: Answer = { rcode: 'NOERROR', answers: [], doubts: [] };
  if (type !== 'A' && type !== 'AAAA' && type !== 'NS') return found;
  const service = cluster.servicesIn('kube-system').find((each) => each.name === 'kube-dns');
  if (!service) return { ...found, doubts: [DOUBT] };
  const target = { service };
  if (type === 'NS') {
    const data = `${service.name}.${service.namespace}.svc.${cluster.profile.clusterDomain}.`;
    return { ...found, answers: [{ name, type, data, target }] };
  }
  const addresses = service.clusterIps.filter(({ family }) => addressType(family) === type);
  return { ...found, answers: addresses.map((ip) => ({ name, type, data: formatIp(ip), target })) };
}
