import type { CniCapabilities } from './capabilities';
import type { CniPlugin } from './plugin';

/** No plugin in particular: what the Kubernetes API promises of any that passes its tests. */
export interface ConformantSpec {
  readonly name: 'conformant';
}

/** What plugins that enforce NetworkPolicy as it is written have in common. */
export const POLICY_V1: CniCapabilities = {
  enforcesNetworkPolicy: true,
  clusterNetworkPolicy: true,
  adminNetworkPolicy: true,
  ipBlockSelectsPods: true,
  ipBlockSelectsNodes: true,
  nodesKeepAddress: true,
  clientsKeepAddress: true,
  hostNetworkPods: 'as-node',
  letsOwnNodeIn: true,
  namedPorts: true,
  endPort: true,
  sctp: true,
  dualStack: true,
  encryption: 'unknown',
  replacesKubeProxy: false,
  maintenance: 'active',
};

export const conformant: CniPlugin<ConformantSpec> = {
  name: 'conformant',
  title: 'any conformant plugin',
  options: [],
  parse: () => ({ name: 'conformant' }),
  // The upstream end-to-end tests of NetworkPolicy expect ipBlock to match pod addresses (NP-17).
  capabilities: () => ({ ...POLICY_V1, hostNetworkPods: 'unknown', maintenance: 'unknown' }),
};
