import { brief, type IngressOptions, ingressOf, lintsOf, type PathSpec } from '../../../support/ingress-lints';
import { service } from '../../../support/manifests';

const HOST = 'a.example.com';
const SECOND = 'spec.rules[0].http.paths[1].path';
const FIRST = 'spec.rules[0].http.paths[0].path';
const found = (...manifests: readonly object[]) => lintsOf('PTL411', manifests);
const inOne = (...paths: readonly PathSpec[]) => ingressOf('edge', { [HOST]: paths });
const one = (name: string, to: string, options?: IngressOptions) =>
  ingressOf(name, { [HOST]: [{ path: '/api', to }] }, options);

describe('PTL411: two rules claim the same host and path (ING-08, ING-17)', () => {
  test.each<[string, readonly object[], string]>([
    ['in one Ingress', [inOne({ path: '/api' }, { path: '/api', to: 'api:80' })], `error edge ${SECOND}`],
    [
      'for every host',
      [ingressOf('edge', { '': [{ path: '/' }, { path: '/', to: 'api:80' }] })],
      `error edge ${SECOND}`,
    ],
    ['another port', [inOne({ path: '/api', to: 'web:80' }, { path: '/api', to: 'web:81' })], `error edge ${SECOND}`],
    ['in two Ingresses', [one('a', 'web:80'), one('b', 'api:80')], `error b ${FIRST}`],
    [
      'in two Ingresses of one class',
      [one('a', 'web:80', { className: 'nginx' }), one('b', 'api:80', { className: 'nginx' })],
      `error b ${FIRST}`,
    ],
    [
      'ING-06: a slash at the end, which some controllers count',
      [inOne({ path: '/api' }, { path: '/api/', to: 'api:80' })],
      `warning edge ${SECOND}`,
    ],
    [
      'in two namespaces, of which controllers may watch one',
      [one('a', 'web:80'), one('b', 'web:80', { namespace: 'ops' })],
      `warning b ${FIRST}`,
    ],
    [
      'with other annotations for the controller',
      [
        one('a', 'web:80'),
        one('b', 'api:80', { annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '8m' } }),
      ],
      `warning b ${FIRST}`,
    ],
    [
      'with other annotations that no controller reads',
      [one('a', 'web:80'), one('b', 'api:80', { annotations: { 'example.com/team': 'shop' } })],
      `error b ${FIRST}`,
    ],
  ])('%s', (_, manifests, expected) => {
    expect(brief(found(...manifests))).toEqual([expected]);
  });

  test('it tells both backends and the place of the other rule', () => {
    const [lint] = found(one('a', 'web:http'), one('b', 'api:80'));
    expect(lint).toMatchObject({
      claimed: { host: HOST, path: '/api' },
      backend: 'api:80',
      twinBackend: 'web:http',
      twin: { kind: 'Ingress', namespace: 'shop', name: 'a' },
    });
  });

  test.each<[string, readonly object[]]>([
    ['ING-08: Exact goes before Prefix', [inOne({ path: '/api' }, { path: '/api', type: 'Exact', to: 'api:80' })]],
    [
      'ING-06: Exact counts the slash at the end',
      [inOne({ path: '/api', type: 'Exact' }, { path: '/api/', type: 'Exact', to: 'api:80' })],
    ],
    ['they send to one backend', [one('a', 'web:80'), one('b', 'web:80')]],
    ['they are of different classes', [one('a', 'web:80', { className: 'x' }), one('b', 'api:80', { className: 'y' })]],
    [
      'only one names its class, and nobody knows that of the other',
      [one('a', 'web:80', { className: 'x' }), one('b', 'api:80')],
    ],
    [
      'one is a canary',
      [one('a', 'web:80'), one('b', 'api:80', { annotations: { 'nginx.ingress.kubernetes.io/canary': 'true' } })],
    ],
    [
      'the Service is for requests that an annotation of it picks',
      [
        one('a', 'web:80'),
        one('b', 'api:80'),
        {
          ...service('api', { selector: { app: 'api' }, ports: [{ port: 80 }] }),
          metadata: {
            name: 'api',
            namespace: 'shop',
            annotations: { 'haproxy.org/route-acl': 'cookie(staging) -m found' },
          },
        },
      ],
    ],
  ])('nothing is told: %s', (_, manifests) => {
    expect(found(...manifests)).toEqual([]);
  });
});
