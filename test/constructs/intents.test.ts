import { ApiObject, type Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { cidr, DnsApp, type Endpoint, Intents, internet, namespace, node, PodNetwork, Port, pods, url } from 'portolan';
import { intentsOf, registryOf } from '../../lib/synth/registry';
import { chartIn } from './manifests';

const image = 'shop/api:3';
const promised = (chart: Chart) => intentsOf(registryOf(chart));

function twoApps() {
  const chart = chartIn('shop');
  const db = new DnsApp(chart, 'db', { image, ports: { sql: 5432 } });
  const api = new DnsApp(chart, 'api', { image, ports: { http: 8080 } });
  return { chart, db, api, intents: Intents.of(chart) };
}

const DB = { kind: 'construct', path: 'shop/db' };
const API = { kind: 'construct', path: 'shop/api' };

describe('a promise is a plain value', () => {
  test('toReach, one target or several', () => {
    const { chart, db, api, intents } = twoApps();
    intents.expect(api).toReach(db.port('sql'), { by: 'service' });
    intents.expect(api).not.toReach([db, internet]);
    const port = { kind: 'port', of: DB, port: 'sql', protocol: 'TCP' };
    expect(promised(chart)).toMatchObject([
      { verb: 'toReach', negated: false, subject: API, targets: [port], by: 'service' },
      { verb: 'toReach', negated: true, subject: API, targets: [DB, { kind: 'internet' }] },
    ]);
  });

  test('toBeReachedOnlyBy', () => {
    const { chart, db, api, intents } = twoApps();
    intents.expect(db).toBeReachedOnlyBy(api, pods({ app: 'backup' }, { namespace: 'ops' }));
    const backup = { kind: 'pods', labels: { app: 'backup' }, namespace: 'ops' };
    expect(promised(chart)).toMatchObject([{ verb: 'toBeReachedOnlyBy', subject: DB, sources: [API, backup] }]);
  });

  test('toBeReachedOnlyBy with a list that is complete only at synth', () => {
    const { chart, db, api, intents } = twoApps();
    const clients: Endpoint[] = [];
    intents.expect(db).toBeReachedOnlyBy(() => clients);
    clients.push(api);
    expect(promised(chart)).toMatchObject([{ verb: 'toBeReachedOnlyBy', sources: [API] }]);
  });

  test('toBeExposedTo', () => {
    const { chart, api, intents } = twoApps();
    intents.expect(namespace('shop')).not.toBeExposedTo(internet, { except: [api] });
    intents.expect(api).toBeExposedTo(cidr('192.0.2.0/24'));
    expect(promised(chart)).toMatchObject([
      { verb: 'toBeExposedTo', negated: true, subject: { kind: 'namespace', name: 'shop' }, except: [API] },
      { verb: 'toBeExposedTo', negated: false, zone: { kind: 'addresses', cidrs: ['192.0.2.0/24'] }, except: [] },
    ]);
  });

  test('toResolve, a name or an address of a construct by its full name, in whatever domain the cluster has', () => {
    const { chart, db, api, intents } = twoApps();
    intents.expect(api).toResolve('db').because('it is in the manual');
    intents.expect(api).toResolve(db.port('sql').host()).to(db).because('so is this');
    intents.expect(api).not.toResolve(db.dnsName);
    new PodNetwork(chart, 'network', { clusterDomain: 'shop.local' });
    const name = 'db.shop.svc.shop.local';
    expect(promised(chart)).toMatchObject([
      { verb: 'toResolve', negated: false, name: 'db', because: 'it is in the manual' },
      { verb: 'toResolve', negated: false, name, to: DB, because: 'so is this' },
      { verb: 'toResolve', negated: true, name },
    ]);
    const [first] = promised(chart);
    expect(JSON.parse(JSON.stringify(first))).toMatchObject({ expect: { construct: 'shop/api' }, toResolve: 'db' });
    expect(Object.isFrozen(first)).toBe(true);
  });

  test('toReach a node, by number and protocol', () => {
    const { chart, api, intents } = twoApps();
    intents.expect(api).toReach(node('worker-1').port(10250));
    intents.expect(api).not.toReach(node('worker-1'));
    const of = { kind: 'node', name: 'worker-1' };
    expect(promised(chart)).toMatchObject([
      { verb: 'toReach', targets: [{ kind: 'port', of, port: 10250, protocol: 'TCP' }] },
      { verb: 'toReach', negated: true, targets: [of] },
    ]);
  });

  test.each<[unknown, RegExp]>([
    ['http://db', /this is more than a name/],
    ['db:5432', /this is more than a name/],
    ['db..shop', /a part between two dots is empty/],
    ['', /a part between two dots is empty/],
  ])('toResolve takes no %p', (name, says) => {
    const { api, intents } = twoApps();
    expect(() => intents.expect(api).toResolve(name as string)).toThrow(says);
  });

  test('toRouteTo', () => {
    const { chart, api, intents } = twoApps();
    intents.expect(url('https://a.example.com/x')).toRouteTo(api.port('http'));
    intents.expect(url('https://a.example.com/y')).not.toRouteTo(api.port('http'));
    expect(promised(chart)).toMatchObject([
      { verb: 'toRouteTo', negated: false, subject: { kind: 'url', url: 'https://a.example.com/x' } },
      { verb: 'toRouteTo', negated: true, backend: { kind: 'port', of: API, port: 'http' } },
    ]);
  });

  test('`expect` without a verb is kept, for the check to complain of', () => {
    const { chart, api, intents } = twoApps();
    intents.expect(api);
    expect(promised(chart)).toMatchObject([{ verb: 'none', subject: API }]);
  });

  test('a second verb on one subject is a promise of its own', () => {
    const { chart, db, api, intents } = twoApps();
    const subject = intents.expect(api);
    subject.toReach(db).because('orders');
    subject.not.toReach(internet);
    expect(promised(chart)).toMatchObject([
      { id: 'shop#1', negated: false, because: 'orders' },
      { id: 'shop#2', negated: true, because: undefined },
    ]);
  });

  test('it is frozen', () => {
    const { chart, db, api, intents } = twoApps();
    intents.expect(api).toReach(db);
    expect(Object.isFrozen(promised(chart)[0])).toBe(true);
  });
});

describe('who said it', () => {
  test('its id is the path of the scope and a number, or its name', () => {
    const { chart, db, api, intents } = twoApps();
    intents.expect(api).toReach(db).as('orders').because('no shop without orders');
    intents.expect(api).toReach(internet);
    Intents.of(api).expect(db).toReach(internet);
    expect(promised(chart).map(({ id }) => id)).toEqual(['shop#orders', 'shop#1', 'shop/api#1']);
  });

  test('a name is given once in a scope', () => {
    const { db, api, intents } = twoApps();
    intents.expect(api).toReach(db).as('orders');
    expect(() => intents.expect(db).toReach(api).as('orders')).toThrow('Unable to name a promise "orders" in "shop"');
  });

  test('it knows the line', () => {
    const { chart, db, api, intents } = twoApps();
    intents.expect(api).toReach(db);
    const line = Number(/intents\.test\.ts:(\d+)/.exec(new Error().stack!)![1]) - 1;
    expect(promised(chart)[0].origin).toMatchObject({ construct: 'shop', position: { file: __filename, line } });
  });
});

describe('what `uses` promises', () => {
  test('that the app reaches the port, at the line that made the app', () => {
    const { chart, db } = twoApps();
    new DnsApp(chart, 'worker', { image, uses: { A: db.port('sql').host(), B: db.port('sql').url() } });
    const line = Number(/intents\.test\.ts:(\d+)/.exec(new Error().stack!)![1]) - 1;
    expect(promised(chart)).toMatchObject([
      {
        id: 'shop/worker#uses/shop/db:sql',
        implied: true,
        verb: 'toReach',
        negated: false,
        by: 'name',
        targets: [{ kind: 'port', of: DB, port: 'sql' }],
        origin: { construct: 'shop/worker', position: { file: __filename, line } },
      },
    ]);
  });

  test('a port outside the Service is promised by address', () => {
    const { chart, api } = twoApps();
    const metrics = new DnsApp(chart, 'm', { image, ports: { metrics: Port.udp(9, { service: false }) } }).port(
      'metrics',
    );
    api.use(metrics);
    expect(promised(chart)).toMatchObject([{ by: 'podIP', targets: [{ port: 9, protocol: 'UDP' }] }]);
  });
});

describe('what can be spoken of', () => {
  test('any construct, by its path', () => {
    const chart = chartIn('shop');
    const workload = new Deployment(chart, 'plus', { containers: [{ image }] });
    const object = new ApiObject(chart, 'raw', { apiVersion: 'v1', kind: 'Pod' });
    Intents.of(chart).expect(workload).toReach([object, chart]);
    expect(promised(chart)).toMatchObject([
      {
        subject: { kind: 'construct', path: 'shop/plus' },
        targets: [
          { kind: 'construct', path: 'shop/raw' },
          { kind: 'construct', path: 'shop' },
        ],
      },
    ]);
  });

  test.each<[string, unknown, string]>([
    ['nothing yet', undefined, 'Fields of a class get theirs in the order in which they are written'],
    ['a text', 'web', "namespace('web'), pods({ app: 'web' })"],
    ['a number', 80, 'it is neither a construct nor made by pods(...)'],
  ])('not %s', (_, subject, message) => {
    expect(() => Intents.of(chartIn()).expect(subject as Endpoint)).toThrow(message);
  });

  test.each([
    ['url', () => url('shop.example.com'), 'Give scheme and host'],
    ['url', () => url('ftp://example.com'), 'Give scheme and host'],
    ['cidr', () => cidr('10.0.0.0/33'), 'Unable to read "10.0.0.0/33" as a CIDR'],
    ['cidr', () => cidr('10.0.0.5/8'), 'Did you mean "10.0.0.0/8"?'],
  ])('%s refuses what it can not read', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

test('a construct of another app is refused: its path means something else here', () => {
  const [here, there] = [twoApps(), twoApps()];
  const message = 'Unable to promise anything about "shop/db" here: it belongs to another app';
  expect(() => here.intents.expect(there.db)).toThrow(message);
  expect(() => here.intents.expect(here.api).toReach(there.db)).toThrow(message);
  expect(() => here.intents.expect(here.api).toReach(there.db.port('sql'))).toThrow(message);
});
