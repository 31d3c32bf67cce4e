import { Chart, Testing } from 'cdk8s';
import type * as portolan from 'portolan';
import { DnsApp, Intents, NetworkPolicy, PodNetwork, verify } from 'portolan';

/** Another copy of the library over the same cdk8s, as a construct package may bring it. */
function anotherCopy(): typeof portolan {
  const shared = ['cdk8s', 'cdk8s-plus-28', 'constructs'].map((name) => [name, require(name)] as const);
  let copy: typeof portolan | undefined;
  jest.isolateModules(() => {
    for (const [name, original] of shared) jest.doMock(name, () => original);
    copy = require('portolan');
  });
  return copy!;
}

const other = anotherCopy();
const image = 'shop/api:3';

test('it is another copy', () => {
  expect(other.DnsApp).not.toBe(DnsApp);
});

test('apps of both use each other, and every promise is checked once', () => {
  const app = Testing.app();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const db = new other.DnsApp(chart, 'db', { image, ports: { sql: 5432 } });
  const api = new DnsApp(chart, 'api', { image, ports: { http: 80 }, uses: { DB: db.port('sql').hostPort() } });
  db.use(api.port('http'));
  new NetworkPolicy(chart, 'more', { appliesTo: db, allowFrom: [{ from: [api], ports: [db.port('sql')] }] });
  other.Intents.of(chart).expect(db).toBeReachedOnlyBy(api);
  Intents.of(chart).expect(api).toBeReachedOnlyBy(db);
  for (const copy of [verify, other.verify]) {
    const { findings, kept } = copy(app);
    expect(findings).toEqual([]);
    expect(kept).toHaveLength(4);
  }
  expect(app.node.validate()).toEqual([]);
});

test('a broken promise of either refuses the synth', () => {
  const app = Testing.app();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const db = new DnsApp(chart, 'db', { image, ports: { sql: 5432 } });
  const web = new other.DnsApp(chart, 'web', { image });
  other.Intents.of(chart).expect(web).toReach(db.port('sql'));
  expect(() => app.synth()).toThrow(expect.objectContaining({ name: 'NetworkPromiseError' }));
});

test('they agree on the one cluster of the app', () => {
  const app = Testing.app();
  new PodNetwork(app, 'first');
  expect(() => new other.PodNetwork(app, 'second')).toThrow('"first" describes it already');
});
