import type { ApiObject, Chart } from 'cdk8s';
import type { Deployment } from 'cdk8s-plus-28';
import {
  cidr,
  controlPlane,
  type DnsApp,
  Intents,
  internet,
  NetworkPolicy,
  namespace,
  node,
  Port,
  pods,
  url,
  workers,
} from 'portolan';

declare const chart: Chart;
declare const app: DnsApp;
declare const deployment: Deployment;
declare const object: ApiObject;
const intents = Intents.of(chart);

// Every construct and every value for what is outside can be spoken of.
for (const x of [app, deployment, object, chart, pods({}), namespace('ops'), cidr('192.0.2.0/24'), internet]) {
  intents.expect(x).toReach(x).because('it must').as('x-to-x');
}

// @ts-expect-error a text says nothing about where to look for it
intents.expect('web');
// @ts-expect-error nor here
intents.expect(app).toReach('db');

// "Not only by" promises nothing.
// @ts-expect-error there is no such verb
intents.expect(app).not.toBeReachedOnlyBy(deployment);
// @ts-expect-error somebody must be allowed, or say `not.toBeExposedTo`
intents.expect(app).toBeReachedOnlyBy();
intents.expect(app).toBeReachedOnlyBy(() => []);
intents.expect(app).not.toBeExposedTo(internet, { except: [deployment] });

// What Kubernetes itself has listening on nodes has names of its own.
intents.expect(internet).not.toReach([controlPlane.etcd, workers.nodePorts]);
intents.expect(app).toReach(controlPlane.apiServer);
// @ts-expect-error there is no such component
intents.expect(app).toReach(controlPlane.ectd);
// @ts-expect-error etcd is on the control plane
intents.expect(app).toReach(workers.etcd);

intents.expect(app).toReachOnly(deployment, internet).severity('warning');
intents.expect(app).toReachOnly(() => [deployment]);
intents.expect(app).toBeIsolated();
intents.expect(app).toBeIsolated({ egress: false, except: () => [deployment] });
intents.expect(chart).toPassThrough(app, { onTheWayTo: internet });
// @ts-expect-error "not only" promises nothing
intents.expect(app).not.toReachOnly(deployment);
// @ts-expect-error nor does "not isolated"
intents.expect(app).not.toBeIsolated();
// @ts-expect-error nor "past it"
intents.expect(app).not.toPassThrough(deployment, { onTheWayTo: internet });
// @ts-expect-error where to?
intents.expect(chart).toPassThrough(app);
// @ts-expect-error say `toBeIsolated({ ingress: false })`
intents.expect(app).toReachOnly();
// @ts-expect-error a text says nothing about where to look for it
intents.expect(app).toReachOnly('db');
// @ts-expect-error there is no such severity
intents.expect(app).toReach(app).severity('info');

intents.assume('NP-17', { because: 'the plugin says so' }).assume('NetworkPolicy', { because: 'another controller' });
// @ts-expect-error nobody can answer for what has no reason
intents.assume('NP-17');
// @ts-expect-error no rule
intents.assume('everything', { because: 'it works on my machine' });
intents.acknowledge({ id: 'PTL904[shop#2]', reason: 'seen' });
// @ts-expect-error nobody can answer for what has no reason
intents.acknowledge({ id: 'PTL904[shop#2]' });

// Kubernetes reads an empty list of peers as everybody.
// @ts-expect-error leave `from` out instead
new NetworkPolicy(chart, 'policy', { appliesTo: app, allowFrom: [{ from: [] }] });
new NetworkPolicy(chart, 'isolated', { appliesTo: app, allowFrom: [] });

intents.expect(app).toReach(node('worker-1').port(Port.udp(53)));
// @ts-expect-error ports of nodes have no names
intents.expect(app).toReach(node('worker-1').port('dns'));

// What a name leads to is told once, and only where it is to lead somewhere.
intents.expect(app).toResolve('db.shop').to(deployment).because('so it is').as('name');
intents.expect(app).not.toResolve(app.dnsName).because('it has no business there');
// @ts-expect-error nowhere
intents.expect(app).not.toResolve('db').to(app);
// @ts-expect-error a construct has several names
intents.expect(app).toResolve(app);

// What a URL leads to is promised of URLs, and of nothing else.
const cart = url('https://shop.example.com/cart', { method: 'POST', headers: { 'X-Canary': 'always' } });
intents.expect(cart).toRouteTo(app).because('it is sold there').as('cart');
intents.expect(cart).not.toRouteTo(deployment);
intents.expect(url('http://shop.example.com/')).toRedirectTo('https://shop.example.com/');
intents.expect(cart).not.toRedirectTo('https://shop.example.com/');
intents.expect(cart).toTerminateTls();
intents.expect(cart).toTerminateTls({ with: 'shop/shop-tls' });
intents.expect(cart).toTerminateTls({ with: object });
// @ts-expect-error an app is no URL
intents.expect(app).toRouteTo(app);
// @ts-expect-error nor has it a certificate to show
intents.expect(app).toTerminateTls();
// @ts-expect-error a URL is no end of a flow
intents.expect(cart).toReach(app);
// @ts-expect-error nor can one get to it
intents.expect(app).toReach(cart);
// @ts-expect-error requests arrive at ports, not at other URLs
intents.expect(cart).toRouteTo(cart);
// @ts-expect-error a location is a text
intents.expect(cart).toRedirectTo(cart);
// @ts-expect-error nobody could rely on a certificate that does not cover the host
intents.expect(cart).not.toTerminateTls();

// @ts-expect-error a block needs at least one range
cidr();
