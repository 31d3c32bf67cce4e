import type { ApiObject, Chart } from 'cdk8s';
import type { Deployment } from 'cdk8s-plus-28';
import { type DnsApp, internet, Network, namespace, type Service, url } from 'portolan';
import 'portolan/jest';
import { inNetworkOf } from 'portolan/jest';

declare const chart: Chart;
declare const app: DnsApp<'http'>;
declare const deployment: Deployment;
declare const object: ApiObject;
declare const service: Service<'http'>;

// Whatever promises can speak of.
for (const x of [app, app.port('http'), deployment, object, chart, service, namespace('ops'), internet]) {
  expect(x).toReach(x, { by: 'podIP' });
  expect(x).not.toReach([x, app]);
}
expect(inNetworkOf(chart, namespace('ops'))).toBeIsolated({ except: () => [app] });
expect(app).toBeReachedOnlyBy(deployment, internet);
expect(app).toBeReachedOnlyBy(() => [deployment]);
expect(app).not.toBeExposedTo(internet, { except: [deployment] });
expect(app).toResolve(app.port('http').host(), { to: app });
expect(app).toPassThrough(deployment, { onTheWayTo: internet });
expect(chart).not.toSatisfyIntents();
expect(chart).toMatchConnectivitySnapshot('of the shop');

const network = Network.fromFiles('a.yaml', 'b/', { cluster: { cni: 'calico' } });
expect(network.workload('shop/web')).toReach(network.service('shop/api').port(80));
expect(network).toMatchConnectivitySnapshot();

const cart = url('https://shop.example.com/cart');
expect(cart).toRouteTo(app.port('http'));
expect(inNetworkOf(chart, cart)).not.toRouteTo(namespace('ops'));
expect(cart).not.toRedirectTo('https://shop.example.com/');
expect(cart).toTerminateTls({ with: object });
// @ts-expect-error an app is no URL
expect(app).toRouteTo(app);
// @ts-expect-error a URL is no end of a flow
expect(cart).toReach(app);
// @ts-expect-error nobody could rely on that
expect(cart).not.toTerminateTls();

// @ts-expect-error a text is no endpoint
expect('web').toReach(app);
// @ts-expect-error nor as a target
expect(app).toReach('db');
// @ts-expect-error there is no such way
expect(app).toReach(app, { by: 'dns' });
// @ts-expect-error there is no such port
expect(app).toReach(app.port('htpp'));
// @ts-expect-error somebody must be allowed
expect(app).toBeReachedOnlyBy();
// @ts-expect-error "not only" promises nothing
expect(app).not.toBeReachedOnlyBy(deployment);
// @ts-expect-error nor does "not isolated"
expect(app).not.toBeIsolated();
// @ts-expect-error where to?
expect(app).toPassThrough(deployment);
// @ts-expect-error a number promises nothing
expect(1).toSatisfyIntents();
// @ts-expect-error an endpoint elsewhere made nothing
expect(namespace('shop')).toMatchConnectivitySnapshot();
// @ts-expect-error files of what?
Network.fromFiles();
// @ts-expect-error options stand last
Network.fromFiles({ cluster: 'calico' }, 'k8s/');
