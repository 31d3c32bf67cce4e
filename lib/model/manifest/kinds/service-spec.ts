import { type IpAddress, type IpFamily, parseIp } from '../../values/ip';
import { qualifiedName } from '../reader/names';
import { address, cidr, endpointAddress, portNumberOrZero } from '../reader/network';
import {
  andThen,
  list,
  mapped,
  optional,
  optionalText,
  part,
  type Read,
  type Reader,
  textWithDefault,
  withDefault,
} from '../reader/reader';
import { boolean, integer, oneOf, text } from '../reader/scalars';
import type { ServiceResource } from '../resources';
import { labels } from './labels';
import { servicePorts } from './service-port';

const TYPES: readonly ServiceResource['serviceType'][] = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'];
const FAMILIES = ['IPv4', 'IPv6'] as const;
const FAMILY_POLICIES = ['SingleStack', 'PreferDualStack', 'RequireDualStack'] as const;
const AFFINITIES = ['None', 'ClientIP'] as const;
const DISTRIBUTIONS = ['PreferSameZone', 'PreferSameNode', 'PreferClose'] as const;
const TRAFFIC_POLICIES: readonly ServiceResource['externalTrafficPolicy'][] = ['Cluster', 'Local'];

/** An address, or `None` for a headless Service (SVC-21). */
const clusterIp: Reader<IpAddress | 'None'> = (place) => (place.value === 'None' ? 'None' : address(place));

/** SVC-17: blanks around the range are no part of it. */
const sourceRange = andThen(text, (range, place) => cidr(place.as(range.trim())));

/** A wish to the load balancer, which the API server does not read: what is no address is none that anybody got. */
const wishedAddress: Reader<IpAddress | undefined> = mapped(optionalText(text), (wish = '') => {
  const parsed = parseIp(wish);
  return parsed.ok ? parsed.address : undefined;
});

const trafficPolicy = textWithDefault(oneOf('a traffic policy', TRAFFIC_POLICIES), 'Cluster');

/** The defaults are those of SVC-01. */
export const serviceSpec = part({
  type: textWithDefault(oneOf('a Service type', TYPES, 'SVC-01'), 'ClusterIP'),
  selector: labels,
  ports: servicePorts,
  clusterIP: optionalText(clusterIp),
  clusterIPs: list(clusterIp),
  ipFamilyPolicy: optionalText(oneOf('an IP family policy', FAMILY_POLICIES, 'SVC-27')),
  ipFamilies: list(mapped(oneOf('an IP family', FAMILIES), (family) => (family === 'IPv4' ? 4 : 6) as IpFamily)),
  externalIPs: list(endpointAddress('an externalIP')),
  loadBalancerIP: wishedAddress,
  loadBalancerSourceRanges: list(sourceRange),
  allocateLoadBalancerNodePorts: withDefault(boolean, true),
  externalTrafficPolicy: trafficPolicy,
  internalTrafficPolicy: trafficPolicy,
  sessionAffinityConfig: optional(part({ clientIP: optional(part({ timeoutSeconds: optional(integer) })) })),
  sessionAffinity: textWithDefault(oneOf('a session affinity', AFFINITIES, 'SVC-24'), 'None'),
  trafficDistribution: optionalText(oneOf('a traffic distribution', DISTRIBUTIONS, 'SVC-25')),
  healthCheckNodePort: portNumberOrZero,
  loadBalancerClass: optionalText(qualifiedName('load balancer class')),
  externalName: optionalText(text),
  publishNotReadyAddresses: withDefault(boolean, false),
});

export type ServiceSpec = Read<typeof serviceSpec>;

/** Those that it has, or asks for; the older field counts where the list is not there. */
export function clusterIpsOf(read: ServiceSpec): readonly (IpAddress | 'None')[] {
  return read.clusterIPs.length > 0 || read.clusterIP === undefined ? read.clusterIPs : [read.clusterIP];
}

/** SVC-21. */
export function isHeadless(read: ServiceSpec): boolean {
  return clusterIpsOf(read)[0] === 'None';
}
