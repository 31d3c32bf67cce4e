import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import { enforcerOf } from './enforcer';
import { type SubjectStages, stagesFor } from './evaluate';
import type { Direction, PolicyBlock, Stage } from './language';
import { compileNetworkPolicies } from './network-policy';
import { compileUnmodelled } from './unmodelled';

/** All policies of a cluster, compiled by their dialects and arranged by the network plugin. */
export class PolicyEngine {
  readonly stages: { readonly egress: readonly Stage[]; readonly ingress: readonly Stage[] };
  private readonly own: Record<Direction, Map<PodGroup, SubjectStages>> = { egress: new Map(), ingress: new Map() };

  constructor(readonly cluster: Cluster) {
    const enforcer = enforcerOf(cluster.profile);
    const blocks: readonly PolicyBlock[] = [
      ...compileNetworkPolicies(cluster.networkPolicies, cluster, enforcer),
      ...compileUnmodelled(cluster.unmodelled, cluster, enforcer),
    ];
    this.stages = enforcer.arrange(blocks);
  }

  /** What of the policies applies to a pod in a direction; computed once a pod. */
  of(direction: Direction, subject: PodGroup): SubjectStages {
    const known = this.own[direction].get(subject);
    if (known) return known;
    const computed = stagesFor(this.stages[direction], subject);
    this.own[direction].set(subject, computed);
    return computed;
  }
}
