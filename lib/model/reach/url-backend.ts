import type { PodGroup } from '../cluster/workload';
import type { Edge } from '../ingress/edge';
import type { PolicyEngine } from '../policy/engine';
import type { PolicyDecision } from '../policy/explain';
import { usedAnywhere } from '../service/backends';
import { type Backend, mayHaveOthers } from '../service/endpoints';
import { PortSet } from '../values/port-set';
import type { Doubt } from '../values/ternary';
import { TrafficSet } from '../values/traffic-set';
import { admitsAnybody } from './anybody';
import { serviceLabel } from './endpoint-text';
import { openFabricHops } from './fabric-hop';
import { type Dialled, type End, labelOf, policyHops } from './policy-hops';
import { withoutEndpoints } from './proxy-hops';
import { throughAnyRelease } from './releases';
import type { ServiceShare, UrlBackend } from './url-verdict';
import { combine, doubtsOf, type Hop, outcomeOf, type PairVerdict, type PolicyHop, verdictOf } from './verdict';
import { endOf, familyOf, packet, walk } from './walk';

/** The second leg: from the proxy to whatever answers for a Service (ING-15, NP-40). */
export function backendOf(engine: PolicyEngine, edge: Edge, share: ServiceShare): UrlBackend {
  const { service, port } = share;
  if (service.serviceType === 'ExternalName') return throughAlias(engine, edge, share);
  const { endpoints: found, selected, lacking, doubts } = engine.services.endpointsOf({ service, port });
  const endpoints = usedAnywhere(found);
  if (endpoints.length === 0) return { share, ways: [], ...nobodyAt(engine, share) };
  const hop = { hop: 'service', service, port: port.port, selected, lacking } as const;
  const before: Hop =
    doubts.length === 0
      ? { ...hop, decision: 'passes' }
      : { ...hop, decision: 'unknown', problem: 'uncertain-endpoints', doubts };
  const ways = endpoints.flatMap((backend) => waysTo(engine, edge, backend, share, [before]));
  return { share, ways, outcome: verdictOf(ways).outcome };
}

/** SVC-12: the proxy answers 503, unless others make endpoints that no manifest shows. */
function nobodyAt(engine: PolicyEngine, { service, port }: ServiceShare): Pick<UrlBackend, 'outcome' | 'stop'> {
  const stop = withoutEndpoints(engine, service, port);
  if (!mayHaveOthers(service, engine.cluster)) return { outcome: 'denied', stop };
  const wouldDecide = `the EndpointSlices of Service ${service.namespace}/${service.name}, which others make`;
  return { outcome: 'unknown', stop: { ...stop, decision: 'unknown', doubts: [{ rule: 'SVC-02', wouldDecide }] } };
}

/** ING-15: the proxy sends to the address and port of the endpoint itself, so that no traffic policy of the Service applies. */
function waysTo(
  engine: PolicyEngine,
  edge: Edge,
  backend: Backend,
  { service, port }: ServiceShare,
  before: readonly Hop[],
): readonly PairVerdict[] {
  const dialled = { protocol: port.protocol, port: backend.port };
  if (!edge.controller) return [fromUnknownProxy(engine, edge, endOf(backend), dialled, before)];
  const circumstances = { family: familyOf(service, engine) };
  const ways = proxiesOf(edge).map((pod) => packet(engine, { pod }, endOf(backend), dialled, circumstances, before));
  return throughAnyRelease(ways, ({ source }) => source?.workload);
}

/** The pods that forward: those that run and are ready, or all of them where none is. */
export function proxiesOf({ controller }: Edge): readonly PodGroup[] {
  const pods = controller?.pods ?? [];
  const serving = pods.filter(isServing);
  return serving.length > 0 ? serving : pods;
}

/** SVC-03, SVC-04: whether a pod of the proxy takes requests today. */
export function isServing({ replicas, ready }: PodGroup): boolean {
  return replicas !== 0 && ready;
}

/** What would tell whose pods forward the requests. */
export function proxyDoubt({ api, label, unplaced }: Edge): Doubt {
  if (unplaced) return unplaced;
  const wouldDecide =
    api === 'Ingress'
      ? 'the ingress controller, whose pods send the requests: name it in the cluster profile, e.g. `ingress: [nginx]`'
      : `the pods of ${label}, which send the requests: name its controller in the cluster profile, e.g. \`gateways: [envoy]\``;
  return { rule: 'NP-40', wouldDecide };
}

/** NP-40: where nobody says which pods the proxy runs in, it surely gets in only where anybody does. */
export function fromUnknownProxy(
  engine: PolicyEngine,
  edge: Edge,
  to: End,
  dialled: Dialled,
  before: readonly Hop[] = [],
): PairVerdict {
  const target = 'pod' in to ? to.pod : undefined;
  const anywhere: End = { addresses: engine.cluster.outside, label: edge.label, node: '' };
  const hops = [
    ...before,
    ...openFabricHops(engine.cluster, anywhere, to),
    ...(target ? enteringFromAnywhere(engine, edge, target, dialled) : []),
  ];
  return { from: edge.label, to: labelOf(to), target, outcome: outcomeOf(hops), hops, doubts: doubtsOf(hops) };
}

function enteringFromAnywhere(engine: PolicyEngine, edge: Edge, at: PodGroup, dialled: Dialled): readonly PolicyHop[] {
  const { protocol, port } = dialled;
  const traffic = TrafficSet.of(protocol, PortSet.of(port));
  if (admitsAnybody(engine, at, traffic)) {
    const anyone = { addresses: engine.cluster.outside, label: edge.label };
    return policyHops(engine, anyone, { pod: at }, dialled);
  }
  const tiers = engine.of('ingress', at).stages.flatMap((stage) => stage.tiers);
  const isolating = tiers.flatMap(({ isolation }) => isolation.filter((each) => each.traffic.may.intersects(traffic)));
  const decision: PolicyDecision = {
    outcome: 'unknown',
    decidedBy: isolating.map(({ origin }) => origin),
    tiers: [],
    nearMisses: [],
    doubts: [proxyDoubt(edge)],
  };
  const hop = { hop: 'ingress-policy', at, peer: edge.label, traffic: `${port}/${protocol}` } as const;
  return [{ ...hop, decision: 'unknown', ...decision }];
}

/** SVC-22: the proxy looks the name up and sends wherever it leads, on the port of the rule. */
function throughAlias(engine: PolicyEngine, edge: Edge, share: ServiceShare): UrlBackend {
  const { service, port } = share;
  const label = serviceLabel(service);
  if (!edge.controller) {
    const way: PairVerdict = { from: edge.label, to: label, outcome: 'unknown', hops: [], doubts: [proxyDoubt(edge)] };
    return { share, ways: [way], outcome: 'unknown' };
  }
  const { outcome, pairs } = walk(engine, {
    from: { type: 'pods', label: edge.label, pods: proxiesOf(edge) },
    to: { type: 'service', label, service },
    port: port.port,
    protocol: port.protocol,
    by: 'name',
  });
  return { share, ways: pairs, outcome };
}

/** Shares that fail and shares that pass make a part of the requests pass. */
export function outcomeOfBackends(backends: readonly UrlBackend[]): UrlBackend['outcome'] {
  return combine(new Set(backends.map(({ outcome }) => outcome)));
}
