import { append } from '../values/group-by';
import { formatIp, type IpAddress } from '../values/ip';
import type { Protocol } from '../values/traffic-set';
import type { ClusterNode } from './nodes';
import type { PodGroup } from './workload';

/** Who has an address, as far as manifests tell. Worked out when it is first asked for. */
export class AddressBook {
  private byPod: ReadonlyMap<string, readonly PodGroup[]> | undefined;
  private hostPorts: ReadonlyMap<string, readonly PodGroup[]> | undefined;
  private byHost: ReadonlyMap<string, readonly PodGroup[]> | undefined;
  private readonly byNode: ReadonlyMap<string, ClusterNode>;
  private readonly byName: ReadonlyMap<string, ClusterNode>;

  constructor(
    private readonly pods: readonly PodGroup[],
    nodes: readonly ClusterNode[],
  ) {
    this.byNode = new Map(nodes.flatMap((node) => node.addresses.map((address) => [formatIp(address), node] as const)));
    this.byName = new Map(nodes.map((node) => [node.name, node]));
  }

  /** The declared pods that have the address for themselves; of those that are being replaced there may be several. */
  podsAt(address: IpAddress): readonly PodGroup[] {
    this.byPod ??= podsByAddress(this.pods);
    return this.byPod.get(formatIp(address)) ?? [];
  }

  /** The first of them. */
  podAt(address: IpAddress): PodGroup | undefined {
    return this.podsAt(address)[0];
  }

  nodeAt(address: IpAddress): ClusterNode | undefined {
    return this.byNode.get(formatIp(address));
  }

  node(name: string | undefined): ClusterNode | undefined {
    return name === undefined ? undefined : this.byName.get(name);
  }

  /** Of a declared node: its zone, `''` where it has none. `undefined`: nobody tells. */
  zoneOf(name: string | undefined): string | undefined {
    return this.node(name)?.zone;
  }

  /** SVC-31: the hostNetwork pod of a node that declares the port. */
  hostPodAt(node: string, port: number, protocol: Protocol): PodGroup | undefined {
    this.byHost ??= podsByHost(this.pods);
    return this.byHost.get(node)?.find((pod) => pod.ports.some((p) => p.port === port && p.protocol === protocol));
  }

  /** NET-08: the pods that ask for a port of their node. */
  podsWithHostPort(port: number, protocol: Protocol): readonly PodGroup[] {
    this.hostPorts ??= podsByHostPort(this.pods);
    return this.hostPorts.get(`${port}/${protocol}`) ?? [];
  }
}

function podsByAddress(pods: readonly PodGroup[]): ReadonlyMap<string, readonly PodGroup[]> {
  return listedBy(
    pods.filter(({ hostNetwork }) => !hostNetwork),
    ({ addresses = [] }) => addresses.map(formatIp),
  );
}

function podsByHost(pods: readonly PodGroup[]): ReadonlyMap<string, readonly PodGroup[]> {
  return listedBy(pods, ({ hostNetwork, nodeName }) => (hostNetwork && nodeName !== undefined ? [nodeName] : []));
}

function podsByHostPort(pods: readonly PodGroup[]): ReadonlyMap<string, readonly PodGroup[]> {
  return listedBy(
    pods.filter(({ hostNetwork }) => !hostNetwork),
    ({ ports }) =>
      ports.flatMap(({ hostPort, protocol }) => (hostPort === undefined ? [] : [`${hostPort}/${protocol}`])),
  );
}

/** Each pod under each of its keys, in the order of the pods. */
function listedBy(
  pods: readonly PodGroup[],
  keysOf: (pod: PodGroup) => readonly string[],
): ReadonlyMap<string, readonly PodGroup[]> {
  const found = new Map<string, PodGroup[]>();
  for (const pod of pods) {
    for (const key of keysOf(pod)) append(found, key, pod);
  }
  return found;
}
