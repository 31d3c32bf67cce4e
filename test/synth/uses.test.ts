import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import { type AppPort, Cni, DnsApp, external, PodNetwork, type PodNetworkProps, Port, verify } from 'portolan';

const image = 'shop/api:3';

interface Scene {
  /** The chart of the client, in namespace `shop`. */
  readonly shop: Chart;
  /** A chart in another namespace. */
  readonly data: Chart;
}

const used: Readonly<Record<string, (scene: Scene) => AppPort>> = {
  'an app of the same namespace': ({ shop }) => new DnsApp(shop, 'db', { image, ports: { sql: 5432 } }).port('sql'),
  'an app of another namespace': ({ data }) => new DnsApp(data, 'db', { image, ports: { sql: 5432 } }).port('sql'),
  'a Service port of another number (NP-19)': ({ shop }) =>
    new DnsApp(shop, 'db', { image, ports: { sql: Port.tcp(5432, { service: 80 }) } }).port('sql'),
  'a UDP port': ({ shop }) => new DnsApp(shop, 'log', { image, ports: { syslog: Port.udp(514) } }).port('syslog'),
  'a headless app (SVC-21)': ({ shop }) =>
    new DnsApp(shop, 'db', { image, headless: true, ports: { sql: 5432 } }).port('sql'),
  'a port outside the Service': ({ shop }) =>
    new DnsApp(shop, 'db', { image, ports: { sql: 5432, metrics: Port.tcp(9090, { service: false }) } }).port(
      'metrics',
    ),
  'an exposed app': ({ shop }) =>
    new DnsApp(shop, 'web', { image, ports: { http: 80 }, expose: { type: 'LoadBalancer' } }).port('http'),
  'an app that is not closed': ({ shop }) =>
    new DnsApp(shop, 'db', { image, closed: false, ports: { sql: 5432 } }).port('sql'),
  'an app of another repository': () =>
    DnsApp.existing({ name: 'redis', namespace: 'cache', labels: { app: 'redis' }, ports: { resp: 6379 } }).port(
      'resp',
    ),
  'a host outside whose addresses are known': () =>
    external('api.example.com', { ports: { https: 443 }, cidrs: ['198.51.100.0/24'] }).port('https'),
  'a host outside whose addresses are unknown': () =>
    external('api.example.com', { ports: { https: 443 } }).port('https'),
};

const clusters: Readonly<Record<string, PodNetworkProps | undefined>> = {
  'no cluster in particular': undefined,
  calico: { cni: Cni.calico(), podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12', nodeCidr: '192.168.0.0/24' },
  cilium: { cni: Cni.cilium(), podCidr: ['10.244.0.0/16', 'fd00::/56'] },
  weave: { cni: Cni.weave() },
};

describe.each(Object.entries(clusters))('what an app uses it reaches, on %s', (_, cluster) => {
  test.each(Object.entries(used))('%s', (_, portIn) => {
    const app = Testing.app();
    if (cluster) new PodNetwork(app, 'network', cluster);
    const shop = new Chart(app, 'shop', { namespace: 'shop' });
    const port = portIn({ shop, data: new Chart(app, 'data', { namespace: 'data' }) });
    new DnsApp(shop, 'api', { image }).use(port);
    const { faults, findings, kept } = verify(app);
    expect({ faults, findings, kept: kept.length }).toEqual({ faults: [], findings: [], kept: 1 });
  });
});

describe('what an app uses it reaches by the very address that it is given, and by no other (SVC-10, DNS-15)', () => {
  test.each<[string, JsonPatch, string]>([
    ['its Service has another name', JsonPatch.replace('/metadata/name', 'database'), 'PTL203'],
    ['its Service serves another port', JsonPatch.replace('/spec/ports/0/port', 80), 'PTL201'],
    ['its Service serves another protocol', JsonPatch.replace('/spec/ports/0/protocol', 'UDP'), 'PTL201'],
    ['its Service translates no port any more (SVC-21)', JsonPatch.add('/spec/clusterIP', 'None'), 'PTL206'],
  ])('which is not so where %s', (_, patch, code) => {
    const shop = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
    const db = new DnsApp(shop, 'db', { image, ports: { sql: Port.tcp(5432, { service: 5000 }) } });
    new DnsApp(shop, 'api', { image, uses: { DB: db.port('sql').hostPort() } });
    const service = ApiObject.of(db.service!);
    service.addJsonPatch(patch);
    const blame = { construct: service.node.path };
    expect(verify(shop).findings).toMatchObject([{ code, blame, intent: { implied: true } }]);
  });
});
