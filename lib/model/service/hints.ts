import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import type { ServiceResource, SliceEndpoint } from '../manifest/resources';
import { formatIp, type IpAddress } from '../values/ip';

/** SVC-25: the nodes and zones that are to use an endpoint; `isOpen`: there are some that nobody tells. */
export type Hints = Pick<SliceEndpoint, 'forNodes' | 'forZones'> & { readonly isOpen?: boolean };

/** Whether any node or zone is to use it more than others, or may be. */
export function hasHints({ forNodes, forZones, isOpen }: Hints): boolean {
  return isOpen === true || forNodes !== undefined || forZones !== undefined;
}

const OPEN: Hints = { isOpen: true };
const AUTOMATIC = ['service.kubernetes.io/topology-mode', 'service.kubernetes.io/topology-aware-hints'];

/**
 * SVC-25: the hints that the controller gives the ready endpoints of a Service: those in its own slices where the input has
 * them, else those that follow from `trafficDistribution`. What it makes of `topology-mode: Auto` depends on the nodes' load.
 */
export function controllerHints(
  service: ServiceResource,
  cluster: Cluster,
): (pod: PodGroup, address: IpAddress | undefined) => Hints {
  const given = hintsInSlices(service, cluster);
  const isAutomatic = AUTOMATIC.some((key) => service.annotations.get(key)?.toLowerCase() === 'auto');
  return (pod, address) => {
    const known = address && given.get(formatIp(address));
    if (known) return known;
    if (isAutomatic) return OPEN;
    return service.trafficDistribution ? hintsFor(service.trafficDistribution, pod, cluster) : {};
  };
}

function hintsFor(
  preference: NonNullable<ServiceResource['trafficDistribution']>,
  { nodeName }: PodGroup,
  cluster: Cluster,
): Hints {
  const zone = cluster.addresses.zoneOf(nodeName);
  if (nodeName === undefined || zone === undefined) return OPEN;
  const forZones = zone === '' ? undefined : [zone];
  return preference === 'PreferSameNode' ? { forNodes: [nodeName], forZones } : { forZones };
}

function hintsInSlices(service: ServiceResource, cluster: Cluster): ReadonlyMap<string, Hints> {
  const own = cluster.slicesFor(service.namespace, service.name).filter(({ isMirror }) => isMirror);
  return new Map(
    own.flatMap(({ endpoints }) =>
      endpoints.flatMap(({ addresses, forNodes, forZones }) =>
        addresses.slice(0, 1).map((address) => [formatIp(address), { forNodes, forZones }] as const),
      ),
    ),
  );
}
