import type { Cluster } from '../cluster/cluster';
import { formatIp, type IpAddress } from '../values/ip';
import type { Doubt } from '../values/ternary';
import { namedEndpointsOf } from './endpoints';
import type { RecordTarget } from './record';
import { familiesOf } from './service-families';

/** A name that an address has, below the cluster domain and without it. */
interface Pointer {
  readonly owner: string;
  readonly target: RecordTarget;
}

/** DNS-04: the Service that has the address for its own; else DNS-08, every Service that it is a ready endpoint of. */
export function findReverse(
  address: IpAddress,
  cluster: Cluster,
): { readonly targets: readonly Pointer[]; readonly doubts: readonly Doubt[] } {
  const text = formatIp(address);
  const owner = cluster.services.find(({ clusterIps }) => clusterIps.some((ip) => formatIp(ip) === text));
  if (owner)
    return { targets: [{ owner: `${owner.name}.${owner.namespace}.svc`, target: { service: owner } }], doubts: [] };
  const doubts = new Map<string, Doubt>();
  const targets = cluster.services.flatMap((service) => {
    if (mayOwn(address, service, cluster)) doubts.set('DNS-04', SERVICE_DOUBT);
    return namedEndpointsOf(service, cluster).flatMap((endpoint): Pointer[] => {
      if (endpoint.address === undefined) {
        const { family, pod } = endpoint;
        if (family === address.family && (pod === undefined || pod.domain.has(address)))
          doubts.set('DNS-08', POD_DOUBT);
        return [];
      }
      if (formatIp(endpoint.address) !== text) return [];
      const target = { service, pod: endpoint.pod };
      return [{ owner: `${endpoint.label}.${service.name}.${service.namespace}.svc`, target }];
    });
  });
  return { targets, doubts: [...doubts.values()] };
}

const SERVICE_DOUBT: Doubt = { rule: 'DNS-04', wouldDecide: 'the addresses that Services are yet to get' };
const POD_DOUBT: Doubt = { rule: 'DNS-08', wouldDecide: 'the addresses that pods are yet to get' };

/** Whether a Service that is yet to get its address may get this one. */
function mayOwn(address: IpAddress, service: Cluster['services'][number], cluster: Cluster): boolean {
  if (service.headless || service.serviceType === 'ExternalName' || service.clusterIps.length > 0) return false;
  const { serviceCidr } = cluster.profile;
  if (!serviceCidr.isEmpty) return serviceCidr.has(address);
  return familiesOf(service, cluster).some(({ family }) => family === address.family);
}
