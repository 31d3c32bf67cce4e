import { Chart, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { DnsApp, Intents, Service, verify } from 'portolan';

const image = 'shop/api:3';
const codeOf = (chart: Chart) => verify(chart).findings.flatMap(({ fixes }) => fixes.map(({ add }) => add));

test('PTL203: a Service beside the Deployment of its name has an id of its own, and the fix holds as it is written', () => {
  const shop = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  const web = new DnsApp(shop, 'web', { image, closed: false });
  const worker = new Deployment(shop, 'worker', { containers: [{ image, ports: [{ number: 8080, name: 'http' }] }] });
  Intents.of(shop).expect(web).toReach(worker);
  expect(codeOf(shop)).toEqual([
    "// in the chart of namespace shop\nnew Service(this, 'worker-service', { name: 'worker', selector: worker, ports: { http: 8080 } });",
  ]);
  new Service(shop, 'worker-service', { name: 'worker', selector: worker, ports: { http: 8080 } });
  expect(verify(shop).findings).toEqual([]);
});

test('PTL101: apps whose names have hyphens are called as programs call them', () => {
  const shop = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  const orderDb = new DnsApp(shop, 'order-db', { image, ports: { sql: 5432 } });
  const orderApi = new DnsApp(shop, 'order-api', { image });
  Intents.of(shop).expect(orderApi).toReach(orderDb.port('sql'));
  expect(codeOf(shop)).toEqual(["orderApi.use(orderDb.port('sql'));"]);
  orderApi.use(orderDb.port('sql'));
  expect(verify(shop).findings).toEqual([]);
});
