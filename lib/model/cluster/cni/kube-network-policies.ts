/** kube-network-policies, which kindnet and Flannel may have beside them, reads these where it is told to. */
export const OPTIONAL_CLUSTER_POLICIES = { clusterNetworkPolicy: 'unknown', adminNetworkPolicy: 'unknown' } as const;
export const NO_CLUSTER_POLICIES = { clusterNetworkPolicy: false, adminNetworkPolicy: false } as const;
