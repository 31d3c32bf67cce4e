import type { ClusterNode } from '../cluster/nodes';
import type { PodGroup, Workload } from '../cluster/workload';
import type { ServiceResource } from '../manifest/resources';
import type { CidrSet } from '../values/cidr-set';
import type { IpAddress, IpFamily } from '../values/ip';
import type { Protocol } from '../values/traffic-set';

/** One end of a question, resolved against the cluster. */
export type Endpoint = EndpointOwner & {
  /** The address by which it was asked for; kube-proxy looks at it, whoever has it. */
  readonly address?: IpAddress;
};

type EndpointOwner =
  | { readonly type: 'pods'; readonly label: string; readonly pods: readonly PodGroup[]; readonly workload?: Workload }
  | { readonly type: 'node'; readonly label: string; readonly node: ClusterNode }
  | { readonly type: 'addresses'; readonly label: string; readonly addresses: CidrSet }
  | { readonly type: 'service'; readonly label: string; readonly service: ServiceResource };

/** How a question narrows the cluster. */
export interface Circumstances {
  /** @default - every family that both ends have */
  readonly family?: IpFamily;
  /** Promises leave a pod's own node out, which nobody can keep from it (NP-30). @default 'counts' */
  readonly ownNode?: 'counts' | 'left-out';
  /**
   * Promises take a pod that no manifest binds to a node for one on another node than that it sends to, as far as what guards
   * nodes goes (NP-30). @default false
   */
  readonly runsElsewhere?: boolean;
  /** What is declared here can't keep in what a stranger sends: others may open its egress. @default false */
  readonly strangersAreOpen?: boolean;
  /** Likewise at the other end: others may open the ingress of their pods. @default false */
  readonly strangersLetIn?: boolean;
  /**
   * The packet was translated by a Service: where it was sent to, so far as anybody knows. A pod that meets itself this way
   * meets its policies, or not (NP-32).
   */
  readonly viaService?: { readonly addresses: CidrSet; readonly port?: number };
}

/** What a promise takes undeclared pods for. */
export type StrangersStance = Pick<Circumstances, 'strangersAreOpen' | 'strangersLetIn'>;

/** What is asked: who to whom, on which port, and how the destination is named. */
export interface Flow extends Circumstances {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly protocol: Protocol;
  /** The Service port by name or Service, the container port by pod IP; a name is a port's name. */
  readonly port: number | string;
  readonly by: 'name' | 'service' | 'podIP';
  /** The node by which a flow from outside the cluster enters. @default - nobody tells */
  readonly via?: string;
}
