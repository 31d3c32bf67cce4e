import type { ServiceResource } from '../../manifest/resources';
import type { Doubt } from '../../values/ternary';
import type { ServiceEndpoint } from '../endpoints';
import type { PacketSource } from '../packet';
import type { Claim } from '../service-table';

/** A packet for a Service port, as far as its handling depends on it. */
export interface AskedFor {
  readonly claim: Pick<Claim, 'service' | 'at'>;
  readonly source: PacketSource;
  /** SVC-17: its source is surely within the ranges of the Service, if there are any. */
  readonly isAdmitted: boolean;
}

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
  readonly loopbackNodePorts: boolean | 'unknown';
  /** SVC-14: whether it rejects and drops at the node ports of every address, be they open there or not. */
  readonly guardsClosedNodePorts: boolean;
  /** SVC-15: whether policies behind external addresses see whom the API describes, or client or node, and nobody knows. */
  readonly masquerading: 'as-described' | 'unknown';
  /** SVC-25: whether hints of endpoints count as the API describes them. */
  readonly topology: 'as-described' | 'unknown';
  /** SVC-20: what leaves open whether an address of the node has node ports. */
  readonly nodePortDoubt: Doubt;
  /** Whether the `kubeProxy` of a profile means it. */
  readonly readsKubeProxy: boolean;
  /** What leaves open how a Service is served at all. @default - nothing */
  readonly aboutService?: (service: ServiceResource, endpoints: readonly ServiceEndpoint[]) => readonly Doubt[];
  /** What leaves open how one packet for it is served. @default - nothing */
  readonly aboutPacket?: (asked: AskedFor) => readonly Doubt[];
}

/** What all modes of kube-proxy have in common. */
export const KUBE_PROXY = {
  masquerading: 'as-described',
  topology: 'as-described',
  nodePortDoubt: {
    rule: 'SVC-20',
    wouldDecide: "the node's first address: with nftables its others have node ports only where others translate them",
  },
  readsKubeProxy: true,
} as const satisfies Partial<ProxyMode>;
