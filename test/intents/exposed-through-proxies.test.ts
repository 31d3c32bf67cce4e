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

  test.each<[string, Record<string, string>, string]>([
    ['mirror-target', { 'mirror-target': 'http://web.shop.svc.cluster.local$request_uri' }, 'PTL904'],
    ['auth-url', { 'auth-url': 'http://web.shop:80/verify' }, 'PTL904'],
    ['default-backend', { 'default-backend': 'web' }, 'PTL904'],
    ['a snippet', { 'configuration-snippet': 'proxy_pass http://web.shop.svc.cluster.local;' }, 'PTL904'],
    ['a snippet with a host of variables', { 'server-snippet': 'proxy_pass http://$arg_to/;' }, 'PTL904'],
    ['but not one of another Service', { 'mirror-target': 'http://api.shop.svc.cluster.local$request_uri' }, 'kept'],
    ['nor one of the very host', { 'auth-url': 'https://$host/oauth2/auth' }, 'kept'],
    ['nor one about answers', { 'cors-allow-origin': 'http://web.shop:80', 'session-cookie-name': 'web' }, 'kept'],
  ])('ING-19: annotations that are not read leave open what they name: %s', (_, given, expected) => {
    const annotations = Object.fromEntries(
      Object.entries(given).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value]),
    );
    expect(shut([...proxy, ingress('api:80', annotations)])).toBe(expected);
  });

  test.each<[string, string, boolean, string]>([
    ['ING-10: a default backend of the controller', '--default-backend-service=shop/web', false, 'PTL904'],
    ['ING-10: but not another one', '--default-backend-service=shop/api', false, 'kept'],
    ['NP-40: a list of ways by TCP', '--tcp-services-configmap=ingress-nginx/tcp', true, 'PTL904'],
    ['NP-40: but not where no door leads to them', '--tcp-services-configmap=ingress-nginx/tcp', false, 'kept'],
  ])('%s', (_, arg, hasDoor, expected) => {
    const door = hasDoor ? [balancer('tcp', { ports: [{ port: 5432 }] })] : [];
    const told = startedWith(controller, arg);
    expect(shut([told, ...proxy.slice(1), ...door, ingress('api:80')])).toBe(expected);
  });

  test.each<[string, string, string]>([
    ['its name with a port', 'web.shop:80', 'PTL302'],
    ['a URL', 'http://web.shop', 'PTL302'],
    ['the bare name at home', 'https://web:80', 'PTL302'],
    ['but not of another Service', 'http://web.shop.example.com', 'kept'],
  ])('PTL302: a kind that is not modelled may name the Service by %s', (_, named, expected) => {
    const mapping = {
      apiVersion: 'getambassador.io/v3alpha1',
      kind: 'Mapping',
      metadata: { name: 'm', namespace: 'shop' },
      spec: { hostname: HOST, prefix: '/', service: named },
    };
    expect(shut([mapping])).toBe(expected);
  });
});

function startedWith(workload: object, arg: string): object {
  const { spec, ...rest } = workload as { spec: { template: { spec: { containers: object[] } } } };
  const [container] = spec.template.spec.containers;
  const template = { ...spec.template, spec: { containers: [{ ...container, args: [arg] }] } };
  return { ...rest, spec: { ...spec, template } };
}
