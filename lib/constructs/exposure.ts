import type { LoadBalancerServiceProps, NodePortServiceProps, ServiceMetadata } from './service-props';

interface Exposed<P extends string> extends Pick<ServiceMetadata, 'annotations'> {
  /** Name of the Service. @default - `<name>-external` */
  readonly name?: string;
  /** @default - every port of the app's own Service */
  readonly ports?: readonly P[];
  /** The ports of every node that lead here (SVC-20). @default - the API server chooses */
  readonly nodePorts?: Readonly<Partial<Record<P, number>>>;
}

/** What a Service on the ports of nodes may have. */
export type NodePortOption =
  | 'externalTrafficPolicy'
  | 'internalTrafficPolicy'
  | 'externalIPs'
  | 'ipFamilies'
  | 'ipFamilyPolicy';

/** What a load balancer may have besides. */
export type LoadBalancerOption =
  | 'loadBalancerSourceRanges'
  | 'loadBalancerClass'
  | 'allocateLoadBalancerNodePorts'
  | 'healthCheckNodePort';

/** How an app is offered outside the cluster: the props of the Service that does it. */
export type Exposure<P extends string> = Exposed<P> &
  (
    | Pick<NodePortServiceProps<P>, 'type' | NodePortOption>
    | Pick<LoadBalancerServiceProps<P>, 'type' | NodePortOption | LoadBalancerOption>
  );
