import { checkingText, expectToMend, type FixCase } from './in-yaml';

const pod = (name: string, namespace = 'shop') => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name} } }
spec: { containers: [{ name: main, image: x, ports: [{ name: http, containerPort: 8080 }] }] }
`;
const policy = (name: string, spec: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec: { ${spec} }
`;
const NO_EGRESS = policy('no-egress', 'podSelector: {}, policyTypes: [Egress]');
const NO_INGRESS = policy('no-ingress', 'podSelector: {}, policyTypes: [Ingress]');
const promising = (...promises: readonly string[]) => `promises: [${promises.join(', ')}]`;
const CLUSTER = { podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12' };

const CASES: readonly FixCase[] = [
  [
    'PTL101: a rule for addresses outside (NP-15)',
    {
      manifests: pod('web') + NO_EGRESS,
      promises: promising("{ expect: shop/web, toReach: '203.0.113.0/24:443' }"),
    },
    [
      {
        code: 'PTL101',
        summary: 'add the missing rule',
        add: '---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: web-to-addresses, namespace: shop }\nspec:\n  podSelector: { matchLabels: { app: web } }\n  policyTypes: [Egress]\n  egress:\n    - to:\n        - ipBlock: { cidr: 203.0.113.0/24 }\n      ports: [{ port: 443 }]',
      },
    ],
  ],
  [
    "PTL101: a rule for everybody outside, without the cluster's own ranges (NP-15)",
    {
      manifests: pod('web') + NO_EGRESS,
      promises: promising("{ expect: shop/web, toReach: 'internet:443' }"),
      profile: CLUSTER,
    },
    [
      {
        code: 'PTL101',
        summary: 'add the missing rule',
        add: '---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: web-to-internet, namespace: shop }\nspec:\n  podSelector: { matchLabels: { app: web } }\n  policyTypes: [Egress]\n  egress:\n    - to:\n        - ipBlock: { cidr: 0.0.0.0/0, except: [10.244.0.0/16, 10.96.0.0/12] }\n      ports: [{ port: 443 }]',
      },
    ],
  ],
  [
    'PTL105: a rule of the administrators before the one that denies (NP-43)',
    {
      manifests: `${pod('web')}${pod('api')}---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: guard }
spec:
  tier: Admin
  priority: 10
  subject: { namespaces: {} }
  ingress:
    # here
    - { action: Deny, from: [{ namespaces: {} }] }
`,
      promises: promising('{ expect: shop/web, toReach: shop/api:http, by: podIP }'),
    },
    [
      {
        code: 'PTL105',
        summary: 'put a rule before ingress[0] of ClusterNetworkPolicy guard that leaves it to the NetworkPolicies',
        add: '- action: Pass\n  from:\n    - pods:\n        namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } }\n        podSelector: { matchLabels: { app: web } }\n  protocols: [{ tcp: { destinationPort: { number: 8080 } } }]',
      },
      {
        code: 'PTL105',
        summary: 'put a rule before ingress[0] of ClusterNetworkPolicy guard that accepts it',
        add: '- action: Accept\n  from:\n    - pods:\n        namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } }\n        podSelector: { matchLabels: { app: web } }\n  protocols: [{ tcp: { destinationPort: { number: 8080 } } }]',
      },
    ],
  ],
  [
    'PTL105: likewise where the words are older, after all NetworkPolicies (NP-43)',
    {
      manifests: `${pod('web')}${pod('api')}---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: BaselineAdminNetworkPolicy
metadata: { name: default }
spec:
  subject: { namespaces: {} }
  ingress:
    # here
    - { action: Deny, from: [{ namespaces: {} }] }
`,
      promises: promising('{ expect: shop/web, toReach: shop/api:http, by: podIP }'),
    },
    [
      {
        code: 'PTL105',
        summary: 'put a rule before ingress[0] of BaselineAdminNetworkPolicy default that accepts it',
        add: '- action: Allow\n  from:\n    - pods:\n        namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } }\n        podSelector: { matchLabels: { app: web } }\n  ports: [{ portNumber: { port: 8080, protocol: TCP } }]',
      },
    ],
  ],
  [
    'PTL702: the way on from what is to be passed through (NP-05)',
    {
      manifests:
        pod('web') +
        pod('proxy') +
        NO_EGRESS +
        policy(
          'to-proxy',
          'podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: proxy } } }] }]',
        ),
      promises: promising('{ expect: shop/web, toPassThrough: shop/proxy, onTheWayTo: internet }'),
    },
    [
      {
        code: 'PTL702',
        summary: 'add the missing rule',
        add: '---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: proxy-to-internet, namespace: shop }\nspec:\n  podSelector: { matchLabels: { app: proxy } }\n  policyTypes: [Egress]\n  egress:\n    - to:\n        - ipBlock: { cidr: 0.0.0.0/0 }\n      ports: [{ port: 443 }]',
      },
    ],
  ],
  [
    'PTL702: the way to it, at both ends (NP-05)',
    {
      manifests:
        pod('web') +
        pod('proxy') +
        NO_EGRESS +
        NO_INGRESS +
        policy('from-proxy', 'podSelector: { matchLabels: { app: proxy } }, policyTypes: [Egress], egress: [{}]'),
      promises: promising('{ expect: shop/web, toPassThrough: shop/proxy, onTheWayTo: internet }'),
    },
    [
      {
        code: 'PTL702',
        summary: 'add the missing rule at both ends',
        add: '---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: web-to-proxy, namespace: shop }\nspec:\n  podSelector: { matchLabels: { app: web } }\n  policyTypes: [Egress]\n  egress:\n    - to:\n        - podSelector:\n            matchLabels: { app: proxy }\n      ports: [{ port: 8080 }]\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: proxy-from-web, namespace: shop }\nspec:\n  podSelector: { matchLabels: { app: proxy } }\n  policyTypes: [Ingress]\n  ingress:\n    - from:\n        - podSelector:\n            matchLabels: { app: web }\n      ports: [{ port: 8080 }]',
      },
    ],
  ],
];

test.each(CASES)('%s', (_, written, expected) => expectToMend(written, expected));

test('PTL101: a fix that would break another promise is not shown', () => {
  const manifests = pod('web') + pod('api') + NO_EGRESS;
  const reach = "{ expect: shop/web, toReach: '203.0.113.0/24:443' }";
  const told = (...promises: readonly string[]) => {
    const { faults, findings, kept } = checkingText({ manifests, promises: promising(...promises), profile: CLUSTER });
    expect(faults).toEqual([]);
    return { fixed: findings.some(({ fixes }) => fixes.length > 0), kept: kept.length };
  };
  expect(told(reach)).toEqual({ fixed: true, kept: 0 });
  expect(told(reach, '{ expect: shop/web, toReachOnly: shop/api }')).toEqual({ fixed: false, kept: 1 });
});
