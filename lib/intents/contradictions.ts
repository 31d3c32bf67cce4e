import type { PodGroup } from '../model/cluster/workload';
import type { Network } from '../model/network';
import { labelOf } from '../model/reach/policy-hops';
import { PortSet } from '../model/values/port-set';
import { PROTOCOLS, TrafficSet } from '../model/values/traffic-set';
import type { Broken } from './checked';
import { type Demand, type Forbids, forbidsOf } from './forbidden';
import type { Intent } from './intent';
import { resolveEndpoint } from './resolve';
import { podsBehind, portsOnPod } from './targets';
import { endsOf } from './ways';

/**
 * Promises that no policy in the world can keep together: what one wants through another wants kept out. One that breaks is
 * put down to this before any policy is looked at.
 */
export function contradictions(
  broken: readonly Broken[],
  intents: readonly Intent[],
  network: Network,
): readonly Broken[] {
  const demands = remembered((intent: Intent) => demandsOf(intent, network));
  const forbids = remembered((intent: Intent) => forbidsOf(intent, network));
  const clashes = new Map<Broken, Clash>();
  const seen = new Set<Intent>();
  for (const one of broken) {
    const { intent } = one;
    if (seen.has(intent)) continue;
    seen.add(intent);
    const found = firstOf(intents, (other) => {
      return (
        clash(intent, other, demands, forbids) ??
        clash(other, intent, demands, forbids) ??
        ofNames(intent, other, network)
      );
    });
    if (found) clashes.set(one, found);
  }
  return [...clashes].map(([one, found]) => {
    const cause = { code: 'PTL902' as const, ...found, pivot: pivotOf(found, [...clashes.values()]) };
    return { ...one, cause, blame: undefined, example: undefined, offenders: [], doubts: undefined };
  });
}

/** Of two promises that contradict each other the one that contradicts more: most likely that is the one to change. */
function pivotOf({ demanding, forbidding }: Clash, all: readonly Clash[]): Intent {
  const [demands, bans] = [demanding, forbidding].map((intent) => {
    return all.filter((other) => other.demanding === intent || other.forbidding === intent).length;
  });
  return demands > bans ? demanding : forbidding;
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Clash {
  readonly demanding: Intent;
  readonly forbidding: Intent;
  readonly flow: string;
}

function clash(
  demanding: Intent,
  forbidding: Intent,
  demands: (intent: Intent) => readonly Demand[],
  forbids: (intent: Intent) => Forbids | undefined,
): Clash | undefined {
  const isForbidden = demanding === forbidding ? undefined : forbids(forbidding);
  const demand = isForbidden && demands(demanding).find(isForbidden);
  return demand && { demanding, forbidding, flow: flowText(demand) };
}

/** Promises about names, which need no flow to contradict each other. */
function ofNames(one: Intent, other: Intent, network: Network): Clash | undefined {
  if (one === other || !('negated' in one) || !('negated' in other) || one.negated === other.negated) return undefined;
  if (one.verb === 'toResolve' && other.verb === 'toResolve') {
    if (one.name !== other.name) return undefined;
    const asking = podsBehind(network, resolveEndpoint(one.subject, network.cluster));
    const shared = podsBehind(network, resolveEndpoint(other.subject, network.cluster)).find((p) => asking.includes(p));
    return shared && named(one, other, `${labelOf({ pod: shared })} looks up ${one.name}`);
  }
  if (one.verb === 'toRouteTo' && other.verb === 'toRouteTo') {
    const isSame = [one, other].map(({ subject, backend }) => JSON.stringify([subject, backend]));
    return isSame[0] === isSame[1] ? named(one, other, resolveEndpoint(one.subject, network.cluster).label) : undefined;
  }
  return undefined;
}

function named(one: Intent & { negated: boolean }, other: Intent, flow: string): Clash {
  return one.negated ? { demanding: other, forbidding: one, flow } : { demanding: one, forbidding: other, flow };
}

/** What a promise wants through, each as small as it can be wanted. */
function demandsOf(intent: Intent, network: Network): readonly Demand[] {
  const subject = resolveEndpoint(intent.subject, network.cluster);
  if (intent.verb === 'toReach' && !intent.negated) {
    return intent.targets.flatMap((ref) => {
      const target = resolveEndpoint(ref, network.cluster);
      const goals = [...goalsAtPods(network, podsMeant(network, target), target), ...goalsOutside(network, target)];
      return endsOf(network, subject).flatMap((from) => goals.map((goal) => ({ from, ...goal })));
    });
  }
  if (intent.verb === 'toBeExposedTo' && !intent.negated) {
    const zone = endsOf(network, resolveEndpoint(intent.zone, network.cluster));
    const goals = goalsAtPods(network, podsMeant(network, subject), subject);
    return zone.flatMap((from) => goals.map((goal) => ({ from, ...goal })));
  }
  return [];
}

/** What is meant, not where a Service of it leads by mistake: that no policy mends such a flow does not make it wanted. */
function podsMeant(network: Network, target: Parameters<typeof podsBehind>[1]): readonly PodGroup[] {
  return target.pods.length > 0 ? target.pods : podsBehind(network, target);
}

type Goal = Omit<Demand, 'from'>;

function goalsAtPods(
  network: Network,
  pods: readonly PodGroup[],
  target: Parameters<typeof portsOnPod>[2],
): readonly Goal[] {
  return pods.flatMap((pod) =>
    portsOnPod(network, pod, target).map(({ port, protocol }) => ({
      to: { pod },
      traffic: TrafficSet.of(protocol, PortSet.of(port)),
    })),
  );
}

function goalsOutside(network: Network, target: Parameters<typeof portsOnPod>[2]): readonly Goal[] {
  if (target.addresses.isEmpty) return [];
  const port = target.port?.name;
  const traffic =
    typeof port === 'number' ? TrafficSet.of(target.port?.protocol ?? 'TCP', PortSet.of(port)) : TrafficSet.allPorts;
  return endsOf(network, { ...target, pods: [], strangers: [] }).map((to) => ({ to, traffic }));
}

function flowText({ from, to, traffic }: Demand): string {
  const protocol = PROTOCOLS.find((each) => !traffic.ports(each).isEmpty);
  const [first] = protocol ? traffic.ports(protocol).ranges : [];
  const isOne =
    first !== undefined &&
    first.first === first.last &&
    traffic.equals(TrafficSet.of(protocol!, PortSet.of(first.first)));
  return `${plain(labelOf(from))} -> ${plain(labelOf(to))}${isOne ? `:${first.first}/${protocol}` : ''}`;
}

function remembered<T>(answer: (intent: Intent) => T): (intent: Intent) => T {
  const known = new Map<Intent, T>();
  return (intent) => {
    if (!known.has(intent)) known.set(intent, answer(intent));
    return known.get(intent)!;
  };
}

/** Without the kind, which says nothing here. */
function plain(label: string): string {
  return label.replace(/\[\w+\]$/, '');
}
