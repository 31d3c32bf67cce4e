import type { Cluster } from '../cluster/cluster';
import type { PodResource, ServiceResource } from '../manifest/resources';
import { mayHaveOthers } from '../service/endpoints';
import { familiesOf, familiesOfServices, familyDoubt } from '../service/service-families';
import { formatIp, type IpAddress, type IpFamily, parseIp } from '../values/ip';
import type { Doubt } from '../values/ternary';
import { mayBeCalled, type NamedEndpoint, namedEndpointsOf } from './endpoints';
import { undashed } from './name';
import type { RecordTarget } from './record';
import type { ZoneRequest } from './request';

/** What CoreDNS finds behind a name, from which it makes the records of whatever type. */
export type Entry =
  | {
      readonly type: 'address';
      /** The name to which an SRV record leads, below the cluster domain and without it. */
      readonly owner: string;
      readonly address: IpAddress | undefined;
      readonly family: IpFamily;
      /** `-1`: none. */
      readonly port: number;
      readonly target?: RecordTarget;
      /** Whether it is surely there, in this family or another. */
      readonly isThere: boolean;
      /** Whether it surely has an address of the family. */
      readonly isFamilyKnown: boolean;
    }
  | { readonly type: 'alias'; readonly to: string; readonly service: ServiceResource };

/** Whether a name is there, and what is behind it. */
export interface Found {
  readonly exists: boolean | 'unknown';
  readonly entries: readonly Entry[];
  readonly doubts: readonly Doubt[];
}

const NOTHING: Found = { exists: false, entries: [], doubts: [] };
const EMPTY: Found = { exists: true, entries: [], doubts: [] };
/** Every cluster has them, whoever declares them. */
const SYSTEM_NAMESPACES: readonly string[] = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** What is behind a name below the cluster domain. */
export function findEntries(request: ZoneRequest, cluster: Cluster): Found {
  if (request.type === 'invalid') return NOTHING;
  const { namespace } = request;
  if (namespace !== undefined && !hasNamespace(namespace, cluster)) return NOTHING;
  if (request.type === 'non-terminal') {
    // DNS-15: what has names below it is there, without records of its own; below `pod` only where pods have names.
    const isOff = request.below === 'pod' && namespace !== undefined && cluster.profile.dns.pods === 'disabled';
    return isOff ? NOTHING : EMPTY;
  }
  if (request.type === 'pod') return findPod(request.namespace, request.label, cluster);
  const service = cluster.servicesIn(request.namespace).find(({ name }) => name === request.service);
  if (service) return findService(service, request, cluster);
  return findUndeclared(request, cluster);
}

function hasNamespace(name: string, { namespaces }: Cluster): boolean {
  return SYSTEM_NAMESPACES.includes(name) || namespaces.has(name);
}

/** The API server makes its own Service in every cluster; that of the DNS is called so by most installers. */
function findUndeclared(request: ZoneRequest & { type: 'service' }, { profile }: Cluster): Found {
  const { namespace, service, endpoint, port } = request;
  if (namespace === 'kube-system' && service === 'kube-dns') return DNS_SERVICE;
  if (namespace !== 'default' || service !== 'kubernetes' || endpoint !== undefined) return NOTHING;
  if (!isAsked(port, 'https', 'TCP')) return NOTHING;
  const families = familiesOfServices(profile);
  const entry = {
    type: 'address' as const,
    owner: 'kubernetes.default.svc',
    address: undefined,
    port: 443,
    isThere: true,
  };
  const entries = families.map(({ family, isKnown }) => ({ ...entry, family, isFamilyKnown: isKnown }));
  return { exists: true, entries, doubts: families.length === 1 ? [] : [API_SERVER_DOUBT] };
}

const API_SERVER_DOUBT: Doubt = { rule: 'SVC-27', wouldDecide: 'ipFamilies of Service default/kubernetes' };
const DNS_SERVICE: Found = {
  exists: 'unknown',
  entries: [],
  doubts: [{ rule: 'DNS-26', wouldDecide: 'a manifest of Service kube-system/kube-dns' }],
};

function findService(service: ServiceResource, request: ZoneRequest & { type: 'service' }, cluster: Cluster): Found {
  if (service.serviceType === 'ExternalName') return findExternalName(service, request);
  const isHeadless = service.headless || request.endpoint !== undefined;
  return isHeadless ? findEndpoints(service, request, cluster) : findClusterIp(service, request, cluster);
}

/** DNS-09: on the exact name only. A target that reads as an address is no name, and CoreDNS leaves it out. */
function findExternalName(service: ServiceResource, { endpoint, port }: ZoneRequest & { type: 'service' }): Found {
  const { externalName } = service;
  if (endpoint !== undefined || port !== undefined || !externalName || parseIp(externalName).ok) return NOTHING;
  return { exists: true, entries: [{ type: 'alias', to: externalName, service }], doubts: [] };
}

/** DNS-02, DNS-14: with endpoints or without. */
function findClusterIp(service: ServiceResource, { port }: ZoneRequest & { type: 'service' }, cluster: Cluster): Found {
  const owner = `${service.name}.${service.namespace}.svc`;
  const ports = service.ports.filter(({ name = '', protocol }) => isAsked(port, name, protocol));
  if (ports.length === 0) return NOTHING;
  const families = familiesOf(service, cluster);
  const addresses = families.map(({ family, isKnown }) => {
    const address = service.clusterIps.find((ip) => ip.family === family);
    return { family, address, isThere: true, isFamilyKnown: isKnown };
  });
  const entries = ports.flatMap((each) =>
    addresses.map((one) => ({ type: 'address' as const, owner, ...one, port: each.port, target: { service } })),
  );
  const isOpen = families.some(({ isKnown }) => !isKnown);
  return { exists: true, entries, doubts: isOpen ? [familyDoubt(service)] : [] };
}

/** DNS-05 to DNS-07: the endpoints of a headless Service, or one endpoint of any. */
function findEndpoints(service: ServiceResource, request: ZoneRequest & { type: 'service' }, cluster: Cluster): Found {
  if (hasNamesForAddresses(service, cluster)) return { exists: 'unknown', entries: [], doubts: [FQDN_DOUBT] };
  const all = namedEndpointsOf(service, cluster);
  const named = all.filter(({ label }) => request.endpoint === undefined || label?.toLowerCase() === request.endpoint);
  const entries = named.flatMap((endpoint) => entriesOf(endpoint, service, request, cluster));
  const doubts = [
    ...(entries.every(({ isThere }) => isThere) ? [] : [endpointDoubt(service)]),
    ...(entries.every(({ isFamilyKnown }) => isFamilyKnown) ? [] : [familyDoubt(service)]),
    ...(mayHaveOthers(service, cluster) ? [othersDoubt(service)] : []),
  ];
  if (entries.some(({ isThere }) => isThere)) return { exists: true, entries, doubts };
  if (doubts.length > 0) return { exists: 'unknown', entries, doubts };
  return request.endpoint === undefined ? NOTHING : findEndpointToCome(request.endpoint, all, service, cluster);
}

/** A pod or an address that is yet to come may be the one that is asked for. */
function findEndpointToCome(
  endpoint: string,
  all: readonly NamedEndpoint[],
  service: ServiceResource,
  cluster: Cluster,
): Found {
  if (mayBeCalled(endpoint, service, cluster)) {
    return { exists: 'unknown', entries: [], doubts: [endpointDoubt(service)] };
  }
  const asked = undashed(endpoint);
  const isOpen = asked && all.some(({ label, family, pod }) => label === undefined && mayHave(asked, family, pod));
  return isOpen ? { exists: 'unknown', entries: [], doubts: [addressDoubt(service)] } : NOTHING;
}

/** Slices of type FQDN, which Kubernetes itself never makes, and of which CoreDNS makes aliases. */
function hasNamesForAddresses({ namespace, name }: ServiceResource, cluster: Cluster): boolean {
  return cluster
    .slicesFor(namespace, name)
    .some(({ addressType, endpoints }) => addressType === 'FQDN' && endpoints.length > 0);
}

const FQDN_DOUBT: Doubt = { rule: 'DNS-05', wouldDecide: 'EndpointSlices of addressType IPv4 or IPv6' };

function entriesOf(
  { label, address, family, ports, pod, isThere, isFamilyKnown }: NamedEndpoint,
  service: ServiceResource,
  { port }: ZoneRequest & { type: 'service' },
  cluster: Cluster,
): readonly (Entry & { type: 'address' })[] {
  const below = `${service.name}.${service.namespace}.svc`;
  // Nobody knows the label of an endpoint without an address: it is called by what it is.
  const owner = `${label ?? '<address>'}.${below}`;
  const target = { service, pod: pod ?? (address && cluster.addresses.podAt(address)) };
  return ports
    .filter(({ name, protocol }) => isAsked(port, name, protocol))
    .map(({ port }) => ({ type: 'address', owner, address, family, port, target, isThere, isFamilyKnown }));
}

/** DNS-03, DNS-10: an empty name stands for every port. */
function isAsked(asked: { name: string; protocol: string } | undefined, name: string, protocol: string): boolean {
  if (asked === undefined) return true;
  const isPort = asked.name === '' || asked.name === name.toLowerCase();
  return isPort && (asked.protocol === '' || asked.protocol === protocol.toLowerCase());
}

function mayHave(address: IpAddress, family: IpFamily, pod: NamedEndpoint['pod']): boolean {
  return address.family === family && (pod === undefined || pod.domain.has(address));
}

function endpointDoubt({ namespace, name }: ServiceResource): Doubt {
  return { rule: 'DNS-05', wouldDecide: `which pods are the endpoints of Service ${namespace}/${name}` };
}

/** What leaves open whether a Service has more endpoints than the input shows. */
export const OTHERS_RULE = 'SVC-02';

function othersDoubt({ namespace, name }: ServiceResource): Doubt {
  return { rule: OTHERS_RULE, wouldDecide: `the slices that others make for Service ${namespace}/${name}` };
}

function addressDoubt({ namespace, name }: ServiceResource): Doubt {
  return { rule: 'DNS-06', wouldDecide: `the addresses of the pods behind Service ${namespace}/${name}` };
}

/** DNS-11, DNS-12: names of pods by address, as the server is configured. */
function findPod(namespace: string, label: string, cluster: Cluster): Found {
  const { pods } = cluster.profile.dns;
  const address = undashed(label);
  if (pods === 'disabled' || !address) return NOTHING;
  const owner = `${label}.${namespace}.pod`;
  const { family } = address;
  const entry: Entry = { type: 'address', owner, address, family, port: 0, isThere: true, isFamilyKnown: true };
  if (pods === 'insecure') return { exists: true, entries: [entry], doubts: [] };
  return verified(namespace, label, address, entry, cluster);
}

/** CoreDNS compares texts, with the first address of pods that are neither finished nor being deleted. */
function verified(namespace: string, label: string, address: IpAddress, entry: Entry, cluster: Cluster): Found {
  const isThere = cluster.resources.some(
    (r) => r.type === 'pod' && r.namespace === namespace && isRunning(r) && firstAddress(r) === label,
  );
  if (isThere) return { exists: true, entries: [entry], doubts: [] };
  const isOpen = cluster
    .podsIn(namespace)
    .some((pod) => !pod.addresses && pod.replicas !== 0 && !pod.awaitsAddress && pod.domain.has(address));
  if (!isOpen) return NOTHING;
  const wouldDecide = `the addresses of the pods in namespace ${namespace}`;
  return { exists: 'unknown', entries: [], doubts: [{ rule: 'DNS-12', wouldDecide }] };
}

function isRunning({ terminating, phase }: PodResource): boolean {
  return !terminating && phase !== 'Succeeded' && phase !== 'Failed';
}

function firstAddress({ addresses }: PodResource): string | undefined {
  return addresses.length === 0 ? undefined : formatIp(addresses[0]).replace(/[.:]/g, '-');
}
