import type { PodGroup } from '../cluster/workload';
import type { ServiceResource } from '../manifest/resources';
import type { PolicyEngine } from '../policy/engine';
import type { Backend } from '../service/endpoints';
import { type FrontDoor, frontDoorsOf } from '../service/front-doors';
import { isLoopback } from '../service/node-ports';
import { CidrSet } from '../values/cidr-set';
import { formatIp, type IpFamily } from '../values/ip';
import { aliasTarget } from './alias';
import { ambiguityAt, ambiguityOf } from './ambiguous-end';
import { leftOpen, servesFamily } from './asked-family';
import { serviceLabel } from './endpoint-text';
import { fabricHops } from './fabric-hop';
import type { Circumstances, Endpoint, Flow } from './flow';
import { throughFrontDoor } from './front-door';
import { hopsAsSeen } from './hidden-client';
import { lookup, lookupName } from './lookup-hop';
import { firewallHop } from './node-firewall';
import { type Dialled, type End, labelOf, shareFamily } from './policy-hops';
import { FRONT_DOOR_DOUBT, proxied } from './proxied';
import { requestOf } from './requested';
import { serviceBehind, serviceStop, translate } from './service-hop';
import { doubtsOf, type Hop, outcomeOf, type PairVerdict, type Verdict, verdictOf } from './verdict';

/** Walks a flow hop by hop: lookup, Service, egress policies, ingress policies. */
export function walk(engine: PolicyEngine, flow: Flow): Verdict {
  const ends = endsOf(flow.from);
  return verdictOf(ends.flatMap((from) => walkFrom(engine, from, flow)));
}

function walkFrom(engine: PolicyEngine, from: End, flow: Flow): readonly PairVerdict[] {
  const { address } = flow.to;
  const loops = address !== undefined && isLoopback(address);
  // NET-09: who is neither a pod nor a node of the cluster has its own loopback, and no node takes such packets from the wire.
  if (loops && !('pod' in from) && from.node === undefined) {
    return [stopped(from, flow, [serviceStop(undefined, flow, 'loopback')])];
  }
  const request = requestOf(engine, from, flow);
  if (request) return proxied(engine, from, request, flow);
  // A pod that is on no host network has a loopback of its own, where policies have no say (NP-31).
  if (loops && 'pod' in from) return [toAddress(engine, from, from, flow)];
  if (flow.to.type !== 'service' && flow.by === 'podIP') {
    return endsOf(flow.to).map((to) => toAddress(engine, from, to, flow));
  }
  const named = serviceBehind(engine, flow.to, flow);
  if (named.problem) return [stopped(from, flow, [serviceStop(undefined, flow, named.problem)])];
  return throughService(engine, from, named.service!, flow);
}

function throughService(engine: PolicyEngine, from: End, service: ServiceResource, flow: Flow): readonly PairVerdict[] {
  const before = flow.by === 'name' && 'pod' in from ? [lookup(engine, from.pod, service)] : [];
  if (flow.by === 'name' && service.serviceType === 'ExternalName') {
    return throughAlias(engine, from, service, flow, before);
  }
  const { isServed, doubts } = servesFamily(service, flow.family, engine.cluster);
  if (!isServed) return [stopped(from, flow, [...before, serviceStop(service, flow, 'no-endpoints')])];
  return throughPort(engine, from, service, flow, before).map((pair) => leftOpen(pair, doubts));
}

function throughPort(
  engine: PolicyEngine,
  from: End,
  service: ServiceResource,
  flow: Flow,
  before: readonly Hop[],
): readonly PairVerdict[] {
  const { hop, backends, claim } = translate(engine, service, flow);
  const hops: Hop[] = [...before, hop];
  if (backends.length === 0) return [stopped(from, flow, hops)];
  const viaService = { addresses: clusterAddresses(service, engine), port: servicePort(service, flow) };
  const circumstances = { ...flow, family: flow.family ?? familyOf(service, engine), viaService };
  const isInside = 'pod' in from || from.node !== undefined;
  if (isInside && claim) {
    const request = { claim, port: claim.port.port, protocol: flow.protocol };
    return proxied(engine, from, request, { ...flow, family: circumstances.family }, before);
  }
  return backends.map((backend) => {
    const to = endOf(backend);
    const dialled = { protocol: flow.protocol, port: backend.port };
    if (isInside) return packet(engine, from, to, dialled, circumstances, hops);
    const door = 'pod' in to && doorOf(to.pod, dialled, service, engine);
    if (!door) return { ...stopped(from, flow, hops), outcome: 'unknown', doubts: [FRONT_DOOR_DOUBT] };
    const entered = throughFrontDoor(engine, from, door, circumstances);
    return { ...entered, hops: [...hops, ...entered.hops] };
  });
}

/** SVC-22: no port is translated and no policy but the client's own, or the target's, has a say. */
function throughAlias(
  engine: PolicyEngine,
  from: End,
  service: ServiceResource,
  flow: Flow,
  before: readonly Hop[],
): readonly PairVerdict[] {
  const target = aliasTarget(service, engine.cluster);
  const passing = { hop: 'service', decision: 'passes', service, port: flow.port, selected: [], lacking: [] } as const;
  switch (target.leadsTo) {
    case 'service': {
      const alias = serviceLabel(target.service);
      const to: Endpoint = { type: 'service', label: alias, service: target.service };
      const onward = throughService(engine, from, target.service, { ...flow, to, by: 'service' });
      return onward.map((pair) => withHops(pair, [...before, { ...passing, alias }]));
    }
    case 'host': {
      const { host } = target;
      const asked = 'pod' in from ? [lookupName(engine, from.pod, host)] : [];
      const open = asked.filter(({ decision }) => decision !== 'passes');
      const to: End = { addresses: engine.cluster.outside, label: host, host };
      const pair = toAddress(engine, from, to, flow);
      return [withHops(pair, [...before, { ...passing, alias: host }, ...open])];
    }
    case 'nothing':
      return [stopped(from, flow, [...before, serviceStop(service, flow, 'leads-nowhere')])];
    case 'unknown': {
      const { doubts } = target;
      return [stopped(from, flow, [...before, { ...serviceStop(service, flow, 'open', 'unknown'), doubts }])];
    }
  }
}

/** The same way with hops before it, which may end it. */
function withHops(pair: PairVerdict, before: readonly Hop[]): PairVerdict {
  const doubts = [...doubtsOf(before), ...pair.doubts];
  const earlier = outcomeOf(before);
  const outcome = earlier === 'allowed' || pair.outcome === 'denied' ? pair.outcome : earlier;
  return { ...pair, outcome, hops: [...before, ...pair.hops], doubts };
}

/** SVC-27: the client dials an address of the Service, and so gets to its pods in that family. */
export function familyOf({ families }: ServiceResource, { cluster }: PolicyEngine): IpFamily | undefined {
  return families?.length === 1 && cluster.families.includes(families[0]) ? families[0] : undefined;
}

/** Where the client sends to before the translation; empty where nobody says. */
function clusterAddresses(service: ServiceResource, engine: PolicyEngine): CidrSet {
  if (service.headless) return CidrSet.empty;
  const own = CidrSet.ofAddresses(service.clusterIps);
  return own.isEmpty ? engine.cluster.profile.serviceCidr : own;
}

function servicePort(service: ServiceResource, flow: Flow): number | undefined {
  return service.ports.find((p) => p.port === flow.port || p.name === flow.port)?.port;
}

/** What answers for a Service port, as an end of a way. */
export function endOf(backend: Backend): End {
  if ('pod' in backend) return { pod: backend.pod };
  return { addresses: CidrSet.ofAddresses([backend.address]), label: formatIp(backend.address) };
}

function doorOf(
  pod: PodGroup,
  dialled: Dialled,
  service: ServiceResource,
  engine: PolicyEngine,
): FrontDoor | undefined {
  return frontDoorsOf(pod, engine.services).find(
    (door) => door.service === service && door.port === dialled.port && door.protocol === dialled.protocol,
  );
}

/** Straight to an address. A port by name is the container port of that name. */
function toAddress(engine: PolicyEngine, from: End, to: End, flow: Flow): PairVerdict {
  const { protocol } = flow;
  const named =
    'pod' in to ? to.pod.ports.find((p) => p.name === flow.port && p.protocol === protocol)?.port : undefined;
  const port = typeof flow.port === 'number' ? flow.port : named;
  if (port === undefined) return stopped(from, flow, [serviceStop(undefined, flow, 'no-such-port')]);
  return packet(engine, from, to, { protocol, port }, flow);
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
  const doubt = ambiguityOf(from, engine.cluster) ?? ambiguityAt(to, dialled, engine.cluster);
  if (doubt) return { ...pairOf(from, to), outcome: 'unknown', hops: before, doubts: [doubt] };
  const by = circumstances.viaService ? 'service' : 'podIP';
  const policies = hopsAsSeen(engine, from, to, dialled, circumstances, by);
  const hops = [
    ...before,
    ...policies.filter(({ hop }) => hop === 'egress-policy'),
    ...fabricHops(engine.cluster, from, to, circumstances.family),
    ...policies.filter(({ hop }) => hop === 'ingress-policy'),
    ...firewallHop(engine.cluster, from, to, dialled, circumstances),
  ];
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
