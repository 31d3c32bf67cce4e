import type { CniCapabilities, CniSpec } from './profile';

const POLICY_V1: CniCapabilities = {
  enforcesNetworkPolicy: true,
  clusterNetworkPolicy: true,
  adminNetworkPolicy: true,
  ipBlockSelectsPods: true,
  ipBlockSelectsNodes: true,
  hostNetworkPods: 'as-node',
  namedPorts: true,
  endPort: true,
};

/** kube-network-policies reads them where it is told to. */
const OPTIONAL_CLUSTER_POLICIES = { clusterNetworkPolicy: 'unknown', adminNetworkPolicy: 'unknown' } as const;
const NO_CLUSTER_POLICIES = { clusterNetworkPolicy: false, adminNetworkPolicy: false } as const;

/** What each known network plugin does with policies: NP-17, NP-25, NP-28 and NP-37 by plugin. */
const CAPABILITIES: Readonly<Record<string, (spec: CniSpec) => CniCapabilities>> = {
  // The upstream end-to-end tests of NetworkPolicy expect ipBlock to match pod addresses (NP-17).
  conformant: () => ({ ...POLICY_V1, hostNetworkPods: 'unknown' }),
  // Older versions read the older kinds, newer ones ClusterNetworkPolicy instead.
  calico: () => ({ ...POLICY_V1, adminNetworkPolicy: 'unknown' }),
  kindnet: () => ({ ...POLICY_V1, ...OPTIONAL_CLUSTER_POLICIES }),
  // Nodes have an identity of their own; since 1.15 an option lets blocks match them. ClusterNetworkPolicy is an option too.
  cilium: () => ({
    ...POLICY_V1,
    clusterNetworkPolicy: 'unknown',
    adminNetworkPolicy: false,
    ipBlockSelectsPods: false,
    ipBlockSelectsNodes: 'unknown',
  }),
  weave: () => ({ ...POLICY_V1, ...NO_CLUSTER_POLICIES, namedPorts: false, endPort: false }),
  // NP-37: alone it moves packets and reads no policy; with `netpol` kube-network-policies runs beside it.
  flannel: ({ netpol }) => ({
    ...POLICY_V1,
    ...(netpol === true ? OPTIONAL_CLUSTER_POLICIES : NO_CLUSTER_POLICIES),
    enforcesNetworkPolicy: netpol === true,
  }),
};

export const KNOWN_CNIS: readonly string[] = Object.keys(CAPABILITIES).sort();

/** The plugin's capabilities; `undefined` for a plugin that Portolan does not know. */
export function capabilitiesOf(spec: CniSpec): CniCapabilities | undefined {
  return Object.hasOwn(CAPABILITIES, spec.name) ? CAPABILITIES[spec.name](spec) : undefined;
}
