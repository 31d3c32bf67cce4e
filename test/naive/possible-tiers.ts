import type { ClusterDescription } from './cluster';
import { clusterPoliciesOf } from './cluster';
import { isSubject } from './cluster-policy';
import type { ClusterPolicy } from './cluster-policy-form';
import type { Direction } from './manifests';
import type { End, Tier, World } from './world';

/** Which of the administrators' policies somebody reads. */
export interface Enforced {
  readonly clusterNetworkPolicy: boolean;
  readonly adminNetworkPolicy: boolean;
}

/**
 * NP-43: the tiers above and below NetworkPolicy in every order in which this end may meet them, for one direction.
 * Policies that don't concern it are left out: nothing that it sends or gets could match them.
 */
export function* possibleTiers(
  cluster: ClusterDescription,
  enforced: Enforced,
  facts: Pick<World, 'namespaces'>,
  direction: Direction,
  end: End,
): Generator<{ readonly admin: readonly Tier[]; readonly baseline: readonly Tier[] }> {
  const policies = clusterPoliciesOf(cluster).filter(
    (policy) =>
      (policy.kind === 'ClusterNetworkPolicy' ? enforced.clusterNetworkPolicy : enforced.adminNetworkPolicy) &&
      policy.rules[direction].length > 0 &&
      isSubject(facts, policy, end),
  );
  for (const admin of possibleOrders(policies.filter(({ tier }) => tier === 'Admin'))) {
    for (const baseline of possibleOrders(policies.filter(({ tier }) => tier === 'Baseline'))) {
      yield { admin, baseline };
    }
  }
}

/**
 * Within a tier by priority; of policies with the same one any may be first. How the older kinds and the one that
 * replaces them stand to each other is said nowhere: as one tier by priority, or one before the other, and then
 * as one tier, which a Pass leaves as a whole, or as two.
 */
function* possibleOrders(policies: readonly ClusterPolicy[]): Generator<Tier[]> {
  for (const merged of byPriority(policies)) {
    yield [merged];
  }
  const newer = policies.filter(({ kind }) => kind === 'ClusterNetworkPolicy');
  const older = policies.filter(({ kind }) => kind !== 'ClusterNetworkPolicy');
  if (newer.length === 0 || older.length === 0) {
    return;
  }
  for (const some of byPriority(newer)) {
    for (const others of byPriority(older)) {
      yield [some, others];
      yield [others, some];
      yield [[...some, ...others]];
      yield [[...others, ...some]];
    }
  }
}

/** All orders in which no policy comes before one of a lower number. */
function byPriority(policies: readonly ClusterPolicy[]): Tier[] {
  if (policies.length === 0) {
    return [[]];
  }
  const lowest = Math.min(...policies.map(({ priority }) => priority));
  const candidates = policies.filter(({ priority }) => priority === lowest);
  return candidates.flatMap((first) =>
    byPriority(policies.filter((each) => each !== first)).map((rest) => [first, ...rest]),
  );
}
