import type { LoadBalancerServiceProps, NodePortServiceProps, ServiceMetadata } from './service-props';

interface Exposed<P extends string> extends Pick<ServiceMetadata, 'annotations'> {
  /** Name of the Service. @default - `<name>-external` */
  readonly name?: string;
  /** @default - every port of the app's own Service */
  readonly ports?: readonly P[];
  /** The ports of every node that lead here (SVC-20). @default - the API server chooses */
  readonly nodePorts?: Readonly<Partial<Record<P, number>>>;
}

type OfNodes = 'externalTrafficPolicy' | 'internalTrafficPolicy' | 'externalIPs' | 'ipFamilies' | 'ipFamilyPolicy';

type OfLoadBalancers =
  | 'loadBalancerSourceRanges'
  | 'loadBalancerClass'
  | 'allocateLoadBalancerNodePorts'
  | 'healthCheckNodePort';

/** How an app is offered outside the cluster: the props of the Service that does it. */
export type Exposure<P extends string> = Exposed<P> &
  (
    | Pick<NodePortServiceProps<P>, 'type' | OfNodes>
    | Pick<LoadBalancerServiceProps<P>, 'type' | OfNodes | OfLoadBalancers>
  );
