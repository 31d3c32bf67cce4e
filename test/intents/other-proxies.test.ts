import type { UrlIntent } from '../../lib/intents/intent';
import { ingressOf } from '../support/ingress-lints';
import { deployment, service } from '../support/manifests';
import { app, checking, codes, promise } from './support';

const HOST = 'admin.example.com';
const subject = { kind: 'url', url: `http://${HOST}/` } as const;
const apps = ['web', 'api'].flatMap((name) => [
  deployment(name, { ports: [{ containerPort: 3000 }] }),
  service(name, { selector: { app: name }, ports: [{ port: 80, targetPort: 3000 }] }),
]);
const inside = ingressOf('inside', { [HOST]: [{ path: '/', to: 'web:80' }] }, { className: 'haproxy' });
const outside = (host: string) =>
  ingressOf('outside', { [host]: [{ path: '/', to: 'api:80' }] }, { className: 'nginx' });
const outcome = (manifests: readonly object[], intent: object) =>
  codes(checking([...apps, ...manifests], [promise(intent as UrlIntent)], { ingress: ['nginx', 'haproxy'] })).join() ||
  'kept';

test('ING-17: not.toRouteTo counts what another proxy does that takes the host as well', () => {
  const intent = { verb: 'toRouteTo', negated: true, subject, backend: app('api') };
  expect(outcome([inside, outside('*.example.com')], intent)).toBe('PTL904');
  expect(outcome([inside, outside('shop.example.com')], intent)).toBe('kept');
});

test('PTL302: not.toRedirectTo is open beside a kind that is not modelled and speaks of the host', () => {
  const intent = { verb: 'toRedirectTo', negated: true, subject, location: 'http://evil.example.com/x' };
  const foreign = (host: string) => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'red', namespace: 'shop' },
    spec: { hosts: [host], http: [{ redirect: { authority: 'evil.example.com', uri: '/x' } }] },
  });
  expect(outcome([inside, foreign(HOST)], intent)).toBe('PTL904');
  expect(outcome([inside, foreign('shop.example.com')], intent)).toBe('kept');
});

test('ING-19: not.toRouteTo is open where default-backend answers for a backend without endpoints', () => {
  const annotations = { 'nginx.ingress.kubernetes.io/default-backend': 'web' };
  const edge = ingressOf('edge', { [HOST]: [{ path: '/', to: 'none:80' }] }, { className: 'nginx', annotations });
  const none = [
    deployment('none', { replicas: 0 }),
    service('none', { selector: { app: 'none' }, ports: [{ port: 80 }] }),
  ];
  const intent = { verb: 'toRouteTo', negated: true, subject, backend: app('web') };
  expect(outcome([...none, edge], intent)).toBe('PTL904');
});

test('ING-13: what an argument may change is no broken promise', () => {
  const started = (...args: readonly string[]) =>
    deployment('traefik', {
      namespace: 'traefik',
      labels: { 'app.kubernetes.io/name': 'traefik' },
      ports: [{ name: 'web', containerPort: 8000, hostPort: 80 }],
      args,
    });
  const edge = ingressOf('edge', { [HOST]: [{ path: '/', to: 'web:80' }] }, { className: 'traefik' });
  const judged = (intent: object, ...args: readonly string[]) =>
    codes(checking([...apps, edge, started(...args)], [promise(intent as UrlIntent)], { ingress: ['traefik'] })).join();
  const redirected = { verb: 'toRedirectTo', negated: false, subject, location: `https://${HOST}/` };
  const redirections = '--entryPoints.web.http.redirections.entryPoint.to=:443';
  expect(judged(redirected, redirections)).toBe('');
  expect(judged({ ...redirected, negated: true }, redirections)).not.toBe('');
  expect(judged(redirected, '--entryPoints.web.http.middlewares=shop-https@kubernetescrd')).toBe('PTL904');
  expect(judged(redirected, '--ping=true')).toBe('PTL405');
  const routed = { verb: 'toRouteTo', negated: false, subject, backend: app('api') };
  expect(judged({ ...routed, backend: app('web') }, '--ping=true')).toBe('');
  expect(judged({ ...routed, backend: app('web') }, redirections)).not.toBe('');
  expect(judged(routed, '--providers.file.directory=/routes')).toBe('PTL904');
  expect(judged(routed, '--ping=true')).toBe('PTL405');
});
