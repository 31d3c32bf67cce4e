import type { Cluster } from '../cluster/cluster';
import type { NodeRole } from '../cluster/node-groups';
import { mayRunOn, mayRunTogether } from '../cluster/whereabouts';
import { type PodGroup, workloadLabel } from '../cluster/workload';
import type { Peer } from '../policy/endpoint-set';
import type { PolicyEngine } from '../policy/engine';
import { decide, type PolicyDecision } from '../policy/explain';
import type { Direction } from '../policy/language';
import { uncarriedBy } from '../policy/sctp';
import type { SubjectStages } from '../policy/subject-stages';
import { CidrSet } from '../values/cidr-set';
import type { IpFamily } from '../values/ip';
import { PortSet } from '../values/port-set';
import type { Doubt } from '../values/ternary';
import { type Protocol, TrafficSet } from '../values/traffic-set';
import type { Circumstances } from './flow';
import { OWN_NODE_DOUBT } from './own-node';
import { decisionOf, outcomeOf, type PolicyHop } from './verdict';

/** The container port and protocol that a packet is for. */
export interface Dialled {
  readonly protocol: Protocol;
  readonly port: number;
}

/** An end of a flow: a pod group, or addresses that are no pod's. */
export type End =
  | { readonly pod: PodGroup }
  | {
      readonly addresses: CidrSet;
      readonly label: string;
      readonly node?: string;
      /** It is a port of Kubernetes itself on nodes of a role: somebody must tell what guards it (NET-01). */
      readonly guarded?: NodeRole;
      /** The name by which a client has it, which rules about domain names look at. */
      readonly host?: string;
    };

const HAIRPIN_DOUBT: Doubt = {
  rule: 'NP-32',
  wouldDecide: 'whether the network plugin applies policies to a pod that reaches itself through a Service',
};
const REPLICA_DOUBT: Doubt = {
  rule: 'NP-31',
  wouldDecide: 'which of its replicas is meant: each always reaches itself, and the others by policy',
};
const FAMILY_DOUBT: Doubt = {
  rule: 'NP-38',
  wouldDecide: 'the IP family of the connection: the policies differ between IPv4 and IPv6',
};

/**
 * The egress policies of the source and the ingress policies of the destination, in the packet's order (NP-05).
 * NP-38: two ends of two families are judged once a family; where the answers differ nobody knows which one a client takes.
 */
export function policyHops(
  engine: PolicyEngine,
  from: End,
  to: End,
  dialled: Dialled,
  circumstances: Circumstances = {},
): readonly PolicyHop[] {
  const families = commonFamilies(engine, from, to, circumstances);
  if (families.length < 2) return hopsIn(families, engine, from, to, dialled, circumstances);
  const ways = families.map((family) => hopsIn([family], engine, from, to, dialled, circumstances));
  const outcomes = ways.map(outcomeOf);
  if (outcomes.every((outcome) => outcome === outcomes[0])) return ways[0];
  const worst = ways[outcomes.indexOf('denied')] ?? ways[outcomes.indexOf('unknown')];
  return worst.map((hop) => {
    if (hop.decision !== 'stops') return hop;
    return { ...hop, ...doubted(hop, FAMILY_DOUBT), decision: 'unknown' };
  });
}

/** The egress policies of a source alone, whatever becomes of its packet. */
export function leavingHop(
  engine: PolicyEngine,
  from: End & { pod: PodGroup },
  to: End,
  dialled: Dialled,
  circumstances: Circumstances,
): readonly PolicyHop[] {
  const families = commonFamilies(engine, from, to, circumstances);
  return hopsIn(families, engine, from, to, dialled, circumstances).filter((hop) => hop.hop === 'egress-policy');
}

function commonFamilies(engine: PolicyEngine, from: End, to: End, { family }: Circumstances): readonly IpFamily[] {
  return (family ? [family] : engine.cluster.families).filter((f) => hasFamily(from, f) && hasFamily(to, f));
}

function hopsIn(
  families: readonly IpFamily[],
  engine: PolicyEngine,
  from: End,
  to: End,
  dialled: Dialled,
  circumstances: Circumstances,
): readonly PolicyHop[] {
  const hops: PolicyHop[] = [];
  const isOpen = 'pod' in from && from.pod.provenance === 'stranger' && circumstances.strangersAreOpen;
  if ('pod' in from && !isOpen) hops.push(hopAt(engine, 'egress', from.pod, to, dialled, families, circumstances));
  const letsIn = 'pod' in to && to.pod.provenance === 'stranger' && circumstances.strangersLetIn;
  if ('pod' in to && !letsIn) hops.push(hopAt(engine, 'ingress', to.pod, from, dialled, families, circumstances));
  return hops;
}

/** Whether the two ends have an address family in common. */
export function shareFamily(engine: PolicyEngine, from: End, to: End, family?: IpFamily): boolean {
  return commonFamilies(engine, from, to, { family }).length > 0;
}

export function labelOf(end: End): string {
  if (!('pod' in end)) return end.label;
  return podLabel(end.pod);
}

/** `ns/pod` for one declared Pod, `ns/name[Kind]` for the replicas of a template, words for a stranger. */
export function podLabel(pod: PodGroup): string {
  if (pod.provenance === 'stranger') return strangerLabel(pod);
  return pod.podName ? `${pod.namespace.name}/${pod.podName}` : workloadLabel(pod.workload);
}

function strangerLabel(pod: PodGroup): string {
  const labels = [...pod.labels.known].map(([key, value]) => `${key}=${value}`).join(',');
  const carrying = labels === '' ? 'without labels' : `labelled ${labels}`;
  return `an undeclared pod ${carrying} in ${pod.namespace.name}`;
}

function hopAt(
  engine: PolicyEngine,
  direction: Direction,
  at: PodGroup,
  other: End,
  dialled: Dialled,
  families: readonly IpFamily[],
  circumstances: Circumstances,
): PolicyHop {
  const traffic = TrafficSet.of(dialled.protocol, PortSet.of(dialled.port));
  const own = engine.of(direction, at);
  const decisions = families.map((family) => decide(own, at, peerOf(other, family), traffic));
  const judged = agree(decisions);
  const translated = direction === 'egress' ? beforeTranslation(own, dialled, judged, circumstances) : judged;
  const { capabilities } = engine.cluster.profile;
  const isCarried = at.hostNetwork || !uncarriedBy(capabilities).intersects(traffic) || isAt(other, at);
  const decision = isCarried ? exempt(engine.cluster, direction, at, other, translated, circumstances) : translated;
  return {
    hop: direction === 'egress' ? 'egress-policy' : 'ingress-policy',
    decision: decisionOf(decision.outcome),
    at,
    peer: labelOf(other),
    traffic: `${dialled.port}/${dialled.protocol}`,
    ...decision,
  };
}

/** One answer for all families, where one direction is asked about by itself. */
function agree(decisions: readonly PolicyDecision[]): PolicyDecision {
  const first = decisions[0] ?? { ...EXEMPT, outcome: 'unknown', doubts: [FAMILY_DOUBT] };
  if (decisions.every((decision) => decision.outcome === first.outcome)) return first;
  const decisive = decisions.find((decision) => decision.outcome !== 'allowed')!;
  return { ...decisive, outcome: 'unknown', doubts: [...decisive.doubts, FAMILY_DOUBT] };
}

/**
 * NP-20: a rule with an ipBlock around the Service's own address may be applied before the translation, or never;
 * where such a rule would decide otherwise than those that see the pod nobody knows.
 */
function beforeTranslation(
  own: SubjectStages,
  { protocol }: Dialled,
  decision: PolicyDecision,
  { viaService }: Circumstances,
): PolicyDecision {
  const port = viaService?.port;
  if (decision.outcome === 'unknown' || port === undefined) return decision;
  const contrary = decision.outcome === 'denied' ? 'allow' : 'deny';
  const aimsAtService = own.rules.some(({ action, peer, traffic }) => {
    const { others } = peer.may;
    const isBlock = !others.covers(CidrSet.all(4)) && others.intersects(viaService!.addresses);
    return action === contrary && isBlock && traffic.may.hasPort(protocol, port);
  });
  return aimsAtService ? doubted(decision, SERVICE_ADDRESS_DOUBT) : decision;
}

const SERVICE_ADDRESS_DOUBT: Doubt = {
  rule: 'NP-20',
  wouldDecide: "a rule that selects the pods behind the Service instead of the Service's address",
};
const EXEMPT: PolicyDecision = { outcome: 'allowed', decidedBy: [], tiers: [], nearMisses: [], doubts: [] };

/** What policies have no say in: a pod's way to itself, and its own node's way in. */
function exempt(
  cluster: Cluster,
  direction: Direction,
  at: PodGroup,
  other: End,
  decision: PolicyDecision,
  { ownNode, viaService }: Circumstances,
): PolicyDecision {
  const { hostNetworkPods, letsOwnNodeIn } = cluster.profile.capabilities;
  if (decision.outcome === 'allowed') return decision;
  if ('pod' in other && other.pod === at && at.replicas !== 1) {
    // Of several replicas each meets itself too, and then as one alone does.
    return doubted(decision, viaService ? HAIRPIN_DOUBT : REPLICA_DOUBT);
  }
  if ('pod' in other && other.pod === at) {
    // NP-31: a pod always reaches its own address; NP-32: through a Service nobody knows.
    if (!viaService) return { ...EXEMPT, exempt: 'itself' };
    return isOfAdministrators(decision) ? decision : doubted(decision, HAIRPIN_DOUBT);
  }
  const node = ownNode === 'left-out' ? undefined : nodeOf(other);
  if (node === undefined || !mayBeOwnNode(cluster, at, other, node)) return decision;
  // NP-30: a plugin may leave the own node to the policies, as it does other nodes.
  if (direction === 'ingress' && !letsOwnNodeIn && hostNetworkPods === 'as-node') return decision;
  if (node === '' || !at.nodeName) return doubted(decision, OWN_NODE_DOUBT);
  // NP-30: the own node is always let in; the way out to it is the plugin's to open or shut.
  // NP-28: whether a hostNetwork pod is its node, or a pod like others, may be open too.
  const isNode = !('pod' in other) || hostNetworkPods === 'as-node';
  if (direction === 'egress' || !isNode) return doubted(decision, OWN_NODE_DOUBT);
  return isDeniedByAdministrators(decision)
    ? doubted(decision, ADMINISTRATORS_NODE_DOUBT)
    : { ...EXEMPT, exempt: 'own-node' };
}

function mayBeOwnNode(cluster: Cluster, at: PodGroup, other: End, node: string): boolean {
  if ('pod' in other) return mayRunTogether(cluster, at, other.pod);
  return node === '' || mayRunOn(cluster, at, node);
}

function isAt(end: End, pod: PodGroup): boolean {
  return 'pod' in end && end.pod === pod;
}

function isDeniedByAdministrators({ decidedBy }: PolicyDecision): boolean {
  return decidedBy.some(({ kind }) => ADMINISTRATORS_KINDS.has(kind));
}

const ADMINISTRATORS_KINDS: ReadonlySet<string> = new Set([
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
]);
const ADMINISTRATORS_NODE_DOUBT: Doubt = {
  rule: 'NP-30',
  wouldDecide:
    "whether the network plugin keeps cluster-wide policies from the pod's own node, as it does NetworkPolicies",
};

/** The cluster-wide APIs say of themselves that they apply to a pod that meets itself through a Service (NP-32). */
function isOfAdministrators({ outcome, tiers }: PolicyDecision): boolean {
  const decisive = tiers.filter(({ result }) => result === 'denies').flatMap(({ by }) => by);
  return outcome === 'denied' && decisive.length > 0 && decisive.every(({ kind }) => kind === 'ClusterNetworkPolicy');
}

function doubted(decision: PolicyDecision, doubt: Doubt): PolicyDecision {
  return { ...decision, outcome: 'unknown', doubts: [...decision.doubts, doubt] };
}

/** The node that an end is, or runs on the network of: its name, `''` where nobody knows, `undefined` for anything else. */
function nodeOf(end: End): string | undefined {
  if ('pod' in end) return end.pod.hostNetwork ? (end.pod.nodeName ?? '') : undefined;
  return end.node;
}

/** An end as the policies of one address family see it. */
export function peerOf(end: End, family: IpFamily): Peer {
  if ('pod' in end) return { pod: end.pod, addresses: end.pod.domain.ofFamily(family) };
  return { addresses: end.addresses.ofFamily(family), isNode: end.node !== undefined, host: end.host };
}

function hasFamily(end: End, family: IpFamily): boolean {
  const addresses = 'pod' in end ? end.pod.domain : end.addresses;
  return !addresses.ofFamily(family).isEmpty;
}
