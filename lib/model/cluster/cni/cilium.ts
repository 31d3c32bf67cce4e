import { POLICY_V1 } from './conformant';
import type { CniPlugin } from './plugin';

export interface CiliumSpec {
  readonly name: 'cilium';
}

export const cilium: CniPlugin<CiliumSpec> = {
  name: 'cilium',
  title: 'Cilium',
  options: [],
  parse: () => ({ name: 'cilium' }),
  // Nodes have an identity of their own; since 1.15 an option lets blocks match them. ClusterNetworkPolicy is an option too.
  capabilities: () => ({
    ...POLICY_V1,
    clusterNetworkPolicy: 'unknown',
    adminNetworkPolicy: false,
    ipBlockSelectsPods: false,
    ipBlockSelectsNodes: 'unknown',
    encryption: true,
  }),
  enforcer: () => 'cilium',
};
