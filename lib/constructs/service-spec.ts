import type { ServicePortFacts } from './service-ports';
import type { AnyServiceProps } from './service-props';

/** The `spec` of a Service as Kubernetes writes it; the type always stands there, all else where it was given. */
export function serviceSpec(
  props: AnyServiceProps,
  ports: readonly ServicePortFacts[],
  selector: Readonly<Record<string, string>> | undefined,
): Record<string, unknown> {
  const { sessionAffinityTimeoutSeconds: timeoutSeconds } = props;
  return {
    type: props.type ?? 'ClusterIP',
    selector,
    ports: ports.length > 0 ? ports.map(portSpec) : undefined,
    clusterIP: props.headless ? 'None' : props.clusterIP,
    externalName: props.externalName,
    externalIPs: props.externalIPs,
    sessionAffinity: props.sessionAffinity,
    sessionAffinityConfig: timeoutSeconds === undefined ? undefined : { clientIP: { timeoutSeconds } },
    internalTrafficPolicy: props.internalTrafficPolicy,
    externalTrafficPolicy: props.externalTrafficPolicy,
    trafficDistribution: props.trafficDistribution,
    loadBalancerSourceRanges: props.loadBalancerSourceRanges,
    loadBalancerClass: props.loadBalancerClass,
    allocateLoadBalancerNodePorts: props.allocateLoadBalancerNodePorts,
    healthCheckNodePort: props.healthCheckNodePort,
    ipFamilies: props.ipFamilies,
    ipFamilyPolicy: props.ipFamilyPolicy,
    publishNotReadyAddresses: props.publishNotReadyAddresses,
  };
}

function portSpec({ name, port, targetPort, protocol, appProtocol, nodePort }: ServicePortFacts): object {
  return { name, port, targetPort, protocol, appProtocol, nodePort };
}
