import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { DnsApp, Intents, NetworkPolicy, NetworkPromiseError, pods } from 'portolan';

const image = 'shop/api:3';

/** What is said of a chart `shop` with an app `web`. */
function refusalOf(build: (shop: Chart, web: DnsApp) => void): string {
  const shop = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  build(shop, new DnsApp(shop, 'web', { image, closed: false }));
  try {
    Testing.synth(shop);
  } catch (error) {
    if (error instanceof NetworkPromiseError) return error.message.replaceAll(/\s+/g, ' ');
    throw error;
  }
  return 'it was not refused';
}

/** A server for each label, and a policy made by one statement that lets in only pods with it. */
function letIn(shop: Chart, web: DnsApp, labels: readonly string[]): void {
  for (const [i, label] of labels.entries()) {
    const api = new DnsApp(shop, `api-${i}`, { image, ports: { http: 8080 }, closed: false });
    const from = [pods({ 'app.kubernetes.io/name': label })] as const;
    new NetworkPolicy(shop, `api-${i}-in`, { appliesTo: api, allowFrom: [{ from, ports: [8080] }] });
    Intents.of(shop).expect(web).toReach(api.port('http'));
  }
}

const count = (text: string, code: string) => text.split(`[${code}]`).length - 1;

test('what one statement in a loop made wrong is told once, with the others that fail alike', () => {
  const refusal = refusalOf((shop, web) => letIn(shop, web, ['wep', 'wep', 'wep']));
  expect(count(refusal, 'PTL111')).toBe(1);
  expect(refusal).toContain(
    'also expect(web).toReach(api-1:http), expect(web).toReach(api-2:http) fail alike by this statement more',
  );
  expect(refusal).toContain('promises that do not hold: 3 of 3');
});

test('of many that fail alike as many are named as a reader takes in', () => {
  const refusal = refusalOf((shop, web) => letIn(shop, web, Array(20).fill('wep')));
  expect(count(refusal, 'PTL111')).toBe(1);
  expect(refusal).toContain('expect(web).toReach(api-6:http), and 13 more fail alike by this statement more');
});

test('another slip of the same statement is told by itself', () => {
  const refusal = refusalOf((shop, web) => letIn(shop, web, ['wep', 'weeb', 'wep']));
  expect(count(refusal, 'PTL111')).toBe(2);
  expect(refusal).toContain('also expect(web).toReach(api-2:http) fails alike by this statement more');
});

test('the same slip of another statement is told by itself', () => {
  const refusal = refusalOf((shop, web) => {
    const api = new DnsApp(shop, 'api', { image, ports: { http: 8080 }, closed: false });
    const db = new DnsApp(shop, 'db', { image, ports: { sql: 5432 }, closed: false });
    const from = [pods({ 'app.kubernetes.io/name': 'wep' })] as const;
    new NetworkPolicy(shop, 'api-in', { appliesTo: api, allowFrom: [{ from, ports: [8080] }] });
    new NetworkPolicy(shop, 'db-in', { appliesTo: db, allowFrom: [{ from, ports: [5432] }] });
    for (const port of [api.port('http'), db.port('sql')]) Intents.of(shop).expect(web).toReach(port);
  });
  expect(count(refusal, 'PTL111')).toBe(2);
});

test('PTL135: a warning of both policies that one call of cdk8s-plus makes is told once (NP-19)', () => {
  const refusal = refusalOf((shop) => {
    const [shopper, api] = ['shopper', 'api'].map(
      (name) => new kplus.Deployment(shop, name, { replicas: 1, containers: [{ image, ports: [{ number: 8080 }] }] }),
    );
    new kplus.Service(shop, 'service', {
      metadata: { name: 'api' },
      selector: api,
      ports: [{ port: 80, targetPort: 8080 }],
    });
    shopper.connections.allowTo(api, { ports: [kplus.NetworkPolicyPort.tcp(80)] });
    Intents.of(shop).expect(shopper).toReach(api);
  });
  expect(count(refusal, 'PTL135')).toBe(1);
  expect(refusal).toMatch(/also NetworkPolicy shop\/allowingress\S+, made by the same statement/);
});
