import { EnvValue, Secret, Service } from 'cdk8s-plus-28';
import { DnsApp, Port } from 'portolan';
import { chartIn, emitted, only, podSpec } from './manifests';

const image = 'shop/api:3';

describe('what an app emits', () => {
  test('objects carry the plain name of the app', () => {
    const chart = chartIn('shop');
    new DnsApp(chart, 'api', { image, ports: { http: 8080 } });
    const names = emitted(chart).map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
    expect(names.sort()).toEqual([
      'Deployment shop/api',
      'NetworkPolicy shop/api',
      'Service shop/api',
      'ServiceAccount shop/api',
    ]);
  });

  test('a name of its own replaces the id', () => {
    const chart = chartIn('shop');
    new DnsApp(chart, 'Backend', { name: 'api', image, ports: { http: 8080 } });
    expect(new Set(emitted(chart).map(({ metadata }) => metadata.name))).toEqual(new Set(['api']));
  });

  test('the workload, the Service and the policy select pods by the plain label', () => {
    const chart = chartIn('shop');
    new DnsApp(chart, 'api', { image, ports: { http: 8080 } });
    const label = { 'app.kubernetes.io/name': 'api' };
    expect(only(chart, 'Deployment').spec).toMatchObject({
      selector: { matchLabels: label },
      template: { metadata: { labels: label } },
    });
    expect(Object.keys((only(chart, 'Deployment').spec.selector as { matchLabels: object }).matchLabels)).toHaveLength(
      1,
    );
    expect(only(chart, 'Service').spec.selector).toEqual(label);
    expect(only(chart, 'NetworkPolicy').spec.podSelector).toEqual({ matchLabels: label });
  });

  test('nothing that was not asked for restricts the container', () => {
    const chart = chartIn('shop');
    new DnsApp(chart, 'api', {
      image,
      ports: { http: 8080 },
      initContainers: [{ name: 'migrate', image: 'shop/migrate:3', command: ['migrate'] }],
    });
    const pod = podSpec(chart);
    expect(pod).not.toHaveProperty('securityContext');
    for (const container of [...pod.containers, ...pod.initContainers!]) {
      for (const field of [
        'securityContext',
        'resources',
        'imagePullPolicy',
        'startupProbe',
        'livenessProbe',
        'readinessProbe',
      ]) {
        expect(container).not.toHaveProperty(field);
      }
    }
  });

  test('what was asked for stands in the container as it was written', () => {
    const chart = chartIn('shop');
    new DnsApp(chart, 'api', {
      image,
      ports: { http: 8080, rpc: 9000 },
      command: ['serve'],
      args: ['--fast'],
      replicas: 3,
      resources: { requests: { cpu: '100m', memory: '1Gi' } },
      securityContext: { runAsNonRoot: true, capabilities: { drop: ['ALL'] } },
      readiness: { http: '/ready', port: 'http' },
      liveness: { grpc: 'rpc' },
      podAnnotations: { 'example.com/scrape': 'true' },
      labels: { team: 'shop' },
    });
    expect(podSpec(chart).containers[0]).toMatchObject({
      image,
      command: ['serve'],
      args: ['--fast'],
      resources: { requests: { cpu: '100m', memory: '1Gi' } },
      securityContext: { runAsNonRoot: true, capabilities: { drop: ['ALL'] } },
      readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
      livenessProbe: { grpc: { port: 9000 } },
    });
    expect(only(chart, 'Deployment').spec).toMatchObject({
      replicas: 3,
      template: { metadata: { annotations: { 'example.com/scrape': 'true' }, labels: { team: 'shop' } } },
    });
  });

  test('health checks take times and headers', () => {
    const chart = chartIn('shop');
    new DnsApp(chart, 'api', {
      image,
      ports: { http: 8080 },
      readiness: { http: '/ready', port: 'http', headers: { Cookie: 'probe' }, initialDelaySeconds: 10 },
      liveness: { tcp: 'http', periodSeconds: 15 },
    });
    expect(podSpec(chart).containers[0]).toMatchObject({
      readinessProbe: {
        httpGet: { path: '/ready', port: 'http', httpHeaders: [{ name: 'Cookie', value: 'probe' }] },
        initialDelaySeconds: 10,
      },
      livenessProbe: { tcpSocket: { port: 'http' }, periodSeconds: 15 },
    });
  });

  test('an init container has an environment and a security context of its own', () => {
    const chart = chartIn('shop');
    new DnsApp(chart, 'api', {
      image,
      initContainers: [
        { name: 'first', image },
        { name: 'migrate', image, env: { MODE: 'fast' }, securityContext: { privileged: false } },
      ],
    });
    expect(podSpec(chart)).toMatchObject({
      containers: [expect.not.objectContaining({ env: expect.anything() })],
      initContainers: [
        expect.not.objectContaining({ env: expect.anything(), securityContext: expect.anything() }),
        { env: [{ name: 'MODE', value: 'fast' }], securityContext: { privileged: false } },
      ],
    });
  });

  test('a client without ports has no Service', () => {
    const chart = chartIn('shop');
    const app = new DnsApp(chart, 'worker', { image });
    expect(app.service).toBeUndefined();
    expect(emitted(chart).map(({ kind }) => kind)).not.toContain('Service');
  });

  test('the Service leads to container ports by name', () => {
    const chart = chartIn('shop');
    new DnsApp(chart, 'api', {
      image,
      ports: {
        http: Port.tcp(8080, { service: 80, appProtocol: 'kubernetes.io/h2c' }),
        syslog: Port.udp(514),
        metrics: Port.tcp(9090, { service: false }),
      },
    });
    expect(only(chart, 'Service').spec).toEqual({
      type: 'ClusterIP',
      selector: { 'app.kubernetes.io/name': 'api' },
      ports: [
        { name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'kubernetes.io/h2c' },
        { name: 'syslog', port: 514, targetPort: 'syslog', protocol: 'UDP' },
      ],
    });
    expect(podSpec(chart).containers[0].ports).toEqual([
      { name: 'http', containerPort: 8080, protocol: 'TCP' },
      { name: 'syslog', containerPort: 514, protocol: 'UDP' },
      { name: 'metrics', containerPort: 9090, protocol: 'TCP' },
    ]);
  });

  test('a headless app has a Service without an address', () => {
    const chart = chartIn('shop');
    new DnsApp(chart, 'db', { image, ports: { sql: 5432 }, headless: true });
    expect(only(chart, 'Service').spec).toMatchObject({ clusterIP: 'None', ports: [{ port: 5432 }] });
  });

  test('an exposed app has a second Service and is open to everybody on the exposed ports (NP-39)', () => {
    const chart = chartIn('shop');
    new DnsApp(chart, 'web', {
      image,
      ports: { https: Port.tcp(8443, { service: 443 }), admin: 9000 },
      expose: { type: 'LoadBalancer', ports: ['https'] },
    });
    expect(only(chart, 'Service', 'web-external').spec).toMatchObject({
      type: 'LoadBalancer',
      ports: [{ name: 'https', port: 443, targetPort: 'https' }],
    });
    expect(only(chart, 'NetworkPolicy').spec.ingress).toEqual([{ ports: [{ port: 8443, protocol: 'TCP' }] }]);
  });

  test('objects of cdk8s-plus still select the workload by its own label', () => {
    const chart = chartIn('shop');
    const app = new DnsApp(chart, 'api', { image, ports: { http: 8080 } });
    new Service(chart, 'other', { selector: app.workload, ports: [{ port: 80 }], metadata: { name: 'other' } });
    const { template } = only(chart, 'Deployment').spec as { template: { metadata: { labels: object } } };
    expect(template.metadata.labels).toMatchObject(only(chart, 'Service', 'other').spec.selector as object);
  });
});

describe('the environment of an app', () => {
  test('addresses come before the other variables, which may refer to them', () => {
    const chart = chartIn('shop');
    const db = new DnsApp(chart, 'db', { image, ports: { sql: 5432 } });
    new DnsApp(chart, 'api', {
      image,
      uses: { DB: db.port('sql').hostPort() },
      env: {
        DSN: 'postgres://$(DB)',
        TOKEN: EnvValue.fromSecretValue({ secret: Secret.fromSecretName(chart, 's', 's'), key: 'k' }),
      },
    });
    expect(podSpec(chart, 'api').containers[0].env).toEqual([
      { name: 'DB', value: 'db:5432' },
      { name: 'DSN', value: 'postgres://$(DB)' },
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
    ]);
  });

  test('a variable is set only once', () => {
    const chart = chartIn('shop');
    const db = new DnsApp(chart, 'db', { image, ports: { sql: 5432 } });
    const uses = { DB: db.port('sql').hostPort() };
    expect(() => new DnsApp(chart, 'api', { image, uses, env: { DB: 'x' } })).toThrow(
      'Unable to set environment variable "DB" of app "shop/api": it is set already.',
    );
  });
});

describe('mistakes are told where they are made', () => {
  const mistakes: [string, () => void, RegExp][] = [
    ['a name that no DNS name can be', () => new DnsApp(chartIn(), 'Api', { image }), /name an app "Api" .*lower-case/],
    [
      'a long port name',
      () => new DnsApp(chartIn(), 'a', { image, ports: { 'a-very-long-port-name': 1 } }),
      /it has 21 characters/,
    ],
    ['a port name in capitals', () => new DnsApp(chartIn(), 'a', { image, ports: { HTTP: 1 } }), /upper-case/],
    ['a port name without letters', () => new DnsApp(chartIn(), 'a', { image, ports: { '80': 80 } }), /no letter/],
    ['port 0', () => new DnsApp(chartIn(), 'a', { image, ports: { http: 0 } }), /Unable to use 0 as a port/],
    ['port 65536', () => Port.tcp(8080, { service: 65536 }), /Unable to use 65536 as a port/],
    [
      'one number twice',
      () => new DnsApp(chartIn(), 'a', { image, ports: { a: 1, b: 1 } }),
      /"a" has container port 1\/TCP already/,
    ],
    [
      'one Service port twice',
      () =>
        new DnsApp(chartIn(), 'a', {
          image,
          ports: { a: Port.tcp(1, { service: 80 }), b: Port.tcp(2, { service: 80 }) },
        }),
      /"a" has Service port 80\/TCP already/,
    ],
    [
      'a translated port of a headless app (SVC-21)',
      () => new DnsApp(chartIn(), 'a', { image, headless: true, ports: { sql: Port.tcp(5432, { service: 80 }) } }),
      /nothing translates ports/,
    ],
    [
      'a probe of a UDP port',
      () => new DnsApp(chartIn(), 'a', { image, ports: { dns: Port.udp(53) }, liveness: { tcp: 'dns' } }),
      /it is UDP/,
    ],
    [
      'exposing nothing',
      () => new DnsApp(chartIn(), 'a', { image, expose: { type: 'NodePort' } }),
      /it has no port in a Service/,
    ],
  ];
  test.each(mistakes)('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });

  test('an unknown port, with the one that was meant', () => {
    const app: { port(name: string): unknown } = new DnsApp(chartIn('shop'), 'api', {
      image,
      ports: { http: 8080, metrics: 9090 },
    });
    expect(() => app.port('htpp')).toThrow(
      'Unable to find port "htpp" of app "shop/api": its ports are "http", "metrics". Did you mean "http"?',
    );
  });
});
