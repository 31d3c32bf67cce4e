import type { Cluster } from '../../cluster/cluster';
import type { ServiceLintDetail } from '../../finding/lint';
import { blame, nameOf } from '../../manifest/blame';
import type { EndpointSliceResource, ServiceResource } from '../../manifest/resources';
import { nearest } from '../../values/nearest';
import type { ServiceLintRule } from './rule';

type Stray = NonNullable<(ServiceLintDetail & { readonly code: 'PTL232' })['stray']>;

/** PTL232: a Service without a selector has the endpoints that somebody makes for it, and nobody does (SVC-02, SVC-08). */
export const withoutEndpoints: ServiceLintRule = ({ cluster, withEndpoints }) =>
  withEndpoints.flatMap((service) => {
    if (service.selector || isApiServer(service) || isGiven(service, cluster)) return [];
    const isEmpty = service.hasEmptySelector;
    const field = isEmpty ? ['spec', 'selector'] : ['spec'];
    const detail = { code: 'PTL232' as const, isEmpty, stray: strayOf(service, cluster) };
    return [{ severity: 'warning' as const, ...blame(service, field), ...detail }];
  });

/** The API server sees to its own endpoints. */
function isApiServer({ namespace, name }: ServiceResource): boolean {
  return namespace === 'default' && name === 'kubernetes';
}

/** Slices, or an Endpoints object, even one without addresses: somebody sees to them. */
function isGiven({ namespace, name }: ServiceResource, cluster: Cluster): boolean {
  const isLegacy = cluster.endpoints.some((each) => each.namespace === namespace && each.name === name);
  return isLegacy || cluster.slicesFor(namespace, name).length > 0;
}

const LABEL = 'kubernetes.io/service-name';

/**
 * A slice that serves no Service: of this namespace, without the label or with one that misses the name by little, or with the
 * right label in another namespace.
 */
function strayOf({ namespace, name }: ServiceResource, cluster: Cluster): Stray | undefined {
  const slices = cluster.endpointSlices.filter((slice) => !isJoined(slice, cluster));
  const own = slices.filter((slice) => slice.namespace === namespace);
  const nameless = own.filter((slice) => slice.serviceName === undefined);
  const stray =
    own.find(({ serviceName }) => serviceName !== undefined && nearest(serviceName, [name]) === name) ??
    nameless.find((slice) => slice.name === name || slice.name.startsWith(`${name}-`)) ??
    slices.find(({ serviceName }) => serviceName === name);
  if (!stray) return undefined;
  const label = stray.serviceName === name ? ['metadata', 'namespace'] : ['metadata', 'labels', LABEL];
  return { ...nameOf(stray), origin: stray.originOf(stray.serviceName === undefined ? ['metadata', 'name'] : label) };
}

function isJoined({ namespace, serviceName }: EndpointSliceResource, cluster: Cluster): boolean {
  return cluster.servicesIn(namespace).some(({ name }) => name === serviceName);
}
