import { deployment } from '../../../support/manifests';
import { brief, edgesFor, type IngressSpec, routedBy, withApps } from '../lab';

const HOST = 'test.com';
const LABELS = {
  nginx: { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' },
  haproxy: { 'app.kubernetes.io/name': 'kubernetes-ingress' },
};
const NAMESPACES = { nginx: 'ingress-nginx', haproxy: 'haproxy-controller' };
type Kind = keyof typeof LABELS;

const configMap = (kind: Kind, data: Readonly<Record<string, string>>, name = 'settings') => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: NAMESPACES[kind] },
  data,
});
const controller = (kind: Kind, name = 'controller', settings = '$(POD_NAMESPACE)/settings') =>
  deployment(name, { namespace: NAMESPACES[kind], labels: LABELS[kind], args: [`--configmap=${settings}`] });

/** What the only controller makes of a request, with what leaves open whether it does. */
function answer(manifests: readonly object[], profile: object, url = `http://${HOST}/a`): string {
  const [edge] = edgesFor(manifests, profile);
  const routed = routedBy(edge, url);
  return brief({ ...routed, doubts: [...edge.doubts, ...routed.doubts] });
}

/** Likewise with a ConfigMap of this data. */
function told(kind: Kind, data: Readonly<Record<string, string>>, spec: IngressSpec): string {
  const rules = { [HOST]: [{ path: '/', to: 'web' }] };
  const manifests = [...withApps({ className: kind, rules, ...spec }), controller(kind), configMap(kind, data)];
  return answer(manifests, { ingress: [kind] });
}
const tls = [{ hosts: [HOST] }];
const annotated = (name: string, value: string) => ({ tls, annotations: { [name]: value } });
const SSL = 'nginx.ingress.kubernetes.io/ssl-redirect';
const FORCE = 'nginx.ingress.kubernetes.io/force-ssl-redirect';
const TO_HTTPS = `308 https://${HOST}/a`;

test.each<[string, Readonly<Record<string, string>>, IngressSpec, string]>([
  [
    'nothing of redirects',
    { 'use-gzip': 'true', 'log-format-upstream': 'a', 'proxy-body-size': '8m' },
    { tls },
    TO_HTTPS,
  ],
  ['no redirects', { 'ssl-redirect': 'false' }, { tls }, 'shop/web:80'],
  ['none, and the Ingress some', { 'ssl-redirect': 'false' }, annotated(SSL, 'true'), TO_HTTPS],
  ['redirects without a certificate', { 'force-ssl-redirect': 'true' }, {}, TO_HTTPS],
  [
    'such, and the Ingress none',
    { 'force-ssl-redirect': 'true' },
    { annotations: { [FORCE]: 'false' } },
    'shop/web:80',
  ],
  ['another code', { 'http-redirect-code': '301' }, { tls }, `301 https://${HOST}/a`],
  ['a code that is none', { 'http-redirect-code': '200' }, { tls }, TO_HTTPS],
  ['paths that stay on http', { 'no-tls-redirect-locations': '/b, /' }, { tls }, 'shop/web:80'],
])('ING-16: the ConfigMap of ingress-nginx says %s', (_, data, spec, expected) => {
  expect(told('nginx', data, spec)).toBe(expected);
});

test.each<[Kind, string, string]>([
  ['nginx', 'server-snippet', 'return 418;'],
  ['nginx', 'whitelist-source-range', '10.0.0.0/8'],
  ['nginx', 'use-proxy-protocol', 'true'],
  ['nginx', 'ssl-reject-handshake', 'true'],
  ['nginx', 'annotations-risk-level', 'Low'],
  ['nginx', 'ssl-redirect', 'perhaps'],
  ['haproxy', 'path-rewrite', '/a /b'],
  ['haproxy', 'proxy-protocol', '192.0.2.0/24'],
])('ING-13: in the ConfigMap of %s, what is not read leaves all open: %s', (kind, key, value) => {
  expect(told(kind, { [key]: value }, {})).toBe('shop/web:80 ? ING-13');
});

test.each<[string, string]>([
  ['annotations-risk-level', 'Critical'],
  ['annotations-risk-level', 'High'],
  ['proxy-buffer-size', '16k'],
  ['proxy-buffering', 'on'],
  ['proxy-buffers-number', '8'],
  ['use-forwarded-headers', 'true'],
])('ING-13: what changes no way of requests leaves nothing open: %s', (key, value) => {
  expect(told('nginx', { [key]: value }, {})).toBe('shop/web:80');
});

test('ING-13: what is off or empty leaves nothing open', () => {
  expect(told('nginx', { 'use-proxy-protocol': 'false', 'server-snippet': '' }, {})).toBe('shop/web:80');
});

test.each<[Readonly<Record<string, string>>, IngressSpec, string]>([
  [{ 'ssl-redirect': 'false' }, { tls }, 'shop/web:80'],
  [{ 'ssl-redirect': 'true', 'ssl-redirect-port': '443', 'ssl-redirect-code': '301' }, {}, `301 https://${HOST}/a`],
  [
    { 'ssl-redirect-port': '443', maxconn: '100' },
    annotated('haproxy.org/ssl-redirect-code', '303'),
    `303 https://${HOST}/a`,
  ],
])('ING-16: the ConfigMap of HAProxy is for Ingresses that say nothing else: %j', (data, spec, expected) => {
  expect(told('haproxy', data, spec)).toBe(expected);
});

describe('ING-13: which ConfigMap it is', () => {
  const shop = withApps({ className: 'nginx', rules: { [HOST]: [{ path: '/', to: 'web' }] } });
  const served = { ingress: ['nginx'] };
  const forced = configMap('nginx', { 'force-ssl-redirect': 'true' });
  const ask = (...manifests: readonly object[]) => answer([...shop, ...manifests], served);

  test('is known by the argument alone', () => {
    expect(ask(forced)).toBe('shop/web:80');
    expect(ask(forced, controller('nginx', 'controller', 'ingress-nginx/other'))).toBe('shop/web:80 ? ING-13');
  });

  test('nobody knows where pods of the controller have several', () => {
    const pods = [controller('nginx'), controller('nginx', 'second', 'ingress-nginx/second')];
    expect(ask(forced, ...pods)).toBe('shop/web:80 ? ING-13');
  });

  test.each(['first', 'zzz'])('nobody knows where pods of another release have none: %s', (name) => {
    const labels = LABELS.nginx;
    const plain = deployment(name, { namespace: 'ingress-nginx', labels, args: ['/nginx-ingress-controller'] });
    expect(ask(forced, controller('nginx'), plain)).toBe('shop/web:80 ? ING-13');
    expect(ask(forced, plain, controller('nginx'))).toBe('shop/web:80 ? ING-13');
  });

  test('tells the labels of its pods where the profile names no controller', () => {
    expect(answer([...shop, controller('nginx'), forced], {})).toBe(TO_HTTPS);
  });
});
