import type { Cluster } from '../cluster/cluster';
import { admittedAddresses } from '../cluster/node-firewall';
import type { PodGroup } from '../cluster/workload';
import { AddressCuts } from '../policy/address-cuts';
import type { PairOutcome } from '../policy/joint-outcomes';
import { inSeries, type Outcome } from '../policy/outcome';
import type { FrontDoor } from '../service/front-doors';
import { CidrSet } from '../values/cidr-set';
import { rememberedOf } from '../values/remembered';
import { type Doubt, distinctDoubts } from '../values/ternary';
import { TrafficSet } from '../values/traffic-set';
import { guardAtDoor } from './guarded-doors';
import { guardOfAnyPlace } from './node-firewall';
import type { End } from './policy-hops';

/** Whether anybody tells of a firewall of nodes: where not, what is on their network is guarded by nothing that is known (NET-01). */
export function isAnyGuarded({ profile }: Cluster): boolean {
  return profile.firewall['control-plane'] !== undefined || profile.firewall.worker !== undefined;
}

/** NET-01: what gets from one pod to another where that is on the network of its node, behind what guards the node. */
export function guardedBetween(cluster: Cluster, from: PodGroup, to: PodGroup, outcome: PairOutcome): PairOutcome {
  const guard = to.hostNetwork ? guardOfAnyPlace(cluster, { pod: from }, { pod: to }) : undefined;
  if (!guard) return outcome;
  const both = inSeries(outcome, guard.outcome);
  return { ...both, opensPorts: both.mayAllow.intersects(TrafficSet.allPorts) };
}

/** What of it leaves open what gets there. */
export function guardDoubts(cluster: Cluster, from: End, to: PodGroup): readonly Doubt[] {
  return (to.hostNetwork && guardOfAnyPlace(cluster, from, { pod: to })?.doubts) || [];
}

interface Part {
  readonly addresses: CidrSet;
  readonly outcome: Outcome;
}

/** Likewise of the addresses outside, in the parts that the firewall tells apart. */
export function guardedOutside(cluster: Cluster, to: PodGroup, parts: readonly Part[]): readonly Part[] {
  if (!to.hostNetwork || !isAnyGuarded(cluster)) return parts;
  const cuts = cutsOf(cluster);
  return parts.flatMap(({ addresses: whole, outcome }) =>
    cuts.split(whole).map((addresses) => {
      const guard = guardOfAnyPlace(cluster, { addresses, label: '' }, { pod: to });
      return { addresses, outcome: guard ? inSeries(outcome, guard.outcome) : outcome };
    }),
  );
}

/** A firewall tells addresses apart by its blocks, and nodes outside their range from others. */
const cutsOf = rememberedOf(({ profile, nodes }: Cluster) => {
  return new AddressCuts([...admittedAddresses(profile), CidrSet.ofAddresses(nodes.flatMap((node) => node.addresses))]);
});

/**
 * What guards a door from whoever is outside: whether it is shut to all of them, and what leaves open whether it is to any
 * (SVC-20, NET-08).
 */
export function guardFromOutside(
  cluster: Cluster,
  door: FrontDoor,
): { readonly isShut: boolean; readonly doubts: readonly Doubt[] } {
  if (!isAnyGuarded(cluster)) return { isShut: false, doubts: [] };
  const clients = cutsOf(cluster).split(cluster.outside);
  const met = clients.flatMap((addresses) => guardAtDoor(cluster, { addresses, label: '' }, door, { pod: door.pod }));
  if (met.length === 0 || met.some(({ decision }) => decision === 'passes')) return { isShut: false, doubts: [] };
  const open = met.filter(({ decision }) => decision === 'unknown');
  return { isShut: open.length === 0, doubts: distinctDoubts(open.flatMap(({ doubts }) => doubts)) };
}
