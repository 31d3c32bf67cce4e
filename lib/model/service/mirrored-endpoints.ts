import type { Cluster } from '../cluster/cluster';
import type {
  EndpointSliceResource,
  EndpointsAddress,
  EndpointsResource,
  ServiceResource,
  SliceEndpoint,
} from '../manifest/resources';
import type { IpFamily } from '../values/ip';

/** What kube-proxy reads of a slice. */
export type ServiceSlice = Pick<EndpointSliceResource, 'addressType' | 'ports' | 'endpoints'>;

const SKIP_MIRROR = 'endpointslice.kubernetes.io/skip-mirror';
const LEADER = 'control-plane.alpha.kubernetes.io/leader';

/**
 * SVC-08: an Endpoints object of the Service's name, which a controller copies into slices. For a Service with a selector it
 * is the work of the Service's own controller, and says nothing new.
 */
export function mirroredEndpoints(service: ServiceResource, cluster: Cluster): readonly ServiceSlice[] {
  if (service.selector) return [];
  return cluster.endpoints
    .filter(({ namespace, name }) => namespace === service.namespace && name === service.name)
    .filter(isMirrored)
    .flatMap(slicesOfEndpoints);
}

/** Whether the controller copies the object: its maker may keep it from that, or use it for an election. */
export function isMirrored({ labels, annotations }: EndpointsResource): boolean {
  return labels.get(SKIP_MIRROR) !== 'true' && !annotations.has(LEADER);
}

function slicesOfEndpoints({ subsets }: EndpointsResource): readonly ServiceSlice[] {
  return subsets.flatMap(({ addresses, notReadyAddresses, ports }) =>
    ([4, 6] as const).flatMap((family) => {
      const endpoints = [...mirrored(addresses, family, true), ...mirrored(notReadyAddresses, family, false)];
      return endpoints.length === 0 ? [] : [{ addressType: `IPv${family}` as const, ports, endpoints }];
    }),
  );
}

function mirrored(addresses: readonly EndpointsAddress[], family: IpFamily, ready: boolean): readonly SliceEndpoint[] {
  return addresses
    .filter(({ ip }) => ip.family === family)
    .map(({ ip, hostname, nodeName, pod }) => {
      return { addresses: [ip], ready, serving: ready, terminating: false, hostname, nodeName, pod };
    });
}
