import type { FieldPath } from '../../finding/origin';
import { blame, nameOf } from '../../manifest/blame';
import type { ServiceResource } from '../../manifest/resources';
import { hasEndpoints, type ServiceLintRule } from './rule';

interface Asked {
  readonly service: ServiceResource;
  readonly port: number;
  readonly protocol: string;
  readonly field: FieldPath;
}

/** What a Service asks for of the ports of nodes; load balancers ask for the nodes' health by HTTP, which is TCP. */
function askedBy(service: ServiceResource): readonly Asked[] {
  const own = service.ports.flatMap(({ nodePort, protocol }, index): Asked[] =>
    nodePort === undefined ? [] : [{ service, port: nodePort, protocol, field: ['spec', 'ports', index, 'nodePort'] }],
  );
  const { healthCheckNodePort: port } = service;
  return port === undefined
    ? own
    : [...own, { service, port, protocol: 'TCP', field: ['spec', 'healthCheckNodePort'] }];
}

/** PTL235: a port of the nodes leads to one Service, so that the API server refuses the second (SVC-20). */
export const nodePortsTwice: ServiceLintRule = (cluster) => {
  const first = new Map<string, Asked>();
  return cluster.services.filter(hasEndpoints).flatMap((service) =>
    askedBy(service).flatMap(({ field, port, protocol }) => {
      const key = `${port}/${protocol}`;
      const twin = first.get(key);
      if (twin === undefined) first.set(key, { service, port, protocol, field });
      if (twin === undefined || twin.service === service) return [];
      const detail = {
        code: 'PTL235' as const,
        port: key,
        twin: { ...nameOf(twin.service), origin: twin.service.originOf(twin.field) },
      };
      return [{ severity: 'error' as const, ...blame(service, field), ...detail }];
    }),
  );
};

/** PTL236: API servers give ports of the profile's range, and a live cluster's objects show which they gave (SVC-20). */
export const nodePortsOutOfRange: ServiceLintRule = (cluster) => {
  const { first, last } = cluster.profile.nodePortRange;
  return cluster.isWhole
    ? []
    : cluster.services.filter(hasEndpoints).flatMap((service) =>
        askedBy(service).flatMap(({ port, field }) => {
          if (port >= first && port <= last) return [];
          const detail = { code: 'PTL236' as const, port, range: [first, last] as const };
          return [{ severity: 'warning' as const, ...blame(service, field), ...detail }];
        }),
      );
};
