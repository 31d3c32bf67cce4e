import { inNamespace, selectionOf } from '../cluster/pod-selection';
import type { FieldPath } from '../finding/origin';
import type {
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicyResource,
  NetworkPolicyRule,
} from '../manifest/resources';
import type { LabelSelector } from '../values/label-selector';
import { PortSet } from '../values/port-set';
import { certain, doubtful, type Ternary } from '../values/ternary';
import { TrafficSet } from '../values/traffic-set';
import type { Dialect } from './dialect';
import { type EndpointCompiler, unionOfTernary } from './endpoint-compiler';
import type { EndpointSet } from './endpoint-set';
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
  const blocks: PolicyBlock[] = [];
  for (const policy of policies) {
    if (!enforcer.namedPorts && namesAPort(policy)) continue;
    const home = inNamespace(policy.namespace);
    // NP-03, NP-06: the policy's own namespace only; an empty selector means all of its pods.
    const subject = compiler.select({ pods: policy.podSelector, namespaces: home });
    for (const direction of DIRECTIONS) {
      // NP-02, NP-03: rules of a direction that is not listed are ignored, and isolate nobody.
      if (policy.directions[direction]) blocks.push(compileDirection({ policy, home, direction, subject }, compiler));
    }
  }
  return blocks;
}

const DIRECTIONS: readonly Direction[] = ['egress', 'ingress'];

/** A policy in one of its directions. */
interface PolicyContext {
  readonly policy: NetworkPolicyResource;
  readonly home: LabelSelector;
  readonly direction: Direction;
  readonly subject: Ternary<EndpointSet>;
}

function compileDirection(context: PolicyContext, compiler: EndpointCompiler): PolicyBlock {
  const { policy, direction, subject } = context;
  const rules: Rule[] = [];
  for (const [index, rule] of policy[direction].entries()) compileRule(rule, index, context, compiler, rules);
  const isolation: Isolation = { subject, traffic: POLICED, origin: originOf(context, ['spec', 'podSelector']) };
  // NP-04: allow rules add up whatever their order, so all share one rank and one lane.
  const tie = `${policy.namespace}/${policy.name}`;
  const order = { tier: 'NetworkPolicy', rank: 0, tie, ties: 'ordered' as const };
  return { direction, order, rules, isolation: [isolation] };
}

function originOf({ policy, direction }: PolicyContext, field: FieldPath, index?: number): RuleOrigin {
  const { kind, namespace, name } = policy;
  return { kind, namespace, name, direction, index, field, origin: policy.originOf(field) };
}

/** @param rules that it adds to: one, and one more for each number that a port by name comes to */
function compileRule(
  rule: NetworkPolicyRule,
  index: number,
  context: PolicyContext,
  compiler: EndpointCompiler,
  rules: Rule[],
): void {
  const { direction, subject } = context;
  const peer = peersOf(rule.peers, context, compiler);
  const origin = originOf(context, rule.field, index);
  const allow = (traffic: Ternary<TrafficSet>): Rule => ({
    action: 'allow',
    subject,
    peer,
    traffic,
    origin,
    wants: () => ({ peer: describePeers(rule.peers), traffic: describePorts(rule.ports) }),
  });
  // NP-07, NP-09: no ports, no restriction.
  if (rule.ports.length === 0) {
    rules.push(allow(POLICED));
    return;
  }
  let numeric = TrafficSet.empty;
  for (const port of rule.ports) {
    if (port.type !== 'named') numeric = numeric.union(numericTraffic(port, compiler));
  }
  const traffic = carriedOut(numeric, 'allow', compiler.enforcer);
  if (!traffic.may.isEmpty) rules.push(allow(traffic));
  for (const port of rule.ports) {
    if (port.type !== 'named') continue;
    const named = { name: port.name, protocols: [port.protocol] };
    rules.push(...rulesForNamedPort(named, allow(certain(TrafficSet.empty)), direction, compiler));
  }
}

/** NP-10: peers in one list are alternatives. NP-08: an empty list means anybody, inside or out. */
function peersOf(
  peers: readonly NetworkPolicyPeer[],
  context: PolicyContext,
  compiler: EndpointCompiler,
): Ternary<EndpointSet> {
  if (peers.length === 0) return compiler.everyone;
  let all: Ternary<EndpointSet> | undefined;
  for (const peer of peers) {
    const each = peerOf(peer, context, compiler);
    all = all ? unionOfTernary(all, each) : each;
  }
  return all!;
}

function peerOf(
  peer: NetworkPolicyPeer,
  { home, direction }: PolicyContext,
  compiler: EndpointCompiler,
): Ternary<EndpointSet> {
  if (peer.type === 'pods') return compiler.select(selectionOf(peer, home));
  const block = compiler.block(peer.addresses);
  return direction === 'ingress' ? sourcesOf(block, peer.addresses, compiler.cluster, compiler.enforcer) : block;
}

function numericTraffic(
  port: Exclude<NetworkPolicyPort, { readonly type: 'named' }>,
  compiler: EndpointCompiler,
): TrafficSet {
  if (port.type === 'all') return TrafficSet.of(port.protocol, PortSet.all);
  // NP-25: a plugin that does not know endPort applies the first port only.
  return compiler.ports(port.protocol, port.first, compiler.enforcer.endPort ? port.last : port.first);
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
