import type { ApiObject, Chart } from 'cdk8s';
import type { ISecret } from 'cdk8s-plus-28';
import {
  type DnsApp,
  Gateway,
  GrpcMatch,
  GrpcRoute,
  HttpFilter,
  HttpMatch,
  HttpRoute,
  Ingress,
  IngressOptions,
  Listener,
  ReferenceGrant,
} from 'portolan';

declare const chart: Chart;
declare const app: DnsApp<'http'>;
declare const secret: ISecret;
declare const object: ApiObject;
const http = app.port('http');

// Paths begin with a slash, and lead to ports that there are.
new Ingress(chart, 'a', { routes: { '/': http, '/exact': { to: http, pathType: 'Exact' } } });
// @ts-expect-error no slash
new Ingress(chart, 'b', { routes: { api: http } });
// @ts-expect-error the app has no such port
new Ingress(chart, 'c', { routes: { '/': app.port('htpp') } });
// @ts-expect-error which of its ports?
new Ingress(chart, 'd', { routes: { '/': app } });
// @ts-expect-error there is no such type of paths
new Ingress(chart, 'e', { routes: { '/': { to: http, pathType: 'Regex' } } });

// One host, several, or all requests to one port.
new Ingress(chart, 'f', { hosts: { 'a.example.com': { '/': http } }, defaultBackend: http });
new Ingress(chart, 'g', { defaultBackend: http });
// @ts-expect-error either one host, or several
new Ingress(chart, 'h', { host: 'a.example.com', hosts: { 'b.example.com': { '/': http } } });
// @ts-expect-error nothing is routed
new Ingress(chart, 'i', { host: 'a.example.com' });

// Certificates by name, or as the construct that makes them.
new Ingress(chart, 'j', { routes: { '/': http }, tls: secret });
new Ingress(chart, 'k', { routes: { '/': http }, tls: [{ hosts: ['a.example.com'], secret: object }] });
// @ts-expect-error an app is no Secret
new Ingress(chart, 'l', { routes: { '/': http }, tls: app });

new Ingress(chart, 'm', { routes: { '/': http }, options: IngressOptions.haproxy({ pathRewrite: '/' }) });
// @ts-expect-error that is an option of nginx
IngressOptions.haproxy({ rewriteTarget: '/' });

// Routes name listeners that their Gateway has, and no others.
const gateway = new Gateway(chart, 'public', {
  className: 'istio',
  listeners: { http: Listener.http(), https: Listener.https({ tls: secret }) },
  allowedRoutes: { namespaces: ['shop'] },
});
new HttpRoute(chart, 'n', { gateway, routes: { '/': http } });
new HttpRoute(chart, 'o', { gateway, listener: 'https', routes: { '/': http } });
new HttpRoute(chart, 'p', { gateway, listener: ['http', 'https'], routes: { '/': http } });
// @ts-expect-error misspelt
new HttpRoute(chart, 'q', { gateway, listener: 'htps', routes: { '/': http } });
const rules = [{ matches: GrpcMatch.service('shop.Cart'), to: http }] as const;
new GrpcRoute(chart, 'r', { gateway, listener: 'https', rules });
// @ts-expect-error misspelt
new GrpcRoute(chart, 's', { gateway, listener: 'htps', rules });
const platform = Gateway.existing({ name: 'edge', namespace: 'infra', listeners: ['web'] });
new HttpRoute(chart, 't', { gateway: platform, listener: 'web', routes: { '/': http } });
// @ts-expect-error of another Gateway
new HttpRoute(chart, 'u', { gateway: platform, listener: 'https', routes: { '/': http } });

// A field of the plain type takes any Gateway; one with listeners takes Gateways that have at least these.
export const anyGateway: Gateway = gateway;
export const withHttps: Gateway<'https'> = gateway;
// @ts-expect-error `gateway` has no such listener
export const withTls: Gateway<'tls'> = gateway;

// HTTPS needs a certificate.
// @ts-expect-error whose?
Listener.https({ hostname: 'shop.example.com' });

// @ts-expect-error no slash
new HttpRoute(chart, 'v', { gateway, routes: { cart: http } });
new HttpRoute(chart, 'w', {
  gateway,
  rules: [
    { matches: HttpMatch.prefix('/cart').method('GET'), to: [{ port: http, weight: 90 }] },
    { filters: HttpFilter.redirect({ scheme: 'https', statusCode: 301 }) },
  ],
});
// @ts-expect-error there is no such method
HttpMatch.prefix('/').method('get');
// @ts-expect-error this is no redirect
HttpFilter.redirect({ statusCode: 200 });
// @ts-expect-error nobody who may refer
new ReferenceGrant(chart, 'x', { from: [], to: [{ kind: 'Service' }] });
