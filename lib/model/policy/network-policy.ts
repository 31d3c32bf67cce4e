import { inNamespace, selectionOf } from '../cluster/pod-selection';
import type {
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicyResource,
  NetworkPolicyRule,
} from '../manifest/resources';
import type { CidrSet } from '../values/cidr-set';
import type { LabelSelector } from '../values/label-selector';
import { PortSet } from '../values/port-set';
import { certain, doubtful, type Ternary } from '../values/ternary';
import { TrafficSet } from '../values/traffic-set';
import type { Dialect } from './dialect';
import { type EndpointCompiler, unionOfTernary } from './endpoint-compiler';
import type { EndpointSet } from './endpoint-set';
import type { Enforcer } from './enforcers/enforcer';
import type { Direction, Isolation, PolicyBlock, Rule, RuleOrigin } from './language';
import { rulesForNamedPort } from './named-port';
import { carriedOut } from './sctp';
import { sourcesOf } from './source-block';

const ICMP_DOUBT = { rule: 'NP-27', wouldDecide: 'what the network plugin does with ICMP under NetworkPolicy' };
/** NP-26, NP-27: a policy decides about TCP, UDP and SCTP; what it does to anything else nobody says. */
const POLICED: Ternary<TrafficSet> = doubtful(TrafficSet.allPorts, TrafficSet.all, ICMP_DOUBT);

/** NetworkPolicy v1 as allow rules plus one isolation for each policy and direction (NP-01 to NP-26). */
export const networkPolicy: Dialect<NetworkPolicyResource> = {
  kinds: ['NetworkPolicy'],
  compile: compileNetworkPolicies,
};

function compileNetworkPolicies(
  policies: readonly NetworkPolicyResource[],
  compiler: EndpointCompiler,
): readonly PolicyBlock[] {
  const { enforcer } = compiler;
  // NP-37: where nobody reads policies they neither allow nor deny.
  if (!enforcer.enforcesNetworkPolicy) return [];
  return policies
    .filter((policy) => enforcer.namedPorts || !namesAPort(policy))
    .flatMap((policy) => {
      const home = inNamespace(policy.namespace);
      // NP-02, NP-03: rules of a direction that is not listed are ignored, and isolate nobody.
      const directions = (['egress', 'ingress'] as const).filter((direction) => policy.directions[direction]);
      return directions.map((direction) => compileDirection(policy, direction, home, compiler));
    });
}

function compileDirection(
  policy: NetworkPolicyResource,
  direction: Direction,
  home: LabelSelector,
  compiler: EndpointCompiler,
): PolicyBlock {
  // NP-03, NP-06: the policy's own namespace only; an empty selector means all of its pods.
  const subject = compiler.select({ pods: policy.podSelector, namespaces: home });
  const originOf = (rule?: NetworkPolicyRule, index?: number): RuleOrigin => {
    const field = rule ? rule.field : ['spec', 'podSelector'];
    const { kind, namespace, name } = policy;
    return { kind, namespace, name, direction, index, field, origin: policy.originOf(field) };
  };
  const rules = policy[direction].flatMap((rule, index) =>
    compileRule(rule, { home, direction, subject, origin: originOf(rule, index) }, compiler),
  );
  const isolation: Isolation = { subject, traffic: POLICED, origin: originOf() };
  // NP-04: allow rules add up whatever their order, so all share one rank and one lane.
  const tie = `${policy.namespace}/${policy.name}`;
  const order = { tier: 'NetworkPolicy', rank: 0, tie, ties: 'ordered' as const };
  return { direction, order, rules, isolation: [isolation] };
}

interface RuleContext {
  readonly home: LabelSelector;
  readonly direction: Direction;
  readonly subject: Ternary<EndpointSet>;
  readonly origin: RuleOrigin;
}

function compileRule(rule: NetworkPolicyRule, context: RuleContext, compiler: EndpointCompiler): Rule[] {
  const { direction, subject, origin } = context;
  const peer = peersOf(rule.peers, context, compiler);
  const allow = (traffic: Ternary<TrafficSet>): Rule => ({
    action: 'allow',
    subject,
    peer,
    traffic,
    origin,
    wants: () => ({ peer: describePeers(rule.peers), traffic: describePorts(rule.ports) }),
  });
  // NP-07, NP-09: no ports, no restriction.
  if (rule.ports.length === 0) return [allow(POLICED)];

  const numeric = rule.ports.reduce(
    (sum, port) => sum.union(numericTraffic(port, compiler.enforcer)),
    TrafficSet.empty,
  );
  const named = rule.ports.flatMap((port) =>
    port.type === 'named'
      ? rulesForNamedPort(
          { name: port.name, protocols: [port.protocol] },
          allow(certain(TrafficSet.empty)),
          direction,
          compiler,
        )
      : [],
  );
  const traffic = carriedOut(numeric, 'allow', compiler.enforcer);
  return [...(traffic.may.isEmpty ? [] : [allow(traffic)]), ...named];
}

/** NP-10: peers in one list are alternatives. NP-08: an empty list means anybody, inside or out. */
function peersOf(
  peers: readonly NetworkPolicyPeer[],
  { home, direction }: RuleContext,
  compiler: EndpointCompiler,
): Ternary<EndpointSet> {
  if (peers.length === 0) return compiler.everyone;
  const { cluster, enforcer } = compiler;
  const blockOf = (addresses: CidrSet) => {
    const block = compiler.block(addresses);
    return direction === 'ingress' ? sourcesOf(block, addresses, cluster, enforcer) : block;
  };
  return peers
    .map((peer) => (peer.type === 'ipBlock' ? blockOf(peer.addresses) : compiler.select(selectionOf(peer, home))))
    .reduce(unionOfTernary);
}

function numericTraffic(port: NetworkPolicyPort, enforcer: Enforcer): TrafficSet {
  if (port.type === 'named') return TrafficSet.empty;
  if (port.type === 'all') return TrafficSet.of(port.protocol, PortSet.all);
  // NP-25: a plugin that does not know endPort applies the first port only.
  const last = enforcer.endPort ? port.last : port.first;
  return TrafficSet.of(port.protocol, PortSet.range(port.first, last));
}

function describePeers(peers: readonly NetworkPolicyPeer[]): string {
  if (peers.length === 0) return 'anybody';
  return peers.map(describePeer).join(' or ');
}

function describePeer(peer: NetworkPolicyPeer): string {
  if (peer.type === 'ipBlock') {
    return peer.except.length === 0 ? peer.cidr : `${peer.cidr} except ${peer.except.join(', ')}`;
  }
  const pods = peer.podSelector && !peer.podSelector.isEverything ? `${peer.podSelector}` : 'any pod';
  if (!peer.namespaceSelector) return pods;
  return `${pods} in ${peer.namespaceSelector.isEverything ? 'any namespace' : `namespaces with ${peer.namespaceSelector}`}`;
}

function describePorts(ports: readonly NetworkPolicyPort[]): string {
  if (ports.length === 0) return 'any port';
  return ports.map(describePort).join(', ');
}

function describePort(port: NetworkPolicyPort): string {
  if (port.type === 'all') return `any ${port.protocol} port`;
  if (port.type === 'named') return `port "${port.name}"/${port.protocol}`;
  return `${port.first === port.last ? port.first : `${port.first}-${port.last}`}/${port.protocol}`;
}

function namesAPort(policy: NetworkPolicyResource): boolean {
  return [...policy.ingress, ...policy.egress].some((rule) => rule.ports.some((port) => port.type === 'named'));
}
