import type { Chart } from 'cdk8s';
import type { Deployment } from 'cdk8s-plus-28';
import { type DnsApp, Port, Service } from 'portolan';

declare const chart: Chart;
declare const app: DnsApp<'http' | 'grpc'>;
declare const deployment: Deployment;
const selector = { app: 'api' };

// The names of ports are those of `ports`, and no others.
const api = new Service(chart, 'api', {
  selector: app,
  ports: { web: app.port('http'), rpc: { port: 9000, targetPort: app.port('grpc') } },
});
api.port('web');
api.srv('rpc');
// @ts-expect-error that is the app's name for it
api.port('http');
api.nodePort('web');
// @ts-expect-error misspelt
api.srv('rcp');

// A field of the plain type takes any Service; one with ports takes Services that have at least these.
export const any: Service = api;
export const withWeb: Service<'web'> = api;
// @ts-expect-error there is no such port
export const wanted: Service<'http'> = api;

// Whose pods, and where ports lead.
new Service(chart, 'a', { selector: deployment, ports: { http: 80 } });
new Service(chart, 'b', {
  selector,
  ports: { http: Port.tcp(8080, { service: 80 }), dns: { port: 53, protocol: 'UDP' } },
});
// @ts-expect-error the app has no such port
new Service(chart, 'c', { selector: app, ports: { http: { port: 80, targetPort: app.port('htpp') } } });
// @ts-expect-error either a selector, or endpoints
new Service(chart, 'd', { ports: { http: 80 } });
// @ts-expect-error not both
new Service(chart, 'e', { selector, endpoints: [{ address: '192.0.2.1' }], ports: { http: 80 } });
// @ts-expect-error no such protocol
new Service(chart, 'f', { selector, ports: { http: { port: 80, protocol: 'HTTP' } } });

// Only a headless Service may do without ports.
new Service(chart, 'g', { selector, headless: true });
// @ts-expect-error no ports
new Service(chart, 'h', { selector });

// Each type has its own props.
const common = { selector, ports: { http: 80 } };
new Service(chart, 'i', { ...common, type: 'LoadBalancer', loadBalancerSourceRanges: ['192.0.2.0/24'] });
// @ts-expect-error of load balancers only
new Service(chart, 'j', { ...common, type: 'NodePort', loadBalancerSourceRanges: ['192.0.2.0/24'] });
// @ts-expect-error a headless Service has no address
new Service(chart, 'k', { headless: true, selector, clusterIP: '10.96.0.10' });
// @ts-expect-error nor any offered outside
new Service(chart, 'l', { type: 'NodePort', headless: true, selector, ports: { http: 80 } });
// @ts-expect-error a mere name selects nothing
new Service(chart, 'm', { type: 'ExternalName', externalName: 'db.example.com', selector });
// @ts-expect-error no such type
new Service(chart, 'n', { type: 'Loadbalancer', selector, ports: { http: 80 } });
export const db: Service<'sql'> = new Service(chart, 'o', {
  type: 'ExternalName',
  externalName: 'db.example.com',
  ports: { sql: 5432 },
});
