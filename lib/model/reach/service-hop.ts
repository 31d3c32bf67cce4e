import type { PodGroup } from '../cluster/workload';
import type { ServicePort, ServiceResource } from '../manifest/resources';
import type { PolicyEngine } from '../policy/engine';
import { usedAnywhere } from '../service/backends';
import { type Backend, mayHaveOthers } from '../service/endpoints';
import { HOST_SERVES } from '../service/kube-proxy';
import { proxyModeOf } from '../service/modes';
import { doubtsAbout, podsSelectedBy, readyPods, servicesOf, sharesFamily, targetPortOn } from '../service/selection';
import type { Claim } from '../service/service-table';
import { formatIp } from '../values/ip';
import type { Doubt } from '../values/ternary';
import type { Endpoint, Flow } from './flow';
import { withoutEndpoints } from './proxy-hops';
import type { Hop, ServiceProblem } from './verdict';

/**
 * The Service whose name stands for an endpoint. A workload needs exactly one that selects it;
 * of several, the one that carries the workload's own name.
 */
export function serviceBehind(
  engine: PolicyEngine,
  to: Endpoint,
  flow: Flow,
): { readonly service?: ServiceResource; readonly problem?: ServiceProblem } {
  if (to.type === 'service') return { service: to.service };
  if (to.type !== 'pods') return { problem: 'no-service' };
  const services = [...new Set(to.pods.flatMap((pod) => servicesOf(pod, engine.cluster)))];
  const offering = services.filter((service) => service.ports.some((port) => isPort(port, flow)));
  const candidates = offering.length > 0 ? offering : services;
  const own = candidates.find((service) => service.name === to.workload?.name);
  if (own) return { service: own };
  if (candidates.length === 0) return { problem: 'no-service' };
  return candidates.length === 1 ? { service: candidates[0] } : { problem: 'ambiguous' };
}

/** SVC-10, SVC-11: a Service serves the ports and protocols in its list, and no others. */
function isPort(port: ServicePort, flow: Pick<Flow, 'port' | 'protocol'>): boolean {
  const named = typeof flow.port === 'string' ? port.name === flow.port : port.port === flow.port;
  return named && port.protocol === flow.protocol;
}

/** What is behind a Service port: a hop that tells, and, where kube-proxy serves it, what it is asked for. */
export interface Translation {
  readonly hop: Hop & { hop: 'service' };
  /** What may answer, on whichever node the client is. */
  readonly backends: readonly Backend[];
  readonly claim?: Claim;
}

/** From a Service port to the pods that answer for it (SVC-01 to SVC-12, SVC-21). */
export function translate(engine: PolicyEngine, service: ServiceResource, flow: Flow): Translation {
  if (service.serviceType === 'ExternalName') return { hop: serviceStop(service, flow, 'mere-name'), backends: [] };
  if (service.headless) return headless(engine, service, flow);
  const port = service.ports.find((p) => isPort(p, flow));
  if (!port) return { hop: withoutPort(engine, service, flow), backends: [] };
  const family = flow.family ?? (service.families?.length === 1 ? service.families[0] : undefined);
  const claim: Claim = { service, port, at: 'ClusterIP', family };
  const { selected, endpoints, lacking, doubts } = engine.services.endpointsOf(claim);
  const backends = usedAnywhere(endpoints);
  if (backends.length > 0) {
    const hop = { hop: 'service' as const, service, port: port.port, selected, lacking };
    return { hop: { ...hop, ...certainty(doubts) }, backends, claim };
  }
  if (mayHaveOthers(service, engine.cluster)) {
    return { hop: serviceStop(service, flow, 'no-selector', 'unknown'), backends: [] };
  }
  return { hop: { ...withoutEndpoints(engine, service, port), port: flow.port }, backends: [] };
}

/** SVC-10: with IPVS other ports lead to what the client's node serves itself. */
function withoutPort({ cluster }: PolicyEngine, service: ServiceResource, flow: Flow): Hop & { hop: 'service' } {
  const isOpen = proxyModeOf(cluster.profile).otherPort === 'unknown';
  if (isOpen) return { ...serviceStop(service, flow, 'open', 'unknown'), doubts: [HOST_SERVES] };
  return serviceStop(service, flow, 'no-such-port');
}

function certainty(doubts: readonly Doubt[]): Pick<Hop & { hop: 'service' }, 'decision' | 'problem' | 'doubts'> {
  return doubts.length === 0 ? { decision: 'passes' } : { decision: 'unknown', problem: 'uncertain-endpoints', doubts };
}

/**
 * SVC-21: DNS gives the endpoints' own addresses and nobody translates ports: the container port must be dialled, and for
 * slices made by hand the slice's.
 */
function headless(engine: PolicyEngine, service: ServiceResource, flow: Flow): Translation {
  const { cluster } = engine;
  const selected = podsSelectedBy(service, cluster);
  const named = service.ports.find((p) => p.name === flow.port && p.protocol === flow.protocol);
  const ready = readyPods(selected, service).filter((pod) => !pod.awaitsAddress && sharesFamily(service, pod, cluster));
  const fromPods = ready.flatMap((pod) => {
    const port = typeof flow.port === 'number' ? flow.port : named && targetPortOn(pod, named);
    return port === undefined ? [] : [{ pod, port }];
  });
  const backends = [...fromPods, ...fromSlices(engine, service, flow, ready)];
  const misdialled = service.ports.find(
    (p) => isPort(p, flow) && typeof flow.port === 'number' && p.targetPort !== p.port,
  );
  const isDeclared = selected.some((pod) => pod.ports.some((p) => p.port === flow.port));
  if (misdialled && service.selector && !isDeclared) {
    return { hop: { ...serviceStop(service, flow, 'headless-port'), selected }, backends: [] };
  }
  if (backends.length === 0) {
    const problem = selected.length === 0 ? 'selects-nothing' : 'no-endpoints';
    return { hop: { ...serviceStop(service, flow, problem), selected }, backends };
  }
  const hop = { hop: 'service' as const, service, port: flow.port, selected, lacking: [] };
  return { hop: { ...hop, ...certainty(doubtsAbout(service, selected)) }, backends };
}

/** DNS-05: slices that others made are in the zone as well, each endpoint at whatever port is dialled. */
function fromSlices(
  engine: PolicyEngine,
  service: ServiceResource,
  { port: dialled, protocol, family }: Flow,
  known: readonly PodGroup[],
): readonly Backend[] {
  const ports = service.ports.filter(
    (port) => typeof dialled === 'number' || isPort(port, { port: dialled, protocol }),
  );
  const ready = ports.flatMap((port) => {
    const { endpoints } = engine.services.endpointsOf({ service, port, family });
    return endpoints.filter((endpoint) => endpoint.ready).map(({ backend }) => backend);
  });
  const others = ready.filter((backend) => !('pod' in backend && known.includes(backend.pod)));
  const redialled = others.map((backend) => (typeof dialled === 'number' ? { ...backend, port: dialled } : backend));
  return [...new Map(redialled.map((backend) => [JSON.stringify(placeOf(backend)), backend])).values()];
}

function placeOf(backend: Backend): readonly (string | number)[] {
  return 'pod' in backend ? [backend.pod.index, backend.port] : [formatIp(backend.address), backend.port];
}

export function serviceStop(
  service: ServiceResource | undefined,
  flow: Flow,
  problem: ServiceProblem,
  decision: 'stops' | 'unknown' = 'stops',
): Hop & { hop: 'service' } {
  return { hop: 'service', decision, service, port: flow.port, problem, selected: [], lacking: [] };
}
