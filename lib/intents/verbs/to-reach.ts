import type { ServiceResource } from '../../model/manifest/resources';
import type { Network } from '../../model/network';
import type { Dialled, End } from '../../model/reach/policy-hops';
import { type Hop, outcomeOf, type PairVerdict } from '../../model/reach/verdict';
import { PortSet } from '../../model/values/port-set';
import type { Doubt } from '../../model/values/ternary';
import { TrafficSet } from '../../model/values/traffic-set';
import { amissBehindServices } from '../behind-services';
import type { Checked } from '../checked';
import { pairsToComponent } from '../components';
import { causeOf } from '../diagnose';
import { doorless } from '../diagnose-doors';
import type { Diagnosis } from '../diagnosis';
import { foreignEndsOf } from '../foreign-ends';
import type { Intent } from '../intent';
import { pairsByNodePort } from '../node-ports';
import { endpointOf, pairsToNode } from '../nodes';
import { labelOf, type Resolved, resolveEndpoint } from '../resolve';
import { isSurelyKept } from '../surely-kept';
import { isServiceAlone, missingPort, podsBehind, portsOnPod, promisedPods, serviceTargets } from '../targets';
import { endsOf, familyDoubt } from '../ways';
import { waysIn } from '../ways-in';
import { beyondOwn, isWithin, pairsByLocalhost } from './containers';
import { aboutNoTarget, bestOf, broken, doubtsOfUnknown, kept, vacuous } from './results';

type ToReach = Intent & { verb: 'toReach' };

/** `expect(x).toReach(y)`: every pod of x reaches every promised port of every y, by name unless narrowed. */
export function checkToReach(intent: ToReach, network: Network): readonly Checked[] {
  const subject = resolveEndpoint(intent.subject, network.cluster);
  if (subject.nothing) return [vacuous(intent, subject, 'subject', labelOf(intent.targets, network.cluster))];
  if (intent.targets.length === 0) return [aboutNoTarget(intent, subject)];
  return intent.targets.map((ref) => reachOne(intent, subject, resolveEndpoint(ref, network.cluster), network));
}

function reachOne(intent: ToReach, subject: Resolved, target: Resolved, network: Network): Checked {
  if (target.nothing) return vacuous(intent, target, 'target', subject);
  const missing = missingPort(network, target);
  if (missing) return broken(intent, subject, target, missing);
  const sources = endsOf(network, subject);
  if (sources.length === 0) return vacuous(intent, subject, 'subject', target);
  const walked = () => sources.flatMap((from) => pairsOf(from, subject, target, intent, network));
  if (isSurelyKept(sources, target, intent, network)) {
    // INVARIANT: what surely holds has no problem beside its ways.
    return kept(intent, subject, target, () => walked() as readonly PairVerdict[]);
  }
  const pairs = walked();
  const problem = pairs.find((pair): pair is Diagnosis => 'cause' in pair);
  if (problem) return { ...broken(intent, subject, target, problem.cause), blame: problem.blame };
  const judged = (pairs as readonly PairVerdict[]).map((pair) => (intent.implied ? pair : doubtStrangers(pair)));
  return verdict(intent, subject, target, judged, network);
}

/**
 * What is declared here can't tell the policies of pods that nobody declared here. What `uses` implies is about its own end
 * alone: the other end is for the authors of the other app to open.
 */
function doubtStrangers(pair: PairVerdict): PairVerdict {
  const stranger = [pair.source, pair.target].find((pod) => pod?.provenance === 'stranger');
  if (!stranger || pair.outcome !== 'allowed') return pair;
  const wouldDecide = `the policies of namespace ${stranger.namespace.name}, whose pods are declared elsewhere`;
  return { ...pair, outcome: 'unknown', doubts: [...pair.doubts, { rule: 'NP-03', wouldDecide }] };
}

function verdict(
  intent: Intent,
  subject: Resolved,
  target: Resolved,
  pairs: readonly PairVerdict[],
  network: Network,
): Checked {
  if (pairs.length === 0) {
    return broken(intent, subject, target, { code: 'PTL901', role: 'target', problem: 'it declares no port' });
  }
  const amiss = amissBehindServices(pairs, target);
  const wrong = amiss.find(({ cause }) => cause.code !== 'PTL904');
  const failing = pairs.filter((pair) => pair.outcome !== 'allowed');
  const example = failing.find((pair) => pair.outcome === 'denied') ?? (wrong ? undefined : failing[0]);
  const open = [...(doubtsOfUnknown(pairs) ?? []), ...amiss.flatMap(({ cause }) => doubtsIn(cause))];
  const offenders = [...new Set(failing.map((p) => p.from))];
  if (example) {
    const { cause, blame } = causeOf(example, network);
    return { ...broken(intent, subject, target, cause), blame, example, offenders, doubts: open };
  }
  const [first = wrong] = wrong ? [wrong] : amiss;
  if (!first) return kept(intent, subject, target, () => pairs);
  return { ...broken(intent, subject, target, first.cause), blame: first.blame, doubts: open };
}

function doubtsIn(cause: Diagnosis['cause']): readonly Doubt[] {
  return cause.code === 'PTL904' ? cause.doubts : [];
}

/** NET-07: to a container of its own pod by localhost, and to those of other workloads as to their pods. */
function pairsOf(
  from: End,
  subject: Resolved,
  target: Resolved,
  intent: ToReach,
  network: Network,
): readonly (PairVerdict | Diagnosis)[] {
  if (!('pod' in from) || !isWithin(from.pod, target, intent.by)) return pairsFrom(from, target, intent, network);
  const beyond = beyondOwn(from.pod, target);
  const others = beyond.pods.length > 0 ? pairsFrom(from, beyond, intent, network) : [];
  return [...pairsByLocalhost(from.pod, subject, target), ...others];
}

function pairsFrom(
  from: End,
  target: Resolved,
  { by, told }: Pick<ToReach, 'by' | 'told'>,
  network: Network,
): readonly (PairVerdict | Diagnosis)[] {
  if (target.component) return pairsToComponent(from, target.component, network);
  if (target.node) return pairsToNode(from, target, network);
  if (target.byNodePort) return pairsByNodePort(from, target, network);
  if (!target.addresses.isEmpty || target.host !== undefined) return pairsOutward(from, target, network);
  if (!('pod' in from) && from.node === undefined) return pairsInward(from, target, network);
  if (by === 'podIP' || (by === undefined && !target.named)) return pairsByAddress(from, target, network);
  // DNS-19: the resolver of a node knows no name of the cluster.
  if (by === 'name' && !('pod' in from)) return [{ cause: { code: 'PTL501', pod: from.label, custom: false } }];
  const targets = serviceTargets(network, target, told);
  if ('cause' in targets) return [targets];
  return targets.flatMap(({ service, port }): readonly (PairVerdict | Diagnosis)[] => {
    const to = { type: 'service' as const, label: target.label, service };
    const flow = {
      to,
      // A client that was told an address dials the number in it.
      port: told?.port ?? port.name ?? port.port,
      protocol: port.protocol,
      by: by ?? ('pod' in from ? 'name' : 'service'),
      ownNode: 'left-out' as const,
    };
    return network.walk({ ...flow, from: endpointOf(from, network) }).pairs;
  });
}

function pairsByAddress(from: End, target: Resolved, network: Network): readonly (PairVerdict | Diagnosis)[] {
  const promised = promisedPods(network, target);
  const pods = promised.filter((pod) => pod.replicas !== 0);
  if (pods.length === 0 && promised.length > 0) {
    const problem = 'its workload is scaled to zero, so that it has no pod';
    return [{ cause: { code: 'PTL901', role: 'target', problem }, blame: promised[0].workload.origin }];
  }
  const foreign = foreignEndsOf(network, target).flatMap(({ end, ports }) =>
    ports.map((dialled) => network.packet(from, end, dialled, { runsElsewhere: true })),
  );
  const own = pods.flatMap((pod) =>
    portsOnPod(network, pod, target).map(({ port, protocol }) =>
      network.packet(from, { pod }, { port, protocol }, { ownNode: 'left-out' }),
    ),
  );
  return [...own, ...foreign];
}

/** To what lies outside: the lookup of its name, then the egress policies. */
function pairsOutward(from: End, target: Resolved, network: Network): readonly PairVerdict[] {
  const before: readonly Hop[] =
    target.host !== undefined && 'pod' in from ? [network.lookupOutside(from.pod, target.host)] : [];
  return endsOf(network, target).map((to) => {
    const pair = outwardPair(from, to, target, network);
    const hops = [...before, ...pair.hops];
    return {
      ...pair,
      hops,
      outcome: before.length > 0 && outcomeOf(before) !== 'allowed' ? outcomeOf(before) : pair.outcome,
    };
  });
}

function outwardPair(from: End, to: End, target: Resolved, network: Network): PairVerdict {
  const pair = network.packet(from, to, outwardPort(from, to, target, network), { runsElsewhere: true });
  const doubt = familyDoubt(network, from, to);
  return doubt ? { ...pair, outcome: 'unknown', doubts: [...pair.doubts, doubt] } : pair;
}

/** Without a port every port of every protocol is promised; the first that may be refused shows where it fails. */
function outwardPort(from: End, to: End, target: Resolved, network: Network): Dialled {
  const port = target.port?.name;
  const protocol = target.port?.protocol ?? 'TCP';
  if (typeof port === 'number') return { port, protocol };
  const denied = network.anyTraffic(from, to)?.mayDeny;
  const refused = (['TCP', 'UDP', 'SCTP'] as const).find((each) => denied && !denied.ports(each).isEmpty);
  return refused ? { port: denied!.ports(refused).ranges[0].first, protocol: refused } : { port: 443, protocol };
}

/** From outside: through some front door, or by a URL, that leads to the promised port. */
function pairsInward(from: End, target: Resolved, network: Network): readonly (PairVerdict | Diagnosis)[] {
  return podsBehind(network, target).flatMap((pod) =>
    portsOnPod(network, pod, target).map(({ port, protocol }): PairVerdict | Diagnosis => {
      const wanted = TrafficSet.of(protocol, PortSet.of(port));
      const isMeant = (service?: ServiceResource) =>
        !isServiceAlone(target) || (service !== undefined && target.services.includes(service));
      const ways = waysIn(network, from, pod, wanted, isMeant);
      return ways.length > 0 ? bestOf(ways) : doorless(pod, network);
    }),
  );
}
