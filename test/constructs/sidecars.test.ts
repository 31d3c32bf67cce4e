import { ApiObject, Chart, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { container, DnsApp, type DnsAppProps, Intents, Port, verify } from 'portolan';
import { chartIn, only } from './manifests';

const image = 'shop/web:3';
const cache = { image: 'redis:8', ports: { redis: 6379 } };

function appWith(props: Partial<DnsAppProps<string>>): DnsApp<string, string> {
  return new DnsApp<string, string>(chartIn('shop'), 'web', { image, ...props } as DnsAppProps<string>);
}

function podOf(props: Partial<DnsAppProps<string>>): Record<string, unknown> {
  const app = appWith(props);
  const { spec } = only(Chart.of(app), ApiObject.of(app.workload).kind);
  return (spec as { template: { spec: Record<string, unknown> } }).template.spec;
}

describe('the sidecars of an app', () => {
  test('run beside its own container, as they were written', () => {
    const full = {
      ...cache,
      command: ['redis-server'],
      args: ['--port', '6379'],
      env: { LEVEL: 'debug' },
      readiness: { tcp: 'redis' },
      resources: { limits: { memory: '64Mi' } },
      securityContext: { runAsUser: 999 },
    };
    expect(podOf({ ports: { http: 8080 }, sidecars: { cache: full } }).containers).toEqual([
      expect.objectContaining({ name: 'web', ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }] }),
      {
        name: 'cache',
        image: 'redis:8',
        command: ['redis-server'],
        args: ['--port', '6379'],
        env: [{ name: 'LEVEL', value: 'debug' }],
        ports: [{ name: 'redis', containerPort: 6379, protocol: 'TCP' }],
        readinessProbe: { tcpSocket: { port: 'redis' } },
        resources: { limits: { memory: '64Mi' }, requests: {} },
        securityContext: { runAsUser: 999 },
      },
    ]);
  });

  test('SVC-07: a native one is an init container that restarts, before those that end', () => {
    const pod = podOf({
      sidecars: { proxy: { image: 'proxy:1', native: true, readiness: { tcp: 'in' }, ports: { in: 15001 } } },
      initContainers: [{ name: 'migrate', image, env: { A: 'b' } }],
    });
    expect(pod.initContainers).toEqual([
      expect.objectContaining({
        name: 'proxy',
        restartPolicy: 'Always',
        readinessProbe: { tcpSocket: { port: 'in' } },
      }),
      { name: 'migrate', image, env: [{ name: 'A', value: 'b' }] },
    ]);
  });

  test('have ports that no Service offers, unless the app does; then they are theirs to listen on', () => {
    const app = appWith({
      ports: { http: 8080, redis: 6379 },
      sidecars: { cache, log: { image, ports: { in: 24224 } } },
    });
    const chart = Chart.of(app);
    const served = only(chart, 'Service').spec.ports as { name: string }[];
    expect(served.map(({ name }) => name)).toEqual(['http', 'redis']);
    const { containers } = (
      only(chart, 'Deployment').spec as { template: { spec: { containers: { ports: { name: string }[] }[] } } }
    ).template.spec;
    expect(containers.map(({ ports }) => ports.map(({ name }) => name))).toEqual([['http'], ['redis'], ['in']]);
  });

  test('call others as the app does: the pods are the same', () => {
    const chart = chartIn('shop');
    const db = new DnsApp(chart, 'db', { image, ports: { sql: 5432 } });
    new DnsApp(chart, 'web', { image, sidecars: { proxy: { image, uses: { DB: db.port('sql').hostPort() } } } });
    const report = verify(chart);
    expect([report.findings, report.lints, report.kept.length]).toEqual([[], [], 1]);
  });

  test.each<[string, Partial<DnsAppProps<string>>, string]>([
    [
      'the number of the app',
      { ports: { http: 6379 }, sidecars: { cache } },
      'container "cache" has 6379/TCP as "redis"',
    ],
    ['a name of the app', { ports: { redis: 80 }, sidecars: { cache } }, 'the app offers 80/TCP by this name'],
    ['the number of another', { sidecars: { cache, other: { image, ports: { r: 6379 } } } }, '(NET-07)'],
    ['the name of another', { sidecars: { cache, other: { image, ports: { redis: 1 } } } }, 'has one of this name'],
    ['the name of the app', { sidecars: { web: { image } } }, 'Unable to call two containers "web"'],
    [
      'the name of an init container',
      { sidecars: { a: { image } }, initContainers: [{ name: 'a', image }] },
      'two containers "a"',
    ],
    ['no name', { sidecars: { 'A b': { image } } }, 'Unable to use the name "A b"'],
    ['a probe of nothing', { sidecars: { cache: { ...cache, readiness: { tcp: 'reds' } } } }, 'Did you mean "redis"?'],
  ])('%s: is refused where it is declared', (_what, props, message) => {
    expect(() => appWith(props)).toThrow(message);
  });

  test('UDP and TCP of one number are two ports', () => {
    expect(() =>
      appWith({ ports: { dns: 53 }, sidecars: { u: { image, ports: { 'dns-udp': Port.udp(53) } } } }),
    ).not.toThrow();
  });
});

describe('promises about containers (NET-07)', () => {
  const shop = () => {
    const chart = chartIn('shop');
    const app = new DnsApp(chart, 'web', { image, ports: { http: 8080 }, sidecars: { cache } });
    return { chart, app, intents: Intents.of(chart) };
  };
  const codesOf = (chart: Chart) => verify(chart).findings.map(({ code }) => code);

  test('an app reaches its sidecars by localhost, and they it', () => {
    const { chart, app, intents } = shop();
    intents.expect(app.container()).toReach(app.container('cache').port(6379));
    intents.expect(app.container('cache')).toReach(app.container().port('http'));
    intents.expect(app.container()).toReach(app.container('cache').port(Port.tcp(6379)));
    expect(codesOf(chart)).toEqual([]);
  });

  test('nothing keeps them apart', () => {
    const { chart, app, intents } = shop();
    intents.expect(app.container()).not.toReach(app.container('cache'));
    expect(() => Testing.synth(chart)).toThrow('Containers of a pod have one network');
  });

  test('of cdk8s-plus, and of what else makes pods', () => {
    const chart = chartIn('shop');
    const plus = new Deployment(chart, 'plus', {
      containers: [
        { name: 'web', image, portNumber: 8080 },
        { name: 'cache', image, portNumber: 6379 },
      ],
    });
    const raw = new ApiObject(chart, 'raw', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'raw' },
      spec: { containers: [{ name: 'a' }, { name: 'b', ports: [{ containerPort: 80 }] }] },
    });
    const intents = Intents.of(chart);
    intents.expect(container(plus, 'web')).toReach(container(plus, 'cache').port(6379));
    intents.expect(container(raw, 'a')).toReach(container(raw, 'b').port(80));
    expect(codesOf(chart)).toEqual([]);
    intents.expect(container(raw, 'a')).toReach(container(raw, 'c').port(80));
    expect(codesOf(chart)).toEqual(['PTL901']);
  });

  test('names are checked where they are written', () => {
    const { app } = shop();
    expect(() => app.container('cach' as 'cache')).toThrow('its containers are "web", "cache". Did you mean "cache"?');
    expect(() => app.container('cache').port('reds')).toThrow('its ports are "redis". Did you mean "redis"?');
    expect(app.container('web' as 'cache').name).toBe('web');
  });

  test('those of another app are refused, as its constructs are', () => {
    const { intents, app } = shop();
    const other = shop().app;
    expect(() => intents.expect(app).toReach(other.container('cache').port(6379))).toThrow('it belongs to another app');
  });
});
