import { FOR_OTHER, FOR_SHOP, KEY_OF_OTHER, KEY_OF_SHOP } from '../support/certificates';
import { checkingText, DUMP, expectToMend, type FixCase, fixesOf } from './in-yaml';

const ingress = (lines: string, metadata = 'name: edge, namespace: shop') => `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { ${metadata} }
spec:
  ${lines.trim().replaceAll('\n', '\n  ')}
`;
const rules = (...paths: readonly string[]) => `rules:
- host: shop.example.com
  http:
    paths:
${paths.map((path) => `    ${path}`).join('\n')}`;
const sendingTo = (path: string, service: string, port = 'name: http', pathType = 'Prefix') =>
  `- { path: ${path}, pathType: ${pathType}, backend: { service: { name: ${service}, port: { ${port} } } } }`;
const app = (name: string, namespace = 'shop') => `---
{ apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: ${namespace} }, spec: { selector: { app: ${name} }, ports: [{ name: http, port: 80, targetPort: 8080 }] } }
---
{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name} } }, spec: { containers: [{ name: main, image: x, ports: [{ name: http, containerPort: 8080 }] }] } }
`;
const APPS = app('web') + app('api');
const routing = (url: string, to: string) => `promises: [{ expect: ${url}, toRouteTo: ${to} }]`;
const secret = (name: string, certificate: string, key: string) => `---
apiVersion: v1
kind: Secret
type: kubernetes.io/tls
metadata: { name: ${name}, namespace: shop }
data: { tls.crt: ${base64(certificate)}, tls.key: ${base64(key)} }
`;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const NGINX = { ingress: ['nginx'] };

const CASES: readonly FixCase[] = [
  [
    'PTL402: the Service that is meant (ING-14)',
    {
      manifests: APPS + ingress(rules(sendingTo('/', 'webb'))),
      promises: routing('http://shop.example.com/', 'shop/web:http'),
    },
    [
      {
        code: 'PTL402',
        summary: 'name the Service that is meant',
        remove: 'service: { name: webb, port: { name: http } }',
        add: 'service: { name: web, port: { name: http } }',
      },
    ],
  ],
  [
    'PTL402: the Ingress in the namespace of the Service (ING-14)',
    {
      manifests:
        APPS + app('front', 'front') + ingress(rules(sendingTo('/', 'web')), 'name: edge, namespace: front-door'),
      promises: routing('http://shop.example.com/', 'shop/web:http'),
    },
    [
      {
        code: 'PTL402',
        summary: 'put the Ingress into the namespace of the Service',
        remove: 'namespace: front-door',
        add: 'namespace: shop',
      },
    ],
  ],
  [
    'PTL403: the port that the Service has (ING-14)',
    {
      manifests: APPS + ingress(rules(sendingTo('/', 'web', 'name: htpp'))),
      promises: routing('http://shop.example.com/', 'shop/web:http'),
    },
    [
      {
        code: 'PTL403',
        summary: 'name a port of the Service',
        remove: 'service: { name: web, port: { name: htpp } }',
        add: 'service: { name: web, port: { name: http } }',
      },
    ],
  ],
  [
    'PTL404: all that is below an Exact path (ING-06), or a path more',
    {
      manifests: APPS + ingress(`${rules(sendingTo('/cart', 'web', 'name: http', 'Exact'))}\n    # here`),
      promises: routing('http://shop.example.com/cart/42', 'shop/web:http'),
    },
    [
      { code: 'PTL404', summary: 'take all that is below /cart', remove: 'pathType: Exact', add: 'pathType: Prefix' },
      {
        code: 'PTL404',
        summary: 'add a path for it to Ingress shop/edge',
        add: '- path: /cart/42\n  pathType: Prefix\n  backend: { service: { name: web, port: { name: http } } }',
      },
    ],
  ],
  [
    'PTL404: a slip in the host (ING-01)',
    {
      manifests: APPS + ingress(rules(sendingTo('/', 'web')).replace('shop.example', 'shop.exmaple')),
      promises: routing('http://shop.example.com/', 'shop/web:http'),
    },
    [
      {
        code: 'PTL404',
        summary: 'name the host that clients ask',
        remove: 'host: shop.exmaple.com',
        add: 'host: shop.example.com',
      },
    ],
  ],
  [
    'PTL405: a path that goes before the one that wins (ING-08), or what that one sends to',
    {
      manifests: APPS + ingress(`${rules(sendingTo('/', 'web'))}\n    # here`),
      promises: routing('http://shop.example.com/api', 'shop/api:http'),
    },
    [
      {
        code: 'PTL405',
        summary: 'add a path for it to Ingress shop/edge',
        add: '- path: /api\n  pathType: Prefix\n  backend: { service: { name: api, port: { name: http } } }',
      },
      {
        code: 'PTL405',
        summary: 'have the rule send to what is meant',
        remove: 'service: { name: web, port: { name: http } }',
        add: 'service: { name: api, port: { name: http } }',
      },
    ],
  ],
  [
    'PTL904: a class that is nobody knows whose (ING-13)',
    {
      manifests: APPS + ingress(`ingressClassName: ngnix\n${rules(sendingTo('/', 'web'))}`),
      promises: routing('http://shop.example.com/', 'shop/web:http'),
      profile: NGINX,
    },
    [
      {
        code: 'PTL904',
        summary: 'let Ingress shop/edge be of a class that a controller serves',
        remove: 'ingressClassName: ngnix',
        add: 'ingressClassName: nginx',
      },
    ],
  ],
  [
    'PTL904: a class of which the profile has no controller (ING-13)',
    {
      manifests: `${APPS + ingress(`ingressClassName: edge\n${rules(sendingTo('/', 'web'))}`)}---
{ apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: { name: edge }, spec: { controller: example.com/none } }
`,
      promises: routing('http://shop.example.com/', 'shop/web:http'),
      profile: NGINX,
    },
    [
      {
        code: 'PTL904',
        summary: 'let Ingress shop/edge be of a class that a controller serves',
        remove: 'ingressClassName: edge',
        add: 'ingressClassName: nginx',
      },
    ],
  ],
  [
    'PTL406: an Ingress for what nobody takes (ING-01)',
    { manifests: APPS, promises: routing('http://shop.example.com/', 'shop/web:http'), profile: NGINX },
    [
      {
        code: 'PTL406',
        summary: 'route the host by an Ingress',
        add: '---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web, namespace: shop }\nspec:\n  ingressClassName: nginx\n  rules:\n    - host: shop.example.com\n      http:\n        paths:\n          - path: /\n            pathType: Prefix\n            backend: { service: { name: web, port: { name: http } } }',
      },
    ],
  ],
  [
    'PTL407: the URL in the answer, or plain HTTP as it comes',
    {
      manifests:
        APPS +
        ingress(
          `ingressClassName: nginx\ntls: [{ hosts: [shop.example.com], secretName: shop-tls }]\n${rules(sendingTo('/', 'web'))}`,
          'name: edge, namespace: shop,\n  # here\n ',
        ),
      promises: routing('http://shop.example.com/', 'shop/web:http'),
      profile: NGINX,
    },
    [
      {
        code: 'PTL407',
        summary: 'promise what becomes of the URL in the answer',
        remove: 'expect: http://shop.example.com/',
        add: 'expect: https://shop.example.com/',
      },
      {
        code: 'PTL407',
        summary: 'have plain HTTP served as it comes',
        add: "annotations: { nginx.ingress.kubernetes.io/ssl-redirect: 'false' }",
      },
    ],
  ],
  [
    'PTL408: the Secret whose certificate is for the host (ING-16)',
    {
      manifests:
        APPS +
        secret('other-tls', FOR_OTHER, KEY_OF_OTHER) +
        secret('shop-certificate', FOR_SHOP, KEY_OF_SHOP) +
        ingress(
          `ingressClassName: nginx\ntls: [{ hosts: [shop.example.com], secretName: other-tls }]\n${rules(sendingTo('/', 'web'))}`,
        ),
      promises: 'promises: [{ expect: https://shop.example.com/, toTerminateTls: {} }]',
      profile: NGINX,
    },
    [
      {
        code: 'PTL408',
        summary: 'show the certificate that is for the host',
        remove: 'secretName: other-tls',
        add: 'secretName: shop-certificate',
      },
    ],
  ],
  [
    'PTL409: the path left out (ING-08)',
    {
      manifests:
        APPS +
        ingress(`${rules(sendingTo('/', 'web'))}
    - path: /admin
      pathType: Prefix
      backend: { service: { name: api, port: { name: http } } }`),
      promises: 'promises: [{ expect: http://shop.example.com/admin/users, not: { toRouteTo: shop/api } }]',
    },
    [
      {
        code: 'PTL409',
        summary: 'leave the path out of Ingress shop/edge',
        remove: '- path: /admin\n  pathType: Prefix\n  backend: { service: { name: api, port: { name: http } } }',
      },
    ],
  ],
];

test.each(CASES)('%s', (_, written, expected) => expectToMend(written, expected));

test.each<readonly [string, string, string, string]>([
  [
    'PTL402: what the other rule is promised to answer',
    APPS + ingress(rules(sendingTo('/', 'webb'))) + DUMP,
    '{ expect: http://shop.example.com/, toRouteTo: shop/web:http }',
    '{ expect: http://shop.example.com/admin, not: { toRouteTo: shop/web } }',
  ],
  [
    'PTL404: what is below the path is promised to lead nowhere',
    APPS + ingress(rules(sendingTo('/cart', 'web', 'name: http', 'Exact'))),
    '{ expect: http://shop.example.com/cart/42, toRouteTo: shop/web:http }',
    '{ expect: http://shop.example.com/cart/42, not: { toRouteTo: shop/web } }',
  ],
  [
    'PTL409: another URL of the path is promised to lead there',
    APPS + ingress(rules(sendingTo('/', 'web'), sendingTo('/admin', 'api'))),
    '{ expect: http://shop.example.com/admin/users, not: { toRouteTo: shop/api } }',
    '{ expect: http://shop.example.com/admin/help, toRouteTo: shop/api:http }',
  ],
])('a fix that would break another promise is not shown: %s', (_, manifests, broken, kept) => {
  const told = (...promises: readonly string[]) => {
    const report = checkingText({ manifests, promises: `promises: [${promises.join(', ')}]` });
    expect(report.faults).toEqual([]);
    return { fixed: report.findings.some(({ fixes }) => fixes.length > 0), kept: report.kept.length };
  };
  expect(told(broken)).toEqual({ fixed: true, kept: 0 });
  expect(told(broken, kept)).toEqual({ fixed: false, kept: 1 });
});

test('PTL405: where a Prefix would take what another promise is about, the path is Exact (ING-08)', () => {
  const manifests = APPS + ingress(rules(sendingTo('/', 'web')));
  const fixesFor = (...promises: readonly string[]) =>
    checkingText({ manifests, promises: `promises: [${promises.join(', ')}]` }).findings[0].fixes.map(({ add }) => add);
  const broken = '{ expect: http://shop.example.com/api, toRouteTo: shop/api:http }';
  expect(fixesFor(broken)[0]).toContain('pathType: Prefix');
  const fixes = fixesFor(broken, '{ expect: http://shop.example.com/api/help, toRouteTo: shop/web:http }');
  expect(fixes).toEqual([expect.stringContaining('path: /api\n  pathType: Exact')]);
});

test('a fix that brings a warning says so, here of a certificate for a host without rules (ING-16)', () => {
  const misspelt = rules(sendingTo('/', 'web')).replace('shop.example', 'shop.exmaple');
  const tls = 'tls: [{ hosts: [shop.exmaple.com], secretName: shop }]\n';
  const [fix] = fixesOf({
    manifests: APPS + ingress(tls + misspelt),
    promises: routing('http://shop.example.com/', 'shop/web:http'),
  });
  expect(fix).toMatchObject({ add: 'host: shop.example.com', brings: ['PTL413[shop/edge]'] });
});

test('a fix that the check would refuse is not shown: where the one Service is the other is not (ING-14)', () => {
  const fixesFor = (...paths: readonly string[]) =>
    fixesOf({
      manifests: APPS + app('front', 'front') + ingress(rules(...paths), 'name: edge, namespace: front'),
      promises: routing('http://shop.example.com/', 'shop/web:http'),
    });
  expect(fixesFor(sendingTo('/', 'web'))).toMatchObject([{ add: 'namespace: shop' }]);
  expect(fixesFor(sendingTo('/', 'web'), sendingTo('/front', 'front'))).toEqual([]);
});
