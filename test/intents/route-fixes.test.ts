import { applied, checkingText, DUMP, expectToMend, type FixCase, fixesOf, type Written } from './in-yaml';

const GATEWAY = `---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: public }
spec: { controllerName: gateway.envoyproxy.io/gatewayclass-controller }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  gatewayClassName: public
  listeners: [{ name: http, port: 80, protocol: HTTP }, { name: sql, port: 5432, protocol: TCP }]
---
{ apiVersion: v1, kind: Namespace, metadata: { name: shop } }
---
{ apiVersion: v1, kind: Namespace, metadata: { name: data } }
`;
const app = (name: string, namespace = 'shop', port = 8080) => `---
{ apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: ${namespace} }, spec: { selector: { app: ${name} }, ports: [{ name: main, port: ${port} }] } }
---
{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name} } }, spec: { containers: [{ name: main, image: x, ports: [{ name: main, containerPort: ${port} }] }] } }
`;
const route = (kind: string, backend: string) => `---
apiVersion: gateway.networking.k8s.io/${kind === 'TCPRoute' ? 'v1alpha2' : 'v1'}
kind: ${kind}
metadata: { name: web, namespace: shop }
spec: { parentRefs: [{ name: public${kind === 'TCPRoute' ? ', sectionName: sql' : ', sectionName: http'} }], rules: [{ backendRefs: [{ ${backend} }] }] }
`;
const toWeb = (to = 'shop/web:main') => `promises: [{ expect: http://shop.example.com/, toRouteTo: ${to} }]`;
const toDb = (db = 'shop/db') => `promises: [{ expect: ${db}, toBeExposedTo: internet }]`;
const summary = (kind: string) => `have ${kind} shop/web send to what is meant`;

const grant = (kind: string, name: string) =>
  `---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: ${kind.toLowerCase()}s-of-shop, namespace: data }
spec:
  from: [{ group: gateway.networking.k8s.io, kind: ${kind}, namespace: shop }]
  to: [{ group: '', kind: Service, name: ${name} }]`;

const CASES: readonly FixCase[] = [
  [
    'PTL404: the Service that an HTTPRoute means (GW-11)',
    { manifests: GATEWAY + app('web') + route('HTTPRoute', 'name: webb, port: 8080'), promises: toWeb() },
    [{ code: 'PTL404', summary: summary('HTTPRoute'), remove: 'name: webb', add: 'name: web' }],
  ],
  [
    'PTL404: the port that the Service of an HTTPRoute has (GW-11)',
    { manifests: GATEWAY + app('web') + route('HTTPRoute', 'name: web, port: 81'), promises: toWeb() },
    [{ code: 'PTL404', summary: summary('HTTPRoute'), remove: 'port: 81', add: 'port: 8080' }],
  ],
  [
    'PTL404: leave for an HTTPRoute to refer to a Service of another namespace (GW-10)',
    {
      manifests: GATEWAY + app('web', 'data') + route('HTTPRoute', 'name: web, namespace: data, port: 8080'),
      promises: toWeb('data/web:main'),
    },
    [
      {
        code: 'PTL404',
        summary: 'let HTTPRoutes of shop refer to Service data/web',
        add: grant('HTTPRoute', 'web'),
      },
    ],
  ],
];

test.each(CASES)('%s', (_, written, fixes) => expectToMend(written, fixes));

/** The first of the fixes mends it; the others offer another way in. */
function expectFirstToMend(written: Written, expected: object): void {
  const [first] = fixesOf(written);
  expect(first).toMatchObject(expected);
  expect(checkingText(applied(first, written)).findings).toEqual([]);
}

test('PTL405: an HTTPRoute that sends elsewhere (GW-06)', () => {
  const manifests = GATEWAY + app('web') + app('api') + route('HTTPRoute', 'port: 8080, name: api');
  expect(fixesOf({ manifests, promises: toWeb() })).toEqual([
    { code: 'PTL405', summary: summary('HTTPRoute'), remove: 'name: api', add: 'name: web' },
  ]);
});

test('PTL121: the Service that a TCPRoute means (GW-09, GW-11)', () => {
  const manifests = GATEWAY + app('db', 'shop', 5432) + route('TCPRoute', 'name: bd, port: 5432');
  expectFirstToMend(
    { manifests, promises: toDb() },
    { summary: summary('TCPRoute'), remove: 'name: bd', add: 'name: db' },
  );
});

test('PTL121: leave for a TCPRoute to refer to a Service of another namespace (GW-10)', () => {
  const manifests = GATEWAY + app('db', 'data', 5432) + route('TCPRoute', 'name: db, namespace: data, port: 5432');
  expectFirstToMend({ manifests, promises: toDb('data/db') }, { add: grant('TCPRoute', 'db') });
});

test('PTL404: a grant that would break another promise is not shown (GW-10)', () => {
  const manifests = GATEWAY + app('web', 'data') + route('HTTPRoute', 'name: web, namespace: data, port: 8080');
  const promises = `promises: [{ expect: http://shop.example.com/, toRouteTo: data/web:main }, { expect: http://shop.example.com/admin, not: { toRouteTo: data/web:main } }]`;
  const report = checkingText({ manifests, promises });
  expect(report.findings.map(({ code, fixes }) => [code, fixes])).toEqual([['PTL404', []]]);
  expect(report.kept).toHaveLength(1);
});

test('PTL404: a backend that another promise is about stays as it is (GW-11)', () => {
  const manifests = GATEWAY + app('web') + route('HTTPRoute', 'name: webb, port: 8080') + DUMP;
  const promises = `promises: [{ expect: http://shop.example.com/, toRouteTo: shop/web:main }, { expect: http://shop.example.com/admin, not: { toRouteTo: shop/web:main } }]`;
  expect(fixesOf({ manifests, promises })).toEqual([]);
});

test('PTL406: leave for a listener to show a certificate of another namespace (GW-10)', () => {
  const certificates = 'certificateRefs: [{ name: shop-tls, namespace: data }]';
  const listener = `{ name: https, port: 443, protocol: HTTPS, tls: { ${certificates} } }`;
  const gateway = GATEWAY.replace('{ name: http, port: 80, protocol: HTTP }', listener);
  const own = route('HTTPRoute', 'name: web, port: 8080').replace('sectionName: http', 'sectionName: https');
  const promises = 'promises: [{ expect: https://shop.example.com/, toRouteTo: shop/web:main }]';
  expectFirstToMend(
    { manifests: gateway + app('web') + own, promises },
    { code: 'PTL406', summary: 'let Gateways of shop refer to Secret data/shop-tls' },
  );
});

test('PTL404: the Service that a GRPCRoute means (GW-11)', () => {
  const manifests = GATEWAY + app('web') + route('GRPCRoute', 'name: webb, port: 8080');
  const call =
    '{ url: "http://shop.example.com/shop.Web/Get", method: POST, headers: { content-type: application/grpc } }';
  expectFirstToMend(
    { manifests, promises: `promises: [{ expect: ${call}, toRouteTo: shop/web:main }]` },
    { summary: summary('GRPCRoute'), remove: 'name: webb', add: 'name: web' },
  );
});
