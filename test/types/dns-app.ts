import type { Chart } from 'cdk8s';
import { DnsApp, external, type Port } from 'portolan';

declare const chart: Chart;
declare const port: Port;
const image = 'shop/api:3';

// The names of ports are those of `ports`, and no others.
const api = new DnsApp(chart, 'api', { image, ports: { http: 8080, metrics: port } });
api.port('http');
api.port('metrics');
// @ts-expect-error misspelt
api.port('htpp');

// A client has no ports.
const worker = new DnsApp(chart, 'worker', { image });
// @ts-expect-error no port at all
worker.port('http');

// A field of the plain type takes any app; one with ports takes apps that have at least these.
export const any: DnsApp = api;
export const withHttp: DnsApp<'http'> = api;
// @ts-expect-error `worker` has no such port
export const wanted: DnsApp<'http'> = worker;
// @ts-expect-error `api` has no port `grpc`
export const grpc: DnsApp<'http' | 'grpc'> = api;

// Names elsewhere in the props don't widen the names of ports.
new DnsApp(chart, 'a', {
  image,
  ports: { http: 80 },
  readiness: { tcp: 'http' },
  expose: { type: 'NodePort', ports: ['http'] },
});
// @ts-expect-error no such port to probe
new DnsApp(chart, 'b', { image, ports: { http: 80 }, readiness: { tcp: 'htpp' } });
// @ts-expect-error no such port to expose
new DnsApp(chart, 'c', { image, ports: { http: 80 }, expose: { type: 'NodePort', ports: ['htpp'] } });
// @ts-expect-error an address belongs there, not a text
new DnsApp(chart, 'd', { image, uses: { API: 'http://api:8080' } });

const stripe = external('api.stripe.com', { ports: { https: 443 } });
stripe.port('https');
// @ts-expect-error no such port
stripe.port('http');

const redis = DnsApp.existing({ name: 'redis', namespace: 'cache', labels: { app: 'redis' }, ports: { resp: 6379 } });
redis.port('resp');
// @ts-expect-error no such port
redis.port('http');

// Each kind has what it needs.
export const db: DnsApp<'sql'> = new DnsApp(chart, 'db', {
  kind: 'StatefulSet',
  image,
  ports: { sql: 5432 },
  replicas: 3,
});
db.pod(0).port('sql');
// @ts-expect-error no such port, of any pod
db.pod(0).port('http');
new DnsApp(chart, 'e', { kind: 'CronJob', image, schedule: '@daily' });
// @ts-expect-error when?
new DnsApp(chart, 'f', { kind: 'CronJob', image });
// @ts-expect-error each node has one
new DnsApp(chart, 'g', { kind: 'DaemonSet', image, replicas: 2 });
// @ts-expect-error no such kind
new DnsApp(chart, 'h', { kind: 'Pod', image });
const expose = { type: 'NodePort', nodePorts: { http: 30080 } } as const;
new DnsApp(chart, 'i', {
  image,
  ports: { http: 80 },
  expose: [expose, { type: 'LoadBalancer', loadBalancerClass: 'a/b' }],
});
// @ts-expect-error of load balancers only
new DnsApp(chart, 'j', { image, ports: { http: 80 }, expose: { type: 'NodePort', loadBalancerClass: 'a/b' } });

// The names of sidecars are those of `sidecars`; the app's own container needs none.
const beside = new DnsApp(chart, 'beside', { image, ports: { http: 80 }, sidecars: { cache: { image } } });
beside.container().port('http');
beside.container('cache').port(6379);
// @ts-expect-error misspelt
beside.container('cach');
// @ts-expect-error no sidecar at all
api.container('cache');
// @ts-expect-error what the app is called is no part of its type: its own container is `container()`
beside.container('beside');
let other = new DnsApp(chart, 'other', { image, ports: { http: 80 } });
other = new DnsApp(chart, 'another', { image, ports: { http: 80 } });
other.container().port('http');
export const withCache: DnsApp<'http', 'cache'> = beside;
export const without: DnsApp<'http'> = beside;
// @ts-expect-error `api` has no such sidecar
export const wantedCache: DnsApp<'http', 'cache'> = api;
