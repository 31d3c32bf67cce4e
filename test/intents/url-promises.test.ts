import type { EndpointRef } from '../../lib/intents/endpoint';
import type { Intent, UrlIntent } from '../../lib/intents/intent';
import { ingressOf } from '../support/ingress-lints';
import { deployment, policy, service } from '../support/manifests';
import { app, checking, codes, internet, portOf, promise } from './support';

const HOST = 'shop.example.com';
const HTTP = { ports: [{ name: 'http', containerPort: 8080 }] };
const toHttp = { ports: [{ name: 'http', port: 80, targetPort: 'http' }] };
const web = [deployment('web', HTTP), service('web', { selector: { app: 'web' }, ...toHttp })];
const tls = [{ hosts: [HOST], secretName: 'shop-tls' }];
const edge = ingressOf('edge', { [HOST]: [{ path: '/' }] }, { className: 'nginx', tls });
const shop = [...web, edge];
const outcome = (manifests: readonly object[], intent: Intent, profile: object = { ingress: ['nginx'] }) =>
  codes(checking(manifests, [intent], profile)).join() || 'kept';
const of = (url: string) => ({ kind: 'url', url }) as const;

describe('toRedirectTo', () => {
  const redirects = (url: string, location: string, negated = false): UrlIntent =>
    promise({ verb: 'toRedirectTo', negated, subject: of(url), location }) as UrlIntent;

  test.each<[string, UrlIntent, string]>([
    ['holds for the very location', redirects(`http://${HOST}/cart`, `https://${HOST}/cart`), 'kept'],
    ['not for another one', redirects(`http://${HOST}/cart`, `https://${HOST}/`), 'PTL407'],
    ['nor where the request is forwarded', redirects(`https://${HOST}/`, `https://${HOST}/cart`), 'PTL405'],
    ['nor for a host that nobody knows', redirects('http://blog.example.com/', `https://${HOST}/`), 'PTL404'],
    ['not: is broken by the very location', redirects(`http://${HOST}/`, `https://${HOST}/`, true), 'PTL409'],
    ['not: is kept by another one', redirects(`http://${HOST}/`, 'https://blog.example.com/', true), 'kept'],
  ])('%s', (_, intent, expected) => {
    expect(outcome(shop, intent)).toBe(expected);
  });
});

describe('ING-13: what configures the controller, and no manifest has', () => {
  const controller = deployment('controller', {
    namespace: 'ingress-nginx',
    labels: { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' },
    args: ['--configmap=ingress-nginx/settings'],
  });
  const keptFrom = (path: string) =>
    promise({
      verb: 'toRouteTo',
      negated: true,
      subject: of(`http://${HOST}/${path}`),
      backend: app('web'),
    }) as UrlIntent;

  const shut = policy('web', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'] });
  const elsewhere = promise({
    verb: 'toRedirectTo',
    negated: true,
    subject: of(`http://${HOST}/cart`),
    location: `https://${HOST}/login`,
  });

  test.each<[string, readonly object[], Intent, string]>([
    ['may have it forward what it redirects by default', [...shop, controller], keptFrom('cart'), 'PTL904'],
    ['but not where policies keep it away', [...shop, controller, shut], keptFrom('cart'), 'kept'],
    ['leaves nothing open where there is none', shop, keptFrom('cart'), 'kept'],
    ['may have it redirect elsewhere', [...shop, controller], elsewhere, 'PTL904'],
    ['and not where there is none', shop, elsewhere, 'kept'],
  ])('%s', (_, manifests, intent, expected) => {
    expect(outcome(manifests, intent)).toBe(expected);
  });
});

describe('ING-16: toTerminateTls', () => {
  const terminates = (url: string, name?: string): UrlIntent =>
    promise({
      verb: 'toTerminateTls',
      subject: of(url),
      ...(name !== undefined && { secret: { name } }),
    }) as UrlIntent;

  test.each<[string, readonly object[], UrlIntent, string]>([
    ['is open where no manifest has the Secret', shop, terminates(`https://${HOST}/`), 'PTL904'],
    ['and of the very Secret too', shop, terminates(`https://${HOST}/`, 'shop-tls'), 'PTL904'],
    ['breaks by another Secret', shop, terminates(`https://${HOST}/`, 'blog-tls'), 'PTL408'],
    ['is about nothing over http', shop, terminates(`http://${HOST}/`), 'PTL901'],
    ['needs somebody who takes it', web, terminates(`https://${HOST}/`), 'PTL406'],
  ])('%s', (_, manifests, intent, expected) => {
    expect(outcome(manifests, intent)).toBe(expected);
  });
});

describe('NP-40: URLs are ways in from outside', () => {
  const exposed = (negated: boolean, except: readonly EndpointRef[] = []): Intent =>
    promise({ verb: 'toBeExposedTo', negated, subject: app('web'), zone: internet, except });
  const fromController = policy('web', {
    podSelector: { matchLabels: { app: 'web' } },
    ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }] }],
  });
  const fromNobody = policy('web', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'] });

  test.each<[string, readonly object[], Intent, string]>([
    ['not.toBeExposedTo breaks by an Ingress', [...shop, fromController], exposed(true), 'PTL120'],
    [
      'but not where that port is excepted',
      [...shop, fromController],
      exposed(true, [portOf(app('web'), 'http')]),
      'kept',
    ],
    ['but not where the whole is excepted', [...shop, fromController], exposed(true, [app('web')]), 'kept'],
    ['nor where policies keep the controller out', [...shop, fromNobody], exposed(true), 'kept'],
    ['nor without an Ingress', [...web, fromController], exposed(true), 'kept'],
    ['toBeExposedTo holds by it', [...shop, fromController], exposed(false), 'kept'],
    ['and not without', [...web, fromController], exposed(false), 'PTL121'],
  ])('%s', (_, manifests, intent, expected) => {
    expect(outcome(manifests, intent)).toBe(expected);
  });

  test('the finding blames the rule of the Ingress, and names the proxy', () => {
    const { findings } = checking([...shop, fromController], [exposed(true)], { ingress: ['nginx'] });
    expect(findings).toMatchObject([
      {
        cause: { via: 'Ingress', by: 'ingress-nginx', url: `https://${HOST}/*` },
        blame: { construct: 'Ingress/edge' },
      },
    ]);
  });

  test('whoever is to be reached by URL and kept from the internet is promised two things', () => {
    const routed = promise({ verb: 'toRouteTo', negated: false, subject: of(`https://${HOST}/`), backend: app('web') });
    const report = checking([...shop, fromController], [routed, exposed(true)], { ingress: ['nginx'] });
    expect(codes(report)).toEqual(['PTL902']);
  });

  test('but a rule that leads elsewhere is no fault of the other promise', () => {
    const routed = promise({
      verb: 'toRouteTo',
      negated: false,
      subject: of(`https://blog.${HOST}/`),
      backend: app('web'),
    });
    const report = checking([...shop, fromNobody], [routed, exposed(true)], { ingress: ['nginx'] });
    expect(codes(report)).toEqual(['PTL404']);
  });

  test('an exclusive promise is about the controller, not about who asks it', () => {
    const only = promise({
      verb: 'toBeReachedOnlyBy',
      subject: app('web'),
      sources: [{ kind: 'namespace', name: 'ingress-nginx' }],
    });
    const routed = promise({ verb: 'toRouteTo', negated: false, subject: of(`https://${HOST}/`), backend: app('web') });
    expect(codes(checking([...shop, fromController], [only, routed], { ingress: ['nginx'] }))).toEqual([]);
  });
});
