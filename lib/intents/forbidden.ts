import type { PodGroup } from '../model/cluster/workload';
import type { Network } from '../model/network';
import type { End } from '../model/reach/policy-hops';
import type { TrafficSet } from '../model/values/traffic-set';
import type { Intent } from './intent';
import { withoutSpared } from './others';
import { type Resolved, resolveEndpoint } from './resolve';
import { podsBehind, podsSurelyBehind } from './targets';
import { trafficTo } from './traffic';
import { withoutDns } from './verbs/to-reach-only';

/** Traffic between two ends that a promise wants through. */
export interface Demand {
  readonly from: End;
  readonly to: End;
  readonly traffic: TrafficSet;
}

/** Whether a promise wants all of a demand kept out. */
export type Forbids = (demand: Demand) => boolean;

/**
 * What a promise surely forbids, by the words of it alone; `undefined` for one that forbids no traffic. Whom labels that
 * nobody knows decide about is not surely meant, and not surely left out.
 */
export function forbidsOf(intent: Intent, network: Network): Forbids | undefined {
  const subject = endpoint(intent.subject, network);
  switch (intent.verb) {
    case 'toReach': {
      if (!intent.negated || intent.by !== undefined) return undefined;
      const targets = intent.targets.map((ref) => endpoint(ref, network));
      return ({ from, to, traffic }) =>
        subject.surely(from) &&
        !isSame(from, to) &&
        targets.some((t) => t.surely(to) && within(t, to, traffic, network));
    }
    case 'toReachOnly':
      return forbidsLeaving(
        subject,
        intent.targets.map((ref) => endpoint(ref, network)),
        network,
      );
    case 'toBeReachedOnlyBy':
      return forbidsEntering(
        subject,
        intent.sources.map((ref) => endpoint(ref, network)),
        network,
      );
    case 'toBeIsolated': {
      const except = intent.except.map((ref) => endpoint(ref, network));
      const entering = intent.ingress ? forbidsEntering(subject, except, network) : () => false;
      const leaving = intent.egress ? forbidsLeaving(subject, except, network) : () => false;
      return (demand) => entering(demand) || leaving(demand);
    }
    case 'toBeExposedTo': {
      if (!intent.negated) return undefined;
      const zone = endpoint(intent.zone, network);
      const spared = intent.except.map((ref) => endpoint(ref, network));
      return ({ from, to, traffic }) =>
        zone.surely(from) &&
        subject.surely(to) &&
        within(subject, to, traffic, network) &&
        !spared.some((one) => one.maybe(to));
    }
    case 'toPassThrough': {
      const [hop, goal] = [endpoint(intent.hop, network), endpoint(intent.onTheWayTo, network)];
      return ({ from, to, traffic }) =>
        subject.surely(from) &&
        !hop.maybe(from) &&
        !hop.maybe(to) &&
        goal.surely(to) &&
        within(goal, to, traffic, network);
    }
    case 'toResolve':
    case 'toRouteTo':
    case 'none':
      return undefined;
  }
}

/** An endpoint of a promise, as a question about ends. */
interface Meant {
  readonly resolved: Resolved;
  readonly surely: (end: End) => boolean;
  readonly maybe: (end: End) => boolean;
}

function endpoint(ref: Intent['subject'], network: Network): Meant {
  const resolved = resolveEndpoint(ref, network.cluster);
  const behind = podsSurelyBehind(network, resolved);
  // Where a Service of it leads by mistake is not what the words mean.
  const surely = new Set(resolved.pods.length > 0 ? behind.filter((pod) => resolved.pods.includes(pod)) : behind);
  const maybe = new Set(podsBehind(network, resolved));
  const { addresses, anyOneAddress } = resolved;
  return {
    resolved,
    surely: (end) =>
      'pod' in end
        ? surely.has(end.pod)
        : !anyOneAddress && !end.addresses.isEmpty && end.addresses.minus(addresses).isEmpty,
    maybe: (end) => ('pod' in end ? maybe.has(end.pod) : end.addresses.intersects(addresses)),
  };
}

function forbidsEntering(subject: Meant, listed: readonly Meant[], network: Network): Forbids {
  return ({ from, to, traffic }) =>
    subject.surely(to) &&
    within(subject, to, traffic, network) &&
    !isOfWorkload(subject, from) &&
    !listed.some((one) => one.maybe(from));
}

function forbidsLeaving(subject: Meant, listed: readonly Meant[], network: Network): Forbids {
  return ({ from, to, traffic }) => {
    if (!subject.surely(from) || isOfWorkload(subject, to)) return false;
    const near = listed.filter((one) => one.maybe(to));
    if (near.some(({ resolved }) => !resolved.port)) return false;
    if (!('pod' in to)) return near.length === 0;
    const open = withoutDns(network, to.pod).intersect(traffic);
    return !withoutSpared(
      network,
      open,
      to.pod,
      near.map(({ resolved }) => resolved),
    ).isEmpty;
  };
}

/** Replicas of one workload may talk whatever an exclusive promise lists. */
function isOfWorkload({ resolved, maybe }: Meant, end: End): boolean {
  return maybe(end) || ('pod' in end && resolved.pods.some((pod: PodGroup) => pod.workload === end.pod.workload));
}

function isSame(from: End, to: End): boolean {
  return 'pod' in from && 'pod' in to && from.pod === to.pod;
}

/** Whether a promise about the endpoint speaks of all of the traffic. */
function within({ resolved }: Meant, to: End, traffic: TrafficSet, network: Network): boolean {
  return traffic.minus(trafficTo(network, resolved, 'pod' in to ? to.pod : undefined)).isEmpty;
}
