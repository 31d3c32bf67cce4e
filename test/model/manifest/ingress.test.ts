import { faultsOf, readOne } from './reading';

const db = { service: { name: 'db', port: { number: 80 } } };
const ingress = (spec: object, metadata: object = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'edge', namespace: 'shop', ...metadata },
  spec,
});
const withPath = (path: object) => ingress({ rules: [{ http: { paths: [{ backend: db, ...path }] } }] });
const withBackend = (defaultBackend: object) => ingress({ defaultBackend });
const PATH = 'spec.rules[0].http.paths[0]';
const BACKEND = 'spec.defaultBackend';

test('rules, hosts, paths and backends are read, each with its place', () => {
  const read = readOne(
    'ingress',
    ingress({
      ingressClassName: 'nginx',
      rules: [
        { host: 'shop.example.com', http: { paths: [{ path: '/api', pathType: 'Exact', backend: db }] } },
        { host: '*.example.com' },
      ],
      defaultBackend: { resource: { apiGroup: 'k8s.example.com', kind: 'Bucket', name: 'static' } },
      tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
    }),
  );
  const field = ['spec', 'rules', 0, 'http', 'paths', 0, 'backend', 'service'];
  expect(read).toMatchObject({
    className: 'nginx',
    rules: [
      {
        host: 'shop.example.com',
        paths: [{ path: '/api', pathType: 'Exact', backend: { type: 'service', name: 'db', port: 80, field } }],
      },
      { host: '*.example.com', paths: undefined },
    ],
    defaultBackend: { type: 'resource', apiGroup: 'k8s.example.com', kind: 'Bucket', name: 'static' },
    tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
  });
});

test.each<[string, object, string | undefined]>([
  ['the field', ingress({ ingressClassName: 'nginx', defaultBackend: db }), 'nginx'],
  ['the annotation', ingress({ defaultBackend: db }, { annotations: { 'kubernetes.io/ingress.class': 'alb' } }), 'alb'],
  ['neither', ingress({ defaultBackend: db }), undefined],
])('ING-12: the class is given by %s', (_, object, className) => {
  expect(readOne('ingress', object).className).toBe(className);
});

test.each<[string, object]>([
  ['ING-03: a rule without a host', { rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend: db }] } }] }],
  [
    'ING-07: no path, left to the controller',
    { rules: [{ http: { paths: [{ pathType: 'ImplementationSpecific', backend: db }] } }] },
  ],
  [
    'ING-07: a regular expression',
    { rules: [{ http: { paths: [{ path: '/a//.*', pathType: 'ImplementationSpecific', backend: db }] } }] },
  ],
  ['ING-16: TLS for any host', { defaultBackend: db, tls: [{}] }],
])('%s is sound', (_, spec) => {
  expect(faultsOf(ingress(spec))).toEqual([]);
});

test.each<[string, object, string]>([
  ['ING-01: an address as host', ingress({ rules: [{ host: '192.0.2.1' }] }), 'PTL014 spec.rules[0].host'],
  ['ING-02: a * that is no label', ingress({ rules: [{ host: 'a*.example.com' }] }), 'PTL014 spec.rules[0].host'],
  ['ING-02: a * in the middle', ingress({ rules: [{ host: 'a.*.com' }] }), 'PTL014 spec.rules[0].host'],
  ['ING-03: a * alone', ingress({ rules: [{ host: '*' }] }), 'PTL014 spec.rules[0].host'],
  ['ING-01: a port in the host', ingress({ rules: [{ host: 'example.com:80' }] }), 'PTL014 spec.rules[0].host'],
  ['ING-05: no path type', withPath({ path: '/' }), `PTL003 ${PATH}.pathType`],
  ['ING-05: a slip in the path type', withPath({ path: '/', pathType: 'prefix' }), `PTL004 ${PATH}.pathType -> Prefix`],
  ['ING-05: no path', withPath({ pathType: 'Prefix' }), `PTL021 ${PATH}.path`],
  ['ING-05: a relative path', withPath({ path: 'api', pathType: 'Exact' }), `PTL021 ${PATH}.path`],
  ['ING-05: //', withPath({ path: '/a//b', pathType: 'Exact' }), `PTL021 ${PATH}.path`],
  ['ING-05: /./', withPath({ path: '/a/./b', pathType: 'Prefix' }), `PTL021 ${PATH}.path`],
  ['ING-05: /../', withPath({ path: '/a/../b', pathType: 'Prefix' }), `PTL021 ${PATH}.path`],
  ['ING-05: %2f', withPath({ path: '/a%2fb', pathType: 'Prefix' }), `PTL021 ${PATH}.path`],
  ['ING-05: %2F', withPath({ path: '/a%2Fb', pathType: 'Prefix' }), `PTL021 ${PATH}.path`],
  ['ING-05: /.. at the end', withPath({ path: '/a/..', pathType: 'Prefix' }), `PTL021 ${PATH}.path`],
  ['ING-05: /. at the end', withPath({ path: '/a/.', pathType: 'Prefix' }), `PTL021 ${PATH}.path`],
  [
    'ING-05: a relative path of any type',
    withPath({ path: 'a', pathType: 'ImplementationSpecific' }),
    `PTL021 ${PATH}.path`,
  ],
  ['ING-10: neither rules nor a default backend', ingress({}), 'PTL003 spec'],
  ['ING-11: http without paths', ingress({ rules: [{ http: {} }] }), 'PTL003 spec.rules[0].http.paths'],
  [
    'ING-12: two classes',
    ingress({ ingressClassName: 'a', defaultBackend: db }, { annotations: { 'kubernetes.io/ingress.class': 'b' } }),
    'PTL020 metadata.annotations[kubernetes.io/ingress.class]',
  ],
  ['ING-14: an empty backend', withBackend({}), `PTL003 ${BACKEND}`],
  ['ING-14: a backend of v1beta1', withBackend({ serviceName: 'db', servicePort: 80 }), `PTL003 ${BACKEND}`],
  ['ING-14: a Service and a resource', withBackend({ ...db, resource: { kind: 'A', name: 'a' } }), `PTL020 ${BACKEND}`],
  ['ING-14: no port', withBackend({ service: { name: 'db' } }), `PTL003 ${BACKEND}.service.port`],
  [
    'ING-14: a port by name and number',
    withBackend({ service: { name: 'db', port: { name: 'sql', number: 80 } } }),
    `PTL020 ${BACKEND}.service.port`,
  ],
  [
    'NP-24: no port name',
    withBackend({ service: { name: 'db', port: { name: '80' } } }),
    `PTL009 ${BACKEND}.service.port.name -> 80`,
  ],
  [
    'a port out of range',
    withBackend({ service: { name: 'db', port: { number: 70000 } } }),
    `PTL007 ${BACKEND}.service.port.number`,
  ],
  ['no name of a Service', withBackend({ service: { port: { number: 80 } } }), `PTL003 ${BACKEND}.service.name`],
])('%s is refused', (_, object, fault) => {
  expect(faultsOf(object)).toEqual([fault]);
});

test('ING-05: a wrong path does not hide what is wrong with its backend', () => {
  expect(faultsOf(withPath({ path: 'a', pathType: 'Exact', backend: {} }))).toEqual([
    `PTL021 ${PATH}.path`,
    `PTL003 ${PATH}.backend`,
  ]);
});
