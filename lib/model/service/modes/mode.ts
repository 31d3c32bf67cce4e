/** What kube-proxy does where its modes differ, which is at the edges. Each answer cites its rule. */
export interface ProxyMode {
  /** SVC-10, SVC-11: with a packet for a ClusterIP, at a port or protocol that the Service does not serve. */
  readonly otherPort: 'rejects' | 'leaves-alone' | 'unknown';
  /** With a packet for an address of the Service range that no Service has. */
  readonly unassigned: 'drops' | 'leaves-alone';
  /** SVC-12: whether it also rejects what the node itself sends to external addresses of Services without endpoints. */
  readonly rejectsFromNode: boolean;
  /** SVC-17: whether the ranges of clients count even where there is no endpoint. */
  readonly rangesWithoutEndpoints: boolean;
  /** SVC-13, SVC-14: whether Local policies work as the API describes them. */
  readonly localPolicies: 'as-described' | 'unknown';
  /** SVC-15: which endpoints it masquerades for a pod that meets itself: all, or those that it knows to be on its node. */
  readonly hairpins: 'all' | 'of-the-node';
  /** SVC-20: which of the node's addresses have the node ports where `nodePortAddresses` is not set. */
  readonly nodePorts: 'all' | 'primary';
  /** SVC-20: whether 127.0.0.1 has them too. */
  readonly loopbackNodePorts: boolean;
  /** SVC-14: whether it rejects and drops at the node ports of every address, be they open there or not. */
  readonly guardsClosedNodePorts: boolean;
}
