import type { PodGroup } from '../cluster/workload';
import type { PolicyEngine } from '../policy/engine';
import { doubtsOf, judge } from '../policy/evaluate';
import { eitherOf, FREE, inSeries, type Outcome } from '../policy/outcome';
import type { CidrSet } from '../values/cidr-set';
import type { IpFamily } from '../values/ip';
import { type Doubt, distinctDoubts } from '../values/ternary';
import { TrafficSet } from '../values/traffic-set';
import { ambiguityOf } from './ambiguous-end';
import { carried, fabricDoubts } from './fabric-hop';
import type { StrangersStance } from './flow';
import { enteringFromOutside, hiddenDoubts } from './hidden-client';
import { guardOf } from './node-firewall';
import { mayBeOneNode } from './node-senders';
import { type End, peerOf } from './policy-hops';

/**
 * What the policies, and what guards nodes, do to all traffic between two ends at once, in any common family.
 * The pod's own node is left out (NP-30): this serves promises, which can't keep it away.
 */
export function anyTraffic(
  engine: PolicyEngine,
  from: End,
  to: End,
  circumstances: StrangersStance = {},
): Outcome | undefined {
  const policies = carriedByPolicies(engine, from, to, circumstances);
  const guard = policies && guardOf(engine.cluster, from, to);
  if (!guard) return policies;
  const isOwnNode = 'addresses' in to && 'pod' in from && mayBeOneNode(engine.cluster, from, to);
  // NP-30: whether policies keep a pod from its own node is the plugin's to say.
  return inSeries(isOwnNode ? { ...policies, mayAllow: TrafficSet.all } : policies, guard.outcome);
}

function carriedByPolicies(
  engine: PolicyEngine,
  from: End,
  to: End,
  circumstances: StrangersStance,
): Outcome | undefined {
  const outcome = trafficByPolicies(engine, from, to, circumstances);
  return outcome && (carried(engine.cluster, from, to, outcome) ?? SHUT);
}

/** NET-04: nodes without a way between them. */
const SHUT: Outcome = { mayAllow: TrafficSet.empty, mayDeny: TrafficSet.all };

/** The same by policies alone, where the end stands for whoever it may be. */
export function trafficByPolicies(
  engine: PolicyEngine,
  from: End,
  to: End,
  circumstances: StrangersStance = {},
): Outcome | undefined {
  if ('pod' in from && 'pod' in to) return betweenPods(engine, from.pod, to.pod, circumstances);
  if (ambiguityOf(from, engine.cluster) || ambiguityOf(to, engine.cluster)) return ANYTHING;
  const families = engine.cluster.families.filter(
    (f) => !peerOf(from, f).addresses.isEmpty && !peerOf(to, f).addresses.isEmpty,
  );
  if (families.length === 0) return undefined;
  return families.map((family) => inFamily(engine, from, to, family, circumstances)).reduce(eitherOf);
}

/** Whatever leaves open some of the traffic between two ends: the doubts of every rule that may decide about some of it. */
export function doubtsBetween(engine: PolicyEngine, from: End, to: End, traffic: TrafficSet): readonly Doubt[] {
  const guard = guardOf(engine.cluster, from, to);
  const ofGuard = guard && isOpen(guard.outcome, traffic) ? guard.doubts : [];
  const ofPolicies = engine.cluster.families.flatMap((family) => [
    ...('pod' in from ? doubtsOf(engine.of('egress', from.pod), from.pod, peerOf(to, family), traffic) : []),
    ...('pod' in to ? doubtsOf(engine.of('ingress', to.pod), to.pod, peerOf(from, family), traffic) : []),
  ]);
  const ofClient =
    isOutside(from) && 'pod' in to
      ? hiddenDoubts(engine.cluster, engine.of('ingress', to.pod), to.pod, from.addresses, traffic)
      : [];
  return distinctDoubts([...fabricDoubts(engine.cluster, from, to), ...ofPolicies, ...ofClient, ...ofGuard]);
}

function isOpen({ mayAllow, mayDeny }: Outcome, traffic: TrafficSet): boolean {
  return mayAllow.intersect(mayDeny).intersects(traffic);
}

/** Who is at an address of the pod or Service range nobody can tell, nor what becomes of it. */
const ANYTHING: Outcome = { mayAllow: TrafficSet.all, mayDeny: TrafficSet.all };

/** From the rows, so that a promise about one pod can ask for every other pod of a large cluster. */
function betweenPods(
  { rows }: PolicyEngine,
  from: PodGroup,
  to: PodGroup,
  { strangersAreOpen, strangersLetIn }: StrangersStance,
): Outcome | undefined {
  const isFree = strangersAreOpen && from.provenance === 'stranger';
  const isOpen = strangersLetIn && to.provenance === 'stranger';
  const leaving = isFree ? rows.free(to) : rows.outcome('egress', from, to);
  const entering = isOpen ? rows.free(from) : rows.outcome('ingress', to, from);
  return rows.outcomes.inSeries(leaving, entering);
}

function inFamily(
  engine: PolicyEngine,
  from: End,
  to: End,
  family: IpFamily,
  { strangersAreOpen, strangersLetIn }: StrangersStance,
): Outcome {
  const isBound = 'pod' in from && !(strangersAreOpen && from.pod.provenance === 'stranger');
  const leaving = isBound ? judge(engine.of('egress', from.pod), from.pod, peerOf(to, family)) : FREE;
  const isGuarded = 'pod' in to && !(strangersLetIn && to.pod.provenance === 'stranger');
  const entering = isGuarded ? enteringBy(engine, from, to.pod, family) : FREE;
  return inSeries(leaving, entering);
}

/** NP-39: clients outside may come by another address than their own. */
function enteringBy(engine: PolicyEngine, from: End, pod: PodGroup, family: IpFamily): Outcome {
  const own = engine.of('ingress', pod);
  const peer = peerOf(from, family);
  // Rules about names are about who is sent to.
  return isOutside(from)
    ? enteringFromOutside(engine.cluster, own, pod, peer.addresses, family)
    : judge(own, pod, peer);
}

function isOutside(end: End): end is Extract<End, { readonly addresses: CidrSet }> {
  return 'addresses' in end && end.node === undefined;
}
