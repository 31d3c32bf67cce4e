import { CidrSet } from '../../values/cidr-set';
import type { IpFamily } from '../../values/ip';
import { dnsLabel } from '../reader/names';
import { address } from '../reader/network';
import { andThen, list, optional, optionalText, part, type Read, textWithDefault } from '../reader/reader';
import { oneOf } from '../reader/scalars';
import type { LoadBalancerAddress } from '../resources';
import { kind } from './kind';
import { consistent } from './service-consistency';
import { clusterIpsOf, isHeadless, type ServiceSpec, serviceSpec } from './service-spec';

const IP_MODES: readonly LoadBalancerAddress['mode'][] = ['VIP', 'Proxy'];

/** SVC-18: an address without a mode is the Service's own. */
const ingress = part({
  ip: optionalText(address),
  ipMode: textWithDefault(oneOf('a mode of a load balancer address', IP_MODES, 'SVC-18'), 'VIP'),
});

const status = part({
  loadBalancer: optional(part({ ingress: list(ingress) })),
});

type Status = Read<typeof status>;

const spec = andThen(andThen(serviceSpec, consistent), (read, place) => {
  const hasEmptySelector = read.selector.size === 0 && place.has('selector') && !place.at('selector').isAbsent;
  return { hasEmptySelector, ...read };
});

const body = part({ spec, status: optional(status) });

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
    hasEmptySelector: spec.hasEmptySelector,
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

/** SVC-27: those that the author asks for, else those of the addresses that it got. */
function familiesOf(read: ServiceSpec): readonly IpFamily[] | undefined {
  const given = clusterIpsOf(read).flatMap((ip) => (ip === 'None' ? [] : [ip.family]));
  const families = read.ipFamilies.length > 0 ? read.ipFamilies : given;
  const mayGetMore = families.length === 1 && /DualStack$/.test(read.ipFamilyPolicy ?? '');
  return families.length === 0 || mayGetMore ? undefined : families;
}

/** Those that the load balancer got; before it got any, the one that the author asked for. */
function loadBalancersOf(read: ServiceSpec, seen: Status | undefined): readonly LoadBalancerAddress[] {
  const ingress = seen?.loadBalancer?.ingress ?? [];
  const given = ingress.flatMap(({ ip, ipMode: mode }) => (ip === undefined ? [] : [{ ip, mode }]));
  if (given.length > 0 || read.loadBalancerIP === undefined) return given;
  return [{ ip: read.loadBalancerIP, mode: 'VIP', isAskedFor: true }];
}
