import { type CheckReport, check as checkWith } from '../../lib/intents/check';
import type { EndpointRef } from '../../lib/intents/endpoint';
import type { UrlIntent } from '../../lib/intents/intent';
import { ingressOf } from '../support/ingress-lints';
import { deployment, policy, service } from '../support/manifests';
import { app, checking, codes, portOf, promise } from './support';

const HOST = 'shop.example.com';
const nginx = { ingress: ['nginx'] };
const HTTP = { ports: [{ name: 'http', containerPort: 8080 }] };
const toHttp = { ports: [{ name: 'http', port: 80, targetPort: 'http' }] };
const withService = (name: string) => [deployment(name, HTTP), service(name, { selector: { app: name }, ...toHttp })];
const shop = [...withService('web'), ...withService('api')];
const PATHS = { [HOST]: [{ path: '/' }, { path: '/api', to: 'api:80' }] };
const edge = ingressOf('edge', PATHS, { className: 'nginx' });
const classless = ingressOf('edge', PATHS);

function routes(path: string, backend: EndpointRef, negated = false, url = `http://${HOST}${path}`): UrlIntent {
  return promise({ verb: 'toRouteTo', negated, subject: { kind: 'url', url }, backend }) as UrlIntent;
}

const web = portOf(app('web'), 'http');
const of = (manifests: readonly object[], intent: UrlIntent, profile: object = nginx): CheckReport =>
  checking(manifests, [intent], profile);
/** `kept`, or the codes of what is found. */
const outcome = (manifests: readonly object[], intent: UrlIntent, profile: object = nginx) =>
  codes(of(manifests, intent, profile)).join() || 'kept';

const closed = (name: string, from: readonly object[]) =>
  policy(name, { podSelector: { matchLabels: { app: name } }, ingress: [{ from, ports: [{ port: 8080 }] }] });
const controller = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } },
  podSelector: { matchLabels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
};
const anybodyElse = { podSelector: {} };

describe('toRouteTo', () => {
  test.each<[string, readonly object[], UrlIntent, string]>([
    ['ING-08: holds where the winning rule sends to the port', [...shop, edge], routes('/cart', web), 'kept'],
    ['ING-08: the longer path goes elsewhere', [...shop, edge], routes('/api/v1', web), 'PTL405'],
    ['ING-14: a Service port by its own name', [...shop, edge], routes('/', portOf(serviceOf('web'), 'http')), 'kept'],
    ['ING-14: a Service by its number', [...shop, edge], routes('/', portOf(serviceOf('web'), 80)), 'kept'],
    ['an app is any of its ports', [...shop, edge], routes('/', app('web')), 'kept'],
    ['another Service', [...shop, edge], routes('/', serviceOf('api')), 'PTL405'],
    [
      'ING-10: no rule takes it',
      [...shop, ingressOf('edge', { [HOST]: [{ path: '/api' }] }, { className: 'nginx' })],
      routes('/x', web),
      'PTL404',
    ],
    ['ING-13: nobody takes requests', shop, routes('/', web), 'PTL406'],
    [
      'ING-14: the Service is missing',
      [deployment('web', HTTP), ...withService('api'), edge],
      routes('/', app('web')),
      'PTL402',
    ],
    [
      'ING-14: the port is missing',
      [...shop, ingressOf('edge', { [HOST]: [{ path: '/', to: 'web:htpp' }] }, { className: 'nginx' })],
      routes('/', web),
      'PTL403',
    ],
    [
      'SVC-12: nobody is behind the Service',
      [
        deployment('web', { ...HTTP, replicas: 0 }),
        service('web', { selector: { app: 'web' }, ...toHttp }),
        edge,
        ...withService('api'),
      ],
      routes('/', web),
      'PTL205',
    ],
    ['NP-40: policies let the controller in', [...shop, edge, closed('web', [controller])], routes('/', web), 'kept'],
    [
      'NP-40: policies keep the controller out',
      [...shop, edge, closed('web', [anybodyElse])],
      routes('/', web),
      'PTL101',
    ],
    [
      'NP-40: what the client may do is no matter',
      [...shop, edge, closed('web', [{ ipBlock: { cidr: '203.0.113.0/24' } }])],
      routes('/', web),
      'PTL904',
    ],
    [
      'SVC-28: others answer behind the same Service',
      [...shop, deployment('canary', { ...HTTP, labels: { app: 'web' } }), edge],
      routes('/', web),
      'PTL904',
    ],
    ['an end outside', [...shop, edge], routes('/', { kind: 'internet' }), 'PTL901'],
    ['a port of nobody', [...shop, edge], routes('/', portOf(app('web'), 'htpp')), 'PTL901'],
    ['an app of nobody', [...shop, edge], routes('/', app('wbe')), 'PTL901'],
  ])('%s', (_, manifests, intent, expected) => {
    expect(outcome(manifests, intent)).toBe(expected);
  });

  test('NP-40: where nobody says whose pods forward it is unknown whether policies let them in', () => {
    expect(outcome([...shop, classless], routes('/', web), {})).toBe('kept');
    const report = of([...shop, classless, closed('web', [controller])], routes('/', web), {});
    expect(report.findings).toMatchObject([{ code: 'PTL904', cause: { doubts: [{ rule: 'NP-40' }] } }]);
  });

  test('ING-08: the finding names the rule that wins, and the one that would lead there', () => {
    const [finding] = of([...shop, edge], routes('/api/v1', web)).findings;
    expect(finding).toMatchObject({
      cause: {
        to: 'shop/api:http',
        share: 1,
        rule: { name: 'edge', index: 1 },
        meant: { rule: { index: 0 }, because: expect.stringContaining('/api is longer') },
      },
      route: { request: { path: '/api/v1' } },
    });
  });

  test('NP-40: a fix that was tried lets the controller in', () => {
    const [finding] = of([...shop, edge, closed('web', [anybodyElse])], routes('/', web)).findings;
    expect(finding.fixes).toHaveLength(1);
    expect(finding.fixes[0].add).toContain('ingress-nginx');
  });

  test('NP-40: the finding is told once, and not again of the Ingress alone', () => {
    const report = of([...shop, edge, closed('web', [anybodyElse])], routes('/', web));
    expect(report.lints.filter(({ code }) => code === 'PTL417')).toEqual([]);
  });

  test('what leaves it open can be assumed', () => {
    const input = [...shop, classless, closed('web', [controller])];
    const manifests = input.map((object) => ({ object, origin: {} }));
    const assumptions = [{ fact: 'NP-40', because: 'it runs there', scope: '' }];
    const report = checkWith({ manifests, profile: {}, intents: [routes('/', web)], assumptions });
    expect(report.kept).toMatchObject([{ assuming: [{ fact: 'NP-40' }] }]);
  });
});

describe('not.toRouteTo', () => {
  test.each<[string, readonly object[], UrlIntent, string]>([
    ['another rule takes it', [...shop, edge], routes('/api', web, true), 'kept'],
    ['the rule leads there', [...shop, edge], routes('/cart', web, true), 'PTL409'],
    ['no proxy at all', shop, routes('/', web, true), 'kept'],
    [
      'NP-40: policies keep the controller out',
      [...shop, edge, closed('web', [anybodyElse])],
      routes('/', web, true),
      'kept',
    ],
    [
      'NP-40: policies may keep it out',
      [...shop, edge, closed('web', [{ ipBlock: { cidr: '203.0.113.0/24' } }])],
      routes('/', web, true),
      'PTL904',
    ],
    [
      'SVC-05: nobody is behind the Service yet',
      [
        deployment('web', { ...HTTP, replicas: 0 }),
        service('web', { selector: { app: 'web' }, ...toHttp }),
        edge,
        ...withService('api'),
      ],
      routes('/', web, true),
      'PTL409',
    ],
    ['an app of nobody', [...shop, edge], routes('/', app('wbe'), true), 'PTL901'],
  ])('%s', (_, manifests, intent, expected) => {
    expect(outcome(manifests, intent)).toBe(expected);
  });
});

function serviceOf(name: string): EndpointRef {
  return { kind: 'object', object: 'Service', namespace: 'shop', name };
}
