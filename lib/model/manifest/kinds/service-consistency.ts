import { dnsName } from '../reader/names';
import { type Invalid, invalid, type Place } from '../reader/place';
import { isHeadless, type ServiceSpec } from './service-spec';

/** One thing that the API server asks of a Service beyond what each field alone must be. */
type Check = (read: ServiceSpec, spec: Place) => Invalid | undefined;

/**
 * What the API server refuses although each field alone would do; every fault is told. An externalTrafficPolicy without a way
 * in from outside is let pass: older servers took it, and it means nothing (SVC-16).
 */
export function consistent(read: ServiceSpec, spec: Place): ServiceSpec | Invalid {
  let sound = true;
  for (let i = 0; i < CHECKS.length; i++) if (CHECKS[i](read, spec) === invalid) sound = false;
  return sound ? read : invalid;
}

/** A field that another one excludes. */
function excluded(place: Place, problem: string, expected: string, rule: string): Invalid {
  return place.fault({ code: 'PTL020', problem, expected, rule });
}

const hasPorts: Check = (read, spec) => {
  if (read.type === 'ExternalName' || read.ports.length > 0 || isHeadless(read)) return undefined;
  return spec.at('ports').fault({
    code: 'PTL003',
    problem: 'the Service has no ports',
    expected: 'at least one port, which only a headless Service may do without',
    rule: 'SVC-21',
  });
};

/** A mere name has no address, and so nothing that belongs to one. */
const mereName: Check = ({ type }, spec) => {
  if (type !== 'ExternalName') return undefined;
  const answers = [
    dnsName(spec.at('externalName')),
    ...['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy']
      .map((field) => spec.at(field))
      .filter(isGiven)
      .map((place) => excluded(place, 'an ExternalName has no address of its own', 'no such field', 'SVC-22')),
  ];
  return answers.includes(invalid) ? invalid : undefined;
};

const notHeadless: Check = (read, spec) => {
  if (read.type === 'ClusterIP' || read.type === 'ExternalName' || !isHeadless(read)) return undefined;
  return spec.at('clusterIP').fault({
    code: 'PTL004',
    problem: `a ${read.type} Service has no address of its own`,
    expected: 'an IP address, or no clusterIP',
    rule: 'SVC-21',
  });
};

/** SVC-27: one address for each family, the older field being the first of them. */
const clusterIps: Check = ({ type, clusterIP, clusterIPs, ipFamilies }, spec) => {
  if (type === 'ExternalName' || clusterIPs.length === 0) return undefined;
  const place = spec.at('clusterIPs');
  const shown = (ip: typeof clusterIP) => (ip === undefined || ip === 'None' ? ip : `${ip.family} ${ip.value}`);
  if (clusterIP !== undefined && shown(clusterIP) !== shown(clusterIPs[0])) {
    return excluded(
      place.at(0),
      'it is not the address that clusterIP names',
      'the same address as clusterIP',
      'SVC-27',
    );
  }
  const families = clusterIPs.map((ip) => (ip === 'None' ? ip : ip.family));
  if (families.length > 1 && families.includes('None')) {
    return excluded(place, 'None stands beside an address', 'None alone, or addresses', 'SVC-21');
  }
  if (families.length > 2 || new Set(families).size < families.length) {
    return excluded(place, 'a Service has one address of a family', 'at most one IPv4 and one IPv6 address', 'SVC-27');
  }
  const stray = families.findIndex(
    (family, i) => family !== 'None' && ipFamilies[i] !== undefined && ipFamilies[i] !== family,
  );
  if (stray < 0) return undefined;
  const expected = `an IPv${ipFamilies[stray]} address`;
  return excluded(place.at(stray), 'its family is not the one in ipFamilies', expected, 'SVC-27');
};

const families: Check = ({ ipFamilies, ipFamilyPolicy, clusterIPs }, spec) => {
  if (ipFamilies.length > 1 && new Set(ipFamilies).size < ipFamilies.length) {
    return excluded(spec.at('ipFamilies'), 'a family stands twice', 'IPv4, IPv6 or both', 'SVC-27');
  }
  const isDual = ipFamilies.length > 1 || clusterIPs.length > 1;
  if (ipFamilyPolicy !== 'SingleStack' || !isDual) return undefined;
  const expected = 'PreferDualStack or RequireDualStack, or one family';
  return excluded(spec.at('ipFamilyPolicy'), 'the Service asks for two families', expected, 'SVC-27');
};

/** SVC-20: ports of the nodes belong to the types that open some. */
const nodePorts: Check = ({ type, ports }, spec) => {
  if (type !== 'ClusterIP' || !ports.some(({ nodePort }) => nodePort !== undefined)) return undefined;
  const opening = ports.flatMap(({ nodePort }, i) => (nodePort === undefined ? [] : [i]));
  for (const i of opening) {
    const place = spec.at('ports').at(i).at('nodePort');
    excluded(
      place,
      'a ClusterIP Service opens no port of the nodes',
      'no nodePort, or type NodePort or LoadBalancer',
      'SVC-20',
    );
  }
  return invalid;
};

function isGiven({ isAbsent, value }: Place): boolean {
  return !isAbsent && value !== '' && !(Array.isArray(value) && value.length === 0);
}

const LOAD_BALANCER_FIELDS = ['allocateLoadBalancerNodePorts', 'loadBalancerClass', 'loadBalancerSourceRanges'];

/** SVC-17, SVC-19. */
const loadBalancers: Check = ({ type }, spec) => {
  if (type === 'LoadBalancer') return undefined;
  const given = LOAD_BALANCER_FIELDS.filter((field) => spec.has(field))
    .map((field) => spec.at(field))
    .filter(isGiven);
  const problem = `a ${type} Service has no load balancer`;
  return given.map((place) => excluded(place, problem, 'type LoadBalancer, or no such field', 'SVC-19')).at(0);
};

const healthCheck: Check = ({ type, externalTrafficPolicy, healthCheckNodePort }, spec) => {
  if (healthCheckNodePort === undefined) return undefined;
  if (type === 'LoadBalancer' && externalTrafficPolicy === 'Local') return undefined;
  const expected = 'type LoadBalancer with externalTrafficPolicy Local, or no such field';
  return excluded(spec.at('healthCheckNodePort'), 'nobody asks the nodes for their health', expected, 'SVC-13');
};

/** The kubelet's own, which some clouds would open on the nodes together with the load balancer's. */
const KUBELET_PORT = 10_250;

const kubeletPort: Check = ({ type, ports }, spec) => {
  const index = type === 'LoadBalancer' ? ports.findIndex(({ port }) => port === KUBELET_PORT) : -1;
  if (index < 0) return undefined;
  return spec
    .at('ports')
    .at(index)
    .at('port')
    .fault({
      code: 'PTL020',
      problem: `a load balancer can't have port ${KUBELET_PORT}, which is the kubelet's on every node`,
      expected: 'another port, or type ClusterIP or NodePort',
    });
};

/** SVC-24: a day is the longest. The API server drops the settings of an affinity that nobody asks for, before it reads them. */
const affinity: Check = ({ sessionAffinity, sessionAffinityConfig }, spec) => {
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 1;
  if (sessionAffinity !== 'ClientIP' || (seconds >= 1 && seconds <= 86_400)) return undefined;
  return spec
    .at('sessionAffinityConfig')
    .at('clientIP')
    .at('timeoutSeconds')
    .fault({
      code: 'PTL004',
      problem: `${seconds} is outside the range`,
      expected: 'a number of seconds from 1 to 86400, which is a day',
      rule: 'SVC-24',
    });
};

const CHECKS: readonly Check[] = [
  hasPorts,
  mereName,
  notHeadless,
  clusterIps,
  families,
  nodePorts,
  loadBalancers,
  healthCheck,
  kubeletPort,
  affinity,
];
