import type { NodeResource } from '../manifest/resources';
import { formatIp, type IpAddress } from '../values/ip';
import type { Protocol } from '../values/traffic-set';
import type { PodGroup } from './workload';

/** The topology label from which nodes have their zone. */
const ZONE_LABEL = 'topology.kubernetes.io/zone';

/** Who has an address, as far as manifests tell. Worked out when it is first asked for. */
export class AddressBook {
  private byPod: ReadonlyMap<string, PodGroup> | undefined;
  private hostPorts: ReadonlyMap<string, readonly PodGroup[]> | undefined;
  private byHost: ReadonlyMap<string, readonly PodGroup[]> | undefined;
  private readonly byNode: ReadonlyMap<string, NodeResource>;
  private readonly byName: ReadonlyMap<string, NodeResource>;

  constructor(
    private readonly pods: readonly PodGroup[],
    nodes: readonly NodeResource[],
  ) {
    this.byNode = new Map(nodes.flatMap((node) => node.addresses.map((address) => [formatIp(address), node] as const)));
    this.byName = new Map(nodes.map((node) => [node.name, node]));
  }

  /** The declared pod that has the address for itself. */
  podAt(address: IpAddress): PodGroup | undefined {
    this.byPod ??= new Map(
      // Where two pods tell one address, as those that are being replaced may, the first has it.
      [...this.pods].reverse().flatMap((pod) => {
        return pod.hostNetwork ? [] : (pod.addresses ?? []).map((address) => [formatIp(address), pod] as const);
      }),
    );
    return this.byPod.get(formatIp(address));
  }

  nodeAt(address: IpAddress): NodeResource | undefined {
    return this.byNode.get(formatIp(address));
  }

  node(name: string | undefined): NodeResource | undefined {
    return name === undefined ? undefined : this.byName.get(name);
  }

  /** Of a declared node: its zone, `''` where it has none. `undefined`: nobody declares the node. */
  zoneOf(name: string | undefined): string | undefined {
    const node = this.node(name);
    return node && (node.labels.get(ZONE_LABEL) ?? '');
  }

  /** SVC-31: the hostNetwork pod of a node that declares the port. */
  hostPodAt(node: string, port: number, protocol: Protocol): PodGroup | undefined {
    this.byHost ??= hostPods(this.pods);
    return this.byHost.get(node)?.find((pod) => pod.ports.some((p) => p.port === port && p.protocol === protocol));
  }

  /** NET-08: whether a pod that is on the node, or may be, has the port of the node. */
  hasHostPort(node: string, port: number, protocol: Protocol): boolean {
    this.hostPorts ??= podsByHostPort(this.pods);
    const pods = this.hostPorts.get(`${port}/${protocol}`) ?? [];
    return pods.some(({ nodeName }) => nodeName === undefined || nodeName === node);
  }
}

function hostPods(pods: readonly PodGroup[]): ReadonlyMap<string, readonly PodGroup[]> {
  const found = new Map<string, PodGroup[]>();
  for (const pod of pods) {
    if (!pod.hostNetwork || pod.nodeName === undefined) continue;
    const there = found.get(pod.nodeName);
    if (there) there.push(pod);
    else found.set(pod.nodeName, [pod]);
  }
  return found;
}

function podsByHostPort(pods: readonly PodGroup[]): ReadonlyMap<string, readonly PodGroup[]> {
  const found = new Map<string, PodGroup[]>();
  for (const pod of pods) {
    if (pod.hostNetwork) continue;
    for (const { hostPort, protocol } of pod.ports) {
      if (hostPort === undefined) continue;
      const key = `${hostPort}/${protocol}`;
      found.set(key, [...(found.get(key) ?? []), pod]);
    }
  }
  return found;
}
