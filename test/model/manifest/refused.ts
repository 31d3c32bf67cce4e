import { double, nested, put, rename } from './mutations';
import { SOUND, type SoundKind } from './sound';

export interface Refused {
  readonly what: string;
  readonly document: unknown;
  /** Code and field of the one fault. */
  readonly fault: string;
}

const at = (kind: SoundKind, path: string) => ({
  document: SOUND[kind],
  path: path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
  what: `${kind} with ${path}`,
});

function withValue(kind: SoundKind, path: string, value: unknown, fault: string): Refused {
  const { document, path: steps, what } = at(kind, path);
  const shown = value === undefined ? 'missing' : JSON.stringify(value).slice(0, 40);
  return { what: `${what} ${shown}`, document: put(document, steps, value), fault };
}

function renamed(kind: SoundKind, path: string, name: string, fault: string): Refused {
  const { document, path: steps, what } = at(kind, path);
  return { what: `${what} named ${name}`, document: rename(document, steps, name), fault };
}

function doubled(kind: SoundKind, path: string, fault: string): Refused {
  const { document, path: steps, what } = at(kind, path);
  return { what: `${what} twice`, document: double(document, steps), fault };
}

const HUGE = 2 ** 53;
const DEEP = nested(200);

/** One mutation each, by hand, that the API server refuses, or that it takes for something that nobody means. */
export const REFUSED: readonly Refused[] = [
  // Dropped.
  withValue('NetworkPolicy', 'metadata.name', undefined, 'PTL003 metadata.name'),
  withValue('NetworkPolicy', 'ingress', [], 'PTL015 ingress'),
  withValue(
    'NetworkPolicy',
    'spec.ingress.0.from.1.ipBlock.cidr',
    undefined,
    'PTL003 spec.ingress[0].from[1].ipBlock.cidr',
  ),
  withValue('ClusterNetworkPolicy', 'spec', undefined, 'PTL003 spec.tier'),
  withValue('ClusterNetworkPolicy', 'spec.tier', undefined, 'PTL003 spec.tier'),
  withValue('ClusterNetworkPolicy', 'spec.egress.0.to', undefined, 'PTL003 spec.egress[0].to'),
  withValue('AdminNetworkPolicy', 'spec.priority', undefined, 'PTL003 spec.priority'),
  withValue(
    'AdminNetworkPolicy',
    'spec.egress.0.ports.1.portRange.end',
    undefined,
    'PTL003 spec.egress[0].ports[1].portRange.end',
  ),
  withValue('BaselineAdminNetworkPolicy', 'spec.subject', undefined, 'PTL003 spec.subject'),
  withValue('Service', 'spec.ports.0.port', undefined, 'PTL003 spec.ports[0].port'),
  withValue('Pod', 'metadata.ownerReferences.0.name', undefined, 'PTL003 metadata.ownerReferences[0].name'),
  withValue('Namespace', 'metadata.name', undefined, 'PTL003 metadata.name'),
  withValue('Ingress', 'spec', undefined, 'PTL003 spec'),
  withValue('Ingress', 'spec.rules.0.http.paths.0.pathType', undefined, 'PTL003 spec.rules[0].http.paths[0].pathType'),
  withValue('Ingress', 'spec.rules.0.http.paths.0.backend', {}, 'PTL003 spec.rules[0].http.paths[0].backend'),
  // Of the wrong type, or null.
  withValue('Ingress', 'spec.rules', {}, 'PTL002 spec.rules'),
  withValue('Ingress', 'spec.rules.0.http.paths.0', 7, 'PTL002 spec.rules[0].http.paths[0]'),
  withValue(
    'Ingress',
    'spec.defaultBackend.service.port.number',
    '80',
    'PTL002 spec.defaultBackend.service.port.number',
  ),
  withValue('NetworkPolicy', 'spec', 'text', 'PTL002 spec'),
  withValue('NetworkPolicy', 'spec.ingress', {}, 'PTL002 spec.ingress'),
  withValue('NetworkPolicy', 'spec.ingress.0.from.0', null, 'PTL011 spec.ingress[0].from[0]'),
  withValue('ClusterNetworkPolicy', 'spec.priority', '10', 'PTL002 spec.priority'),
  withValue('ClusterNetworkPolicy', 'spec.subject', [], 'PTL002 spec.subject'),
  withValue('ClusterNetworkPolicy', 'spec.ingress.0', null, 'PTL003 spec.ingress[0].action'),
  withValue('ClusterNetworkPolicy', 'spec.egress.0.to.0', null, 'PTL003 spec.egress[0].to[0]'),
  withValue(
    'ClusterNetworkPolicy',
    'spec.egress.0.to.0.networks',
    '10.0.0.0/8',
    'PTL002 spec.egress[0].to[0].networks',
  ),
  withValue('AdminNetworkPolicy', 'spec.ingress.0.name', 7, 'PTL002 spec.ingress[0].name'),
  withValue('AdminNetworkPolicy', 'spec.ingress.0.ports', {}, 'PTL002 spec.ingress[0].ports'),
  withValue('BaselineAdminNetworkPolicy', 'spec.egress.0.to.1.nodes', true, 'PTL002 spec.egress[0].to[1].nodes'),
  withValue('Service', 'spec.ports.0.port', '80', 'PTL002 spec.ports[0].port'),
  withValue('Service', 'spec.selector.app', 1, 'PTL002 spec.selector.app'),
  withValue('Deployment', 'spec.replicas', 'two', 'PTL002 spec.replicas'),
  withValue('Deployment', 'spec.template.metadata.labels.app', true, 'PTL002 spec.template.metadata.labels.app'),
  withValue('Pod', 'spec.hostNetwork', 'maybe', 'PTL002 spec.hostNetwork'),
  withValue('Namespace', 'metadata.labels', ['app'], 'PTL002 metadata.labels'),
  // Huge.
  withValue('NetworkPolicy', 'spec.egress.0.ports.0.endPort', HUGE, 'PTL007 spec.egress[0].ports[0].endPort'),
  withValue('ClusterNetworkPolicy', 'spec.priority', HUGE, 'PTL004 spec.priority'),
  withValue(
    'ClusterNetworkPolicy',
    'spec.egress.0.protocols.0.tcp.destinationPort.number',
    HUGE,
    'PTL007 spec.egress[0].protocols[0].tcp.destinationPort.number',
  ),
  withValue(
    'AdminNetworkPolicy',
    'spec.egress.0.ports.0.portNumber.port',
    -HUGE,
    'PTL007 spec.egress[0].ports[0].portNumber.port',
  ),
  withValue('Service', 'spec.ports.0.nodePort', HUGE, 'PTL007 spec.ports[0].nodePort'),
  withValue('Pod', 'spec.containers.0.ports.0.containerPort', HUGE, 'PTL007 spec.containers[0].ports[0].containerPort'),
  // Deep.
  withValue('NetworkPolicy', 'spec.podSelector', DEEP, 'PTL015 spec.podSelector.value'),
  withValue('ClusterNetworkPolicy', 'spec.egress.0.action', DEEP, 'PTL002 spec.egress[0].action'),
  withValue(
    'AdminNetworkPolicy',
    'spec.ingress.0.from.0.namespaces',
    DEEP,
    'PTL015 spec.ingress[0].from[0].namespaces.value',
  ),
  withValue('Pod', 'metadata.name', DEEP, 'PTL002 metadata.name'),
  // Twice.
  doubled('NetworkPolicy', 'spec.policyTypes', 'PTL004 spec.policyTypes'),
  doubled('NetworkPolicy', 'spec.podSelector', 'PTL002 spec.podSelector'),
  doubled('ClusterNetworkPolicy', 'spec.egress.0.to.2.domainNames', 'PTL019 spec.egress[0].to[2].domainNames[2]'),
  doubled('Service', 'spec.ports', 'PTL019 spec.ports[2]'),
  doubled('Pod', 'spec.containers.0.ports', 'PTL019 spec.containers[0].ports[1]'),
  // Of other scripts.
  withValue('NetworkPolicy', 'spec.podSelector.matchLabels.app', '💥', 'PTL014 spec.podSelector.matchLabels.app'),
  withValue('ClusterNetworkPolicy', 'metadata.name', 'e\u0301', 'PTL014 metadata.name'),
  withValue(
    'ClusterNetworkPolicy',
    'spec.egress.0.to.2.domainNames.0',
    'bücher.example',
    'PTL014 spec.egress[0].to[2].domainNames[0]',
  ),
  withValue(
    'ClusterNetworkPolicy',
    'spec.egress.0.to.0.networks.0',
    '١٠.0.0.0/8',
    'PTL005 spec.egress[0].to[0].networks[0]',
  ),
  withValue('Service', 'spec.ports.0.name', 'ѕql', 'PTL014 spec.ports[0].name'),
  // Named like what every object of the language has.
  renamed('NetworkPolicy', 'spec.podSelector.matchLabels', '__proto__', 'PTL015 spec.podSelector.__proto__'),
  renamed(
    'NetworkPolicy',
    'spec.podSelector.matchLabels.app',
    '__proto__',
    'PTL014 spec.podSelector.matchLabels.__proto__',
  ),
  renamed('ClusterNetworkPolicy', 'spec.subject.pods', 'constructor', 'PTL015 spec.subject'),
  withValue('ClusterNetworkPolicy', 'spec.egress.0.action', 'constructor', 'PTL004 spec.egress[0].action'),
  withValue('AdminNetworkPolicy', 'spec.ingress.0.action', 'toString', 'PTL004 spec.ingress[0].action'),
  renamed('BaselineAdminNetworkPolicy', 'spec.ingress', 'hasOwnProperty', 'PTL015 spec.hasOwnProperty'),
  // What goes together with nothing else that the object says.
  withValue('Service', 'spec.loadBalancerClass', 'a/b', 'PTL020 spec.loadBalancerClass'),
  withValue('Service', 'spec.allocateLoadBalancerNodePorts', true, 'PTL020 spec.allocateLoadBalancerNodePorts'),
  withValue('Service', 'spec.loadBalancerSourceRanges', ['10.0.0.0/8'], 'PTL020 spec.loadBalancerSourceRanges'),
  withValue('Service', 'spec.type', 'ClusterIP', 'PTL020 spec.ports[0].nodePort'),
  withValue('Service', 'spec.ports.1.nodePort', 70_000, 'PTL007 spec.ports[1].nodePort'),
  withValue('LoadBalancer', 'spec.externalTrafficPolicy', 'Cluster', 'PTL020 spec.healthCheckNodePort'),
  withValue('LoadBalancer', 'spec.clusterIPs.0', '10.96.0.99', 'PTL020 spec.clusterIPs[0]'),
  withValue('LoadBalancer', 'spec.clusterIPs.1', '10.96.0.99', 'PTL020 spec.clusterIPs'),
  withValue('LoadBalancer', 'spec.clusterIPs.2', '10.96.0.99', 'PTL020 spec.clusterIPs'),
  withValue('LoadBalancer', 'spec.ipFamilies.1', 'IPv4', 'PTL020 spec.ipFamilies'),
  withValue('LoadBalancer', 'spec.ipFamilies', ['IPv6', 'IPv4'], 'PTL020 spec.clusterIPs[0]'),
  withValue('LoadBalancer', 'spec.ipFamilyPolicy', 'SingleStack', 'PTL020 spec.ipFamilyPolicy'),
  withValue('LoadBalancer', 'spec.externalIPs.0', '127.0.0.1', 'PTL005 spec.externalIPs[0]'),
  withValue('LoadBalancer', 'spec.clusterIP', 'None', 'PTL020 spec.clusterIPs[0]'),
  withValue(
    'LoadBalancer',
    'spec.sessionAffinityConfig.clientIP.timeoutSeconds',
    86_401,
    'PTL004 spec.sessionAffinityConfig.clientIP.timeoutSeconds',
  ),
  withValue('ExternalName', 'spec.externalName', 'a b', 'PTL014 spec.externalName'),
  withValue('ExternalName', 'spec.externalName', '', 'PTL014 spec.externalName'),
  withValue('ExternalName', 'spec.clusterIP', 'None', 'PTL020 spec.clusterIP'),
  withValue('EndpointSlice', 'addressType', undefined, 'PTL003 addressType'),
  withValue('EndpointSlice', 'addressType', 'IPv6', 'PTL020 endpoints[0].addresses[0]'),
  withValue('EndpointSlice', 'endpoints.0.addresses.0', '169.254.1.1', 'PTL005 endpoints[0].addresses[0]'),
  withValue('EndpointSlice', 'endpoints.0.addresses', [], 'PTL003 endpoints[0].addresses'),
  withValue('EndpointSlice', 'endpoints.0.addresses', Array(101).fill('10.0.0.1'), 'PTL004 endpoints[0].addresses'),
  withValue('EndpointSlice', 'endpoints.0.hostname', 'db.0', 'PTL014 endpoints[0].hostname'),
  withValue('EndpointSlice', 'ports.1.name', 'sql', 'PTL019 ports[1]'),
  withValue('EndpointSlice', 'ports.0.name', 'My_Port', 'PTL014 ports[0].name'),
  withValue('EndpointSlice', 'ports.0.port', 65_536, 'PTL007 ports[0].port'),
  doubled('EndpointSlice', 'endpoints.0.hints.forZones', 'PTL019 endpoints[0].hints.forZones[1]'),
  withValue('Endpoints', 'subsets.0.addresses.0.ip', '0.0.0.0', 'PTL005 subsets[0].addresses[0].ip'),
  withValue('Endpoints', 'subsets.0.ports.1.name', undefined, 'PTL003 subsets[0].ports[1].name'),
  withValue('Endpoints', 'subsets.0', { ports: [] }, 'PTL003 subsets[0]'),
  withValue('Resolving', 'spec.dnsConfig.nameservers', [], 'PTL003 spec.dnsConfig.nameservers'),
  withValue('Resolving', 'spec.dnsConfig', undefined, 'PTL003 spec.dnsConfig.nameservers'),
  withValue('Resolving', 'spec.dnsConfig.nameservers', Array(4).fill('10.0.0.1'), 'PTL004 spec.dnsConfig.nameservers'),
  withValue('Resolving', 'spec.dnsConfig.searches.0', 'a..b', 'PTL014 spec.dnsConfig.searches[0]'),
  withValue('Resolving', 'spec.dnsConfig.searches', Array(33).fill('a'), 'PTL004 spec.dnsConfig.searches'),
  withValue('Resolving', 'spec.dnsConfig.searches', Array(20).fill('a.'.repeat(60)), 'PTL004 spec.dnsConfig.searches'),
  withValue('Resolving', 'spec.dnsConfig.options.0.name', '', 'PTL003 spec.dnsConfig.options[0].name'),
  withValue('Resolving', 'spec.hostname', 'db.0', 'PTL014 spec.hostname'),
  withValue('Resolving', 'spec.subdomain', 'Db', 'PTL014 spec.subdomain'),
  withValue('Resolving', 'spec.dnsPolicy', 'ClusterFist', 'PTL004 spec.dnsPolicy'),
  withValue('Resolving', 'spec.hostAliases.0.ip', 'localhost', 'PTL005 spec.hostAliases[0].ip'),
  withValue('Resolving', 'spec.hostAliases.0.hostnames.0', 'a_b', 'PTL014 spec.hostAliases[0].hostnames[0]'),
];
