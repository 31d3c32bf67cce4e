import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import type { ContainerPort, ServicePort, ServiceResource } from '../manifest/resources';
import { CidrSet } from '../values/cidr-set';
import type { Doubt } from '../values/ternary';
import type { Protocol } from '../values/traffic-set';
import { usedAnywhere } from './backends';
import { admits } from './kube-proxy';
import { type Lead, leadsTo } from './leads';
import { proxyModeOf } from './modes';
import type { PacketSource } from './packet';
import type { ServiceTable } from './service-table';

/** A way that starts at an address of a node, a load balancer or an external IP. */
export interface Door {
  readonly via: 'LoadBalancer' | 'NodePort' | 'externalIP' | 'hostPort' | 'hostNetwork';
  readonly service?: ServiceResource;
  /** The Service port that it is of. */
  readonly servicePort?: ServicePort;
  readonly protocol: Protocol;
  /** The port behind it: of a pod the container port. */
  readonly port: number;
  /** The port of the nodes, where the manifest tells it. */
  readonly nodePort?: number;
  /** Whom what is behind it sees: the node that masqueraded, or the client itself, or nobody knows which of both (NP-39). */
  readonly sees: 'node' | 'client' | 'unknown';
  /** SVC-17: the only clients that it lets in. @default - all */
  readonly clients?: CidrSet;
  /** What leaves open whether there is such a way at all. */
  readonly doubts: readonly Doubt[];
}

/** One that leads to a pod. */
export interface FrontDoor extends Door {
  readonly pod: PodGroup;
  /** Whether the pod answers behind it now; else it will once the pod is ready or scaled up. */
  readonly isServed: boolean;
}

/** Every front door of a pod. Ingresses and Gateways are no doors of the pod: their controller is (NP-40). */
export function frontDoorsOf(pod: PodGroup, table: ServiceTable): readonly FrontDoor[] {
  const ofServices = leadsTo(pod, table.cluster)
    .filter(({ service }) => !service.headless)
    .flatMap((lead) => doorsOfService(lead, table));
  return [...ofServices, ...hostDoorsOf(pod)];
}

type Entrance = Pick<FrontDoor, 'via' | 'doubts' | 'clients'>;

function doorsOfService({ service, port, pod, number }: Lead, table: ServiceTable): readonly FrontDoor[] {
  const doors = doorsOf({ service, port, number }, table.cluster);
  if (doors.length === 0) return [];
  const { endpoints, doubts } = table.endpointsOf({ service, port });
  const isServed = usedAnywhere(endpoints).some(
    (backend) => 'pod' in backend && backend.pod === pod && backend.port === number,
  );
  return doors.map((door) => ({ ...door, pod, isServed, doubts: [...door.doubts, ...doubts] }));
}

/** The ways in that a Service port opens, whatever is behind it. */
export function doorsOf(
  { service, port, number }: Pick<Lead, 'service' | 'port' | 'number'>,
  { profile }: Cluster,
): readonly Door[] {
  // NP-39, SVC-13: with Cluster the receiving node puts its own address in place of the client's.
  const { masquerading } = proxyModeOf(profile);
  const masked = masquerading === 'unknown' ? 'unknown' : 'node';
  const sees = service.externalTrafficPolicy === 'Local' ? 'client' : masked;
  const { protocol, nodePort } = port;
  const common = { service, servicePort: port, protocol, port: number, nodePort, sees } as const;
  return entrancesOf(service).map((entrance) => ({ ...common, ...entrance }));
}

const NODE_PORT_DOUBT: Doubt = {
  rule: 'SVC-17',
  wouldDecide: 'whether clients get to the nodes, whose ports loadBalancerSourceRanges does not guard',
};

function entrancesOf(service: ServiceResource): readonly Entrance[] {
  const { serviceType, externalIps, loadBalancerSourceRanges: clients } = service;
  const external: readonly Entrance[] = externalIps.length > 0 ? [{ via: 'externalIP', doubts: [] }] : [];
  if (serviceType === 'NodePort') return [{ via: 'NodePort', doubts: [] }, ...external];
  if (serviceType !== 'LoadBalancer') return external;
  const balanced: Entrance = { via: 'LoadBalancer', clients, doubts: [] };
  // SVC-19: its node ports are a way of their own only where the load balancer is not open to all.
  const hasNodePorts = service.allocateNodePorts || service.ports.some(({ nodePort }) => nodePort !== undefined);
  const beside: readonly Entrance[] = clients && hasNodePorts ? [{ via: 'NodePort', doubts: [NODE_PORT_DOUBT] }] : [];
  return [balanced, ...beside, ...external];
}

/** What leaves open how a door of a Service treats one client, where it is not kube-proxy that serves it. */
export function doubtsAtDoor(
  { service, servicePort: port, via: at }: Door,
  source: PacketSource,
  table: ServiceTable,
): readonly Doubt[] {
  const { aboutService, aboutPacket } = proxyModeOf(table.cluster.profile);
  if (!aboutService && !aboutPacket) return [];
  if (!service || !port || at === 'hostPort' || at === 'hostNetwork') return [];
  const own = aboutService?.(service, table.endpointsOf({ service, port }).endpoints) ?? [];
  const isAdmitted = admits({ service }, source) === 'yes';
  return [...own, ...(aboutPacket?.({ claim: { service, at }, source, isAdmitted }) ?? [])];
}

/** NET-08: a hostPort is open on the pod's node; a hostNetwork pod listens on the node itself. */
function hostDoorsOf(pod: PodGroup): readonly FrontDoor[] {
  const via = pod.hostNetwork ? 'hostNetwork' : 'hostPort';
  return pod.ports
    .filter((port) => pod.hostNetwork || (port.hostPort !== undefined && !isLoopback(port)))
    .map((port) => {
      const doubts = port.hostIp && !pod.hostNetwork ? hostIpDoubts(port) : [];
      const { protocol, port: number, hostPort: nodePort } = port;
      return {
        via,
        pod,
        protocol,
        port: number,
        nodePort,
        sees: 'client',
        isServed: pod.replicas !== 0,
        doubts,
      } as const;
    });
}

const LOOPBACK = CidrSet.parse('127.0.0.0/8', '::1/128');
const UNSPECIFIED = CidrSet.parse('0.0.0.0/32', '::/128');

/** NET-09: what is bound to the loopback of the node is open to the node alone. */
function isLoopback({ hostIp }: ContainerPort): boolean {
  return hostIp !== undefined && LOOPBACK.has(hostIp);
}

function hostIpDoubts({ hostIp }: ContainerPort): readonly Doubt[] {
  if (!hostIp || UNSPECIFIED.has(hostIp)) return [];
  return [{ rule: 'NET-08', wouldDecide: 'whether clients get to the one address of the node that its hostIP names' }];
}
