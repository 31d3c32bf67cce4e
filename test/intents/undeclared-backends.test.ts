import type { Intent, UrlIntent } from '../../lib/intents/intent';
import { ingressOf } from '../support/ingress-lints';
import { deployment, policy, service } from '../support/manifests';
import { app, checking, codes, internet, promise } from './support';

const HOST = 'shop.example.com';
const web = deployment('web', { ports: [{ containerPort: 3000 }] });
const edge = ingressOf('edge', { [HOST]: [{ path: '/', to: 'web:80' }] }, { className: 'nginx' });
const proxies = { 'kubernetes.io/metadata.name': 'ingress-nginx' };
const fromProxies = policy('all', {
  podSelector: {},
  ingress: [{ from: [{ namespaceSelector: { matchLabels: proxies } }] }],
});
const fromNobody = policy('all', { podSelector: {}, policyTypes: ['Ingress'] });
const outcome = (manifests: readonly object[], intent: object) =>
  codes(checking([web, ...manifests], [promise(intent as Intent)], { ingress: ['nginx'] })).join() || 'kept';

describe('ING-14: a Service that an Ingress names and that no manifest of its namespace has', () => {
  const hidden = { verb: 'toBeExposedTo', negated: true, subject: app('web'), zone: internet, except: [] };
  const apart = { verb: 'toReach', negated: true, subject: internet, targets: [app('web')] };
  const unrouted = (host: string): UrlIntent =>
    ({
      verb: 'toRouteTo',
      negated: true,
      subject: { kind: 'url', url: `http://${host}/` },
      backend: app('web'),
    }) as unknown as UrlIntent;

  const other = service('api', { selector: { app: 'api' }, ports: [{ port: 80 }] });

  test.each<[string, object]>([
    ['not.toBeExposedTo', hidden],
    ['not.toReach', apart],
    ['not.toRouteTo of its URL', unrouted(HOST)],
  ])('leaves %s open, be it the only Service of the namespace or not', (_, intent) => {
    expect(outcome([edge, fromProxies], intent)).toBe('PTL904');
    expect(outcome([edge, other, fromProxies], intent)).toBe('PTL904');
  });

  test('unless policies keep the proxies away, or it is another namespace', () => {
    expect(outcome([edge, fromNobody], hidden)).toBe('kept');
    expect(outcome([ingressOf('edge', {}, { namespace: 'ops', defaultBackend: 'web:80' }), fromProxies], hidden)).toBe(
      'kept',
    );
    expect(outcome([edge, fromProxies], unrouted('other.example.com'))).toBe('kept');
  });
});
