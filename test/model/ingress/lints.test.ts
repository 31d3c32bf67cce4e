import type { LintCode, LintOf } from '../../../lib/model/finding/lint';
import { formatField } from '../../../lib/model/manifest/reader/place';
import { Network } from '../../../lib/model/network';
import { service } from '../../support/manifests';

const api = service('api', { selector: { app: 'api' }, ports: [{ name: 'web', port: 80, targetPort: 8080 }] });
const backend = (name: string, port: object) => ({ service: { name, port } });
const path = (at: string, to: object) => ({ path: at, pathType: 'Prefix', backend: to });
const ingress = (spec: object, namespace = 'shop') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'edge', namespace },
  spec,
});
const sending = (to: object, namespace?: string) =>
  ingress({ rules: [{ host: 'a.example.com', http: { paths: [path('/api', to)] } }] }, namespace);
const WEB = { name: 'web' };
const SERVICE = 'spec.rules[0].http.paths[0].backend.service';

function lintsOf<C extends LintCode>(code: C, ...manifests: readonly object[]) {
  const lints = Network.from(manifests).lints();
  return lints.filter((lint): lint is LintOf<C> => lint.code === code);
}

const brief = (lints: readonly (LintOf<'PTL402'> | LintOf<'PTL403'>)[]) =>
  lints.map(({ severity, field }) => `${severity} ${formatField(field)}`);

describe('PTL402: the Service is not in the namespace of the Ingress (ING-14)', () => {
  test('an error where one other namespace has it, with its port', () => {
    const found = lintsOf('PTL402', api, sending(backend('api', WEB), 'front'));
    expect(brief(found)).toEqual([`error ${SERVICE}.name`]);
    expect(found[0]).toMatchObject({
      service: 'api',
      requests: [{ host: 'a.example.com', path: '/api' }],
      namesakes: [{ kind: 'Service', namespace: 'shop', name: 'api' }],
    });
  });

  test.each<[string, readonly object[]]>([
    ['a slip in the name', [api, sending(backend('appi', WEB))]],
    ['another Service is declared there', [api, sending(backend('checkout', WEB))]],
    ['that of another namespace has another port', [api, sending(backend('api', { name: 'x' }), 'front')]],
    [
      'two other namespaces have it',
      [api, service('api', { ports: [{ port: 80 }] }, 'ops'), sending(backend('api', { number: 80 }), 'front')],
    ],
    ['NP-44: the Ingress may name no namespace', [api, sending(backend('api', WEB), 'default')]],
  ])('a warning where the Service may be made elsewhere: %s', (_, manifests) => {
    expect(brief(lintsOf('PTL402', ...manifests))).toEqual([`warning ${SERVICE}.name`]);
  });

  test('an error in a dump of a whole cluster, where what it does not have is not there', () => {
    const own = service('kubernetes', { clusterIP: '10.96.0.1', ports: [{ port: 443 }] }, 'default');
    expect(brief(lintsOf('PTL402', own, sending(backend('api', WEB))))).toEqual([`error ${SERVICE}.name`]);
  });

  test('the nearest Service of the namespace is guessed', () => {
    expect(lintsOf('PTL402', api, sending(backend('appi', WEB)))[0].didYouMean).toBe('api');
    expect(lintsOf('PTL402', api, sending(backend('checkout', WEB)))[0].didYouMean).toBeUndefined();
  });

  test.each<[string, readonly object[]]>([
    ['the Service is there', [api, sending(backend('api', WEB))]],
    ['no Service is declared, so that all are elsewhere', [sending(backend('api', WEB))]],
    ['the backend is a resource', [api, ingress({ defaultBackend: { resource: { kind: 'Bucket', name: 'b' } } })]],
    ['a load balancer reads an annotation instead', [api, sending(backend('redirect', { name: 'use-annotation' }))]],
  ])('nothing is told: %s', (_, manifests) => {
    expect(lintsOf('PTL402', ...manifests)).toEqual([]);
  });
});

describe('PTL403: the Service does not have the port (ING-14)', () => {
  test.each<[string, object, string, object]>([
    ['a name', { name: 'webb' }, 'error', { port: 'webb', has: ['web (80/TCP)'], didYouMean: 'web' }],
    ['a number', { number: 443 }, 'error', { port: 443, didYouMean: 'web' }],
    [
      'the targetPort, which some controllers take',
      { number: 8080 },
      'warning',
      { isTargetPort: true, didYouMean: 'web' },
    ],
  ])('%s', (_, port, severity, detail) => {
    const found = lintsOf('PTL403', api, sending(backend('api', port)));
    expect(brief(found)).toEqual([`${severity} ${SERVICE}.port.${Object.keys(port)[0]}`]);
    expect(found[0]).toMatchObject(detail);
  });

  test('rules that match as well are told, with why this one goes before them (ING-08)', () => {
    const paths = [path('/', backend('api', WEB)), path('/api', backend('api', { name: 'http' }))];
    const [lint] = lintsOf('PTL403', api, ingress({ rules: [{ host: 'a.example.com', http: { paths } }] }));
    expect(lint.goesBefore).toEqual([{ matches: 'a.example.com/ (Prefix)', because: 'matches, but /api is longer' }]);
  });

  test('each port is told once, with all requests that go there', () => {
    const to = backend('api', { name: 'http' });
    const found = lintsOf(
      'PTL403',
      api,
      ingress({
        rules: [
          { host: 'a.example.com', http: { paths: [path('/a', to), path('/b', backend('api', WEB))] } },
          { http: { paths: [path('/c', to)] } },
        ],
        defaultBackend: to,
      }),
    );
    expect(brief(found)).toEqual([`error ${SERVICE}.port.name`]);
    expect(found[0].requests).toEqual([
      { host: 'a.example.com', path: '/a' },
      { host: undefined, path: '/c' },
      { isDefault: true },
    ]);
  });

  test.each<[string, readonly object[]]>([
    ['by its name', [api, sending(backend('api', WEB))]],
    ['by its number', [api, sending(backend('api', { number: 80 }))]],
    [
      'SVC-22: of a mere name, which has any',
      [
        service('api', { type: 'ExternalName', externalName: 'api.example.com' }),
        sending(backend('api', { number: 443 })),
      ],
    ],
    [
      'of a Service of another namespace, which is another lint',
      [api, sending(backend('api', { number: 1 }), 'front')],
    ],
  ])('nothing is told of a port that is there: %s', (_, manifests) => {
    expect(lintsOf('PTL403', ...manifests)).toEqual([]);
  });
});
