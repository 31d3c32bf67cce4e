import { type PodGroup, withoutKind } from '../model/cluster/workload';
import type { Network } from '../model/network';
import { type End, labelOf } from '../model/reach/policy-hops';
import { PortSet } from '../model/values/port-set';
import { remembered } from '../model/values/remembered';
import { PROTOCOLS, TrafficSet } from '../model/values/traffic-set';
import type { Broken } from './checked';
import { type Demand, type Forbids, forbidsOf } from './forbidden';
import type { Intent } from './intent';
import { type Resolved, resolveEndpoint, subjectLabel } from './resolve';
import { podsBehind, podsMeant, podsSurelyBehind, portsOnPod } from './targets';
import { endsOf } from './ways';

/**
 * Promises that no policy in the world can keep together: what one wants through another wants kept out. One that breaks is
 * put down to this before any policy is looked at: what breaks, and what is told in its place.
 */
export function contradictions(
  broken: readonly Broken[],
  intents: readonly Intent[],
  network: Network,
): ReadonlyMap<Broken, Broken> {
  const demands = remembered((intent: Intent) => demandsOf(intent, network));
  const forbids = remembered((intent: Intent) => forbidsOf(intent, network));
  const clashes = new Map<Broken, Clash>();
  for (const one of broken) {
    const { intent } = one;
    for (const other of intents) {
      const found =
        clash(intent, other, demands, forbids, one) ??
        clash(other, intent, demands, forbids, one) ??
        ofNames(intent, other, network);
      if (!found) continue;
      clashes.set(one, found);
      break;
    }
  }
  return new Map(
    [...clashes].map(([one, found]) => {
      const cause = { code: 'PTL902' as const, ...found, pivot: pivotOf(found, [...clashes.values()]) };
      return [
        one,
        { ...one, cause, blame: undefined, example: undefined, offenders: [], route: undefined, doubts: undefined },
      ];
    }),
  );
}

/** Of two promises that contradict each other the one that contradicts more: most likely that is the one to change. */
function pivotOf({ demanding, forbidding }: Clash, all: readonly Clash[]): Intent {
  const [demands, bans] = [demanding, forbidding].map((intent) => {
    return all.filter((other) => other.demanding === intent || other.forbidding === intent).length;
  });
  return demands > bans ? demanding : forbidding;
}

interface Clash {
  readonly demanding: Intent;
  readonly forbidding: Intent;
  readonly flow: string;
}

/** @param one the breakage that is to be explained: other parts of its promise may break for reasons of their own */
function clash(
  demanding: Intent,
  forbidding: Intent,
  demands: (intent: Intent) => readonly Demand[],
  forbids: (intent: Intent) => Forbids | undefined,
  one: Broken,
): Clash | undefined {
  const forbid = demanding === forbidding ? undefined : forbids(forbidding);
  const demand =
    forbid &&
    demands(demanding).find((each) => {
      const part = forbid(each);
      if (part === undefined) return false;
      // What becomes of a request before policies see it no other promise explains.
      if (each.byUrl && one.intent === demanding && !one.example) return false;
      return one.intent === demanding ? each.target === '' || each.target === one.target : isPart(part, one);
    });
  return demand && { demanding, forbidding, flow: flowText(demand) };
}

function isPart(part: string, { part: own, target }: Broken): boolean {
  return part === '' || part === (own ?? target);
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
    return isSame[0] === isSame[1] ? named(one, other, subjectLabel(one.subject, network.cluster).label) : undefined;
  }
  if (one.verb === 'toRedirectTo' && other.verb === 'toRedirectTo') {
    const isSame = [one, other].map(({ subject, location }) => JSON.stringify([subject, location]));
    return isSame[0] === isSame[1] ? named(one, other, subjectLabel(one.subject, network.cluster).label) : undefined;
  }
  return undefined;
}

function named(one: Intent & { negated: boolean }, other: Intent, flow: string): Clash {
  return one.negated ? { demanding: other, forbidding: one, flow } : { demanding: one, forbidding: other, flow };
}

/** What a promise wants through, each as small as it can be wanted. */
function demandsOf(intent: Intent, network: Network): readonly Demand[] {
  if (intent.subject.kind === 'url') return demandsByUrl(intent, network);
  const subject = resolveEndpoint(intent.subject, network.cluster);
  if (intent.verb === 'toReach' && !intent.negated) {
    return intent.targets.flatMap((ref) => {
      const target = resolveEndpoint(ref, network.cluster);
      const goals = [...goalsAtPods(network, podsMeant(network, target), target), ...goalsOutside(network, target)];
      const { label } = target;
      return surelyFrom(network, subject).flatMap((from) => goals.map((goal) => ({ from, target: label, ...goal })));
    });
  }
  if (intent.verb === 'toBeExposedTo' && !intent.negated) {
    const zone = surelyFrom(network, resolveEndpoint(intent.zone, network.cluster));
    const goals = goalsAtPods(network, podsMeant(network, subject), subject);
    return zone.flatMap((from) => goals.map((goal) => ({ from, target: '', ...goal })));
  }
  return [];
}

/** NP-40: whoever may ask for the URL is to get to what it leads to. */
function demandsByUrl(intent: Intent, network: Network): readonly Demand[] {
  if (intent.verb !== 'toRouteTo' || intent.negated) return [];
  const target = resolveEndpoint(intent.backend, network.cluster);
  const clients = endsOf(network, resolveEndpoint({ kind: 'internet' }, network.cluster));
  const pods = podsMeant(network, target);
  const goals = goalsAtPods(network, pods, target);
  // An app of several ports need not offer all of them.
  if (!target.port && goals.length !== pods.length) return [];
  return clients.flatMap((from) => goals.map((goal): Demand => ({ from, target: target.label, byUrl: true, ...goal })));
}

/** Whom labels that nobody knows decide about is not surely meant. */
function surelyFrom(network: Network, subject: Resolved): readonly End[] {
  const surely = new Set(podsSurelyBehind(network, subject));
  return endsOf(network, subject).filter((end) => !('pod' in end) || surely.has(end.pod));
}

type Goal = Omit<Demand, 'from' | 'target'>;

function goalsAtPods(network: Network, pods: readonly PodGroup[], target: Resolved): readonly Goal[] {
  return pods.flatMap((pod) =>
    portsOnPod(network, pod, target).map(({ port, protocol }) => ({
      to: { pod },
      traffic: TrafficSet.of(protocol, PortSet.of(port)),
    })),
  );
}

function goalsOutside(network: Network, target: Resolved): readonly Goal[] {
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
  // What lies outside is called by the port that was asked for, if it was.
  const name = withoutKind(labelOf(to));
  if (!isOne) return `${withoutKind(labelOf(from))} -> ${name}`;
  const suffix = `:${first.first}`;
  return `${withoutKind(labelOf(from))} -> ${name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}${suffix}/${protocol}`;
}
