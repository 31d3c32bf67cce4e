import type { PodGroup } from '../model/cluster/workload';
import type { Network } from '../model/network';
import type { End } from '../model/reach/policy-hops';
import type { TrafficSet } from '../model/values/traffic-set';
import type { EndpointRef } from './endpoint';
import type { Intent } from './intent';
import { sparedAddresses, unsparedParts, withoutSpared } from './others';
import { type Resolved, resolveEndpoint } from './resolve';
import { podsBehind, podsMeant } from './targets';
import { trafficTo } from './traffic';
import { nodeLocalDns, withoutDns } from './verbs/to-reach-only';

/** Traffic between two ends that a promise wants through. */
export interface Demand {
  /** Which target of the promise it is about, as its finding names it. */
  readonly target: string;
  readonly from: End;
  readonly to: End;
  readonly traffic: TrafficSet;
  /** By URL, so that the one who gets to the end is the proxy (NP-40). */
  readonly byUrl?: true;
}

/** What part of a promise wants all of a demand kept out, as `Broken` names its parts; `''` for all of the promise. */
export type Forbids = (demand: Demand) => string | undefined;

/** Whether all of a demand is to be kept out. */
type Bans = (demand: Demand) => boolean;

/**
 * What a promise surely forbids, by the words of it alone; `undefined` for one that forbids no traffic. Whom labels that
 * nobody knows decide about is not surely meant, and not surely left out.
 */
export function forbidsOf(intent: Intent, network: Network): Forbids | undefined {
  if (intent.subject.kind === 'url') return undefined;
  const subject = endpoint(intent.subject, network);
  switch (intent.verb) {
    case 'toReach': {
      if (!intent.negated || intent.by !== undefined) return undefined;
      // The ports of nodes are one way among several: a flow may take another.
      const targets = intent.targets
        .map((ref) => endpoint(ref, network))
        .filter(({ resolved }) => !resolved.byNodePort);
      return ({ from, to, traffic }) => {
        if (!subject.surely(from) || isSame(from, to)) return undefined;
        return targets.find((t) => t.surely(to) && within(t, to, traffic, network))?.resolved.label;
      };
    }
    case 'toReachOnly':
      return whole(bansLeaving(subject, endpoints(intent.targets, network), network));
    case 'toBeReachedOnlyBy':
      return whole(bansEntering(subject, endpoints(intent.sources, network), network));
    case 'toBeIsolated': {
      const except = endpoints(intent.except, network);
      const entering = intent.ingress ? bansEntering(subject, except, network) : () => false;
      const leaving = intent.egress ? bansLeaving(subject, except, network) : () => false;
      return (demand) => (entering(demand) ? 'ingress' : leaving(demand) ? 'egress' : undefined);
    }
    case 'toBeExposedTo': {
      if (!intent.negated) return undefined;
      const zone = endpoint(intent.zone, network);
      const spared = endpoints(intent.except, network);
      return whole(
        ({ from, to, traffic }) =>
          zone.surely(from) &&
          subject.surely(to) &&
          within(subject, to, traffic, network) &&
          !spared.some((one) => one.maybe(to)),
      );
    }
    case 'toPassThrough': {
      const [hop, goal] = [endpoint(intent.hop, network), endpoint(intent.onTheWayTo, network)];
      return whole(
        ({ from, to, traffic, byUrl }) =>
          !byUrl &&
          subject.surely(from) &&
          !hop.maybe(from) &&
          !hop.maybe(to) &&
          goal.surely(to) &&
          within(goal, to, traffic, network),
      );
    }
    case 'toResolve':
    case 'toRouteTo':
    case 'toRedirectTo':
    case 'toTerminateTls':
    case 'none':
      return undefined;
  }
}

function whole(bans: Bans): Forbids {
  return (demand) => (bans(demand) ? '' : undefined);
}

/** An endpoint of a promise, as a question about ends. */
interface Meant {
  readonly resolved: Resolved;
  readonly surely: (end: End) => boolean;
  readonly maybe: (end: End) => boolean;
}

function endpoints(refs: readonly EndpointRef[], network: Network): readonly Meant[] {
  return refs.map((ref) => endpoint(ref, network));
}

function endpoint(ref: EndpointRef, network: Network): Meant {
  const resolved = resolveEndpoint(ref, network.cluster);
  const surely = new Set(podsMeant(network, resolved));
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

function bansEntering(subject: Meant, listed: readonly Meant[], network: Network): Bans {
  return ({ from, to, traffic, byUrl }) =>
    !byUrl &&
    subject.surely(to) &&
    within(subject, to, traffic, network) &&
    !isOfWorkload(subject, from) &&
    !listed.some((one) => one.maybe(from));
}

function bansLeaving(subject: Meant, listed: readonly Meant[], network: Network): Bans {
  return ({ from, to, traffic }) => {
    if (!subject.surely(from) || isOfWorkload(subject, to)) return false;
    const near = listed.filter((one) => one.maybe(to));
    if (near.some(({ resolved }) => !resolved.port)) return false;
    if (!('pod' in to)) {
      if (near.some(({ resolved }) => resolved.anyOneAddress)) return false;
      const spared = [
        ...sparedAddresses(
          network,
          listed.map(({ resolved }) => resolved),
        ),
        ...nodeLocalDns(network),
      ];
      return unsparedParts(to, spared).some((part) => part.traffic.intersects(traffic));
    }
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
