import type { Network } from '../model/network';
import type { RuleOrigin } from '../model/policy/language';
import type { FabricHop, FirewallHop, Hop, PairVerdict, PolicyHop } from '../model/reach/verdict';
import { distinctDoubts } from '../model/values/ternary';
import { policyMeantFor } from './diagnose-absent';
import { inertPolicyFor } from './diagnose-inert';
import { causeOfPolicyStop, denialIn, isolatorOf } from './diagnose-policy';
import { causeOfServiceStop } from './diagnose-service';
import type { Diagnosis } from './diagnosis';
import type { Cause } from './finding';
import { ruleOf } from './policy-rules';
import type { Breach } from './ways';

/** Why a flow that was promised does not surely pass: its first hop that does not. */
export function causeOf(pair: PairVerdict, network: Network): Diagnosis {
  const stops = pair.hops.filter((hop) => hop.decision === 'stops');
  // DNS-05: a name without an address has a Service without endpoints, and that is what to mend.
  const isNameless = stops.length > 1 && stops[0].hop === 'lookup' && stops[0].problem === 'no-such-name';
  const stop = stops[isNameless ? 1 : 0] ?? pair.hops.find((hop) => hop.decision === 'unknown');
  if (!stop) return { cause: { code: 'PTL904', doubts: pair.doubts } };
  switch (stop.hop) {
    case 'lookup':
      return causeOfLookupStop(stop, pair, network);
    case 'service':
      return causeOfServiceStop(stop, network);
    case 'node-firewall':
      return causeOfFirewall(stop);
    case 'fabric':
      return stop.decision === 'unknown' ? undecided(pair, network) : withoutWay(stop, network);
    case 'egress-policy':
    case 'ingress-policy':
      return stop.decision === 'unknown' ? undecided(pair, network) : causeOfPolicyStop(stop, pair, network);
  }
}

function causeOfFirewall(stop: FirewallHop): Diagnosis {
  const { decision, doubts, origin } = stop;
  if (decision === 'unknown') return { cause: { code: 'PTL904', doubts }, blame: origin };
  return { cause: { code: 'PTL332', stop }, blame: origin };
}

export type BreachCode = 'PTL104' | 'PTL113' | 'PTL114' | 'PTL120' | 'PTL701';

/** Why a flow passes, or may, that was promised not to. */
export function causeOfBreach(breach: Breach, code: BreachCode, network: Network): Diagnosis {
  if (breach.pair.outcome === 'unknown') {
    const open = undecided(breach.pair, network);
    // Without the door nothing would be open: policies rarely can tell who comes through one (NP-39).
    return { ...open, blame: breach.service?.origin ?? breach.offer?.rule.origin ?? open.blame };
  }
  const admitting = breach.pair.hops.find((hop): hop is FirewallHop => hop.hop === 'node-firewall');
  if (admitting && code === 'PTL104') return { cause: { code: 'PTL330', admitting }, blame: admitting.origin };
  const inert = inertPolicyFor(breach.pair, network);
  if (inert) return inert;
  const hops = breach.pair.hops.filter(isPolicy).filter((hop) => hop.decidedBy.length > 0);
  // Who gets too far is let out by a policy of its own end; who gets in, by one of the other.
  const allowing = code === 'PTL114' ? hops[0] : hops.at(-1);
  const { source, target } = breach.pair;
  // NP-28: no policy has a say over such a pod, so it is the one to mend.
  const unruled = [source, target].find((pod) => pod?.hostNetwork);
  const blame = allowing?.decidedBy[0].origin ?? unruled?.workload.origin;
  if (code === 'PTL120' && breach.offer) {
    const { edge, url, rule } = breach.offer;
    return { cause: { code, via: breach.via, by: edge.label, url }, blame: rule.origin };
  }
  if (code === 'PTL120') return { cause: { code, via: breach.via }, blame };
  if (code === 'PTL113') return { cause: { code }, blame };
  const allPorts = allowing?.decidedBy.find((origin) => opensAllPorts(origin, network));
  return { cause: { code, allPorts }, blame: allPorts?.origin ?? blame };
}

/** NET-04, NET-11: nodes without a way between them, which is the network's to mend, or the firewall's. */
function withoutWay({ legs }: Pick<FabricHop, 'legs'>, { cluster }: Network): Diagnosis {
  const [shut] = legs.flatMap(({ carriage }) => (carriage.by === 'unreachable' ? [carriage] : []));
  const { because = '', rule } = shut ?? {};
  if (rule !== 'NET-11') return { cause: { code: 'PTL317', because }, blame: cluster.profile.originOf(['cni']) };
  return { cause: { code: 'PTL317', because, isShut: true }, blame: cluster.profile.originOf(['firewall']) };
}

function opensAllPorts(origin: RuleOrigin, network: Network): boolean {
  return ruleOf(origin, network.cluster.networkPolicies)?.hasEmptyPorts === true;
}

function undecided(pair: PairVerdict, network: Network): Diagnosis {
  const doubts = distinctDoubts(pair.doubts);
  const unmodelled = doubts.length > 0 && doubts.every((doubt) => doubt.rule === 'PTL302');
  const deciding = pair.hops.filter(isPolicy).flatMap((hop) => (hop.decision === 'unknown' ? hop.decidedBy : []));
  if (!unmodelled) return { cause: { code: 'PTL904', doubts }, blame: deciding[0]?.origin };
  const unread = deciding.filter(({ kind }) => network.cluster.unmodelled.some((resource) => resource.kind === kind));
  const kinds = [...new Set(unread.map(objectName))];
  return { cause: { code: 'PTL302', kinds }, blame: unread[0]?.origin };
}

/** `GlobalNetworkPolicy audit`, `CiliumNetworkPolicy shop/web`. */
export function objectName(object: {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}): string {
  return `${object.kind} ${object.namespace === '' ? '' : `${object.namespace}/`}${object.name}`;
}

function causeOfLookupStop(stop: Hop & { hop: 'lookup' }, pair: PairVerdict, network: Network): Diagnosis {
  if (stop.problem === 'no-cluster-dns' || stop.problem === 'custom-dns') {
    const custom = stop.problem === 'custom-dns';
    return { cause: { code: 'PTL501', pod: pair.from, custom }, blame: pair.source?.workload.origin };
  }
  if (stop.doubts) return { cause: { code: 'PTL904', doubts: stop.doubts } };
  if (stop.problem === 'no-way') return withoutWay({ legs: [] }, network);
  if (stop.problem === 'no-such-name') return { cause: { code: 'PTL205', service: serviceOf(stop.name) } };
  if (stop.problem === 'no-server') return { cause: { code: 'PTL205', service: 'kube-system/kube-dns' } };
  const way = stop.ways.find((hop) => hop.decision !== 'passes')!;
  if (way.decision === 'unknown') return undecided({ ...pair, doubts: way.doubts, hops: [way] }, network);
  const overTcpOnly = stop.problem === 'tcp-only-denied';
  const denial = denialIn(way);
  const meant = denial ? undefined : policyMeantFor(way, network);
  if (meant) return meant;
  const isolator = denial ?? isolatorOf(way, network);
  const ofServer = stop.problem === 'server-needs';
  const connects = wouldConnect(pair);
  const cause: Cause = { code: 'PTL102', stop: way, isolator, overTcpOnly, ofServer, wouldConnect: connects };
  return { cause, blame: isolator?.origin };
}

/** `ns/name` of the Service whose full name it is. */
function serviceOf(name: string): string {
  const [service, namespace] = name.split('.');
  return `${namespace}/${service}`;
}

/** The counterfactual: with the lookup out of the way, would the rest of the way be open? */
function wouldConnect(pair: PairVerdict): boolean {
  const rest = pair.hops.filter((hop) => hop.hop !== 'lookup');
  return (
    rest.some((hop) => hop.hop === 'ingress-policy' || hop.hop === 'egress-policy') &&
    rest.every((hop) => hop.decision === 'passes')
  );
}

export function isPolicy(hop: Hop): hop is PolicyHop {
  return hop.hop === 'egress-policy' || hop.hop === 'ingress-policy';
}
