import { applied, compileErrors, findingsOf, programOf } from './fixed-programs';

const promising = (promise: string) => `Intents.of(this).expect(${promise};`;
const PLUS = (name: string, port = 8080) =>
  `const ${name} = new kplus.Deployment(this, '${name}', { replicas: 1, containers: [{ image: 'shop/${name}:3', ports: [{ name: 'http', number: ${port} }] }] });`;
const API = (name: string, more = '') =>
  `const ${name} = new ApiObject(this, '${name}', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: '${name}' }, spec: {
  selector: { matchLabels: { app: '${name}' } },
  template: { metadata: { labels: { app: '${name}' } }, spec: { containers: [{ name: 'main', image: 'x', ports: [{ name: 'http', containerPort: 8080 }] }] } },
} });${more}`;
const APP = (name: string, more = '') =>
  `const ${name} = new DnsApp(this, '${name}', { image: 'shop/${name}:3', ports: { http: 8080 }, closed: false${more} });`;
const PROBE_IN_OPS = `const ops = new Chart(scope, 'ops', { namespace: 'ops' });
const probe = new DnsApp(ops, 'probe', { image: 'x', closed: false });
for (const chart of [this, ops]) new ApiObject(chart, 'ns', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: chart.namespace } });`;
const PLUS_SERVICE = (name: string, more = '') =>
  `const ${name}Service = new kplus.Service(this, '${name}-service', { metadata: { name: '${name}' }, selector: ${name}, ports: [{ name: 'http', port: 80, targetPort: 8080 }], /* here */ ${more}});`;
const API_SERVICE = (name: string, ports = `{ name: 'http', port: 80, targetPort: 'http' }`, more = '/* here */') =>
  `new ApiObject(this, '${name}-service', { apiVersion: 'v1', kind: 'Service', metadata: { name: '${name}' }, spec: { selector: { app: '${name}' }, ports: [${ports}], ${more} } });`;
const NGINX = `new PodNetwork(this, 'network', { ingress: [IngressController.nginx()] });`;

/** What is wrong, statement by statement, and the codes of the findings that the program gives. */
const CASES: readonly (readonly [title: string, code: string, ...body: string[]])[] = [
  [
    'a Service of cdk8s-plus offered outside',
    'PTL121',
    PLUS('web'),
    PLUS_SERVICE('web'),
    promising('web).toBeExposedTo(internet)'),
  ],
  [
    'a Service of the API offered outside',
    'PTL121',
    API('web'),
    API_SERVICE('web'),
    promising('web).toBeExposedTo(internet)'),
  ],
  [
    'a Service of ours offered outside',
    'PTL121',
    PLUS('web'),
    `new Service(this, 'offer', { selector: web, ports: { http: 8080 }, /* here */ });`,
    promising('web).toBeExposedTo(internet)'),
  ],
  ['an app offered outside', 'PTL121', APP('web', ', /* here */'), promising('web).toBeExposedTo(internet)')],
  [
    'a selector of the API',
    'PTL202',
    APP('web'),
    API('api'),
    `const offer = ${API_SERVICE('api')}`.replace("selector: { app: 'api' }", "selector: { app: 'apii' }"),
    promising('web).toReach(offer)'),
  ],
  [
    'a selector of cdk8s-plus',
    'PTL121',
    PLUS('web'),
    PLUS('api'),
    `new kplus.Service(this, 'offer', { metadata: { name: 'api' }, type: kplus.ServiceType.LOAD_BALANCER, ports: [{ port: 80, targetPort: 8080 }], /* here */ });`,
    promising('api).toBeExposedTo(internet)'),
  ],
  [
    'a selector of ours',
    'PTL202',
    PLUS('web'),
    API('api'),
    `const offer = new Service(this, 'offer', { name: 'api', selector: { app: 'apii' }, ports: { http: 8080 } });`,
    promising(`web).toReach(offer.port('http'))`),
  ],
  [
    'a port that a Service of the API lacks',
    'PTL201',
    APP('web'),
    `const api = new DnsApp(this, 'api', { image: 'x', ports: { http: Port.tcp(8080, { service: false }) }, closed: false });`,
    `new ApiObject(this, 'service', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'api' }, spec: { selector: { 'app.kubernetes.io/name': 'api' }, ports: [/* here */ { name: 'web', port: 80, targetPort: 'http' }] } });`,
    promising(`web).toReach(api.port('http'), { by: 'service' })`),
  ],
  [
    'a port that a Service of cdk8s-plus lacks',
    'PTL201',
    APP('web'),
    `const api = new DnsApp(this, 'api', { image: 'x', ports: { http: Port.tcp(8080, { service: false }) }, closed: false });`,
    `new kplus.Service(this, 'service', { metadata: { name: 'api' }, selector: kplus.Pods.select(this, 'api-pods', { labels: { 'app.kubernetes.io/name': 'api' } }), ports: [/* here */ { name: 'web', port: 80, targetPort: 9090 }] });`,
    promising(`web).toReach(api.port('http'), { by: 'service' })`),
  ],
  [
    'a port that a Service of ours lacks',
    'PTL201',
    APP('web'),
    `const api = new DnsApp(this, 'api', { image: 'x', ports: { http: Port.tcp(8080, { service: false }) }, closed: false });`,
    `new Service(this, 'service', { name: 'api', selector: { 'app.kubernetes.io/name': 'api' }, ports: { /* here */ web: { port: 80, targetPort: 9090 } } });`,
    promising(`web).toReach(api.port('http'), { by: 'service' })`),
  ],
  [
    'a targetPort of the API',
    'PTL204',
    APP('web'),
    API('api'),
    API_SERVICE('api', `{ name: 'http', port: 80, targetPort: 'htpp' }`),
    promising(`web).toReach(api)`),
  ],
  [
    'a targetPort of ours',
    'PTL204',
    APP('web'),
    PLUS('api'),
    `const offer = new Service(this, 'offer', { selector: api, ports: { http: { port: 80, targetPort: 'htpp' } } });`,
    promising(`web).toReach(offer.port('http'))`),
  ],
  ['a Service that there is none of', 'PTL203', APP('web'), PLUS('api'), promising(`web).toReach(api)`)],
  [
    'pods that are scaled down',
    'PTL205',
    APP('web'),
    PLUS('api').replace('replicas: 1', 'replicas: 0'),
    PLUS_SERVICE('api'),
    promising(`web).toReach(api)`),
  ],
  [
    'a policy that isolates',
    'PTL101',
    PLUS('web'),
    PLUS('api'),
    PLUS_SERVICE('api'),
    `new NetworkPolicy(this, 'api-from-web', { appliesTo: api, allowFrom: [] });`,
    promising(`web).toReach(api)`),
  ],
  [
    'a use that nobody declared',
    'PTL101',
    APP('web'),
    `const orderDb = new DnsApp(this, 'order-db', { image: 'x', ports: { sql: 5432 } });`,
    promising(`web).toReach(orderDb.port('sql'))`),
  ],
  [
    'lookups that are shut',
    'PTL102',
    PLUS('web'),
    APP('api'),
    `new NetworkPolicy(this, 'web-out', { appliesTo: web, allowTo: [{ to: [api], ports: [8080] }] });`,
    promising(`web).toReach(api.port('http'))`),
  ],
  [
    'lookups that are shut, and the Service port in a call of cdk8s-plus',
    'PTL102',
    PLUS('web'),
    PLUS('api'),
    PLUS_SERVICE('api'),
    'web.connections.allowTo(api, { ports: [kplus.NetworkPolicyPort.tcp(80)] });',
    promising(`web).toReach(api)`),
  ],
  [
    'the Service port in a policy of the API',
    'PTL103',
    APP('web'),
    API('api'),
    API_SERVICE('api', `{ name: 'http', 'port': 80, targetPort: 'http' }`),
    `new ApiObject(this, 'policy', { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'api' }, spec: { podSelector: { matchLabels: { app: 'api' } }, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 80, protocol: 'TCP' }] }] } });`.replace(
      'port: 80,',
      'port: 80,',
    ),
    promising(`web).toReach(api)`),
  ],
  [
    'the Service port in a policy of cdk8s-plus',
    'PTL103',
    PLUS('web'),
    PLUS('api'),
    PLUS_SERVICE('api'),
    `new kplus.NetworkPolicy(this, 'policy', { selector: api, ingress: { default: kplus.NetworkPolicyTrafficDefault.DENY, rules: [{ peer: web, ports: [kplus.NetworkPolicyPort.tcp(80)] }] } });`,
    promising(`web).toReach(api)`),
  ],
  [
    'the Service port in a policy of ours',
    'PTL103',
    PLUS('web'),
    PLUS('api'),
    PLUS_SERVICE('api'),
    `new NetworkPolicy(this, 'policy', { appliesTo: api, allowFrom: [{ from: [web], ports: [80] }] });`,
    promising(`web).toReach(api)`),
  ],
  [
    'a protocol in a policy of ours',
    'PTL106',
    PLUS('web'),
    PLUS('api'),
    PLUS_SERVICE('api'),
    `new NetworkPolicy(this, 'policy', { appliesTo: api, allowFrom: [{ from: [web], ports: [Port.udp(8080)] }] });`,
    promising(`web).toReach(api, { by: 'podIP' })`),
  ],
  [
    'the namespace of a peer of the API',
    'PTL112',
    PLUS('api'),
    PLUS_SERVICE('api'),
    `${PROBE_IN_OPS}
new ApiObject(this, 'policy', { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'api' }, spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'ops' } } }] }] } });`,
    promising(`probe).toReach(api)`),
  ],
  [
    'the namespace of a peer of ours',
    'PTL112',
    PLUS('api'),
    PLUS_SERVICE('api'),
    `${PROBE_IN_OPS}
new NetworkPolicy(this, 'policy', { appliesTo: api, allowFrom: [{ from: [pods({}, { namespaceLabels: { team: 'ops' } })] }] });`,
    promising(`probe).toReach(api)`),
  ],
  [
    'a path of ours',
    'PTL405',
    NGINX,
    APP('web'),
    APP('api'),
    `new Ingress(this, 'edge', { host: 'a.example.com', routes: { /* here */ '/': web.port('http') } });`,
    promising(`url('http://a.example.com/api')).toRouteTo(api.port('http'))`),
  ],
  [
    'a path of the API',
    'PTL405',
    NGINX,
    APP('web'),
    APP('api'),
    `new ApiObject(this, 'edge', { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'edge' }, spec: { ingressClassName: 'nginx', rules: [{ host: 'a.example.com', http: { paths: [/* here */ { path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } }] } }] } });`,
    promising(`url('http://a.example.com/api')).toRouteTo(api.port('http'))`),
  ],
  [
    'a path of cdk8s-plus',
    'PTL405',
    NGINX,
    PLUS('web'),
    PLUS_SERVICE('web'),
    PLUS('api'),
    PLUS_SERVICE('api'),
    `const edge = new kplus.Ingress(this, 'edge', { className: 'nginx' });
edge.addHostRule('a.example.com', '/', kplus.IngressBackend.fromService(webService, { port: 80 }));`,
    promising(`url('http://a.example.com/api')).toRouteTo(api)`),
  ],
  [
    'an exact path of ours',
    'PTL404',
    NGINX,
    APP('web'),
    `new Ingress(this, 'edge', { host: 'a.example.com', routes: { '/cart': { to: web.port('http'), pathType: 'Exact' }, /* here */ } });`,
    promising(`url('http://a.example.com/cart/42')).toRouteTo(web.port('http'))`),
  ],
  [
    'an exact path of cdk8s-plus',
    'PTL404',
    NGINX,
    PLUS('web'),
    PLUS_SERVICE('web'),
    `const edge = new kplus.Ingress(this, 'edge', { className: 'nginx', rules: [{ host: 'a.example.com', path: '/cart', pathType: kplus.HttpIngressPathType.EXACT, backend: kplus.IngressBackend.fromService(webService) }] });`,
    promising(`url('http://a.example.com/cart/42')).toRouteTo(web)`),
  ],
  [
    'a host that nobody takes',
    'PTL406',
    NGINX,
    APP('web'),
    promising(`url('http://a.example.com/')).toRouteTo(web.port('http'))`),
  ],
  [
    'a redirect of an Ingress of the API',
    'PTL407',
    NGINX,
    APP('web'),
    `new ApiObject(this, 'edge', { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'edge', /* here */ }, spec: { ingressClassName: 'nginx', tls: [{ hosts: ['a.example.com'], secretName: 'tls' }], rules: [{ host: 'a.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } }] } }] } });`,
    promising(`url('http://a.example.com/')).toRouteTo(web.port('http'))`),
  ],
  [
    'a redirect of an Ingress of cdk8s-plus',
    'PTL407',
    NGINX,
    PLUS('web'),
    PLUS_SERVICE('web'),
    `const edge = new kplus.Ingress(this, 'edge', { className: 'nginx', tls: [{ hosts: ['a.example.com'], secret: kplus.Secret.fromSecretName(this, 'tls', 'tls') }] });
edge.addHostRule('a.example.com', '/', kplus.IngressBackend.fromService(webService));`,
    promising(`url('http://a.example.com/')).toRouteTo(web)`),
  ],
  [
    'a redirect of an Ingress of ours',
    'PTL407',
    NGINX,
    APP('web'),
    `new Ingress(this, 'edge', { host: 'a.example.com', tls: 'tls', routes: { '/': web.port('http') }, /* here */ });`,
    promising(`url('http://a.example.com/')).toRouteTo(web.port('http'))`),
  ],
  [
    'the DNS policy of cdk8s-plus',
    'PTL501',
    APP('api'),
    PLUS('web').replace('replicas: 1', 'replicas: 1, dns: { policy: kplus.DnsPolicy.DEFAULT }'),
    promising(`web).toReach(api.port('http'))`),
  ],
  [
    'the DNS policy of ours',
    'PTL501',
    APP('api'),
    APP('web', `, dns: { policy: 'Default' }`),
    promising(`web).toReach(api.port('http'))`),
  ],
  [
    'a name that there is none of',
    'PTL502',
    APP('web'),
    APP('orders'),
    promising(`web).toResolve('oders.shop.svc.cluster.local')`),
  ],
  [
    'a name that is not to be found',
    'PTL504',
    APP('web'),
    APP('db'),
    `new DefaultDeny(this, 'deny', { directions: ['ingress'] });`,
    promising(`web).not.toResolve('db.shop.svc.cluster.local')`),
  ],
  [
    'a network that enforces nothing',
    'PTL301',
    `new PodNetwork(this, 'network', { cni: Cni.flannel() });`,
    APP('web'),
    `const db = new DnsApp(this, 'db', { image: 'x', ports: { sql: 5432 } });`,
    promising(`web).not.toReach(db)`),
  ],
  [
    'the class of an Ingress of cdk8s-plus',
    'PTL904',
    NGINX,
    PLUS('web'),
    PLUS_SERVICE('web'),
    `const edge = new kplus.Ingress(this, 'edge', { className: 'ngnix' });
edge.addHostRule('a.example.com', '/', kplus.IngressBackend.fromService(webService));`,
    promising(`url('http://a.example.com/')).toRouteTo(web)`),
  ],
  [
    'a namespace that there is none of',
    'PTL901',
    `const db = new DnsApp(this, 'db', { image: 'x', ports: { sql: 5432 } });`,
    promising(`namespace('shpo')).not.toReach(db)`),
  ],
];

const broken = CASES.map(([title, code, ...body]) => ({ title, code, program: programOf(body.join('\n')) }));

const fixed = broken.flatMap(({ title, code, program }) =>
  findingsOf(program).flatMap((finding) =>
    finding.fixes.map((fix, i) => ({
      title,
      fix,
      name: `${code}-${broken.findIndex((b) => b.program === program)}-${i}`,
      program: () => applied(fix, program),
    })),
  ),
);

test.each(broken)('$code: $title is broken, and a fix is offered', ({ code, program }) => {
  const findings = findingsOf(program);
  expect(findings.map((finding) => finding.code)).toEqual([code]);
  expect(findings[0].fixes).not.toEqual([]);
});

test.each(fixed)('$title: $fix.summary: the promise holds when the fix is pasted', ({ program }) => {
  expect(findingsOf(program()).map(({ code }) => code)).toEqual([]);
});

test('every program compiles, before and after', () => {
  const before = broken.map(({ code, program }, i) => [`${code}-${i}`, program] as const);
  expect(compileErrors(new Map([...before, ...fixed.map(({ name, program }) => [name, program()] as const)]))).toEqual(
    [],
  );
});
