import { brief, ingressOf, lintsOf } from '../../../support/ingress-lints';
import { deployment, policy, service } from '../../../support/manifests';

const PROFILE = { ingress: ['nginx'], podCidr: '10.244.0.0/16' };
const LABELS = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' };
const controller = deployment('ingress-nginx-controller', { namespace: 'ingress-nginx', labels: LABELS });
const edge = ingressOf('edge', { 'a.example.com': [{ path: '/' }, { path: '/api' }] }, { className: 'nginx' });
const shop = [
  edge,
  service('web', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] }),
  deployment('web', { ports: [{ containerPort: 8080 }] }),
];
const forWeb = (...ingress: readonly object[]) =>
  policy('web-in', { podSelector: { matchLabels: { app: 'web' } }, ingress });
const NGINX = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } };
const found = (manifests: readonly object[], profile: object = PROFILE) =>
  lintsOf('PTL417', [...shop, ...manifests], profile);

describe('PTL417: policies keep the proxy at the edge from a backend (NP-40)', () => {
  test.each<[string, readonly object[]]>([
    ['nobody is let in', [forWeb()]],
    ['only the namespace itself is', [forWeb({ from: [{ podSelector: {} }] })]],
    [
      'only clients of the internet are, whom the policies do not see',
      [forWeb({ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] })],
    ],
    ['NP-19: the port is that of the Service', [forWeb({ from: [NGINX], ports: [{ port: 80 }] })]],
  ])('a warning at the first rule: %s', (_, policies) => {
    for (const proxies of [[], [controller]]) {
      const lints = found([...proxies, ...policies]);
      expect(brief(lints)).toEqual(['warning edge spec.rules[0].http.paths[0]']);
      expect(lints[0]).toMatchObject({
        proxy: 'ingress-nginx',
        proxyNamespace: 'ingress-nginx',
        service: 'shop/web:80',
        direction: 'ingress',
        traffic: '8080/TCP',
        workloads: ['shop/web[Deployment]'],
        policies: [{ kind: 'NetworkPolicy', namespace: 'shop', name: 'web-in' }],
      });
      expect(lints[0].urls).toHaveLength(2);
    }
  });

  test('the proxy is not let out', () => {
    const closed = policy('closed', { podSelector: {}, policyTypes: ['Egress'] }, 'ingress-nginx');
    const lints = found([controller, closed]);
    expect(brief(lints)).toEqual(['warning edge spec.rules[0].http.paths[0]']);
    expect(lints[0]).toMatchObject({ direction: 'egress', policies: [{ namespace: 'ingress-nginx', name: 'closed' }] });
  });

  test('an error in a dump of a whole cluster, where no other policy is', () => {
    const whole = service('kubernetes', { clusterIP: '10.96.0.1', ports: [{ port: 443 }] }, 'default');
    expect(found([whole, forWeb()]).map(({ severity }) => severity)).toEqual(['error']);
  });

  test.each<[string, readonly object[]]>([
    ['there are no policies', []],
    ['the proxy is let in', [forWeb({ from: [NGINX], ports: [{ port: 8080 }] })]],
    ['policies are for other pods', [policy('db', { podSelector: { matchLabels: { app: 'db' } } })]],
    [
      'whether its namespace has the label nobody knows',
      [forWeb({ from: [{ namespaceSelector: { matchLabels: { edge: 'yes' } } }] })],
    ],
    [
      'some pods let it in',
      [
        deployment('other', { labels: { app: 'web', v: '2' }, ports: [{ containerPort: 8080 }] }),
        policy('one', { podSelector: { matchLabels: { v: '2' } } }),
      ],
    ],
  ])('nothing is told: %s', (_, manifests) => {
    expect(found(manifests)).toEqual([]);
  });

  test('nothing is told where nobody says which pods the proxy runs in', () => {
    expect(found([forWeb()], {})).toEqual([]);
  });

  test('nothing is told of another backend of the same Ingress', () => {
    const two = ingressOf(
      'edge',
      { 'a.example.com': [{ path: '/', to: 'db:80' }, { path: '/api' }] },
      { className: 'nginx' },
    );
    const db = service('db', { selector: { app: 'db' }, ports: [{ port: 80 }] });
    const lints = lintsOf('PTL417', [two, ...shop.slice(1), db, deployment('db'), forWeb()], PROFILE);
    expect(brief(lints)).toEqual(['warning edge spec.rules[0].http.paths[1]']);
  });
});
