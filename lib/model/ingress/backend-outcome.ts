import type { IngressBackend, ServicePort, ServiceResource } from '../manifest/resources';
import { mayHaveOthers } from '../service/endpoints';
import { hasUsable } from '../service/usable-endpoints';
import type { FoundBackend, RoutingTable } from './controllers/controller';
import { elsewhereDoubt, mayBeElsewhere } from './declared-elsewhere';
import type { Answer, Outcome, Rewrite } from './routing';
import type { Entry } from './rules';

type ServiceBackend = IngressBackend & { readonly type: 'service' };

/** ING-14: the Service of the Ingress's own namespace, and its port by name or by number. */
export function findBackend(backend: ServiceBackend, namespace: string, { cluster }: RoutingTable): FoundBackend {
  const title = `Service ${namespace}/${backend.name}`;
  const service = cluster.servicesIn(namespace).find(({ name }) => name === backend.name);
  if (!service) {
    const named = { namespace, name: backend.name, port: backend.port };
    const elsewhere = mayBeElsewhere(named, cluster) ? named : undefined;
    return { missing: 'service', because: `there is no ${title}`, elsewhere };
  }
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

/** Likewise of an entry; `undefined` where it leads to no Service at all. */
export function backendOf({ backend, served }: Entry, table: RoutingTable): FoundBackend | undefined {
  return backend?.type === 'service' ? findBackend(backend, served.ingress.namespace, table) : undefined;
}

/**
 * What a proxy that sends to the endpoints of a backend does (ING-15). INVARIANT: where a Service has none it is told all the
 * same; whoever follows the request to its end finds that nobody is there, and that the proxy answers 503.
 */
export function backendOutcome(
  backend: IngressBackend,
  namespace: string,
  table: RoutingTable,
  options?: ForwardOptions,
): Outcome {
  if (backend.type === 'resource') return resourceOutcome(backend, namespace);
  return foundOutcome(findBackend(backend, namespace, table), options);
}

export interface ForwardOptions {
  readonly rewrite?: Rewrite;
  /** Whether the proxy forwards to a Service that is a mere name (SVC-22). @default - nobody tells */
  readonly takesNames?: boolean;
}

/** Likewise of a Service port that was looked up. */
export function foundOutcome(found: FoundBackend, { rewrite, takesNames }: ForwardOptions = {}): Outcome {
  if ('missing' in found) {
    const { because, elsewhere } = found;
    if (!elsewhere) return certainly(unavailable(because));
    const forwards: Answer = { type: 'forwards', to: [{ share: 1, elsewhere }], rewrite };
    return { answers: [forwards], doubts: [elsewhereDoubt(elsewhere, 'ING-14')] };
  }
  const { service, port } = found;
  const forwards: Answer = { type: 'forwards', to: [{ share: 1, service, port }], rewrite };
  if (service.serviceType === 'ExternalName' && !takesNames) {
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
