import type { UrlIntent } from '../../lib/intents/intent';
import { gateway, gatewayObject, listener } from '../model/manifest/gateway/objects';
import { ingressOf, type PathSpec } from '../support/ingress-lints';
import { deployment, policy, service } from '../support/manifests';
import { app, checking, promise } from './support';

const HOST = 'shop.example.com';
const HTTP = { ports: [{ name: 'http', containerPort: 8080 }] };
const toHttp = { ports: [{ name: 'http', port: 80, targetPort: 'http' }] };
const withService = (name: string) => [deployment(name, HTTP), service(name, { selector: { app: name }, ...toHttp })];
const shop = [...withService('web'), ...withService('api')];
const ingress = (...paths: readonly PathSpec[]) => ingressOf('edge', { [HOST]: paths }, { className: 'nginx' });
const route = (...backends: readonly (readonly object[])[]) =>
  gatewayObject('HTTPRoute', {
    parentRefs: [{ name: 'a' }],
    rules: backends.map((backendRefs, i) => ({ backendRefs, matches: [{ path: { value: i === 0 ? '/' : `/${i}` } }] })),
  });
const http = gateway(listener());
const shut = (name: string) => policy(name, { podSelector: { matchLabels: { app: name } }, policyTypes: ['Ingress'] });

/** The codes of what is told, promises first, each lint with the field that it blames. */
function told(manifests: readonly object[], path = '/'): readonly string[] {
  const subject = { kind: 'url' as const, url: `http://${HOST}${path}` };
  const intent = promise({ verb: 'toRouteTo', negated: false, subject, backend: app('web') }) as UrlIntent;
  const { findings, lints } = checking(manifests, [intent], { ingress: ['nginx'] });
  return [...findings.map(({ code }) => code), ...lints.map(({ code, field }) => `${code} ${field.join('.')}`)];
}

test.each<[string, readonly object[], readonly string[]]>([
  ['ING-14: a Service that is missing', [...shop, ingress({ path: '/', to: 'wbe:80' })], ['PTL402']],
  [
    'ING-14: however many ports of it are named',
    [...shop, ingress({ path: '/', to: 'wbe:80' }, { path: '/x', to: 'wbe:81' })],
    ['PTL402'],
  ],
  ['ING-14: a port that is missing', [...shop, ingress({ path: '/', to: 'web:81' })], ['PTL403']],
  ['GW-11: the Service of a route', [...shop, http, route([{ name: 'wbe', port: 80 }])], ['PTL404']],
  ['GW-11: the port of a route', [...shop, http, route([{ name: 'web', port: 81 }])], ['PTL404']],
  [
    'GW-11: where it gets a part of the requests',
    [
      ...shop,
      http,
      route([
        { name: 'web', port: 80 },
        { name: 'web', port: 81 },
      ]),
    ],
    ['PTL404'],
  ],
  [
    'GW-10: a reference that no grant allows',
    [...shop, http, service('far', toHttp, 'blog'), route([{ name: 'far', namespace: 'blog', port: 80 }])],
    ['PTL404', 'PTL232 spec'],
  ],
  ['NP-40: policies before its pods', [...shop, ingress({ path: '/' }), shut('web')], ['PTL101']],
])('a broken promise is told once, and no lint of the same backend beside it: %s', (_, manifests, expected) => {
  expect(told(manifests)).toEqual(expected);
});

test.each<[string, readonly object[], string, readonly string[]]>([
  [
    'ING-14: another Service of the same Ingress is missing too',
    [...shop, ingress({ path: '/', to: 'wbe:80' }, { path: '/x', to: 'apy:80' })],
    '/',
    ['PTL402', 'PTL402 spec.rules.0.http.paths.1.backend.service.name'],
  ],
  [
    'ING-14: another port of the same Service is missing too',
    [...shop, ingress({ path: '/', to: 'web:81' }, { path: '/x', to: 'web:82' })],
    '/',
    ['PTL403', 'PTL403 spec.rules.0.http.paths.1.backend.service.port.number'],
  ],
  [
    'GW-11: another rule of the route has none either',
    [...shop, http, route([{ name: 'wbe', port: 80 }], [{ name: 'apy', port: 80 }])],
    '/',
    ['PTL404', 'PTL402 spec.rules.1.backendRefs.0.name'],
  ],
  [
    'GW-11: two backends of the rule are wrong, of which the promise tells one',
    [
      ...shop,
      http,
      route([
        { name: 'web', port: 81 },
        { name: 'api', port: 82 },
      ]),
    ],
    '/',
    ['PTL404', 'PTL403 spec.rules.0.backendRefs.0.port', 'PTL403 spec.rules.0.backendRefs.1.port'],
  ],
  [
    'NP-40: policies shut another backend of the same Ingress too',
    [...shop, ingress({ path: '/' }, { path: '/x', to: 'api:80' }), shut('web'), shut('api')],
    '/',
    ['PTL101', 'PTL417 spec.rules.0.http.paths.1'],
  ],
  [
    'ING-13: the promise does not tell that nobody serves the class',
    [...shop, ingressOf('edge', { [HOST]: [{ path: '/' }] }, { className: 'ngnix' })],
    '/',
    ['PTL904', 'PTL410 spec.ingressClassName'],
  ],
])('a lint stays where no promise has told of it: %s', (_, manifests, path, expected) => {
  expect(told(manifests, path)).toEqual(expected);
});

test('NP-40: policies are told once whichever rule for the same backend the promise is about', () => {
  expect(told([...shop, ingress({ path: '/' }, { path: '/x' }), shut('web')], '/x')).toEqual(['PTL101']);
});
