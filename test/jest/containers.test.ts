import { Chart, Testing } from 'cdk8s';
import { container, DnsApp } from 'portolan';
import 'portolan/jest';

test('NET-07: the matchers take containers', () => {
  const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  const sidecars = { cache: { image: 'redis:8', ports: { redis: 6379 } } };
  const app = new DnsApp(chart, 'web', { image: 'shop/web:3', ports: { http: 8080 }, sidecars });
  expect(app.container()).toReach(app.container('cache').port('redis'));
  expect(container(app, 'cache')).toReach(container(app, 'web').port(8080));
  expect(() => expect(app.container()).not.toReach(app.container('cache'))).toThrow('PTL104');
});
