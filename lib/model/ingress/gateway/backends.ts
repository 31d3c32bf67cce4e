import type { Cluster } from '../../cluster/cluster';
import type { BackendReference, RouteResource, ServicePort, ServiceResource } from '../../manifest/resources';
import type { Doubt } from '../../values/ternary';
import type { Protocol } from '../../values/traffic-set';
import { elsewhereDoubt, mayBeElsewhere } from '../declared-elsewhere';
import type { ServiceName } from '../routing';
import { grantDoubt, isGranted } from './grants';

/** Why a backend is none, as the route's condition ResolvedRefs would say it (GW-11). */
export type BackendFault = 'InvalidKind' | 'BackendNotFound' | 'RefNotPermitted';

/** A Service port that requests are sent to, or why there is none. */
export type ResolvedBackend =
  | { readonly service: ServiceResource; readonly port: ServicePort; readonly doubts: readonly Doubt[] }
  | { readonly elsewhere: ServiceName; readonly doubts: readonly Doubt[] }
  | { readonly fault: BackendFault; readonly because: string; readonly doubts: readonly Doubt[] };

const PROTOCOLS: Readonly<Record<string, Protocol>> = { UDPRoute: 'UDP' };

/** GW-10, GW-11: the port of the Service that a backend names. */
export function resolveBackend(backend: BackendReference, route: RouteResource, cluster: Cluster): ResolvedBackend {
  const { group, kind, name, namespace = route.namespace } = backend;
  const title = `${kind} ${namespace}/${name}`;
  if (!isGranted(route, backend, cluster)) {
    const because = `no ReferenceGrant in namespace ${namespace} lets ${route.kind}s of ${route.namespace} refer to ${title}`;
    return { fault: 'RefNotPermitted', because, doubts: grantDoubt(route, backend, cluster) ?? [] };
  }
  if (group !== '' || kind !== 'Service') {
    const wouldDecide = `a backend that is a Service: what the controller makes of ${title} no manifest tells`;
    // Kubernetes itself has no other kind that could be a backend.
    const doubts = group === '' ? [] : [{ rule: 'GW-11', wouldDecide }];
    return { fault: 'InvalidKind', because: `the backend is ${title}, which is no Service`, doubts };
  }
  const service = cluster.servicesIn(namespace).find((each) => each.name === name);
  const named = { namespace, name, port: backend.port };
  if (!service && mayBeElsewhere(named, cluster)) return { elsewhere: named, doubts: [elsewhereDoubt(named, 'GW-11')] };
  if (!service) return { fault: 'BackendNotFound', because: `there is no ${title}`, doubts: [] };
  const protocol = PROTOCOLS[route.kind] ?? 'TCP';
  const port = service.ports.find((each) => each.port === backend.port && each.protocol === protocol);
  if (service.serviceType === 'ExternalName') return mereName(service, backend.port, title);
  if (port) return { service, port, doubts: [] };
  return { fault: 'BackendNotFound', because: `${title} has no port ${backend.port}`, doubts: [] };
}

function mereName(service: ServiceResource, port = 0, title = ''): ResolvedBackend {
  const wouldDecide = `a backend with pods: controllers should not forward to Services that are mere names, such as ${title}`;
  return { service, port: { port, protocol: 'TCP', targetPort: port }, doubts: [{ rule: 'GW-11', wouldDecide }] };
}
