/** What to generate; the same shape always gives the same cluster. */
export interface ClusterShape {
  /** All of them, those of the platform included. */
  readonly workloads: number;
  /** @default 0 */
  readonly nodes?: number;
  /** At least so many in all. @default - one to four a workload */
  readonly pods?: number;
  /** Whether administrators have policies of their own, in both tiers. @default CLUSTER_POLICIES */
  readonly clusterPolicies?: boolean;
}

/** Part of the mix unless a shape says otherwise: not every tool that is measured reads ClusterNetworkPolicy. */
export const CLUSTER_POLICIES = true;

/** Namespaces grow with the cluster, so that each workload has as many neighbours in a large one as in a small one. */
export const WORKLOADS_A_NAMESPACE = 20;

/** Each team has a namespace for each environment. */
export const ENVIRONMENTS = ['prod', 'staging', 'dev', 'shared'];

export interface App {
  readonly name: string;
  readonly namespace: string;
  readonly tier: Tier;
  readonly replicas: number;
}

export type Tier = 'edge' | 'service' | 'worker' | 'data';

/** What the apps of a tier listen on; every one of them has metrics as well. */
export const PORT: Readonly<Record<Tier, { readonly name: string; readonly number: number }>> = {
  edge: { name: 'http', number: 8080 },
  service: { name: 'grpc', number: 9000 },
  worker: { name: 'admin', number: 8081 },
  data: { name: 'sql', number: 5432 },
};

export const METRICS = { name: 'metrics', number: 9090 };

export interface Team {
  readonly name: string;
  readonly namespace: string;
  readonly environment: string;
  readonly apps: readonly App[];
}
