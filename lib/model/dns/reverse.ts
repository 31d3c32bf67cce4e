import type { Cluster } from '../cluster/cluster';
import type { ServiceResource } from '../manifest/resources';
import { familiesOf } from '../service/service-families';
import { formatIp, type IpAddress } from '../values/ip';
import type { Doubt } from '../values/ternary';
import { endpointsOfSlice, type NamedEndpoint, namedEndpointsOf } from './endpoints';
import type { RecordTarget } from './record';

/** A name that an address has, below the cluster domain and without it. */
export interface Pointer {
  readonly owner: string;
  readonly target?: RecordTarget;
}

const SERVICE_DOUBT: Doubt = { rule: 'DNS-04', wouldDecide: 'the addresses that Services are yet to get' };
const POD_DOUBT: Doubt = { rule: 'DNS-08', wouldDecide: 'the addresses that pods are yet to get' };

/** DNS-04: the Service that has the address for its own; else DNS-08, every Service that it is a ready endpoint of. */
export function findReverse(
  address: IpAddress,
  cluster: Cluster,
): { readonly targets: readonly Pointer[]; readonly doubts: readonly Doubt[] } {
  const text = formatIp(address);
  const owner = cluster.services.find(({ clusterIps }) => clusterIps.some((ip) => formatIp(ip) === text));
  if (owner) return { targets: [{ owner: below(owner), target: { service: owner } }], doubts: [] };
  const doubts = new Set<Doubt>();
  const targets = cluster.services.flatMap((service) => {
    if (mayOwn(address, service, cluster)) doubts.add(SERVICE_DOUBT);
    const endpoints = namedEndpointsOf(service, cluster);
    if (endpoints.some((endpoint) => mayGet(address, endpoint))) doubts.add(POD_DOUBT);
    return endpoints
      .filter((endpoint) => isAt(text, endpoint))
      .map(({ label, pod }) => ({ owner: `${label}.${below(service)}`, target: { service, pod } }));
  });
  return { targets: [...targets, ...orphans(text, cluster)], doubts: [...doubts] };
}

function below({ name, namespace }: { readonly name: string; readonly namespace: string }): string {
  return `${name}.${namespace}.svc`;
}

function isAt(text: string, { address }: NamedEndpoint): boolean {
  return address !== undefined && formatIp(address) === text;
}

/** CoreDNS does not ask whether the Service of a slice is there, nor whether it is one that has endpoints. */
function orphans(text: string, cluster: Cluster): readonly Pointer[] {
  return cluster.endpointSlices.flatMap((slice) => {
    const { namespace, serviceName: name } = slice;
    if (name === undefined || slice.isMirror) return [];
    const service = cluster.servicesIn(namespace).find((each) => each.name === name);
    if (service && service.serviceType !== 'ExternalName') return [];
    const own = endpointsOfSlice(slice, cluster).filter((endpoint) => isAt(text, endpoint));
    return own.map(({ label }) => ({ owner: `${label}.${below({ name, namespace })}` }));
  });
}

/** Whether an endpoint that is yet to get its address may get this one. */
function mayGet(address: IpAddress, { address: own, family, pod }: NamedEndpoint): boolean {
  return own === undefined && family === address.family && (pod === undefined || pod.domain.has(address));
}

/** Whether a Service that is yet to get its address may get this one. */
function mayOwn(address: IpAddress, service: ServiceResource, cluster: Cluster): boolean {
  if (service.headless || service.serviceType === 'ExternalName' || service.clusterIps.length > 0) return false;
  const { serviceCidr } = cluster.profile;
  if (!serviceCidr.isEmpty) return serviceCidr.has(address);
  return familiesOf(service, cluster).some(({ family }) => family === address.family);
}
