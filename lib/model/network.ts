import { Cluster } from './cluster/cluster';
import { admittedAddresses } from './cluster/node-firewall';
import type { PodSelection } from './cluster/pod-selection';
import type { ClusterProfile, ClusterProfileSpec } from './cluster/profile';
import { resolveProfile } from './cluster/resolve-profile';
import type { PodGroup } from './cluster/workload';
import { type ServiceVariable, serviceVariablesOf } from './dns/environment';
import { dnsLintsOf } from './dns/lints/registry';
import type { QueryType } from './dns/record';
import { ofAll, type Resolution, resolveFor, resolveInZone } from './dns/resolve';
import type { Resolver } from './dns/resolver';
import { zoneOf } from './dns/zones';
import { fabricLintsOf } from './fabric/lints/registry';
import { podLintsOf } from './fabric/pod-lints/registry';
import { InvalidInputError } from './finding/invalid-input-error';
import type { Lint } from './finding/lint';
import type { Manifest } from './finding/origin';
import type { Edge } from './ingress/edge';
import { conditionsOf } from './ingress/gateway/conditions';
import { gatewayLintsOf } from './ingress/gateway/lints/registry';
import { ingressLintsOf } from './ingress/lints/registry';
import { type ParseOptions, parseManifests } from './manifest/parse';
import type { Resource, ServicePort, ServiceResource } from './manifest/resources';
import { PolicyEngine } from './policy/engine';
import type { Direction, RuleOrigin } from './policy/language';
import { lintsOf } from './policy/lints/registry';
import type { Outcome } from './policy/outcome';
import { policyIsolations } from './policy/subject-stages';
import { anyTraffic, doubtsBetween } from './reach/any-traffic';
import { ConnectivityMap } from './reach/connectivity-map';
import { type ParsedEndpoint, parseEndpoint } from './reach/endpoint-text';
import { escapingPods, exposureOf, type WorkloadExposure } from './reach/exposure';
import type { Circumstances, Endpoint, Flow, StrangersStance } from './reach/flow';
import { throughFrontDoor } from './reach/front-door';
import { isolatedWithoutDns } from './reach/lints/isolated-without-dns';
import { keptFromBackends } from './reach/lints/kept-from-backends';
import { lookupName, lookupOutside } from './reach/lookup-hop';
import { type NodeLeadQuery, type NodeLeadWay, throughNodeLeads } from './reach/node-lead-ways';
import { type Offer, throughEdge } from './reach/offers';
import type { Dialled, End } from './reach/policy-hops';
import { ServiceMap } from './reach/service-map';
import { SureUses } from './reach/sure-uses';
import type { UrlVerdict } from './reach/url-verdict';
import { type UrlQuery, Urls } from './reach/urls';
import type { Hop, PairVerdict, Verdict } from './reach/verdict';
import { packet, walk } from './reach/walk';
import { type FrontDoor, frontDoorsOf } from './service/front-doors';
import { type Lead, leadsTo } from './service/leads';
import { serviceLintsOf } from './service/lints/registry';
import { type CidrSet, splitIntoAtoms } from './values/cidr-set';
import type { IpFamily } from './values/ip';
import { remembered } from './values/remembered';
import type { Doubt } from './values/ternary';
import { type Protocol, TrafficSet } from './values/traffic-set';

/** A question about one flow, in the words of the command. */
export interface FlowQuery {
  /** `ns/pod`, `ns/name`, `ns/name[Kind]`, `node/NAME` or an IP address. */
  readonly from: string;
  /** Likewise, or `service/ns/name`. */
  readonly to: string;
  /** The container port; the Service port when asked by name or Service. */
  readonly port: number | string;
  /** @default 'TCP' */
  readonly protocol?: Protocol;
  /** @default 'name' for `service/ns/name`, 'service' for a Service's address, else 'podIP' */
  readonly by?: Flow['by'];
  /** @default - every family that both ends have */
  readonly family?: IpFamily;
  /** The name of the node by which a flow from outside the cluster enters. @default - nobody tells */
  readonly via?: string;
}

/** A question about a name. */
export interface ResolveQuery {
  readonly name: string;
  /** @default ['A'] */
  readonly types?: readonly QueryType[];
  /**
   * Who asks: a pod of the network, or `ns/pod`, `ns/name`, `ns/name[Kind]`.
   * @default - the cluster's DNS itself is asked, without a search list
   */
  readonly from?: PodGroup | string;
  /** The resolver of the program that asks. @default - any of glibc, musl and Go, as far as they agree */
  readonly resolver?: Resolver;
}

/** The cluster's network as a pure function of manifests and a profile. Holds nothing mutable that can be seen. */
export class Network {
  /**
   * @param manifests Kubernetes objects as plain JSON, or with their origins
   * @param profile what the cluster itself does @default - the neutral conformant cluster
   * @throws InvalidInputError (PTL001 to PTL018) when something can't be understood
   */
  static from(manifests: Iterable<Manifest | object>, profile: ClusterProfileSpec = {}): Network {
    return new Network(clusterOf([...manifests].map(asManifest), profile));
  }

  /**
   * @param mentions pods elsewhere that promises speak of, so that they, and all that rules could mean, have a place in the
   * universe @default - declared pods alone
   */
  static of(resources: readonly Resource[], profile: ClusterProfile, mentions?: readonly PodSelection[]): Network {
    return new Network(new Cluster(resources, profile, mentions));
  }

  private readonly engine: PolicyEngine;
  private readonly urls: Urls;
  private readonly sureUses: SureUses;

  protected constructor(readonly cluster: Cluster) {
    this.engine = new PolicyEngine(cluster);
    this.sureUses = new SureUses(this.engine);
    this.urls = new Urls(this.engine);
  }

  /** Reads an endpoint in the command's notation. */
  endpoint(text: string): ParsedEndpoint {
    return parseEndpoint(text, this.cluster);
  }

  /**
   * Answers one flow with its hops.
   * @throws InvalidInputError PTL017 when an end is not known
   */
  reach(query: FlowQuery): Verdict {
    const to = this.resolved(query.to, 'to');
    const by = query.by ?? (to.type !== 'service' ? 'podIP' : to.address ? 'service' : 'name');
    const { port, protocol = 'TCP', family, via } = query;
    return this.walk({ from: this.resolved(query.from, 'from'), to, port, protocol, by, family, via });
  }

  /** Answers a flow whose ends are resolved. */
  walk(flow: Flow): Verdict {
    return walk(this.engine, flow);
  }

  /**
   * Whether a pod surely uses a port of a Service, told without walking; a no says nothing.
   * @param by 'name': after the lookup of its name; 'service': through its address alone
   */
  surelyUses(from: PodGroup, service: ServiceResource, port: ServicePort, by: 'name' | 'service'): boolean {
    return this.sureUses.has(from, service, port, by);
  }

  /** All pods that answer for a port of a Service; `undefined` where that takes a walk to tell. */
  answering(service: ServiceResource, port: ServicePort): readonly PodGroup[] | undefined {
    return this.sureUses.answering(service, port);
  }

  /** Who may connect to whom by policy. @param families @default - those of the cluster */
  map(families: readonly IpFamily[] = this.cluster.families): ConnectivityMap {
    return new ConnectivityMap(this.engine, families);
  }

  /** Who may use which Service. @param by 'name': with the lookup of its name; 'service': through its address alone */
  serviceMap(by: 'name' | 'service' = 'name'): ServiceMap {
    return new ServiceMap(this.engine, this.map(), by);
  }

  /** Whom each workload is open to beyond what the manifests declare: strangers, and addresses outside. */
  exposure(): readonly WorkloadExposure[] {
    const { resources, profile } = this.cluster;
    return exposureOf(new PolicyEngine(new Cluster(resources, profile, escapingPods(resources))));
  }

  /** What policies do to all traffic between two ends at once; `undefined` where they share no address family. */
  anyTraffic(from: End, to: End, circumstances?: StrangersStance): Outcome | undefined {
    return anyTraffic(this.engine, from, to, circumstances);
  }

  /** All that leaves open some of the traffic between two ends, whatever port is dialled. */
  doubtsBetween(from: End, to: End, traffic: TrafficSet): readonly Doubt[] {
    return doubtsBetween(this.engine, from, to, traffic);
  }

  /** Whether an egress rule that applies to the pod names some of the addresses. */
  mentions(pod: PodGroup, addresses: CidrSet): boolean {
    return this.engine.of('egress', pod).cuts.ranges.some((cut) => cut.intersects(addresses));
  }

  /** Whom the ingress policies of a pod may let in with some of this traffic, whatever those of its own end say. */
  mayEnter(to: PodGroup, traffic: TrafficSet): readonly PodGroup[] {
    return this.openIn('ingress', to, traffic);
  }

  private openIn(direction: Direction, subject: PodGroup, traffic: TrafficSet): readonly PodGroup[] {
    const { rows } = this.engine;
    const { rest, parts } = rows.of(direction, subject);
    const isOpen = (outcome: number) => rows.outcomes.mayPass(outcome, traffic);
    const { pods } = this.cluster;
    if (isOpen(rest)) {
      const shut = parts.filter(({ outcome }) => !isOpen(outcome));
      return pods.filter(({ index }) => !shut.some((part) => part.pods.has(index)));
    }
    return parts.filter(({ outcome }) => isOpen(outcome)).flatMap((part) => [...part.pods].map((index) => pods[index]));
  }

  /** Whom the egress policies of a pod may let it get to on any port, whatever those of the other end say. */
  mayLeaveFor(from: PodGroup): readonly PodGroup[] {
    return this.openIn('egress', from, TrafficSet.allPorts);
  }

  /** One concrete packet between two ends, by address. */
  packet(from: End, to: End, dialled: Dialled, circumstances?: Circumstances): PairVerdict {
    return packet(this.engine, from, to, dialled, circumstances);
  }

  /** The way of a pod's question for a name to whoever answers it, as a hop of its own (DNS-28, DNS-29). */
  lookup(pod: PodGroup, name: string): Hop & { hop: 'lookup' } {
    return lookupName(this.engine, pod, name);
  }

  /** Likewise for a name that is meant to lie outside the cluster: no Service may capture it (DNS-23). */
  lookupOutside(pod: PodGroup, host: string): Hop & { hop: 'lookup' } {
    return lookupOutside(this.engine, pod, host);
  }

  /**
   * What a name means: to the pod that asks, through its `/etc/hosts`, search list and nameservers, or to the cluster's DNS
   * itself (DNS-01 to DNS-24). Whether policies let the question through is another matter: see `lookup`. The zone holds
   * what the manifests declare; a Service that lives elsewhere is not in it. Search domains outside the cluster, those of
   * the node that no manifest tells among them, are taken to hold no name that ends in the cluster domain.
   * @throws InvalidInputError PTL017 when nobody of that name can ask
   */
  resolve({ name, from, types, resolver }: ResolveQuery): Resolution {
    const zone = zoneOf(this.cluster);
    if (from === undefined) return resolveInZone(zone, name, { types });
    const pods = typeof from === 'string' ? this.askers(from) : [from];
    return ofAll(pods.map((pod) => resolveFor(pod, name, zone, this.cluster, { types, resolver })));
  }

  /** The variables by which a pod's containers find Services without the DNS (DNS-25). */
  serviceVariablesOf(pod: PodGroup): readonly ServiceVariable[] {
    return serviceVariablesOf(pod, this.cluster);
  }

  /** A client's way through a front door of a pod. */
  enter(client: End, door: FrontDoor, circumstances?: Circumstances): PairVerdict {
    return throughFrontDoor(this.engine, client, door, circumstances);
  }

  /**
   * What becomes of a request from outside: the proxy that takes it, the rule that wins, the pods that answer, and whether
   * policies let it through (NP-40).
   * @throws InvalidInputError PTL016 when the URL is none, PTL017 when there is no such Gateway
   */
  route(query: UrlQuery): UrlVerdict {
    return this.urls.route(query);
  }

  /** The proxies at the edge of the cluster: ingress controllers and Gateways. */
  get edges(): readonly Edge[] {
    return this.urls.edges;
  }

  /** What a controller would write into the status of Gateways and routes, as far as manifests decide it. */
  gatewayConditions(): ReturnType<typeof conditionsOf> {
    return conditionsOf(this.cluster);
  }

  /** What the proxies at the edge offer of a pod to clients outside, by URL. */
  readonly offersTo = remembered((pod: PodGroup): readonly Offer[] =>
    this.urls.offers.isEmpty ? [] : this.urls.offers.to(pod, this.leadsTo(pod)),
  );

  /** A client's way to a pod by what a proxy offers of it, through the proxy. */
  throughEdge(client: End, offer: Offer, circumstances?: Circumstances): PairVerdict {
    return throughEdge(this.engine, client, offer, circumstances);
  }

  /** Every way into a pod from an address of a node, a load balancer or an external IP. */
  readonly frontDoorsOf = remembered((pod: PodGroup) => frontDoorsOf(pod, this.engine.services));

  /** Every Service port that leads to a pod, or may. */
  readonly leadsTo = remembered((pod: PodGroup): readonly Lead[] => leadsTo(pod, this.cluster));

  /** A client's ways through Services to what is on the networks of nodes, or outside. */
  throughNodeLeads(client: End, query: NodeLeadQuery): readonly NodeLeadWay[] {
    return throughNodeLeads(this.engine, client, query);
  }

  /** The policies that keep from a pod, in a direction, what no rule of theirs allows. */
  isolatorsOf(direction: Direction, pod: PodGroup): readonly RuleOrigin[] {
    return policyIsolations(this.engine.of(direction, pod)).map(({ origin }) => origin);
  }

  /** What is suspicious about the manifests themselves, whatever was promised. */
  lints(): readonly Lint[] {
    return [
      ...lintsOf(this.cluster),
      ...serviceLintsOf(this.cluster),
      ...fabricLintsOf(this.cluster),
      ...podLintsOf(this.cluster),
      ...ingressLintsOf(this.cluster),
      ...gatewayLintsOf(this.cluster),
      ...dnsLintsOf(this.cluster),
      ...isolatedWithoutDns(this.engine, this.sureUses),
      ...keptFromBackends(this.engine, () => this.edges),
    ];
  }

  /** Addresses in parts that no rule of any policy, nor of what guards nodes, can tell apart. */
  readonly parts = remembered((addresses: CidrSet): readonly CidrSet[] =>
    addresses.isEmpty
      ? []
      : splitIntoAtoms(addresses, [...this.engine.mentionedAddresses(), ...admittedAddresses(this.cluster.profile)]),
  );

  private askers(text: string): readonly PodGroup[] {
    const endpoint = this.resolved(text, 'from');
    if (endpoint.type === 'pods') return endpoint.pods;
    const [problem, expected] = [
      'only pods have a resolver that the manifests tell',
      'ns/pod, ns/name or ns/name[Kind]',
    ];
    throw new InvalidInputError([{ code: 'PTL017', field: 'from', got: text, problem, expected, origin: {} }]);
  }

  private resolved(text: string, field: string): Endpoint {
    const parsed = this.endpoint(text);
    if (parsed.ok) return parsed.endpoint;
    const { problem, expected } = parsed;
    throw new InvalidInputError([{ code: 'PTL017', field, got: text, problem, expected, origin: {} }]);
  }
}

/** @throws InvalidInputError when something can't be understood */
export function clusterOf(
  manifests: readonly Manifest[],
  profile: ClusterProfileSpec,
  options?: ParseOptions,
): Cluster {
  const parsed = parseManifests(manifests, options);
  const resolved = resolveProfile({ object: profile, origin: {} });
  const faults = [...parsed.faults, ...resolved.faults];
  if (faults.length > 0) throw new InvalidInputError(faults);
  return new Cluster(parsed.resources, resolved.profile);
}

/** An object as plain JSON, or one that knows its origin already. */
export function asManifest(input: Manifest | object): Manifest {
  const isManifest = 'object' in input && 'origin' in input && !('kind' in input);
  return isManifest ? (input as Manifest) : { object: input, origin: {} };
}
