import type { EndpointRef } from '../../lib/intents/endpoint';
import { ingressOf } from '../support/ingress-lints';
import { deployment, policy, service } from '../support/manifests';
import { app, checking, codes, internet, promise } from './support';

const HOST = 'shop.example.com';
const LABELS = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' };
const controller = deployment('controller', {
  namespace: 'ingress-nginx',
  labels: LABELS,
  ports: [
    { name: 'http', containerPort: 80 },
    { name: 'https', containerPort: 443 },
  ],
});
const balancer = (name: string, spec: object) =>
  service(name, { type: 'LoadBalancer', selector: LABELS, ...spec }, 'ingress-nginx');
const web80 = [
  { name: 'http', port: 80, targetPort: 'http' },
  { name: 'https', port: 443, targetPort: 'https' },
];
const proxy = [controller, balancer('controller', { ports: web80 })];
const apps = ['web', 'api'].flatMap((name) => [
  deployment(name, { ports: [{ name: 'http', containerPort: 3000 }] }),
  service(name, { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 3000 }] }),
]);
const onlyProxies = policy('all', {
  podSelector: {},
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }] }],
});
const shop = [...apps, onlyProxies];
const ingress = (to: string, annotations?: Record<string, string>) =>
  ingressOf('edge', { [HOST]: [{ path: '/', to }] }, { className: 'nginx', annotations });

/** What becomes of `expect(web).not.toBeExposedTo(...)`. */
function shut(manifests: readonly object[], zone: EndpointRef = internet): string {
  const intent = promise({ verb: 'toBeExposedTo', negated: true, subject: app('web'), zone, except: [] });
  return codes(checking([...shop, ...manifests], [intent], { ingress: ['nginx'] })).join() || 'kept';
}

describe('whom proxies at the edge expose', () => {
  test('ING-19: the Service is found by its target port too, as nginx does', () => {
    expect(shut([...proxy, ingress('web:3000')])).toBe('PTL120');
    expect(shut([...proxy, ingress('api:3000')])).toBe('kept');
  });

  test('SVC-21: through a mere name of a headless Service the port of the pods is dialled', () => {
    const headless = service('web-pods', { clusterIP: 'None', selector: { app: 'web' }, ports: [{ port: 80 }] });
    const alias = service('alias', { type: 'ExternalName', externalName: 'web-pods.shop.svc.cluster.local' });
    expect(shut([...proxy, headless, alias, ingress('alias:3000')])).toBe('PTL120');
  });

  test('SVC-15: any Service port that leads to the port of the proxy is a way to it', () => {
    const zone: EndpointRef = { kind: 'addresses', cidrs: ['203.0.113.0/24'] };
    const guarded = balancer('guarded', {
      allocateLoadBalancerNodePorts: false,
      loadBalancerSourceRanges: ['10.0.0.0/8'],
      ports: web80,
    });
    const onPort = (targetPort: string | number) => balancer('beside', { ports: [{ port: 8080, targetPort }] });
    const before = [controller, guarded, ingress('web:80')];
    expect(shut(before, zone)).toBe('kept');
    expect(shut([...before, onPort('http')], zone)).toBe('PTL120');
    expect(shut([...before, onPort(10254)], zone)).toBe('kept');
  });
});
