import type { Cluster } from '../cluster/cluster';
import { ordinalsOf, type PodGroup } from '../cluster/workload';
import type { ServiceResource, SliceEndpoint } from '../manifest/resources';
import { mirroredEndpoints, type ServiceSlice } from '../service/mirrored-endpoints';
import { podsSelectedBy, selects, sharesFamily, targetPortOn } from '../service/selection';
import { familiesOf, type PossibleFamily } from '../service/service-families';
import { formatIp, type IpAddress, type IpFamily } from '../values/ip';
import { dashed } from './name';

/** An endpoint as CoreDNS reads it from the slices of a Service: one address with its ports. */
export interface NamedEndpoint {
  /** Its label below the Service: the hostname, else the address with dashes (DNS-06); `undefined` while it has no address. */
  readonly label: string | undefined;
  readonly address: IpAddress | undefined;
  readonly family: IpFamily;
  /** `-1` stands for an endpoint without ports: its name has addresses, but no SRV record leads to it. */
  readonly ports: readonly { readonly name: string; readonly protocol: string; readonly port: number }[];
  readonly pod?: PodGroup;
  /** Whether it is surely an endpoint, in this family or another. */
  readonly isThere: boolean;
  /** Whether it surely has an address of the family. */
  readonly isFamilyKnown: boolean;
}

const WITHOUT_PORTS = [{ name: '', protocol: '', port: -1 }];

/** DNS-05: the ready endpoints, those that the controller makes of pods and those of slices made by hand. */
export function namedEndpointsOf(service: ServiceResource, cluster: Cluster): readonly NamedEndpoint[] {
  if (service.serviceType === 'ExternalName') return [];
  const pods = podsSelectedBy(service, cluster).filter((pod) => isReady(pod, service, cluster));
  return [
    ...pods.flatMap((pod) => endpointsOfPod(pod, service, cluster)),
    ...slicesOf(service, cluster).flatMap((slice) => endpointsOfSlice(slice, cluster)),
  ];
}

/**
 * CoreDNS reads every slice, those that kube-proxy passes over too. What the Service's controller made says nothing new, unless
 * there is no selector any more: then it is left as it was.
 */
function slicesOf(service: ServiceResource, cluster: Cluster): readonly ServiceSlice[] {
  const slices = cluster
    .slicesFor(service.namespace, service.name)
    .filter(({ isMirror }) => !isMirror || !service.selector);
  const hasMirrors = slices.some(({ mirrorsEndpoints }) => mirrorsEndpoints);
  return hasMirrors ? slices : [...slices, ...mirroredEndpoints(service, cluster)];
}

/** The ready endpoints of a slice, whatever Service it is for. */
export function endpointsOfSlice({ ports, endpoints }: ServiceSlice, cluster: Cluster): readonly NamedEndpoint[] {
  return endpoints.filter(({ ready }) => ready).flatMap((endpoint) => ofSlice(endpoint, ports, cluster));
}

/** SVC-03, SVC-04: those that are being deleted are ready only where the Service publishes what is not. */
function isReady(pod: PodGroup, service: ServiceResource, cluster: Cluster): boolean {
  if (pod.replicas === 0 || pod.awaitsAddress) return false;
  return (pod.ready || service.publishNotReadyAddresses) && sharesFamily(service, pod, cluster);
}

function endpointsOfPod(pod: PodGroup, service: ServiceResource, cluster: Cluster): readonly NamedEndpoint[] {
  const isSelected = selects(service, pod) === 'yes';
  // SVC-07: a pod that lacks the name of a target port is an endpoint all the same, without that port.
  const resolved = service.ports.flatMap((port) => {
    const number = targetPortOn(pod, port);
    return number === undefined ? [] : [{ name: port.name ?? '', protocol: port.protocol, port: number }];
  });
  const ports = resolved.length > 0 ? resolved : WITHOUT_PORTS;
  return addressesOf(pod, service, cluster).flatMap(({ family, isKnown, address }) =>
    hostnamesOf(pod, service).map((hostname) => ({
      label: hostname ?? (address && dashed(formatIp(address))),
      address,
      family,
      ports,
      pod,
      isThere: isSelected,
      isFamilyKnown: isKnown,
    })),
  );
}

interface PossibleAddress extends PossibleFamily {
  readonly address: IpAddress | undefined;
}

/** SVC-27: a pod is an endpoint in the families of the Service; while nobody chose them, in one that nobody knows. */
function addressesOf(pod: PodGroup, service: ServiceResource, cluster: Cluster): readonly PossibleAddress[] {
  const families = familiesOf(service, cluster);
  if (!pod.addresses) return families.map((possible) => ({ ...possible, address: undefined }));
  const own = pod.addresses.filter(({ family }) => families.some((possible) => possible.family === family));
  // A pod of one family tells which it is, where the Service does not.
  const addresses = own.length > 0 || service.families ? own : pod.addresses;
  return addresses.map((address) => ({
    address,
    family: address.family,
    isKnown: addresses.length === 1 || families.some((f) => f.family === address.family && f.isKnown),
  }));
}

/**
 * DNS-06: a hostname counts only with a subdomain that is the Service's name. The controller of a StatefulSet gives its
 * pods both: their own names and its `serviceName`.
 */
function hostnamesOf(pod: PodGroup, service: ServiceResource): readonly (string | undefined)[] {
  const { resource } = pod.workload;
  if (pod.podName === undefined && resource?.type === 'workload' && resource.kind === 'StatefulSet') {
    const { first, count } = ordinalsOf(pod);
    const names = Array.from({ length: count }, (_, i) => `${resource.name}-${first + i}`);
    const hasNames = resource.serviceName === service.name;
    return names.filter((name) => isMeant(name, service)).map((name) => (hasNames ? name : undefined));
  }
  return [pod.hostname !== undefined && pod.subdomain === service.name ? pod.hostname : undefined];
}

/** Whether a StatefulSet whose size nobody says may have a pod of the name. */
export function mayBeCalled(label: string, service: ServiceResource, cluster: Cluster): boolean {
  return podsSelectedBy(service, cluster).some((pod) => {
    const { podName, replicas } = pod;
    const { resource } = pod.workload;
    const isOpen = podName === undefined && replicas === undefined && resource?.type === 'workload';
    if (!isOpen || resource.kind !== 'StatefulSet' || resource.serviceName !== service.name) return false;
    const ordinal = label.startsWith(`${resource.name}-`) ? label.slice(resource.name.length + 1) : '';
    return /^[1-9][0-9]*$/.test(ordinal) && Number(ordinal) > ordinalsOf(pod).first && isMeant(label, service);
  });
}

/** A Service may be for one of the pods, by the labels that the controller numbers them with. */
function isMeant(name: string, { selector }: ServiceResource): boolean {
  const ordinal = name.slice(name.lastIndexOf('-') + 1);
  return (
    (selector?.get('statefulset.kubernetes.io/pod-name') ?? name) === name &&
    (selector?.get('apps.kubernetes.io/pod-index') ?? ordinal) === ordinal
  );
}

/** CoreDNS lists every address of an endpoint, where kube-proxy takes the first alone. */
function ofSlice(
  { addresses, hostname }: SliceEndpoint,
  ports: readonly { readonly name: string; readonly port?: number; readonly protocol: string }[],
  cluster: Cluster,
): readonly NamedEndpoint[] {
  const numbered = ports.map(({ name, protocol, port = -1 }) => ({ name, protocol, port }));
  return addresses.map((address) => ({
    label: hostname ?? dashed(formatIp(address)),
    address,
    family: address.family,
    ports: numbered.length > 0 ? numbered : WITHOUT_PORTS,
    pod: cluster.addresses.podAt(address),
    isThere: true,
    isFamilyKnown: true,
  }));
}
