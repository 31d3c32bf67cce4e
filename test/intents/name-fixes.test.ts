import { checkingText, expectToMend, type FixCase } from './in-yaml';

const namespace = (name: string) => `---
{ apiVersion: v1, kind: Namespace, metadata: { name: ${name} } }
`;
const pod = (name: string, { namespace = 'shop', more = '' } = {}) => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name} } }
spec: { ${more}containers: [{ name: main, image: x, ports: [{ name: http, containerPort: 8080 }] }] }
`;
const service = (name: string, { namespace = 'shop', more = '' } = {}) => `---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { ${more}selector: { app: ${name} }, ports: [{ name: http, port: 8080 }] }
`;
const SHOP = namespace('shop') + namespace('data') + pod('web') + pod('api') + service('api');
const promising = (...promises: readonly string[]) => `promises: [${promises.join(', ')}]`;
const resolving = (name: string, to?: string) =>
  `{ expect: shop/web, toResolve: ${name}${to === undefined ? '' : `, to: ${to}`} }`;
const hidden = (name: string) => `{ expect: shop/web, not: { toResolve: ${name} } }`;

const CASES: readonly FixCase[] = [
  [
    "PTL501: the cluster's DNS for a pod on the network of its node (DNS-19)",
    {
      manifests: SHOP + pod('agent', { more: 'hostNetwork: true, dnsPolicy: Default, ' }),
      promises: promising('{ expect: shop/agent, toReach: shop/api:http }'),
    },
    [
      {
        code: 'PTL501',
        summary: "have the pod ask the cluster's DNS",
        remove: 'dnsPolicy: Default',
        add: 'dnsPolicy: ClusterFirstWithHostNet',
      },
    ],
  ],
  [
    'PTL501: no servers of its own beside (DNS-20)',
    {
      manifests: SHOP + pod('agent', { more: 'dnsConfig: { nameservers: [192.0.2.53] }, dnsPolicy: None, ' }),
      promises: promising('{ expect: shop/agent, toReach: shop/api:http }'),
    },
    [
      {
        code: 'PTL501',
        summary: "have the pod ask the cluster's DNS",
        remove: 'dnsPolicy: None\nnameservers: [192.0.2.53]',
        add: 'dnsPolicy: ClusterFirst',
      },
    ],
  ],
  [
    'PTL904: a slip in a name that others may know',
    { manifests: SHOP, promises: promising(resolving('apii')) },
    [{ code: 'PTL904', summary: 'use the name that there is', remove: 'toResolve: apii', add: 'toResolve: api' }],
  ],
  [
    'PTL502: a slip',
    { manifests: SHOP, promises: promising(resolving('apii.shop.svc.cluster.local.')) },
    [
      {
        code: 'PTL502',
        summary: 'use the name that there is',
        remove: 'toResolve: apii.shop.svc.cluster.local.',
        add: 'toResolve: api.shop.svc.cluster.local',
      },
    ],
  ],
  [
    'PTL904: the namespace that is missing (DNS-22)',
    {
      manifests: SHOP + service('db', { namespace: 'data' }) + pod('db', { namespace: 'data' }),
      promises: promising(resolving('db')),
    },
    [{ code: 'PTL904', summary: 'use the name that there is', remove: 'toResolve: db', add: 'toResolve: db.data' }],
  ],
  [
    'PTL904: another domain of the cluster (DNS-02)',
    {
      manifests: SHOP,
      promises: promising(resolving('api.shop.svc.cluster.local.')),
      profile: { clusterDomain: 'k8s.example' },
    },
    [
      {
        code: 'PTL904',
        summary: 'use the name that there is',
        remove: 'toResolve: api.shop.svc.cluster.local.',
        add: 'toResolve: api.shop.svc.k8s.example',
      },
    ],
  ],
  [
    'PTL503: the name of the Service that was meant',
    {
      manifests: SHOP + service('api', { namespace: 'data' }) + pod('api', { namespace: 'data' }),
      promises: promising(resolving('api', 'data/api')),
    },
    [
      {
        code: 'PTL503',
        summary: 'use the name of what you mean',
        remove: 'toResolve: api',
        add: 'toResolve: api.data',
      },
    ],
  ],
  [
    'PTL503: what stands in the hosts file (DNS-24)',
    {
      manifests: SHOP + pod('agent', { more: 'hostAliases: [{ ip: 192.0.2.9, hostnames: [api, other] }], ' }),
      promises: promising('{ expect: shop/agent, toResolve: api, to: service/shop/api }'),
    },
    [
      {
        code: 'PTL503',
        summary: 'leave the name out of the hosts file of the pod',
        remove: '{ ip: 192.0.2.9, hostnames: [api, other] }',
        add: '{ ip: 192.0.2.9, hostnames: [other] }',
      },
    ],
  ],
  [
    'PTL503: a search domain in which somebody else is found first (DNS-23)',
    {
      manifests: SHOP + namespace('com') + service('stripe', { namespace: 'com' }),
      promises: `${promising('{ expect: shop/web, toResolve: stripe.com, to: { host: stripe.com } }')}, assume: [{ fact: DNS-16, because: it is there }]`,
    },
    [
      {
        code: 'PTL503',
        summary: 'use the name of what you mean',
        remove: 'toResolve: stripe.com',
        add: 'toResolve: stripe.com.',
      },
    ],
  ],
  [
    'PTL504: a hosts file without the name (DNS-24)',
    {
      manifests: SHOP + pod('agent', { more: 'hostAliases: [{ ip: 192.0.2.9, hostnames: [old.example] }], ' }),
      promises: `${promising('{ expect: shop/agent, not: { toResolve: old.example } }')}, assume: [{ fact: DNS-16, because: it is there }]`,
    },
    [
      {
        code: 'PTL504',
        summary: 'leave the name out of the hosts file of the pod',
        remove: '{ ip: 192.0.2.9, hostnames: [old.example] }',
      },
    ],
  ],
  [
    'PTL504: nothing sent, or the promise that protects (DNS-29)',
    {
      manifests:
        SHOP +
        `---
{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: api, namespace: shop }, spec: { podSelector: { matchLabels: { app: api } }, policyTypes: [Ingress] } }
`,
      promises: promising(hidden('api')),
    },
    [
      {
        code: 'PTL504',
        summary: 'let the pod send nothing, lookups among it',
        add: '---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: web-sends-nothing, namespace: shop }\nspec:\n  podSelector: { matchLabels: { app: web } }\n  policyTypes: [Egress]',
      },
      {
        code: 'PTL504',
        summary: 'promise what protects: that it is out of reach',
        remove: 'not: { toResolve: api }',
        add: 'not: { toReach: service/shop/api }',
      },
    ],
  ],
];

test.each(CASES)('%s', (_, written, expected) => expectToMend(written, expected));

test.each<readonly [string, string, string, string]>([
  [
    'PTL501: a name that the pod is promised not to know',
    SHOP + pod('agent', { more: 'dnsPolicy: Default, ' }),
    '{ expect: shop/agent, toReach: shop/api:http }',
    '{ expect: shop/agent, not: { toResolve: api.shop.svc.cluster.local. } }',
  ],
  [
    'PTL503: what somebody else is promised to find in the hosts file (DNS-24)',
    SHOP + pod('agent', { more: 'hostAliases: [{ ip: 192.0.2.9, hostnames: [api] }], ' }),
    '{ expect: shop/agent, toResolve: api, to: service/shop/api }',
    '{ expect: shop/agent, toResolve: api, to: 192.0.2.0/24 }',
  ],
  [
    'PTL504: what the pod sends is promised to arrive',
    SHOP,
    hidden('api.shop.svc.cluster.local.'),
    '{ expect: shop/web, toReach: shop/api:http, by: podIP }',
  ],
])('a fix that would break another promise is not shown: %s', (_, manifests, broken, kept) => {
  const told = (...promises: readonly string[]) => {
    const report = checkingText({ manifests, promises: promising(...promises) });
    expect(report.faults).toEqual([]);
    return { fixed: report.findings.some(({ fixes }) => fixes.length > 0), kept: report.kept.length };
  };
  expect(told(broken)).toEqual({ fixed: true, kept: 0 });
  expect(told(broken, kept)).toEqual({ fixed: false, kept: 1 });
});
