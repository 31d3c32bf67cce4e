/** What a network plugin does and doesn't: the table that the rest of the model asks. Each answer cites its rule. */
export interface CniCapabilities {
  /** NP-37: whether anybody reads NetworkPolicy objects. */
  readonly enforcesNetworkPolicy: boolean;
  /** NP-43: whether anybody reads ClusterNetworkPolicy objects. */
  readonly clusterNetworkPolicy: boolean | 'unknown';
  /** NP-43: likewise AdminNetworkPolicy and BaselineAdminNetworkPolicy, which came before it. */
  readonly adminNetworkPolicy: boolean | 'unknown';
  /** NP-17: whether an ipBlock also matches the addresses of pods. */
  readonly ipBlockSelectsPods: boolean | 'unknown';
  /** NP-17, NP-29: whether an ipBlock matches the addresses of nodes, and so of hostNetwork pods. */
  readonly ipBlockSelectsNodes: boolean | 'unknown';
  /**
   * NP-29: whether what other nodes send to pods, and clients whose address they replace, comes by the address of the node; through a
   * tunnel it may come by that of its end.
   */
  readonly nodesKeepAddress: true | 'unknown';
  /** NP-29: ranges from which ends of tunnels may have their addresses too. @default - those of pods alone */
  readonly tunnelRanges?: readonly string[];
  /** NP-39: whether policies see clients outside by their own address, where kube-proxy leaves it: `local`, if a Service asks for it. */
  readonly clientsKeepAddress: true | 'local' | 'unknown';
  /** NP-28: hostNetwork pods count as their node, or as pods like all others, or nobody knows. */
  readonly hostNetworkPods: 'as-node' | 'as-pod' | 'unknown';
  /** NP-30: whether a pod's own node is let in whatever policies say; else it is subject to them like any other. */
  readonly letsOwnNodeIn: boolean;
  /** Whether a policy that names a port is read at all: Weave refuses such a policy whole. */
  readonly namedPorts: boolean;
  /** NP-25: without it only the first port of a range counts. */
  readonly endPort: boolean;
  /** NP-09: whether rules about SCTP are carried out; where they are not, nothing of SCTP leaves or enters a pod, policies or not. */
  readonly sctp: boolean | 'unknown';
  /** Whether pods may have addresses of both families. */
  readonly dualStack: boolean | 'unknown';
  /** Whether it can encrypt what goes from node to node. */
  readonly encryption: boolean | 'unknown';
  /** Whether it does the work of kube-proxy itself, so that none runs beside it. */
  readonly replacesKubeProxy: boolean;
  /** Whether anybody still mends it. */
  readonly maintenance: 'active' | 'archived' | 'unknown';
}

/** What policies may ask of a network plugin, and not every plugin does. */
export type PolicyCapability =
  | 'enforcesNetworkPolicy'
  | 'namedPorts'
  | 'endPort'
  | 'sctp'
  | 'clusterNetworkPolicy'
  | 'adminNetworkPolicy';
