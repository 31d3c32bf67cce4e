import type { Network } from '../../model/network';
import type { End } from '../../model/reach/policy-hops';
import { type Hop, outcomeOf, type PairVerdict } from '../../model/reach/verdict';
import { TrafficSet } from '../../model/values/traffic-set';
import type { Checked } from '../checked';
import { causeOf, type Diagnosis } from '../diagnose';
import type { Intent, ReachBy } from '../intent';
import { labelOf, type Resolved, resolveEndpoint } from '../resolve';
import { containerPorts, missingPort, podsBehind, serviceTargets } from '../targets';
import { endsOf } from '../ways';
import { broken, kept, vacuous } from './results';

type ToReach = Intent & { verb: 'toReach' };

/** `expect(x).toReach(y)`: every pod of x reaches every promised port of every y, by name unless narrowed. */
export function checkToReach(intent: ToReach, network: Network): readonly Checked[] {
  const subject = resolveEndpoint(intent.subject, network.cluster);
  if (subject.nothing) return [vacuous(intent, subject, 'subject', labelOf(intent.targets, network.cluster))];
  return intent.targets.map((ref) => reachOne(intent, subject, resolveEndpoint(ref, network.cluster), network));
}

function reachOne(intent: ToReach, subject: Resolved, target: Resolved, network: Network): Checked {
  if (target.nothing) return vacuous(intent, target, 'target', subject);
  const missing = missingPort(network, target);
  if (missing) return broken(intent, subject, target, missing);
  const sources = endsOf(network, subject);
  if (sources.length === 0) return vacuous(intent, subject, 'subject', target);
  const pairs = sources.flatMap((from) => pairsFrom(from, target, intent.by, network));
  const problem = pairs.find((pair): pair is Diagnosis => 'cause' in pair);
  if (problem) return { ...broken(intent, subject, target, problem.cause), blame: problem.blame };
  return verdict(intent, subject, target, pairs as readonly PairVerdict[], network);
}

function verdict(
  intent: Intent,
  subject: Resolved,
  target: Resolved,
  pairs: readonly PairVerdict[],
  network: Network,
): Checked {
  const failing = pairs.filter((pair) => pair.outcome !== 'allowed');
  if (failing.length === 0 && pairs.length > 0) return kept(intent, subject, target, pairs);
  if (pairs.length === 0) {
    return broken(intent, subject, target, { code: 'PTL901', role: 'target', problem: 'it declares no port' });
  }
  const example = failing.find((pair) => pair.outcome === 'denied') ?? failing[0];
  const { cause, blame } = causeOf(example, network);
  return {
    ...broken(intent, subject, target, cause),
    blame,
    example,
    offenders: [...new Set(failing.map((p) => p.from))],
  };
}

function pairsFrom(
  from: End,
  target: Resolved,
  by: ReachBy | undefined,
  network: Network,
): readonly (PairVerdict | Diagnosis)[] {
  if (!target.addresses.isEmpty || target.host !== undefined) return pairsOutward(from, target, network);
  if (!('pod' in from)) return pairsInward(from, target, network);
  if (by === 'podIP' || (by === undefined && !target.named)) return pairsByAddress(from, target, network);
  const targets = serviceTargets(network, target);
  if ('cause' in targets) return [targets];
  return targets.flatMap(({ service, port }) => {
    const to = { type: 'service' as const, label: target.label, service };
    const flow = {
      to,
      port: port.name ?? port.port,
      protocol: port.protocol,
      by: by ?? 'name',
      ownNode: 'left-out' as const,
    };
    const endpoint = { type: 'pods' as const, label: '', pods: [from.pod], workload: from.pod.workload };
    return network.walk({ ...flow, from: endpoint }).pairs;
  });
}

function pairsByAddress(from: End, target: Resolved, network: Network): readonly PairVerdict[] {
  return podsBehind(network, target).flatMap((pod) =>
    containerPorts(pod, target).map(({ port, protocol }) =>
      network.packet(from, { pod }, { port, protocol }, { ownNode: 'left-out' }),
    ),
  );
}

/** To what lies outside: the lookup of its name, then the egress policies. */
function pairsOutward(from: End, target: Resolved, network: Network): readonly PairVerdict[] {
  const before: readonly Hop[] =
    target.host !== undefined && 'pod' in from ? [network.lookup(from.pod, target.host)] : [];
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
  const port = target.port?.name;
  const protocol = target.port?.protocol ?? 'TCP';
  if (typeof port === 'number') return network.packet(from, to, { port, protocol });
  // Without a port every port is promised; the first that may be refused shows where it fails.
  const denied = network.anyTraffic(from, to)?.mayDeny.intersect(TrafficSet.allPorts) ?? TrafficSet.allPorts;
  const [range] = denied.ports('TCP').isEmpty ? [{ first: 443 }] : denied.ports('TCP').ranges;
  return network.packet(from, to, { port: range.first, protocol: 'TCP' });
}

/** From outside: through some front door that leads to the promised port. */
function pairsInward(from: End, target: Resolved, network: Network): readonly (PairVerdict | Diagnosis)[] {
  return podsBehind(network, target).flatMap((pod) =>
    containerPorts(pod, target).map(({ port, protocol }): PairVerdict | Diagnosis => {
      const doors = network.frontDoorsOf(pod).filter((door) => door.port === port && door.protocol === protocol);
      const ways = doors.map((door) => network.enter(from, door));
      const noWay: Diagnosis = { cause: { code: 'PTL121' }, blame: pod.workload.origin };
      return ways.find((way) => way.outcome === 'allowed') ?? ways[0] ?? noWay;
    }),
  );
}
