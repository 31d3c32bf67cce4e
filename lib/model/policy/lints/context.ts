import type { Cluster } from '../../cluster/cluster';
import type { LabelledPods } from '../../cluster/labelled-pods';
import type { Namespace } from '../../cluster/namespaces';
import type { PodSelection } from '../../cluster/pod-selection';
import type { PodGroup } from '../../cluster/workload';
import type { Lint } from '../../finding/lint';
import type { ClusterPolicyResource, NetworkPolicyResource } from '../../manifest/resources';
import type { LabelSelector } from '../../values/label-selector';

/** The one contract of lints: a pure function, whose findings come in the order of the manifests. */
export type LintRule = (context: LintContext) => readonly Lint[];

/** What lints look at. */
export class LintContext {
  readonly networkPolicies: readonly NetworkPolicyResource[];
  readonly clusterPolicies: readonly ClusterPolicyResource[];
  /** Every namespace that some manifest declares or uses. */
  readonly namespaces: readonly Namespace[];
  /** The pods that manifests declare, and those that every cluster has. */
  readonly pods: readonly PodGroup[];
  private readonly within = new Map<string, readonly PodGroup[]>();
  /** The labels that pods carry in the same namespaces. */
  private readonly carried = new Map<string, Carried>();

  constructor(readonly cluster: Cluster) {
    this.networkPolicies = cluster.networkPolicies;
    this.clusterPolicies = cluster.clusterPolicies;
    this.namespaces = cluster.namespaces.all;
    // A stranger is there because a rule means it, so that it would vouch for that very rule.
    this.pods = cluster.knownPods;
  }

  /**
   * The pods in the namespaces that a selector may mean. Those that every cluster has stand in a namespace of unknown
   * labels: only its name surely means it.
   */
  podsIn(namespaces: LabelSelector): readonly PodGroup[] {
    let pods = this.within.get(namespaces.key);
    if (!pods) {
      pods = [...this.cluster.podsByNamespace.values()].flatMap((group) => {
        const match = namespaces.match(group[0].namespace.labels);
        return match === 'maybe' ? group.filter(isDeclared) : match === 'yes' ? group : [];
      });
      this.within.set(namespaces.key, pods);
    }
    return pods;
  }

  /** Whether it asks for one label that some of the pods surely carries: nearly every selection does. A no says nothing. */
  plainlyTakesSome({ pods, namespaces }: PodSelection): boolean {
    if (pods.requirements.length !== 1) return false;
    const [{ key, operator, values }] = pods.requirements;
    if (operator !== 'In' || values.length !== 1) return false;
    let carried = this.carried.get(namespaces.key);
    if (!carried) {
      carried = this.carriedIn(namespaces);
      this.carried.set(namespaces.key, carried);
    }
    return carried.has(`${key}=${values[0]}`);
  }

  private carriedIn(namespaces: LabelSelector): Carried {
    const { cluster } = this;
    const found: Carried[] = [];
    for (const [name, group] of cluster.podsByNamespace) {
      const match = namespaces.match(group[0].namespace.labels);
      const isMeant = match === 'yes' || (match === 'maybe' && group.every(isDeclared));
      if (isMeant) found.push(cluster.labelledIn(name).byLabel);
    }
    return found.length === 1 ? found[0] : new Set(found.flatMap((labels) => [...labels.keys()]));
  }

  /** The pods that a selection may mean. */
  podsOf({ pods, namespaces }: PodSelection): readonly PodGroup[] {
    return this.podsIn(namespaces).filter(({ labels }) => pods.match(labels) !== 'no');
  }
}

/** Labels, as `key=value`. */
type Carried = ReadonlySet<string> | LabelledPods['byLabel'];

function isDeclared({ provenance }: PodGroup): boolean {
  return provenance === 'declared';
}
