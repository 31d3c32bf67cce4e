import type { FieldPath } from '../../finding/origin';
import { blame, nameOf } from '../../manifest/blame';
import type { ServiceResource } from '../../manifest/resources';
import { formatIp } from '../../values/ip';
import type { ServiceLintRule } from './rule';

/** The field of an address among those that a Service asks for; the first stands in `clusterIP` too. */
function fieldOf(index: number): FieldPath {
  return index === 0 ? ['spec', 'clusterIP'] : ['spec', 'clusterIPs', index];
}

/** PTL237: the API server gives addresses of its own ranges only. */
export const addressesOutOfRange: ServiceLintRule = ({ cluster, withEndpoints }) => {
  const { serviceCidr } = cluster.profile;
  if (serviceCidr.isEmpty) return [];
  return withEndpoints.flatMap((service) =>
    service.clusterIps.flatMap((ip, index) => {
      if (serviceCidr.has(ip)) return [];
      const detail = { code: 'PTL237' as const, address: formatIp(ip), range: serviceCidr.toString() };
      return [{ severity: 'warning' as const, ...blame(service, fieldOf(index)), ...detail }];
    }),
  );
};

/** PTL238: an address is given once, so that the API server refuses the second Service. */
export const addressesTwice: ServiceLintRule = ({ withEndpoints }) => {
  const first = new Map<string, { readonly service: ServiceResource; readonly field: FieldPath }>();
  return withEndpoints.flatMap((service) =>
    service.clusterIps.flatMap((ip, index) => {
      const address = formatIp(ip);
      const field = fieldOf(index);
      const twin = first.get(address);
      if (twin === undefined) first.set(address, { service, field });
      if (twin === undefined || twin.service === service) return [];
      const origin = twin.service.originOf(twin.field);
      const detail = { code: 'PTL238' as const, address, twin: { ...nameOf(twin.service), origin } };
      return [{ severity: 'error' as const, ...blame(service, field), ...detail }];
    }),
  );
};
