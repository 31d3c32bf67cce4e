import type { FieldPath } from '../../finding/origin';
import { blame, nameOf } from '../../manifest/blame';
import type { ServiceResource } from '../../manifest/resources';
import type { ServiceLintRule } from './rule';

interface Asked {
  readonly service: ServiceResource;
  readonly port: number;
  readonly protocol: string;
  readonly field: FieldPath;
}

/** What Services ask for of the ports of nodes; load balancers ask for the nodes' health by HTTP, which is TCP. */
function askedBy(services: readonly ServiceResource[]): readonly Asked[] {
  const asked: Asked[] = [];
  for (const service of services) {
    for (const [index, { nodePort: port, protocol }] of service.ports.entries()) {
      if (port !== undefined) asked.push({ service, port, protocol, field: ['spec', 'ports', index, 'nodePort'] });
    }
    const { healthCheckNodePort: port } = service;
    if (port !== undefined) asked.push({ service, port, protocol: 'TCP', field: ['spec', 'healthCheckNodePort'] });
  }
  return asked;
}

/** PTL235: a port of the nodes leads to one Service, so that the API server refuses the second (SVC-20). */
export const nodePortsTwice: ServiceLintRule = ({ withEndpoints }) => {
  const first = new Map<string, Asked>();
  return askedBy(withEndpoints).flatMap((asked) => {
    const { service, field, port, protocol } = asked;
    const key = `${port}/${protocol}`;
    const twin = first.get(key);
    if (twin === undefined) first.set(key, asked);
    if (twin === undefined || twin.service === service) return [];
    const detail = {
      code: 'PTL235' as const,
      port: key,
      twin: { ...nameOf(twin.service), origin: twin.service.originOf(twin.field) },
    };
    return [{ severity: 'error' as const, ...blame(service, field), ...detail }];
  });
};

/** PTL236: API servers give ports of the profile's range, and a live cluster's objects show which they gave (SVC-20). */
export const nodePortsOutOfRange: ServiceLintRule = ({ cluster, withEndpoints }) => {
  if (cluster.isWhole) return [];
  const { first, last } = cluster.profile.nodePortRange;
  return askedBy(withEndpoints).flatMap(({ service, port, field }) => {
    if (port >= first && port <= last) return [];
    const detail = { code: 'PTL236' as const, port, range: [first, last] as const };
    return [{ severity: 'warning' as const, ...blame(service, field), ...detail }];
  });
};
