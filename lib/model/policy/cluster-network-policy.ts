import type { ClusterPolicyResource } from '../manifest/resources';
import { compileClusterPolicy } from './cluster-policy';
import type { Dialect } from './dialect';

/** ClusterNetworkPolicy v1alpha2 (NP-43). */
export const clusterNetworkPolicy: Dialect<ClusterPolicyResource> = {
  kinds: ['ClusterNetworkPolicy'],
  compile: (policies, compiler) => {
    const enforced = compiler.enforcer.clusterNetworkPolicy;
    if (enforced === false) return [];
    return policies
      .filter(({ kind }) => kind === 'ClusterNetworkPolicy')
      .flatMap((policy) => compileClusterPolicy(policy, compiler, enforced));
  },
};
