import type { ApiObject, Chart } from 'cdk8s';
import type { ISecret } from 'cdk8s-plus-28';
import { type DnsApp, Ingress, IngressOptions } from 'portolan';

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
