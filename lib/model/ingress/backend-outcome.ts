import type { IngressBackend, ServicePort, ServiceResource } from '../manifest/resources';
import { mayHaveOthers } from '../service/endpoints';
import { hasUsable } from '../service/usable-endpoints';
import type { Outcome, RoutingTable } from './controllers/controller';
import { elsewhereDoubt, mayBeElsewhere } from './declared-elsewhere';
import type { Answer, Rewrite } from './routing';

type ServiceBackend = IngressBackend & { readonly type: 'service' };

/** A backend that there is, or why there is none. */
export type FoundBackend =
  | { readonly service: ServiceResource; readonly port: ServicePort }
  | { readonly missing: 'service' | 'port'; readonly because: string };

/** ING-14: the Service of the Ingress's own namespace, and its port by name or by number. */
export function findBackend(backend: ServiceBackend, namespace: string, { cluster }: RoutingTable): FoundBackend {
  const title = `Service ${namespace}/${backend.name}`;
  const service = cluster.servicesIn(namespace).find(({ name }) => name === backend.name);
  if (!service) return { missing: 'service', because: `there is no ${title}` };
  const port = service.ports.find(
    ({ name, port, protocol }) => protocol === 'TCP' && (name === backend.port || port === backend.port),
  );
  if (port) return { service, port };
  // SVC-22: a mere name has whichever port is dialled.
  if (service.serviceType === 'ExternalName' && typeof backend.port === 'number') {
    return { service, port: { port: backend.port, protocol: 'TCP', targetPort: backend.port } };
  }
  return { missing: 'port', because: `${title} has no port ${backend.port}` };
}

/**
 * What a proxy that sends to the endpoints of a backend does (ING-15). INVARIANT: where a Service has none it is told all the
 * same; whoever follows the request to its end finds that nobody is there, and that the proxy answers 503.
 */
export function backendOutcome(
  backend: IngressBackend,
  namespace: string,
  table: RoutingTable,
  rewrite?: Rewrite,
): Outcome {
  if (backend.type === 'resource') return resourceOutcome(backend, namespace);
  const found = findBackend(backend, namespace, table);
  if (!('missing' in found)) return serviceOutcome(found, rewrite);
  const named = { namespace, name: backend.name, port: backend.port };
  if (found.missing === 'port' || !mayBeElsewhere(named, table.cluster)) return certainly(unavailable(found.because));
  const forwards: Answer = { type: 'forwards', to: [{ share: 1, elsewhere: named }], rewrite };
  return { answers: [forwards], doubts: [elsewhereDoubt(named, 'ING-14')] };
}

/** Likewise of a Service port that there is. */
export function serviceOutcome(
  { service, port }: { readonly service: ServiceResource; readonly port: ServicePort },
  rewrite?: Rewrite,
): Outcome {
  const forwards: Answer = { type: 'forwards', to: [{ share: 1, service, port }], rewrite };
  if (service.serviceType === 'ExternalName') {
    const doubt = {
      rule: 'ING-14',
      wouldDecide: `a controller that is known to forward to Services that are mere names, such as ${service.namespace}/${service.name}`,
    };
    return {
      answers: [forwards, unavailable(`Service ${service.namespace}/${service.name} is a mere name`)],
      doubts: [doubt],
    };
  }
  return certainly(forwards);
}

/** SVC-05: whether anything could answer behind the port. */
export function hasEndpoints(
  service: ServiceResource,
  port: ServicePort,
  { services, cluster }: Pick<RoutingTable, 'services' | 'cluster'>,
): boolean {
  return hasUsable(services.endpointsOf({ service, port }).endpoints) || mayHaveOthers(service, cluster);
}

export function certainly(answer: Answer): Outcome {
  return { answers: [answer], doubts: [] };
}

function unavailable(because: string): Answer {
  return { type: 'answers', status: 503, because };
}

/** ING-14: only the controller knows what such an object is to it. */
function resourceOutcome({ kind, name }: IngressBackend & { type: 'resource' }, namespace: string): Outcome {
  const because = `the backend is ${kind} ${namespace}/${name}, which is no Service`;
  const wouldDecide = `a backend that is a Service: what a controller makes of ${kind} ${namespace}/${name} no manifest tells`;
  return { answers: [{ type: 'answers', status: 503, because }], doubts: [{ rule: 'ING-14', wouldDecide }] };
}
