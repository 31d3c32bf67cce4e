import type { CniCapabilities, CniSpec } from './profile';

const POLICY_V1: CniCapabilities = {
  enforcesNetworkPolicy: true,
  ipBlockSelectsPods: true,
  ipBlockSelectsNodes: true,
  hostNetworkPods: 'as-node',
  namedPorts: true,
  endPort: true,
};

/** What each known network plugin does with policies: NP-17, NP-25, NP-28 and NP-37 by plugin. */
const CAPABILITIES: Readonly<Record<string, (spec: CniSpec) => CniCapabilities>> = {
  // The upstream end-to-end tests of NetworkPolicy expect ipBlock to match pod addresses (NP-17).
  conformant: () => ({ ...POLICY_V1, hostNetworkPods: 'unknown' }),
  calico: () => POLICY_V1,
  kindnet: () => POLICY_V1,
  // Nodes have an identity of their own; since 1.15 an option lets blocks match them.
  cilium: () => ({ ...POLICY_V1, ipBlockSelectsPods: false, ipBlockSelectsNodes: 'unknown' }),
  weave: () => ({ ...POLICY_V1, namedPorts: false, endPort: false }),
  // NP-37: alone it moves packets and reads no policy; with `netpol` kube-network-policies runs beside it.
  flannel: (spec) => ({ ...POLICY_V1, enforcesNetworkPolicy: spec.netpol === true }),
};

export const KNOWN_CNIS: readonly string[] = Object.keys(CAPABILITIES).sort();

/** The plugin's capabilities; `undefined` for a plugin that Portolan does not know. */
export function capabilitiesOf(spec: CniSpec): CniCapabilities | undefined {
  return Object.hasOwn(CAPABILITIES, spec.name) ? CAPABILITIES[spec.name](spec) : undefined;
}
