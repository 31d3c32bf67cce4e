import type { ClusterPolicyResource } from '../manifest/resources';
import { compileClusterPolicy } from './cluster-policy';
import type { Dialect } from './dialect';

/** AdminNetworkPolicy and BaselineAdminNetworkPolicy v1alpha1, still deployed: the same tiers under older names (NP-43). */
export const adminNetworkPolicy: Dialect<ClusterPolicyResource> = {
  kinds: ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'],
  compile: (policies, compiler) => {
    const enforced = compiler.enforcer.adminNetworkPolicy;
    if (enforced === false) return [];
    return policies
      .filter(({ kind }) => kind !== 'ClusterNetworkPolicy')
      .flatMap((policy) => compileClusterPolicy(policy, compiler, enforced));
  },
};
