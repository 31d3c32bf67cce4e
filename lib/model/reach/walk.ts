import { type PodGroup, workloadLabel } from '../cluster/workload';
import { dnsServers, serviceName, withoutClusterDns } from '../dns/lookup';
import type { ServicePort, ServiceResource } from '../manifest/resources';
import type { PolicyEngine } from '../policy/engine';
import { type Backend, backendsOf, podsSelectedBy, servicesOf } from '../service/backends';
import { CidrSet } from '../values/cidr-set';
import type { Doubt } from '../values/ternary';
import type { Circumstances, Endpoint, Flow } from './flow';
import { type Dialled, type End, labelOf, policyHops, shareFamily } from './policy-hops';
import {
  type Hop,
  outcomeOf,
  type PairVerdict,
  type PolicyHop,
  type ServiceProblem,
  type Verdict,
  verdictOf,
} from './verdict';

const FRONT_DOOR_DOUBT: Doubt = {
  rule: 'SVC-15',
  wouldDecide: 'how an address outside the cluster gets to a ClusterIP',
};

/** Walks a flow hop by hop: lookup, Service, egress policies, ingress policies. */
export function walk(engine: PolicyEngine, flow: Flow): Verdict {
  const ends = endsOf(flow.from);
  return verdictOf(ends.flatMap((from) => walkFrom(engine, from, flow)));
}

function walkFrom(engine: PolicyEngine, from: End, flow: Flow): readonly PairVerdict[] {
  if (flow.to.type !== 'service' && flow.by === 'podIP') {
    const dialled = { protocol: flow.protocol, port: Number(flow.port) };
    return endsOf(flow.to).map((to) => packet(engine, from, to, dialled, flow));
  }
  const named = serviceBehind(engine, flow.to, flow);
  if (named.problem) return [stopped(from, flow, [serviceStop(undefined, flow, named.problem)])];
  return throughService(engine, from, named.service!, flow);
}

function throughService(engine: PolicyEngine, from: End, service: ServiceResource, flow: Flow): readonly PairVerdict[] {
  const before =
    flow.by === 'name' && 'pod' in from ? [lookup(engine, from.pod, serviceName(service, engine.cluster))] : [];
  const { hop, backends } = translate(engine, service, flow);
  const hops: Hop[] = [...before, hop];
  if (!('pod' in from) && from.node === undefined) {
    return [{ ...stopped(from, flow, hops), outcome: 'unknown', doubts: [FRONT_DOOR_DOUBT] }];
  }
  if (hop.decision !== 'passes') return [stopped(from, flow, hops)];
  return backends.map((backend) => {
    const dialled = { protocol: flow.protocol, port: backend.port };
    return packet(engine, from, { pod: backend.pod }, dialled, flow, hops);
  });
}

/** One packet to a pod's (or outside) address: what happens after any lookup and translation. */
export function packet(
  engine: PolicyEngine,
  from: End,
  to: End,
  dialled: Dialled,
  circumstances: Circumstances = {},
  before: readonly Hop[] = [],
): PairVerdict {
  // NP-38, SVC-27: ends without a common address family never meet.
  if (!shareFamily(engine, from, to, circumstances.family)) {
    return { ...pairOf(from, to), outcome: 'denied', hops: before, doubts: [] };
  }
  const hops = [...before, ...policyHops(engine, from, to, dialled, circumstances)];
  return { ...pairOf(from, to), outcome: outcomeOf(hops), hops, doubts: doubtsOf(hops) };
}

function stopped(from: End, flow: Flow, hops: readonly Hop[]): PairVerdict {
  const source = 'pod' in from ? from.pod : undefined;
  return { from: labelOf(from), to: flow.to.label, source, outcome: outcomeOf(hops), hops, doubts: doubtsOf(hops) };
}

function pairOf(from: End, to: End): Pick<PairVerdict, 'from' | 'to' | 'source' | 'target'> {
  const source = 'pod' in from ? from.pod : undefined;
  const target = 'pod' in to ? to.pod : undefined;
  return { from: labelOf(from), to: labelOf(to), source, target };
}

function doubtsOf(hops: readonly Hop[]): readonly Doubt[] {
  const policies = hops.flatMap((hop) => (hop.hop === 'lookup' ? hop.ways : hop.hop === 'service' ? [] : [hop]));
  return policies.filter((hop) => hop.decision === 'unknown').flatMap((hop) => hop.doubts);
}

/** Every pod group of an endpoint, or its addresses. */
export function endsOf(endpoint: Endpoint): readonly End[] {
  switch (endpoint.type) {
    case 'pods':
      return endpoint.pods.map((pod) => ({ pod }));
    case 'node': {
      const addresses = CidrSet.ofAddresses(endpoint.node.addresses);
      return [{ addresses, label: endpoint.label, node: endpoint.node.name }];
    }
    case 'addresses':
      return [{ addresses: endpoint.addresses, label: endpoint.label }];
    case 'service':
      return [];
  }
}

/**
 * The Service whose name stands for an endpoint. A workload needs exactly one that selects it;
 * of several, the one that carries the workload's own name.
 */
function serviceBehind(
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

function isPort(port: ServicePort, flow: Pick<Flow, 'port' | 'protocol'>): boolean {
  const named = typeof flow.port === 'string' ? port.name === flow.port : port.port === flow.port;
  return named && port.protocol === flow.protocol;
}

/** From a Service port to the pods that answer for it (SVC-01 to SVC-12, SVC-21). */
function translate(
  engine: PolicyEngine,
  service: ServiceResource,
  flow: Flow,
): { readonly hop: Hop & { hop: 'service' }; readonly backends: readonly Backend[] } {
  if (service.serviceType === 'ExternalName')
    return { hop: serviceStop(service, flow, 'unmodelled', 'unknown'), backends: [] };
  if (!service.selector) return { hop: serviceStop(service, flow, 'no-selector', 'unknown'), backends: [] };
  if (service.headless) return headless(engine, service, flow);
  const port = service.ports.find((p) => isPort(p, flow));
  if (!port) return { hop: serviceStop(service, flow, 'no-such-port'), backends: [] };
  const { selected, backends, lacking } = backendsOf(service, port, engine.cluster);
  if (backends.length > 0) {
    const hop = { hop: 'service' as const, decision: 'passes' as const, service, port: port.port, selected, lacking };
    return { hop, backends };
  }
  const problem =
    selected.length === 0 ? 'selects-nothing' : lacking.length > 0 ? 'target-port-missing' : 'no-endpoints';
  return { hop: { ...serviceStop(service, flow, problem), selected, lacking }, backends: [] };
}

/** SVC-21: DNS gives the pods' own addresses and nobody translates ports: the container port must be dialled. */
function headless(
  engine: PolicyEngine,
  service: ServiceResource,
  flow: Flow,
): { readonly hop: Hop & { hop: 'service' }; readonly backends: readonly Backend[] } {
  const selected = podsSelectedBy(service, engine.cluster);
  const named = service.ports.find((p) => p.name === flow.port && p.protocol === flow.protocol);
  const backends = selected
    .filter((pod) => pod.replicas !== 0 && (pod.ready || service.publishNotReadyAddresses))
    .flatMap((pod) => {
      const port = typeof flow.port === 'number' ? flow.port : named && portOn(pod, named);
      return port === undefined ? [] : [{ pod, port }];
    });
  const misdialled = service.ports.find(
    (p) => isPort(p, flow) && typeof flow.port === 'number' && p.targetPort !== p.port,
  );
  if (misdialled && !selected.some((pod) => pod.ports.some((p) => p.port === flow.port))) {
    return { hop: { ...serviceStop(service, flow, 'headless-port'), selected }, backends: [] };
  }
  if (backends.length === 0) {
    const problem = selected.length === 0 ? 'selects-nothing' : 'no-endpoints';
    return { hop: { ...serviceStop(service, flow, problem), selected }, backends };
  }
  const hop = { hop: 'service' as const, decision: 'passes' as const, service, port: flow.port, selected, lacking: [] };
  return { hop, backends };
}

function portOn(pod: PodGroup, port: ServicePort): number | undefined {
  if (typeof port.targetPort === 'number') return port.targetPort;
  return pod.ports.find((p) => p.name === port.targetPort && p.protocol === port.protocol)?.port;
}

function serviceStop(
  service: ServiceResource | undefined,
  flow: Flow,
  problem: ServiceProblem,
  decision: 'stops' | 'unknown' = 'stops',
): Hop & { hop: 'service' } {
  return { hop: 'service', decision, service, port: flow.port, problem, selected: [], lacking: [] };
}

/** DNS-18, DNS-29: the lookup is a flow of its own, over UDP and, for long answers, TCP, to the DNS pods' own port. */
export function lookup(engine: PolicyEngine, pod: PodGroup, name: string): Hop & { hop: 'lookup' } {
  const servers = dnsServers(engine.cluster);
  const server = [...new Set(servers.map((s) => workloadLabel(s.pod.workload)))].join(', ');
  const base = { hop: 'lookup' as const, name, server };
  const without = withoutClusterDns(pod);
  if (without) return { ...base, decision: without === 'custom-dns' ? 'unknown' : 'stops', problem: without, ways: [] };
  const ways = (protocol: 'UDP' | 'TCP'): readonly PolicyHop[] =>
    servers.flatMap((s) => {
      const port = protocol === 'UDP' ? s.udp : s.tcp;
      return policyHops(engine, { pod }, { pod: s.pod }, { protocol, port });
    });
  const udp = ways('UDP');
  const overUdp = outcomeOf(udp);
  if (overUdp !== 'allowed') {
    return { ...base, decision: overUdp === 'denied' ? 'stops' : 'unknown', problem: 'denied-by-policy', ways: udp };
  }
  const tcp = ways('TCP');
  if (outcomeOf(tcp) === 'allowed') return { ...base, decision: 'passes', ways: udp };
  // A short answer comes over UDP; one that does not fit is asked for again over TCP, and then the name fails.
  return { ...base, decision: 'unknown', problem: 'tcp-only-denied', ways: tcp };
}
