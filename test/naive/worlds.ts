import type { Family } from './address';
import { type ClusterDescription, clusterPolicyManifestsOf, type DeclaredPod, podsOf, policiesOf } from './cluster';
import { allows } from './evaluate';
import type { Protocol } from './manifests';
import { possibleEnds } from './possible-ends';
import { possibleWorlds } from './possible-worlds';
import { validatePolicy } from './validate';
import { validateClusterPolicy } from './validate-cluster-policy';
import type { Connection, External, World } from './world';

export type Outcome = 'allowed' | 'denied' | 'unknown';

/** One pod by its id (see `DeclaredPod`), or an address outside the cluster. */
export type FlowEnd = { readonly pod: string } | External;

export interface Flow {
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  readonly protocol: Protocol;
  readonly port: number;
  readonly family: Family;
}

/** The same question about all pods of a workload, `ns/name[Kind]`. */
export interface WorkloadFlow extends Omit<Flow, 'from' | 'to'> {
  readonly from: { readonly workload: string } | External;
  readonly to: { readonly workload: string } | External;
}

/** One way in which all that is open could turn out. */
export interface Case {
  readonly world: World;
  readonly connection: Connection;
}

export interface Verdict {
  readonly outcome: Outcome;
  /** A witness for each answer that occurs. */
  readonly allowedIn?: Case;
  readonly deniedIn?: Case;
}

export function naiveOutcome(cluster: ClusterDescription, flow: Flow): Outcome {
  return naiveVerdict(cluster, flow).outcome;
}

/** Allowed or denied where all worlds agree, else unknown, with a world for each answer. */
export function naiveVerdict(cluster: ClusterDescription, flow: Flow): Verdict {
  let allowedIn: Case | undefined;
  let deniedIn: Case | undefined;
  for (const each of casesOf(cluster, flow)) {
    if (allows(each.world, each.connection)) {
      allowedIn ??= each;
    } else {
      deniedIn ??= each;
    }
    if (allowedIn !== undefined && deniedIn !== undefined) {
      return { outcome: 'unknown', allowedIn, deniedIn };
    }
  }
  return allowedIn === undefined ? { outcome: 'denied', deniedIn } : { outcome: 'allowed', allowedIn };
}

/** The outcomes of all pairs of different pods. A pod and itself are left out: NP-31 answers them alone. */
export function workloadOutcomes(cluster: ClusterDescription, flow: WorkloadFlow): Set<Outcome> {
  const endsOf = (end: WorkloadFlow['from']): FlowEnd[] =>
    'ip' in end
      ? [end]
      : podsOf(cluster)
          .filter(({ workload }) => workload === end.workload)
          .map(({ id }) => ({ pod: id }));
  const pairs = endsOf(flow.from).flatMap((from) => endsOf(flow.to).map((to) => ({ from, to })));
  const different = pairs.filter(({ from, to }) => !('pod' in from && 'pod' in to && from.pod === to.pod));
  return new Set(different.map(({ from, to }) => naiveOutcome(cluster, { ...flow, from, to })));
}

/** Every way in which what concerns these two ends may turn out; nothing else can change the answer. */
export function* casesOf(cluster: ClusterDescription, flow: Flow): Generator<Case> {
  policiesOf(cluster).forEach(validatePolicy);
  clusterPolicyManifestsOf(cluster).forEach(validateClusterPolicy);
  const { protocol, port, family } = flow;
  const [client, server] = [flow.from, flow.to].map((end) => ('ip' in end ? end : podOf(cluster, end.pod)));
  for (const [from, to] of possibleEnds(cluster, client, server, family)) {
    for (const world of possibleWorlds(cluster, from, to)) {
      yield { world, connection: { from, to, protocol, port, family } };
    }
  }
}

function podOf(cluster: ClusterDescription, id: string): DeclaredPod {
  const pod = podsOf(cluster).find((each) => each.id === id);
  if (pod === undefined) {
    throw new Error(`no pod ${id}`);
  }
  return pod;
}
