import { CidrSet } from '../../values/cidr-set';
import type { IpAddress, IpFamily } from '../../values/ip';
import { dnsLabel, subdomain } from '../reader/names';
import { address, cidr, portNumberOrZero } from '../reader/network';
import { type Invalid, invalid, type Place } from '../reader/place';
import {
  list,
  optional,
  optionalText,
  part,
  type Read,
  type Reader,
  textWithDefault,
  then,
  withDefault,
} from '../reader/reader';
import { boolean, oneOf, text } from '../reader/scalars';
import type { LoadBalancerAddress, ServiceResource } from '../resources';
import { kind } from './kind';
import { labels } from './labels';
import { servicePorts } from './service-port';

const TYPES: readonly ServiceResource['serviceType'][] = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'];
const FAMILIES = ['IPv4', 'IPv6'] as const;
const FAMILY_POLICIES = ['SingleStack', 'PreferDualStack', 'RequireDualStack'] as const;
const AFFINITIES = ['None', 'ClientIP'] as const;
const DISTRIBUTIONS = ['PreferSameZone', 'PreferSameNode', 'PreferClose'] as const;
const IP_MODES: readonly LoadBalancerAddress['mode'][] = ['VIP', 'Proxy'];
const TRAFFIC_POLICIES: readonly ServiceResource['externalTrafficPolicy'][] = ['Cluster', 'Local'];

/** An address, or `None` for a headless Service (SVC-21). */
const clusterIp: Reader<IpAddress | 'None'> = (place) => (place.value === 'None' ? 'None' : address(place));

/** SVC-17: blanks around the range are no part of it. */
const sourceRange = then(text, (range, place) => cidr(place.as(range.trim())));

const trafficPolicy = textWithDefault(oneOf('a traffic policy', TRAFFIC_POLICIES), 'Cluster');

/** The defaults are those of SVC-01. */
const spec = part({
  type: textWithDefault(oneOf('a Service type', TYPES, 'SVC-01'), 'ClusterIP'),
  selector: labels,
  ports: servicePorts,
  clusterIP: optionalText(clusterIp),
  clusterIPs: list(clusterIp),
  ipFamilyPolicy: optionalText(oneOf('an IP family policy', FAMILY_POLICIES, 'SVC-27')),
  ipFamilies: list(then(oneOf('an IP family', FAMILIES), (family) => (family === 'IPv4' ? 4 : 6) as IpFamily)),
  externalIPs: list(address),
  loadBalancerIP: optionalText(address),
  loadBalancerSourceRanges: list(sourceRange),
  allocateLoadBalancerNodePorts: withDefault(boolean, true),
  externalTrafficPolicy: trafficPolicy,
  internalTrafficPolicy: trafficPolicy,
  sessionAffinity: textWithDefault(oneOf('a session affinity', AFFINITIES, 'SVC-24'), 'None'),
  trafficDistribution: optionalText(oneOf('a traffic distribution', DISTRIBUTIONS, 'SVC-25')),
  healthCheckNodePort: portNumberOrZero,
  loadBalancerClass: optionalText(text),
  externalName: optionalText(text),
  publishNotReadyAddresses: withDefault(boolean, false),
});

type Spec = Read<typeof spec>;

/** SVC-18: an address without a mode is the Service's own. */
const ingress = part({
  ip: optionalText(address),
  ipMode: textWithDefault(oneOf('a mode of a load balancer address', IP_MODES, 'SVC-18'), 'VIP'),
});

const status = part({
  loadBalancer: optional(part({ ingress: list(ingress) })),
});

type Status = Read<typeof status>;

const body = part({ spec: then(spec, consistent), status: optional(status) });

export const serviceKind = kind({
  kind: 'Service',
  apiVersions: ['v1'],
  name: dnsLabel,
  body,
  make: ({ spec, status }) => ({
    type: 'service',
    serviceType: spec.type,
    headless: spec.type === 'ClusterIP' && isHeadless(spec),
    selector: spec.selector.size > 0 ? spec.selector : undefined,
    ports: spec.ports,
    clusterIps: clusterIpsOf(spec).filter((ip) => ip !== 'None'),
    families: familiesOf(spec),
    ipFamilyPolicy: spec.ipFamilyPolicy,
    externalIps: spec.externalIPs,
    loadBalancers: loadBalancersOf(spec, status),
    loadBalancerSourceRanges:
      spec.loadBalancerSourceRanges.length > 0 ? CidrSet.of(...spec.loadBalancerSourceRanges) : undefined,
    allocateNodePorts: spec.allocateLoadBalancerNodePorts,
    externalTrafficPolicy: spec.externalTrafficPolicy,
    internalTrafficPolicy: spec.internalTrafficPolicy,
    sessionAffinity: spec.sessionAffinity,
    trafficDistribution: spec.trafficDistribution === 'PreferClose' ? 'PreferSameZone' : spec.trafficDistribution,
    healthCheckNodePort: spec.healthCheckNodePort,
    loadBalancerClass: spec.loadBalancerClass,
    externalName: spec.externalName,
    publishNotReadyAddresses: spec.publishNotReadyAddresses,
  }),
});

/** What the API server refuses although each field alone would do. */
function consistent(read: Spec, place: Place): Spec | Invalid {
  if (read.type === 'ExternalName') {
    return externalName(place.at('externalName')) === invalid ? invalid : read;
  }
  if (read.type !== 'ClusterIP' && isHeadless(read)) {
    return place.at('clusterIP').fault({
      code: 'PTL004',
      problem: `a ${read.type} Service has no address of its own`,
      expected: 'an IP address, or no clusterIP',
      rule: 'SVC-21',
    });
  }
  if (read.ports.length === 0 && !isHeadless(read)) {
    return place.at('ports').fault({
      code: 'PTL003',
      problem: 'the Service has no ports',
      expected: 'at least one port, which only a headless Service may do without',
      rule: 'SVC-21',
    });
  }
  return read;
}

/** SVC-22: any DNS name will do, with or without the dot of the root. */
const externalName: Reader<string> = then(text, (name, place) => subdomain(place.as(name.replace(/\.$/, ''))));

function clusterIpsOf(read: Spec): readonly (IpAddress | 'None')[] {
  return read.clusterIPs.length > 0 || read.clusterIP === undefined ? read.clusterIPs : [read.clusterIP];
}

/** SVC-27: those that the author asks for, else those of the addresses that it got. */
function familiesOf(read: Spec): readonly IpFamily[] | undefined {
  const given = clusterIpsOf(read).flatMap((ip) => (ip === 'None' ? [] : [ip.family]));
  const families = read.ipFamilies.length > 0 ? read.ipFamilies : given;
  const mayGetMore = families.length === 1 && /DualStack$/.test(read.ipFamilyPolicy ?? '');
  return families.length === 0 || mayGetMore ? undefined : families;
}

function isHeadless(read: Spec): boolean {
  return clusterIpsOf(read)[0] === 'None';
}

/** Those that the load balancer got; before it got any, the one that the author asked for. */
function loadBalancersOf(read: Spec, seen: Status | undefined): readonly LoadBalancerAddress[] {
  const ingress = seen?.loadBalancer?.ingress ?? [];
  const given = ingress.flatMap(({ ip, ipMode: mode }) => (ip === undefined ? [] : [{ ip, mode }]));
  return given.length > 0 || read.loadBalancerIP === undefined ? given : [{ ip: read.loadBalancerIP, mode: 'VIP' }];
}
