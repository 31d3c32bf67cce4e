import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import type { ServicePort, ServiceResource, SliceEndpoint } from '../manifest/resources';
import { formatIp, type IpAddress, type IpFamily } from '../values/ip';
import type { Doubt } from '../values/ternary';
import { controllerHints, type Hints } from './hints';
import { isMirrored, mirroredEndpoints, type ServiceSlice } from './mirrored-endpoints';
import { doubtsAbout, podsSelectedBy, readyPods, sharesFamily, targetPortOn } from './selection';

/** What answers for a Service port, at its own port: a pod, or an address that no declared pod has. */
export type Backend =
  | { readonly pod: PodGroup; readonly port: number }
  | { readonly address: IpAddress; readonly port: number };

/** One endpoint of a Service port as kube-proxy reads it from the slices. */
export interface ServiceEndpoint {
  readonly backend: Backend;
  /** Where anybody tells; `undefined` for pods whose address Kubernetes is yet to choose. */
  readonly address?: IpAddress;
  readonly ready: boolean;
  /** SVC-05: being deleted and still answering. */
  readonly lastResort: boolean;
  /** The node that kube-proxy takes it to be on; `undefined`: on none that it knows of, as in slices made by hand. */
  readonly nodeName?: string;
  /** Kubernetes is yet to choose the node, so that it may be on any. */
  readonly isUnplaced: boolean;
  /** Whether each node surely has one of these. @default false */
  readonly isOnEachNode?: boolean;
  readonly hints: Hints;
  /** Two slices say different things of it: which of them kube-proxy believes differs by node and start. */
  readonly isContested: boolean;
}

/** Everything behind one port of a Service. */
export interface PortEndpoints {
  /** Every pod that the selector takes, or may take (SVC-02, SVC-03). */
  readonly selected: readonly PodGroup[];
  readonly endpoints: readonly ServiceEndpoint[];
  /** Selected pods that have no container port with the name that `targetPort` gives (SVC-07). */
  readonly lacking: readonly PodGroup[];
  /** What leaves open whether all of these are endpoints. */
  readonly doubts: readonly Doubt[];
}

/**
 * The endpoints of a Service port as the controllers make them.
 * @param family SVC-27: of one address family @default - of every family of the Service
 */
export function endpointsOf(
  service: ServiceResource,
  port: ServicePort,
  cluster: Cluster,
  family?: IpFamily,
): PortEndpoints {
  const selected = podsSelectedBy(service, cluster);
  const candidates = selected.filter((pod) => mayBeEndpoint(pod, service, cluster, family));
  const lacking = readyPods(candidates, service).filter((pod) => targetPortOn(pod, port) === undefined);
  const hintsOf = controllerHints(service, cluster);
  const fromPods = candidates.flatMap((pod): ServiceEndpoint[] => {
    const number = targetPortOn(pod, port);
    return number === undefined ? [] : [ofPod(pod, number, service, hintsOf, family)];
  });
  const fromSlices = slicesOf(service, cluster)
    .filter(({ addressType }) => family === undefined || addressType === `IPv${family}`)
    .flatMap((slice) => ofSlice(slice, port, cluster));
  return {
    selected,
    endpoints: joined([...fromPods, ...fromSlices]),
    lacking,
    doubts: doubtsAbout(service, candidates),
  };
}

/** SVC-03: pods that run somewhere and have an address, of the Service's own family (SVC-27). */
function mayBeEndpoint(pod: PodGroup, service: ServiceResource, cluster: Cluster, family?: IpFamily): boolean {
  if (pod.replicas === 0 || pod.awaitsAddress) return false;
  return sharesFamily(family === undefined ? service : { families: [family] }, pod, cluster);
}

/** SVC-04, SVC-31. */
function ofPod(
  pod: PodGroup,
  port: number,
  { publishNotReadyAddresses }: ServiceResource,
  hintsOf: ReturnType<typeof controllerHints>,
  family?: IpFamily,
): ServiceEndpoint {
  const ready = pod.ready || publishNotReadyAddresses;
  const address = pod.addresses?.find((a) => family === undefined || a.family === family);
  const isUnplaced = pod.nodeName === undefined;
  return {
    backend: { pod, port },
    address,
    ready,
    lastResort: !ready && pod.lastResort === true,
    nodeName: pod.nodeName,
    isUnplaced,
    hints: ready ? hintsOf(pod, address) : {},
    isContested: false,
  };
}

/**
 * SVC-02: whether a Service without a selector may have endpoints that the input does not show: those of the API server, which
 * makes its own, and those in an Endpoints object that says that slices are made beside it.
 */
export function mayHaveOthers({ namespace, name, selector }: ServiceResource, cluster: Cluster): boolean {
  if (selector) return false;
  const isApiServer = namespace === 'default' && name === 'kubernetes';
  const isSeen = cluster.isWhole && cluster.endpointSlices.length > 0;
  const isNamed = cluster.endpoints.some(
    (legacy) => legacy.namespace === namespace && legacy.name === name && !isMirrored(legacy),
  );
  return isNamed || (isApiServer && !isSeen);
}

/**
 * Slices join a Service by label. Those of the Service's own controller only repeat the selector; where there is none any more
 * the controller leaves them as they are.
 */
export function slicesOf(service: ServiceResource, cluster: Cluster): readonly ServiceSlice[] {
  if (service.serviceType === 'ExternalName') return [];
  const slices = cluster
    .slicesFor(service.namespace, service.name)
    .filter(({ isMirror }) => !isMirror || !service.selector)
    .filter(({ isHeadless }) => !isHeadless || service.headless);
  return slices.some(({ mirrorsEndpoints }) => mirrorsEndpoints)
    ? slices
    : [...slices, ...mirroredEndpoints(service, cluster)];
}

/** SVC-08: the join is by port name and protocol; the number is the slice's, whatever the Service's targetPort says. */
export function slicePort({ ports }: ServiceSlice, port: ServicePort): number | undefined {
  return ports.find((p) => p.name === (port.name ?? '') && p.protocol === port.protocol)?.port;
}

function ofSlice(slice: ServiceSlice, port: ServicePort, cluster: Cluster): readonly ServiceEndpoint[] {
  const number = slicePort(slice, port);
  if (number === undefined) return [];
  return slice.endpoints.flatMap((endpoint) => ofSliceEndpoint(endpoint, number, port, cluster));
}

/** Of several addresses kube-proxy uses the first. */
function ofSliceEndpoint(
  { addresses, ready, serving, terminating, nodeName, forNodes, forZones, pod: named }: SliceEndpoint,
  number: number,
  { protocol }: ServicePort,
  cluster: Cluster,
): readonly ServiceEndpoint[] {
  if (addresses.length === 0) return [];
  const [address] = addresses;
  const pod =
    cluster.addresses.podAt(address) ??
    podNamed(named, address, cluster) ??
    hostPodAt(address, number, protocol, cluster);
  return [
    {
      backend: pod ? { pod, port: number } : { address, port: number },
      address,
      ready,
      lastResort: !ready && serving && terminating,
      nodeName,
      isUnplaced: false,
      hints: { forNodes, forZones },
      isContested: false,
    },
  ];
}

/** SVC-31: the pod that the endpoint stands for, where it has the address, as those on the host network have their node's. */
function podNamed(named: string | undefined, address: IpAddress, cluster: Cluster): PodGroup | undefined {
  const [namespace, name] = named?.split('/') ?? [];
  if (name === undefined) return undefined;
  const text = formatIp(address);
  return cluster
    .podsIn(namespace)
    .find(({ podName, addresses }) => podName === name && addresses?.some((own) => formatIp(own) === text));
}

/** SVC-31: at the address of a node the hostNetwork pod that has the port answers. */
function hostPodAt(
  address: IpAddress,
  port: number,
  protocol: ServicePort['protocol'],
  cluster: Cluster,
): PodGroup | undefined {
  const node = cluster.addresses.nodeAt(address);
  return node && cluster.addresses.hostPodAt(node.name, port, protocol);
}

/** kube-proxy keeps one endpoint for an address and port, whichever slice it comes from. */
function joined(endpoints: readonly ServiceEndpoint[]): readonly ServiceEndpoint[] {
  const known = new Map<string | ServiceEndpoint, ServiceEndpoint>();
  for (const endpoint of endpoints) {
    const { address, backend } = endpoint;
    const key = address === undefined ? endpoint : `${formatIp(address)} ${backend.port}`;
    const other = known.get(key);
    known.set(key, other && !isAlike(other, endpoint) ? { ...other, isContested: true } : (other ?? endpoint));
  }
  return [...known.values()];
}

function isAlike(one: ServiceEndpoint, other: ServiceEndpoint): boolean {
  const told = ({ ready, lastResort, nodeName, hints }: ServiceEndpoint) =>
    JSON.stringify([ready, lastResort, nodeName, hints.forNodes, hints.forZones]);
  return told(one) === told(other);
}
