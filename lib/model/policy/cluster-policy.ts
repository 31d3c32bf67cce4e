import { titleOf } from '../cluster/cni/registry';
import { selectionOfBoth } from '../cluster/pod-selection';
import type {
  ClusterPolicyPeer,
  ClusterPolicyPort,
  ClusterPolicyResource,
  ClusterPolicyRule,
  SelectedPods,
} from '../manifest/resources';
import { PortSet } from '../values/port-set';
import { certain, doubtful, type Ternary } from '../values/ternary';
import { PROTOCOLS, TrafficSet } from '../values/traffic-set';
import { type EndpointCompiler, unionOfTernary } from './endpoint-compiler';
import { type EndpointSet, emptyEndpoints } from './endpoint-set';
import type { Direction, PolicyBlock, Rule } from './language';
import { rulesForNamedPort } from './named-port';
import { carriedOut } from './sctp';

/**
 * NP-43: a policy of the administrators as rules of its tier, top-down, without any isolation: what no rule matches goes on.
 * Policies of one priority have no order among themselves.
 * @param enforced whether the network plugin reads such objects
 */
export function compileClusterPolicy(
  policy: ClusterPolicyResource,
  compiler: EndpointCompiler,
  enforced: true | 'unknown',
): readonly PolicyBlock[] {
  const words = compiler.forClusterPolicies();
  const selected = words.select(selectionOfBoth(policy.subject));
  const subject = enforced === true ? selected : mayBeRead(selected, policy, compiler);
  // How the older and the newer kinds stand to each other in one cluster nobody says.
  const series = policy.kind === 'ClusterNetworkPolicy' ? 'newer' : 'older';
  const order = { tier: policy.tier, rank: policy.priority, tie: policy.name, series, ties: 'open' as const };
  return (['egress', 'ingress'] as const)
    .filter((direction) => policy[direction].length > 0)
    .map((direction) => ({
      direction,
      order,
      rules: policy[direction].flatMap((rule, index) =>
        compileRule(rule, { policy, direction, subject, index, compiler: words }),
      ),
      isolation: [],
    }));
}

function mayBeRead(
  subject: Ternary<EndpointSet>,
  { kind }: ClusterPolicyResource,
  { cluster }: EndpointCompiler,
): Ternary<EndpointSet> {
  const wouldDecide = `whether ${titleOf(cluster.profile.cni)} enforces ${kind}, which is an option or a matter of its version`;
  return doubtful(emptyEndpoints(cluster.pods.length), subject.may, ...(subject.because ?? []), {
    rule: 'NP-43',
    wouldDecide,
  });
}

interface RuleContext {
  readonly policy: ClusterPolicyResource;
  readonly direction: Direction;
  readonly subject: Ternary<EndpointSet>;
  readonly index: number;
  readonly compiler: EndpointCompiler;
}

function compileRule(rule: ClusterPolicyRule, context: RuleContext): readonly Rule[] {
  const { policy, direction, subject, index, compiler } = context;
  const { kind, namespace, name } = policy;
  const base: Rule = {
    action: rule.action,
    subject,
    peer: compiler.everyone,
    // Without ports a rule speaks of all traffic, ICMP too.
    traffic: certain(TrafficSet.all),
    origin: { kind, namespace, name, direction, index, field: rule.field, origin: policy.originOf(rule.field) },
    wants: () => ({ peer: rule.peers.map(describePeer).join(' or '), traffic: describePorts(rule.ports) }),
  };
  if ([...rule.peers, ...rule.ports].some(({ type }) => type === 'unknown')) return failClosed(base);
  const matching = { ...base, peer: rule.peers.map((peer) => endpointsOf(peer, compiler)).reduce(unionOfTernary) };
  if (rule.ports.length === 0) return [matching];
  const numeric = rule.ports.reduce((sum, port) => sum.union(numericTraffic(port, compiler)), TrafficSet.empty);
  const named = rule.ports.flatMap((port) =>
    port.type === 'named'
      ? rulesForNamedPort({ name: port.name, protocols: PROTOCOLS }, matching, direction, compiler)
      : [],
  );
  const traffic = carriedOut(numeric, rule.action, compiler.enforcer);
  return [...(traffic.may.isEmpty ? [] : [{ ...matching, traffic }]), ...named];
}

/** What a later version of the API may mean nobody knows: such a rule allows nothing, and denies where it could let pass. */
function failClosed(rule: Rule): readonly Rule[] {
  return rule.action === 'allow' ? [] : [{ ...rule, action: 'deny' }];
}

function endpointsOf(peer: ClusterPolicyPeer, compiler: EndpointCompiler): Ternary<EndpointSet> {
  switch (peer.type) {
    case 'pods':
      return compiler.select(selectionOfBoth(peer));
    case 'networks':
      return compiler.block(peer.addresses);
    case 'nodes':
      return compiler.nodes(peer.selector);
    case 'domainNames':
      return compiler.domainNames(peer.names);
    case 'unknown':
      return compiler.everyone;
  }
}

function numericTraffic(port: ClusterPolicyPort, compiler: EndpointCompiler): TrafficSet {
  switch (port.type) {
    case 'all':
      return TrafficSet.of(port.protocol, PortSet.all);
    case 'range':
      return compiler.ports(port.protocol, port.first, port.last);
    case 'named':
    case 'unknown':
      return TrafficSet.empty;
  }
}

function describePeer(peer: ClusterPolicyPeer): string {
  switch (peer.type) {
    case 'pods':
      return describePods(peer);
    case 'networks':
      return peer.cidrs.join(' or ');
    case 'nodes':
      return peer.selector.isEverything ? 'any node' : `nodes with ${peer.selector}`;
    case 'domainNames':
      return peer.names.join(' or ');
    case 'unknown':
      return `a peer by ${peer.keys.join(', ')}, which is not known`;
  }
}

function describePods({ podSelector, namespaceSelector }: SelectedPods): string {
  const pods = podSelector.isEverything ? 'any pod' : `${podSelector}`;
  return `${pods} in ${namespaceSelector.isEverything ? 'any namespace' : `namespaces with ${namespaceSelector}`}`;
}

function describePorts(ports: readonly ClusterPolicyPort[]): string {
  return ports.length === 0 ? 'any traffic' : ports.map(describePort).join(', ');
}

function describePort(port: ClusterPolicyPort): string {
  switch (port.type) {
    case 'all':
      return `any ${port.protocol} port`;
    case 'range':
      return `${port.first === port.last ? port.first : `${port.first}-${port.last}`}/${port.protocol}`;
    case 'named':
      return `port "${port.name}"`;
    case 'unknown':
      return `a protocol by ${port.keys.join(', ')}, which is not known`;
  }
}
