import { formatIp } from '../../../lib/model/values/ip';
import { faultsOf, readOne, service } from './reading';

const read = (spec: object, status?: object) => readOne('service', { ...service(spec), status });
const http = { port: 80 };

test('SVC-01: the defaults of the API server', () => {
  expect(read({ ports: [http] })).toMatchObject({
    serviceType: 'ClusterIP',
    headless: false,
    ports: [{ name: undefined, port: 80, protocol: 'TCP', targetPort: 80, nodePort: undefined }],
    externalTrafficPolicy: 'Cluster',
    internalTrafficPolicy: 'Cluster',
    publishNotReadyAddresses: false,
  });
});

test.each([
  ['a number', 8080, 8080],
  ['a name', 'http', 'http'],
  ['0, which means absent', 0, 80],
  ['null', null, 80],
])('SVC-01: the targetPort is %s', (_what, targetPort, expected) => {
  expect(read({ ports: [{ port: 80, targetPort }] }).ports[0].targetPort).toBe(expected);
});

test.each([[undefined], [null], [{}]])('SVC-02: a selector of %j selects nothing', (selector) => {
  expect(read({ ports: [http], selector }).selector).toBeUndefined();
});

test('SVC-21: without an address of its own a Service is headless, and needs no ports', () => {
  expect(read({ clusterIP: 'None' })).toMatchObject({ headless: true, clusterIps: [], ports: [] });
  expect(read({ clusterIP: 'None', clusterIPs: ['None'], ports: null })).toMatchObject({ headless: true });
});

test('addresses of every kind, as a live dump has them', () => {
  const spec = {
    type: 'LoadBalancer',
    clusterIP: '10.96.0.7',
    clusterIPs: ['10.96.0.7', 'fd00::7'],
    externalIPs: ['192.0.2.1'],
    loadBalancerIP: '192.0.2.9',
    loadBalancerSourceRanges: [' 203.0.113.0/24 '],
    externalTrafficPolicy: 'Local',
    ports: [{ ...http, nodePort: 30080 }],
  };
  const found = read(spec, { loadBalancer: { ingress: [{ ip: '198.51.100.1' }, { hostname: 'lb.example.com' }] } });
  expect(found.clusterIps.map(formatIp)).toEqual(['10.96.0.7', 'fd00::7']);
  expect(found.externalIps.map(formatIp)).toEqual(['192.0.2.1']);
  expect(found.loadBalancers.map(({ ip }) => formatIp(ip))).toEqual(['198.51.100.1']);
  // SVC-17: blanks around the range are ignored.
  expect(String(found.loadBalancerSourceRanges)).toBe('203.0.113.0-203.0.113.255');
  expect(found).toMatchObject({ externalTrafficPolicy: 'Local', ports: [{ nodePort: 30080 }] });
  expect(read(spec, { loadBalancer: {} }).loadBalancers.map(({ ip }) => formatIp(ip))).toEqual(['192.0.2.9']);
});

test('SVC-22: an ExternalName has a name and needs no ports', () => {
  expect(read({ type: 'ExternalName', externalName: 'db.example.com.' })).toMatchObject({
    serviceType: 'ExternalName',
    externalName: 'db.example.com.',
    headless: false,
  });
});

test.each([
  ['a type in the wrong case', { type: 'nodePort', ports: [http] }, ['PTL004 spec.type -> NodePort']],
  [
    'a traffic policy',
    { externalTrafficPolicy: 'local', ports: [http] },
    ['PTL004 spec.externalTrafficPolicy -> Local'],
  ],
  ['a protocol', { ports: [{ port: 80, protocol: 'HTTP' }] }, ['PTL004 spec.ports[0].protocol']],
  ['no port', { ports: [{}] }, ['PTL003 spec.ports[0].port']],
  ['no ports', { ports: [] }, ['PTL003 spec.ports']],
  ['port 0', { ports: [{ port: 0 }] }, ['PTL007 spec.ports[0].port']],
  ['a quoted port', { ports: [{ port: '80' }] }, ['PTL002 spec.ports[0].port -> 80']],
  ['a quoted target', { ports: [{ port: 80, targetPort: '8080' }] }, ['PTL009 spec.ports[0].targetPort -> 8080']],
  ['SVC-09: ports without names', { ports: [http, { port: 81, name: 'b' }] }, ['PTL003 spec.ports[0].name']],
  [
    'SVC-09: two ports of one name',
    {
      ports: [
        { port: 80, name: 'a' },
        { port: 81, name: 'a' },
      ],
    },
    ['PTL019 spec.ports[1]'],
  ],
  [
    'two equal ports',
    {
      ports: [
        { port: 80, name: 'a' },
        { port: 80, name: 'b' },
      ],
    },
    ['PTL019 spec.ports[1]'],
  ],
  ['a port name', { ports: [{ port: 80, name: 'My_Port' }] }, ['PTL014 spec.ports[0].name']],
  ['an address', { clusterIP: '10.96.0', ports: [http] }, ['PTL005 spec.clusterIP']],
  [
    'a source range',
    { loadBalancerSourceRanges: ['10.0.0.0'], ports: [http] },
    ['PTL005 spec.loadBalancerSourceRanges[0]'],
  ],
  ['SVC-20: a node port of a ClusterIP', { ports: [{ ...http, nodePort: 30080 }] }, ['PTL020 spec.ports[0].nodePort']],
  [
    'SVC-20: one node port for two ports',
    {
      type: 'NodePort',
      ports: [
        { name: 'a', port: 80, nodePort: 30080 },
        { name: 'b', port: 81, nodePort: 30080 },
      ],
    },
    ['PTL019 spec.ports[1]'],
  ],
  ...['allocateLoadBalancerNodePorts', 'loadBalancerClass', 'loadBalancerSourceRanges'].map(
    (field): [string, object, string[]] => {
      const value = { allocateLoadBalancerNodePorts: false, loadBalancerClass: 'a/b' }[field] ?? ['10.0.0.0/8'];
      return [`SVC-19: ${field} without a load balancer`, { [field]: value, ports: [http] }, [`PTL020 spec.${field}`]];
    },
  ),
  [
    'SVC-13: a port for health checks of a Service without local endpoints',
    { type: 'LoadBalancer', healthCheckNodePort: 32000, ports: [http] },
    ['PTL020 spec.healthCheckNodePort'],
  ],
  [
    'SVC-24: an affinity of more than a day',
    {
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 86_401 } },
      ports: [http],
    },
    ['PTL004 spec.sessionAffinityConfig.clientIP.timeoutSeconds'],
  ],
  [
    'SVC-24: an affinity of no time',
    { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } }, ports: [http] },
    ['PTL004 spec.sessionAffinityConfig.clientIP.timeoutSeconds'],
  ],
  [
    "a load balancer on the kubelet's port",
    { type: 'LoadBalancer', ports: [{ port: 10_250 }] },
    ['PTL020 spec.ports[0].port'],
  ],
  ['an application protocol', { ports: [{ ...http, appProtocol: 'a/b/c' }] }, ['PTL014 spec.ports[0].appProtocol']],
  [
    'SVC-19: a class of load balancers',
    { type: 'LoadBalancer', loadBalancerClass: 'a b', ports: [http] },
    ['PTL014 spec.loadBalancerClass'],
  ],
  [
    'an affinity that is none',
    { sessionAffinity: 'clientIP', ports: [http] },
    ['PTL004 spec.sessionAffinity -> ClientIP'],
  ],
  ['a distribution that is none', { trafficDistribution: 'Close', ports: [http] }, ['PTL004 spec.trafficDistribution']],
  [
    'SVC-27: clusterIPs that begin with another address than clusterIP',
    { clusterIP: '10.96.0.7', clusterIPs: ['10.96.0.8'], ports: [http] },
    ['PTL020 spec.clusterIPs[0]'],
  ],
  [
    'SVC-27: two addresses of one family',
    { clusterIP: '10.96.0.7', clusterIPs: ['10.96.0.7', '10.96.0.8'], ports: [http] },
    ['PTL020 spec.clusterIPs'],
  ],
  ['SVC-21: None beside an address', { clusterIPs: ['None', '10.96.0.8'], ports: [http] }, ['PTL020 spec.clusterIPs']],
  [
    'SVC-27: an address of another family than the first',
    { clusterIPs: ['10.96.0.8'], ipFamilies: ['IPv6'], ports: [http] },
    ['PTL020 spec.clusterIPs[0]'],
  ],
  ['SVC-27: a family twice', { ipFamilies: ['IPv4', 'IPv4'], ports: [http] }, ['PTL020 spec.ipFamilies']],
  [
    'SVC-27: two families of a single stack',
    { ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'SingleStack', ports: [http] },
    ['PTL020 spec.ipFamilyPolicy'],
  ],
  [
    'SVC-26: a loopback address for everybody',
    { externalIPs: ['127.0.0.1'], ports: [http] },
    ['PTL005 spec.externalIPs[0]'],
  ],
  [
    'SVC-22: an address of an ExternalName',
    { type: 'ExternalName', externalName: 'a.b', clusterIP: '10.96.0.8' },
    ['PTL020 spec.clusterIP'],
  ],
  ['a headless NodePort', { type: 'NodePort', clusterIP: 'None', ports: [http] }, ['PTL004 spec.clusterIP']],
  ['an ExternalName without a name', { type: 'ExternalName' }, ['PTL003 spec.externalName']],
  ['an ExternalName that is none', { type: 'ExternalName', externalName: 'a b' }, ['PTL014 spec.externalName']],
  ['a selector of numbers', { selector: { app: 1 }, ports: [http] }, ['PTL002 spec.selector.app']],
])('%s is refused', (_what, spec, faults) => {
  expect(faultsOf(service(spec))).toEqual(faults);
});

test.each([
  [
    'SVC-24: settings of an affinity that nobody asks for',
    { sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } } },
  ],
  ['a wish to the load balancer that is no address', { type: 'LoadBalancer', loadBalancerIP: 'any of mine' }],
  ['SVC-24: a day', { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 86_400 } } }],
  ["the kubelet's port without a load balancer", { type: 'NodePort', ports: [{ port: 10_250 }] }],
  ['an application protocol', { ports: [{ ...http, appProtocol: 'kubernetes.io/h2c' }] }],
  ['SVC-16: a policy for traffic from outside that none comes from', { externalTrafficPolicy: 'Cluster' }],
  [
    'SVC-27: two addresses in the order of the families, as a live dump has them',
    {
      clusterIP: '10.96.0.7',
      clusterIPs: ['10.96.0.7', 'fd00::7'],
      ipFamilies: ['IPv4', 'IPv6'],
      ipFamilyPolicy: 'PreferDualStack',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
    },
  ],
  [
    'SVC-21: a headless Service of two families, as a live dump has it',
    { clusterIP: 'None', clusterIPs: ['None'], ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'RequireDualStack' },
  ],
])('%s is taken', (_what, spec) => {
  expect(faultsOf(service({ ports: [http], ...spec }))).toEqual([]);
});

test('one port number may serve two protocols', () => {
  const ports = [
    { port: 53, name: 'dns' },
    { port: 53, name: 'dns-udp', protocol: 'UDP' },
  ];
  expect(read({ ports }).ports).toHaveLength(2);
});

test('the name of a Service is a DNS label', () => {
  expect(faultsOf({ ...service({ ports: [http] }), metadata: { name: 'my_db' } })).toEqual(['PTL014 metadata.name']);
});
