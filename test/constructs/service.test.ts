import { ApiObject, Chart, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import {
  DnsApp,
  ENDPOINT,
  Ingress,
  IngressController,
  Intents,
  NetworkPolicy,
  namespace,
  Port,
  Service,
  type ServiceProps,
  verify,
} from 'portolan';
import { chartIn, emitted, only, podSpec } from './manifests';

const image = 'shop/api:3';
const selector = { app: 'api' };

/** Pods with the labels of `selector`, whoever deploys them. */
function podsBehind(chart: Chart, ports: Record<string, number>): void {
  new DnsApp(chart, 'pods', { image, ports, labels: selector, closed: false });
}

function specOf(props: ServiceProps<string>): Record<string, unknown> {
  const chart = chartIn('shop');
  new Service(chart, 'api', props);
  return only(chart, 'Service').spec;
}

describe('what a Service emits', () => {
  test('is what Kubernetes has as defaults, and no more, where nothing was asked for (SVC-01)', () => {
    expect(specOf({ selector, ports: { http: 80 } })).toEqual({
      type: 'ClusterIP',
      selector: { app: 'api' },
      ports: [{ name: 'http', port: 80, targetPort: 80, protocol: 'TCP' }],
    });
  });

  test('has everything that was asked for', () => {
    const props: ServiceProps<string> = {
      type: 'LoadBalancer',
      selector,
      ports: {
        http: { port: 80, targetPort: 'web', appProtocol: 'https', nodePort: 30080 },
        dns: { port: 53, targetPort: 5353, protocol: 'UDP' },
      },
      clusterIP: '10.96.0.20',
      externalIPs: ['203.0.113.9'],
      sessionAffinity: 'ClientIP',
      sessionAffinityTimeoutSeconds: 60,
      internalTrafficPolicy: 'Local',
      externalTrafficPolicy: 'Local',
      trafficDistribution: 'PreferSameZone',
      loadBalancerSourceRanges: ['203.0.113.0/24'],
      loadBalancerClass: 'example.com/lb',
      allocateLoadBalancerNodePorts: false,
      healthCheckNodePort: 32000,
      ipFamilies: ['IPv4', 'IPv6'],
      ipFamilyPolicy: 'PreferDualStack',
      publishNotReadyAddresses: true,
    };
    const { ports: _, sessionAffinityTimeoutSeconds: __, ...rest } = props as unknown as Record<string, unknown>;
    expect(specOf(props)).toEqual({
      ...rest,
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
      ports: [
        { name: 'http', port: 80, targetPort: 'web', protocol: 'TCP', appProtocol: 'https', nodePort: 30080 },
        { name: 'dns', port: 53, targetPort: 5353, protocol: 'UDP' },
      ],
    });
  });

  test('carries name, labels and annotations', () => {
    const chart = chartIn('shop');
    const service = new Service(chart, 'Edge', {
      name: 'edge',
      labels: { team: 'shop' },
      annotations: { 'example.com/lb': 'internal' },
      selector,
      ports: { http: 80 },
    });
    expect(only(chart, 'Service').metadata).toEqual({
      name: 'edge',
      namespace: 'shop',
      labels: { team: 'shop' },
      annotations: { 'example.com/lb': 'internal' },
    });
    expect(ApiObject.of(service).kind).toBe('Service');
  });

  test('of a headless one is no address, and no ports unless there are some (SVC-21)', () => {
    expect(specOf({ selector, headless: true })).toEqual({ type: 'ClusterIP', clusterIP: 'None', selector });
  });

  test('of a mere name is the host that it stands for (SVC-22)', () => {
    expect(specOf({ type: 'ExternalName', externalName: 'db.example.com' })).toEqual({
      type: 'ExternalName',
      externalName: 'db.example.com',
    });
  });

  test('leads to the ports of an app by their names', () => {
    const chart = chartIn('shop');
    const ports = { http: Port.tcp(8080, { appProtocol: 'kubernetes.io/h2c' }), dns: Port.udp(5353, { service: 53 }) };
    const app = new DnsApp(chart, 'api', { image, ports });
    new Service(chart, 'edge', {
      selector: app,
      ports: { web: { port: 80, targetPort: app.port('http') }, dns: app.port('dns') },
    });
    expect(only(chart, 'Service', 'edge').spec).toEqual({
      type: 'ClusterIP',
      selector: { 'app.kubernetes.io/name': 'api' },
      ports: [
        { name: 'web', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'kubernetes.io/h2c' },
        { name: 'dns', port: 53, targetPort: 'dns', protocol: 'UDP' },
      ],
    });
  });

  test('selects the pods of what cdk8s-plus made, as they are at synth', () => {
    const chart = chartIn('shop');
    const deployment = new Deployment(chart, 'web', { metadata: { name: 'web' } });
    new Service(chart, 'api', { selector: deployment, ports: { http: 80 } });
    deployment.addContainer({ image, portNumber: 80 });
    expect(only(chart, 'Service').spec.selector).toEqual(deployment.matchLabels);
  });

  test('has a slice for the addresses of each family, whose ports bear the same names (SVC-08, SVC-27)', () => {
    const chart = chartIn('shop');
    new Service(chart, 'db', {
      endpoints: [
        { address: '192.0.2.10', hostname: 'primary', nodeName: 'node-1', zone: 'a' },
        { address: '2001:db8::10' },
        { address: '192.0.2.11' },
      ],
      ports: { sql: { port: 5432, targetPort: 6432 } },
    });
    const service = only(chart, 'Service');
    expect(service.spec).toEqual({
      type: 'ClusterIP',
      ports: [{ name: 'sql', port: 5432, targetPort: 6432, protocol: 'TCP' }],
    });
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      ports: [{ name: 'sql', port: 6432, protocol: 'TCP' }],
    };
    const labels = { 'kubernetes.io/service-name': 'db', 'endpointslice.kubernetes.io/managed-by': 'portolan' };
    expect(emitted(chart).filter(({ kind }) => kind === 'EndpointSlice')).toEqual([
      {
        ...slice,
        metadata: { name: 'db-ipv4', namespace: 'shop', labels },
        addressType: 'IPv4',
        endpoints: [
          { addresses: ['192.0.2.10'], hostname: 'primary', nodeName: 'node-1', zone: 'a' },
          { addresses: ['192.0.2.11'] },
        ],
      },
      {
        ...slice,
        metadata: { name: 'db-ipv6', namespace: 'shop', labels },
        addressType: 'IPv6',
        endpoints: [{ addresses: ['2001:db8::10'] }],
      },
    ]);
  });
});

describe('the addresses of a Service', () => {
  test('are short within its namespace and full across (DNS-22)', () => {
    const app = Testing.app();
    const [shop, ops] = [new Chart(app, 'shop', { namespace: 'shop' }), new Chart(app, 'ops', { namespace: 'ops' })];
    podsBehind(shop, { web: 8080, rpc: 9000 });
    const api = new Service(shop, 'api', { selector, ports: { http: { port: 80, targetPort: 8080 }, rpc: 9000 } });
    const health = new Service(shop, 'health', { selector, ports: { web: 8080 } });
    const uses = {
      HOST: api.dnsName,
      URL: api.port('http').url('http', { path: 'v1' }),
      HEALTH: health.url(),
      SRV: api.srv('rpc'),
    };
    for (const chart of [shop, ops]) new DnsApp(chart, 'client', { image, uses });
    expect(podSpec(shop, 'client').containers[0].env).toEqual([
      { name: 'HOST', value: 'api' },
      { name: 'URL', value: 'http://api/v1' },
      { name: 'HEALTH', value: 'http://health:8080' },
      { name: 'SRV', value: '_rpc._tcp.api.shop.svc.cluster.local' },
    ]);
    expect(podSpec(ops, 'client').containers[0].env).toEqual([
      { name: 'HOST', value: 'api.shop.svc.cluster.local' },
      { name: 'URL', value: 'http://api.shop.svc.cluster.local/v1' },
      { name: 'HEALTH', value: 'http://health.shop.svc.cluster.local:8080' },
      { name: 'SRV', value: '_rpc._tcp.api.shop.svc.cluster.local' },
    ]);
  });

  test('are no URL where there are several ports, or none', () => {
    const chart = chartIn('shop');
    const two = new Service(chart, 'two', { selector, ports: { http: 80, rpc: 90 } });
    expect(() => two.url()).toThrow(/it has 2 ports; write service\.port\('http'\)\.url\(\)/);
    expect(() => new Service(chart, 'none', { selector, headless: true }).url()).toThrow(/it has no port/);
  });
});

describe('the node port of a Service', () => {
  test('is a value to promise about', () => {
    const service = new Service(chartIn('shop'), 'edge', { type: 'NodePort', selector, ports: { http: 80 } });
    expect(service.nodePort('http')[ENDPOINT]).toEqual({
      kind: 'nodePort',
      of: { kind: 'construct', path: 'shop/edge' },
      port: 'http',
      protocol: 'TCP',
    });
  });

  test.each<[what: string, props: object, isThere: boolean]>([
    ['SVC-20: of a ClusterIP', {}, false],
    ['SVC-20: of a LoadBalancer', { type: 'LoadBalancer' }, true],
    ['SVC-19: of one that allocates none', { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false }, false],
    [
      'SVC-19: of one that allocates none, but names one',
      { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ports: { http: { port: 80, nodePort: 30080 } } },
      true,
    ],
  ])('%s', (_, props, isThere) => {
    const service = new Service(chartIn('shop'), 'edge', {
      selector,
      ports: { http: 80 },
      ...props,
    } as ServiceProps<'http'>);
    const ask = () => service.nodePort('http');
    if (isThere) expect(ask).not.toThrow();
    else expect(ask).toThrow(/it opens no port on the nodes \(SVC-19, SVC-20\)/);
  });
});

describe('using a Service', () => {
  test('opens the container port at both ends, and is proven (NP-19)', () => {
    const chart = chartIn('shop');
    const api = new DnsApp(chart, 'api', { image, ports: { http: 8080 } });
    const edge = new Service(chart, 'edge', {
      selector: api,
      ports: { web: { port: 80, targetPort: api.port('http') } },
    });
    new DnsApp(chart, 'web', { image, uses: { API: edge.url() } });
    const peer = (name: string) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } });
    const ports = [{ port: 8080, protocol: 'TCP' }];
    expect(only(chart, 'NetworkPolicy', 'api').spec.ingress).toEqual([{ from: [peer('web')], ports }]);
    expect(only(chart, 'NetworkPolicy', 'web').spec.egress).toContainEqual({ to: [peer('api')], ports });
    const { findings, kept } = verify(chart);
    expect(findings).toEqual([]);
    expect(kept.map(({ target }) => target)).toEqual(['edge:web']);
  });

  test('names the container port where each pod has a number of its own (SVC-07, NP-22)', () => {
    const chart = chartIn('shop');
    podsBehind(chart, { web: 8080 });
    const api = new Service(chart, 'api', { selector, ports: { http: { port: 80, targetPort: 'web' } } });
    new DnsApp(chart, 'client', { image, uses: { API: api.url() } });
    const to = [{ podSelector: { matchLabels: selector } }];
    expect(only(chart, 'NetworkPolicy').spec.egress).toContainEqual({ to, ports: [{ port: 'web', protocol: 'TCP' }] });
  });

  test('names the addresses behind one without a selector, and is proven (SVC-02)', () => {
    const chart = chartIn('shop');
    const db = new Service(chart, 'db', {
      endpoints: [{ address: '192.0.2.10' }],
      ports: { sql: { port: 5432, targetPort: 6432 } },
    });
    new DnsApp(chart, 'api', { image, uses: { DB: db.port('sql').hostPort() } });
    expect(only(chart, 'NetworkPolicy').spec.egress).toContainEqual({
      to: [{ ipBlock: { cidr: '192.0.2.10/32' } }],
      ports: [{ port: 6432, protocol: 'TCP' }],
    });
    expect(verify(chart).findings).toEqual([]);
  });

  test('by another name for a host outside promises the way to the host, and that the name leads there (SVC-22)', () => {
    const chart = chartIn('shop');
    const db = new Service(chart, 'db', {
      type: 'ExternalName',
      externalName: 'db.example.com',
      ports: { sql: 5432 },
    });
    new DnsApp(chart, 'api', { image, uses: { DB: db.port('sql').hostPort() } });
    const { findings, kept } = verify(chart);
    expect(findings).toEqual([]);
    expect(kept.map(({ intent, target }) => `${intent.verb} ${target}`)).toEqual([
      'toReach db.example.com:5432',
      'toResolve db',
    ]);
  });

  test('by another name for a Service of the cluster is refused: policies need its pods (SVC-22)', () => {
    const chart = chartIn('shop');
    const externalName = 'db.data.svc.cluster.local';
    const db = new Service(chart, 'db', { type: 'ExternalName', externalName, ports: { sql: 5432 } });
    expect(() => new DnsApp(chart, 'api', { image }).use(db.port('sql'))).toThrow(/Use that Service itself/);
  });

  test('means all of its ports by its name alone', () => {
    const chart = chartIn('shop');
    const api = new DnsApp(chart, 'api', { image, ports: { http: 8080, rpc: 9000 } });
    const edge = new Service(chart, 'edge', { selector: api, ports: { http: api.port('http'), rpc: api.port('rpc') } });
    const web = new DnsApp(chart, 'web', { image }).use(edge.dnsName, { env: 'HOST' });
    expect(podSpec(chart, web.name).containers[0].env).toEqual([{ name: 'HOST', value: 'edge' }]);
    expect(verify(chart).kept.map(({ target }) => target)).toEqual(['edge:http', 'edge:rpc']);
  });

  test('stands in a policy for what is behind it (NP-19)', () => {
    const chart = chartIn('shop');
    podsBehind(chart, { web: 8080 });
    const api = new Service(chart, 'api', { selector, ports: { http: { port: 80, targetPort: 'web' } } });
    const archive = new Service(chart, 'archive', { endpoints: [{ address: '192.0.2.10' }], ports: { sql: 5432 } });
    new NetworkPolicy(chart, 'rules', {
      appliesTo: namespace('shop'),
      allowTo: [{ to: [api, archive], ports: [api.port('http')] }],
    });
    expect(only(chart, 'NetworkPolicy').spec.egress).toEqual([
      {
        to: [{ podSelector: { matchLabels: selector } }, { ipBlock: { cidr: '192.0.2.10/32' } }],
        ports: [{ port: 'web', protocol: 'TCP' }],
      },
    ]);
  });

  test('is what an Ingress routes to, and lets the controller in (ING-14, ING-15)', () => {
    const chart = chartIn('shop');
    const api = new DnsApp(chart, 'api', { image, ports: { http: 8080 } });
    const edge = new Service(chart, 'edge', { selector: api, ports: { web: { port: 80, targetPort: 'http' } } });
    const controller = IngressController.nginx();
    new Ingress(chart, 'ingress', { host: 'a.example.com', routes: { '/': edge.port('web') }, controller });
    expect(only(chart, 'Ingress').spec.rules).toMatchObject([
      { http: { paths: [{ backend: { service: { name: 'edge', port: { name: 'web' } } } }] } },
    ]);
    expect(only(chart, 'NetworkPolicy').spec.ingress).toMatchObject([{ ports: [{ port: 8080 }] }]);
  });

  test('is broken by a policy of somebody else that forbids it', () => {
    const chart = chartIn('shop');
    const deployment = new Deployment(chart, 'api', { containers: [{ image, portNumber: 8080 }] });
    const api = new Service(chart, 'svc', { selector: deployment, ports: { http: { port: 80, targetPort: 8080 } } });
    const web = new DnsApp(chart, 'web', { image, uses: { API: api.url() } });
    expect(verify(chart).findings).toEqual([]);
    new NetworkPolicy(chart, 'shut', { appliesTo: deployment, allowFrom: [] });
    Intents.of(chart).expect(web).toReach(api.port('http'));
    const findings = verify(chart).findings.map(({ code, target, also }) => [`${code} ${target}`, also.length]);
    expect(findings).toEqual([['PTL101 svc:http', 1]]);
  });
});

/** As a program that nobody type-checked would do. */
function declare(props: object): () => void {
  return () => new Service(chartIn('shop'), 'api', props as ServiceProps<string>);
}

describe('what the API server refuses, or what would do nothing, is refused where it is declared', () => {
  const ports = { http: 80 };
  const common = { selector, ports };
  test.each<[rule: string, what: string, props: object, says: RegExp]>([
    ['SVC-01', 'an unknown type', { ...common, type: 'Loadbalancer' }, /Did you mean "LoadBalancer"\?/],
    ['SVC-02', 'neither selector nor endpoints', { ports }, /needs either a `selector`, or `endpoints`/],
    ['SVC-02', 'both', { ...common, endpoints: [] }, /needs either a `selector`, or `endpoints`/],
    ['SVC-02', 'an empty selector', { ports, selector: {} }, /an empty selector selects nothing/],
    [
      'SVC-08',
      'a named target of addresses',
      { ports: { http: { port: 80, targetPort: 'web' } }, endpoints: [{ address: '192.0.2.1' }] },
      /there are no containers/,
    ],
    ['SVC-09', 'one number twice', { selector, ports: { a: 80, b: 80 } }, /"a" has port 80\/TCP already/],
    [
      'SVC-16',
      'an external policy on an internal Service',
      { ...common, externalTrafficPolicy: 'Local' },
      /`externalTrafficPolicy` is for Services that clients outside get to/,
    ],
    [
      'SVC-17',
      'source ranges without a load balancer',
      { ...common, type: 'NodePort', loadBalancerSourceRanges: ['192.0.2.0/24'] },
      /for type LoadBalancer only/,
    ],
    [
      'SVC-19',
      'a class without a load balancer',
      { ...common, loadBalancerClass: 'example.com/lb' },
      /for type LoadBalancer only/,
    ],
    [
      'SVC-20',
      'a node port without nodes',
      { selector, ports: { http: { port: 80, nodePort: 30080 } } },
      /for types NodePort and LoadBalancer only/,
    ],
    ['SVC-21', 'no ports', { selector, ports: {} }, /it has no ports/],
    [
      'SVC-21',
      'a headless NodePort',
      { ...common, headless: true, type: 'NodePort' },
      /a headless Service is of type ClusterIP/,
    ],
    [
      'SVC-21',
      'a session of a headless Service',
      { ...common, headless: true, sessionAffinity: 'ClientIP' },
      /does nothing for a headless Service/,
    ],
    ['SVC-21', 'None for headless', { ...common, clusterIP: 'None' }, /write `headless: true`/],
    [
      'SVC-21',
      'a port that nobody translates',
      { selector, headless: true, ports: { http: { port: 80, targetPort: 8080 } } },
      /nobody translates ports/,
    ],
    [
      'SVC-22',
      'a name that selects',
      { type: 'ExternalName', externalName: 'a.example', selector },
      /a name and no more/,
    ],
    ['SVC-22', 'a name without a host', { type: 'ExternalName' }, /can not do without it/],
    [
      'SVC-22',
      'an address for a name',
      { type: 'ExternalName', externalName: '192.0.2.1' },
      /addresses do not resolve/,
    ],
    ['SVC-22', 'a URL for a name', { type: 'ExternalName', externalName: 'http://a.example' }, /it is no DNS name/],
    [
      'SVC-24',
      'a time without affinity',
      { ...common, sessionAffinityTimeoutSeconds: 60 },
      /for `sessionAffinity: 'ClientIP'` only/,
    ],
    [
      'SVC-24',
      'too long a time',
      { ...common, sessionAffinity: 'ClientIP', sessionAffinityTimeoutSeconds: 86401 },
      /from 1 to 86400/,
    ],
    [
      'SVC-26',
      'an endpoint on the loopback',
      { ports, endpoints: [{ address: '127.0.0.1' }] },
      /nobody else reaches a loopback or link-local/,
    ],
    ['SVC-27', 'a family twice', { ...common, ipFamilies: ['IPv4', 'IPv4'] }, /each family once/],
    ['SVC-27', 'two families in a single stack', { ...common, ipFamilies: ['IPv4', 'IPv6'] }, /PreferDualStack/],
    [
      'SVC-27',
      'an address of another family',
      { ...common, clusterIP: '10.96.0.1', ipFamilies: ['IPv6'] },
      /of the first of the `ipFamilies`/,
    ],
    [
      'NET-10',
      'a health check without Local',
      { ...common, type: 'LoadBalancer', healthCheckNodePort: 32000 },
      /with `externalTrafficPolicy: 'Local'` only/,
    ],
  ])('%s: %s', (rule, _, props, says) => {
    expect(declare(props)).toThrow(says);
    expect(declare(props)).toThrow(`(${rule})`);
  });

  test.each<[what: string, props: object, says: RegExp]>([
    ['no such word', { ...common, sessionAffinity: 'clientIp' }, /not "clientIp"\. Did you mean "ClientIP"\?/],
    ['no class', { ...common, type: 'LoadBalancer', loadBalancerClass: 'a b' }, /"a b" is no loadBalancerClass/],
    ['no address', { ...common, externalIPs: ['203.0.113.300'] }, /octet '300' is greater than 255/],
    [
      'no range',
      { ...common, type: 'LoadBalancer', loadBalancerSourceRanges: ['203.0.113.0'] },
      /the prefix length is missing/,
    ],
    ['no protocol', { selector, ports: { http: { port: 80, protocol: 'tcp' } } }, /Did you mean "TCP"\?/],
    ['no port', { selector, ports: { http: 0 } }, /from 1 to 65535/],
    ['no name of a port', { selector, ports: { Http: 80 } }, /Unable to use the name "Http"/],
    ['no name of a Service', { ...common, name: '1st' }, /Unable to name a Service "1st"/],
    [
      'no target',
      { selector, ports: { http: { port: 80, targetPort: true } } },
      /give a number, a name, or a port of an app/,
    ],
  ])('%s', (_, props, says) => {
    expect(declare(props)).toThrow(says);
  });
});

describe('a Service in front of an app', () => {
  function front(chart: Chart, given: object) {
    const app = new DnsApp(chart, 'api', { image, ports: { http: 8080, dns: Port.udp(5353) } });
    return () => new Service(chart, 'edge', { selector: app, ports: { web: given } } as ServiceProps<string>);
  }

  test.each<[what: string, given: object, says: RegExp]>([
    ['misspells its port', { port: 80, targetPort: 'htpp' }, /Did you mean "http"\?/],
    [
      'leads to a number that it does not declare',
      { port: 80 },
      /its ports are http 8080\/TCP, dns 5353\/UDP\..*targetPort: app\.port\('http'\)/,
    ],
    [
      'leads to another protocol',
      { port: 53, targetPort: 'dns', protocol: 'TCP' },
      /it is UDP, and a Service translates numbers, not protocols/,
    ],
  ])('is refused where it %s', (_, given, says) => {
    expect(front(chartIn('shop'), given)).toThrow(says);
  });

  test('finds the port of the number', () => {
    const chart = chartIn('shop');
    front(chart, { port: 80, targetPort: 8080 })();
    expect(only(chart, 'Service', 'edge').spec.ports).toEqual([
      { name: 'web', port: 80, targetPort: 'http', protocol: 'TCP' },
    ]);
  });

  test('is refused where it leads to a port of another app', () => {
    const chart = chartIn('shop');
    const [a, b] = ['a', 'b'].map((id) => new DnsApp(chart, id, { image, ports: { http: 8080 } }));
    expect(() => new Service(chart, 's', { selector: a, ports: { http: b.port('http') } })).toThrow(
      /a Service leads to the pods that it selects/,
    );
  });

  test('is refused in another namespace (SVC-03)', () => {
    const app = new DnsApp(chartIn('shop'), 'api', { image, ports: { http: 8080 } });
    expect(() => new Service(chartIn('ops'), 's', { selector: app, ports: { http: app.port('http') } })).toThrow(
      /pods of its own namespace "ops" only/,
    );
  });

  test('is refused at synth where what it selects made no workload, or several', () => {
    const chart = chartIn('shop');
    const nothing = new Chart(chart, 'nothing');
    new Service(chart, 's', { selector: nothing, ports: { http: 80 } });
    expect(() => Testing.synth(chart)).toThrow(/it made no workload with labels\. Give the labels of the pods\./);
    for (const id of ['a', 'b']) new Deployment(nothing, id, { containers: [{ image }] });
    expect(() => Testing.synth(chart)).toThrow(/it made 2 workloads/);
  });
});
