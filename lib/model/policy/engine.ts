import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import { adminNetworkPolicy } from './admin-network-policy';
import { clusterNetworkPolicy } from './cluster-network-policy';
import { EndpointCompiler } from './endpoint-compiler';
import { enforcerOf } from './enforcers';
import { type SubjectStages, stagesFor } from './evaluate';
import type { Direction, Isolation, PolicyBlock, Rule, Stage } from './language';
import { networkPolicy } from './network-policy';
import { unmodelled } from './unmodelled';

/** All policies of a cluster, compiled by their dialects and arranged by the network plugin. */
export class PolicyEngine {
  readonly stages: { readonly egress: readonly Stage[]; readonly ingress: readonly Stage[] };
  private readonly own: Record<Direction, readonly SubjectStages[]>;

  constructor(readonly cluster: Cluster) {
    const enforcer = enforcerOf(cluster.profile);
    const compiler = new EndpointCompiler(cluster, enforcer);
    const blocks: readonly PolicyBlock[] = [
      ...networkPolicy.compile(cluster.networkPolicies, compiler),
      ...clusterNetworkPolicy.compile(cluster.clusterPolicies, compiler),
      ...adminNetworkPolicy.compile(cluster.clusterPolicies, compiler),
      ...unmodelled.compile(cluster.unmodelled, compiler),
    ];
    this.stages = enforcer.arrange(blocks);
    this.own = {
      egress: stagesOfAll(this.stages.egress, cluster.pods),
      ingress: stagesOfAll(this.stages.ingress, cluster.pods),
    };
  }

  /** What of the policies applies to a pod in a direction; pods to which the same applies share one object. */
  of(direction: Direction, subject: PodGroup): SubjectStages {
    return this.own[direction][subject.index];
  }
}

/** By pod: pods that the same rules and isolations select, as surely, are one kind of subject and share their stages. */
function stagesOfAll(stages: readonly Stage[], pods: readonly PodGroup[]): readonly SubjectStages[] {
  const selectedBy: string[][] = pods.map(() => []);
  for (const [id, entry] of entriesOf(stages).entries()) {
    const { must, may } = entry.subject;
    for (const index of may.pods) selectedBy[index].push(must === may || must.pods.has(index) ? `${id}` : `${id}?`);
  }
  const kinds = new Map<string, SubjectStages>();
  return pods.map((pod) => {
    const kind = selectedBy[pod.index].join();
    const known = kinds.get(kind) ?? stagesFor(stages, pod);
    kinds.set(kind, known);
    return known;
  });
}

function entriesOf(stages: readonly Stage[]): readonly (Rule | Isolation)[] {
  return stages.flatMap((stage) =>
    stage.tiers.flatMap((tier) => [...tier.ranks.flatMap((rank) => rank.lanes.flat()), ...tier.isolation]),
  );
}
