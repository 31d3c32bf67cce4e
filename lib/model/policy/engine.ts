import type { Cluster } from '../cluster/cluster';
import type { PodSelection } from '../cluster/pod-selection';
import type { PodGroup } from '../cluster/workload';
import { ServiceTable } from '../service/service-table';
import type { BitSet } from '../values/bit-set';
import type { CidrSet } from '../values/cidr-set';
import type { IpFamily } from '../values/ip';
import { adminNetworkPolicy } from './admin-network-policy';
import { clusterNetworkPolicy } from './cluster-network-policy';
import { EndpointCompiler } from './endpoint-compiler';
import type { EndpointSet } from './endpoint-set';
import { enforcerOf, ownBlocksOf } from './enforcers';
import type { Direction, PolicyBlock, Stage } from './language';
import { networkPolicy } from './network-policy';
import { Rows } from './rows';
import { datapathBlocks } from './sctp';
import { rulesOf, SubjectKinds, type SubjectStages } from './subject-stages';
import { unmodelled } from './unmodelled';

/** All policies of a cluster, compiled by their dialects and arranged by the network plugin. */
export class PolicyEngine {
  readonly stages: { readonly egress: readonly Stage[]; readonly ingress: readonly Stage[] };
  /** What the policies do to all traffic between pods, worked out when it is asked for. */
  readonly rows: Rows;
  private table: ServiceTable | undefined;
  private readonly compiler: EndpointCompiler;
  private mentioned: readonly CidrSet[] | undefined;
  private readonly kinds: Record<Direction, SubjectKinds>;

  constructor(readonly cluster: Cluster) {
    const enforcer = enforcerOf(cluster.profile);
    const compiler = new EndpointCompiler(cluster, enforcer);
    this.compiler = compiler;
    const blocks: readonly PolicyBlock[] = [
      ...networkPolicy.compile(cluster.networkPolicies, compiler),
      ...clusterNetworkPolicy.compile(cluster.clusterPolicies, compiler),
      ...adminNetworkPolicy.compile(cluster.clusterPolicies, compiler),
      ...unmodelled.compile(cluster.unmodelled, compiler),
      ...ownBlocksOf(compiler),
      ...datapathBlocks(compiler),
    ];
    this.stages = enforcer.arrange(blocks);
    this.kinds = {
      egress: new SubjectKinds(this.stages.egress),
      ingress: new SubjectKinds(this.stages.ingress),
    };
    this.rows = this.rowsOf(cluster.families);
  }

  /** What of the policies applies to a pod in a direction; pods to which the same applies share one object. */
  of(direction: Direction, subject: PodGroup): SubjectStages {
    return this.kinds[direction].of(subject);
  }

  /** What kube-proxy reads, worked out when a flow first meets a Service; the map never does. */
  get services(): ServiceTable {
    this.table ??= new ServiceTable(this.cluster);
    return this.table;
  }

  /** The rows of some address families only. */
  rowsOf(families: readonly IpFamily[]): Rows {
    return new Rows(this, families, this.compiler.index.addresses);
  }

  /** The pods that a selection surely means, by their numbers. */
  selected(selection: PodSelection): BitSet {
    return this.compiler.select(selection).must.pods;
  }

  /** Whether a rule's peers are whoever there is, undeclared pods and nodes included. A no says nothing. */
  isEverybody(peers: EndpointSet): boolean {
    const { compiler } = this;
    return [compiler, compiler.forClusterPolicies()].some(({ everyone }) => everyone.must === peers);
  }

  /** Every address range that some rule mentions. */
  mentionedAddresses(): readonly CidrSet[] {
    this.mentioned ??= this.findMentioned();
    return this.mentioned;
  }

  private findMentioned(): readonly CidrSet[] {
    const mentioned = new Set<CidrSet>();
    for (const { peer } of rulesOf([...this.stages.egress, ...this.stages.ingress])) {
      mentioned.add(peer.may.others);
      mentioned.add(peer.must.others);
    }
    return [...mentioned].filter((set) => !set.isEmpty);
  }
}
