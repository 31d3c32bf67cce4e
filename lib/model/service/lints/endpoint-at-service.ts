import type { FieldPath } from '../../finding/origin';
import { blame } from '../../manifest/blame';
import type { EndpointSliceResource, EndpointsResource } from '../../manifest/resources';
import { formatIp, type IpAddress } from '../../values/ip';
import type { ServiceLintRule } from './rule';

interface Given {
  readonly ip: IpAddress;
  readonly field: FieldPath;
}

/** PTL239: kube-proxy translates a packet once, so that an endpoint at a Service's address leads nowhere (SVC-26). */
export const endpointAtService: ServiceLintRule = ({ cluster: { services, endpointSlices, endpoints } }) => {
  if (endpointSlices.length === 0 && endpoints.length === 0) return [];
  const named = services.flatMap((service) =>
    service.clusterIps.map((ip) => [formatIp(ip), `${service.namespace}/${service.name}`] as const),
  );
  const owners = new Map(named);
  return [...endpointSlices, ...endpoints].flatMap((resource) =>
    addressesOf(resource).flatMap(({ ip, field }) => {
      const address = formatIp(ip);
      const service = owners.get(address);
      if (service === undefined) return [];
      const detail = { code: 'PTL239' as const, address, service };
      return [{ severity: 'warning' as const, ...blame(resource, field), ...detail }];
    }),
  );
};

function addressesOf(resource: EndpointSliceResource | EndpointsResource): readonly Given[] {
  if (resource.type === 'endpointSlice') {
    return resource.endpoints.flatMap(({ addresses }, i) =>
      addresses.map((ip, j): Given => ({ ip, field: ['endpoints', i, 'addresses', j] })),
    );
  }
  return resource.subsets.flatMap((subset, i) =>
    (['addresses', 'notReadyAddresses'] as const).flatMap((list) =>
      subset[list].map(({ ip }, j): Given => ({ ip, field: ['subsets', i, list, j, 'ip'] })),
    ),
  );
}
