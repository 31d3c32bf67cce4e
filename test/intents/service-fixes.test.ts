import { applied, checkingText, expectToMend, type FixCase, fixesOf } from './in-yaml';

const pod = (name: string, { ports = '', more = '', namespace = 'shop' } = {}) => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name} } }
spec: { ${more}containers: [{ name: main, image: x, ports: [${ports}] }] }
`;
const HTTP = '{ name: http, containerPort: 8080 }';
const service = (lines: string, metadata = 'name: api, namespace: shop') => `---
apiVersion: v1
kind: Service
metadata: { ${metadata} }
spec:
  ${lines.trim().replaceAll('\n', '\n  ')}
`;
const PODS = pod('web') + pod('api', { ports: HTTP });
const reaching = (target: string, more = '') => `promises: [{ expect: shop/web, toReach: ${target}${more} }]`;
const fromOutside = (target: string) => `promises: [{ expect: ${target}, toBeExposedTo: internet }]`;

const CASES: readonly FixCase[] = [
  [
    'PTL201: the port that the Service lacks is added, by what its pods call it (SVC-10)',
    {
      manifests: PODS + service('selector: { app: api }\nports:\n- { name: admin, port: 9090 }\n# here'),
      promises: reaching('shop/api:http', ', by: service'),
    },
    [
      {
        code: 'PTL201',
        summary: 'add the port to the `ports` of Service shop/api',
        add: '- { name: http, port: 8080, targetPort: http }',
      },
    ],
  ],
  [
    'PTL201: the promise names the number of the container, and the Service has another',
    {
      manifests: PODS + service('selector: { app: api }\nports: [{ port: 80, targetPort: 8080 }]'),
      promises: reaching('shop/api:8080', ', by: service'),
    },
    [
      {
        code: 'PTL201',
        summary: 'promise a port that the Service has',
        remove: 'toReach: shop/api:8080',
        add: 'toReach: shop/api:80',
      },
    ],
  ],
  [
    'PTL202: the label that the pods carry (SVC-03)',
    {
      manifests: PODS + service('selector: { app: apii }\nports: [{ name: http, port: 80, targetPort: 8080 }]'),
      promises: reaching('service/shop/api'),
    },
    [{ code: 'PTL202', summary: 'select the pods that there are', remove: 'app: apii', add: 'app: api' }],
  ],
  [
    'PTL202: once, where the label that the pods carry is that of the workload that was meant',
    {
      manifests: PODS + service('selector: { app: apii }\nports: [{ name: http, port: 80, targetPort: 8080 }]'),
      promises: reaching('shop/api:http'),
    },
    [{ code: 'PTL202', summary: 'select the pods that there are', remove: 'app: apii', add: 'app: api' }],
  ],
  [
    'PTL203: a Service that would select the pods in their namespace (SVC-03)',
    {
      manifests:
        pod('web', { namespace: 'front' }) +
        pod('api', { ports: HTTP, namespace: 'data' }) +
        service('selector: { app: api }\nports: [{ name: http, port: 80, targetPort: 8080 }]'),
      promises: `promises: [{ expect: front/web, toReach: data/api:http }]`,
    },
    [
      {
        code: 'PTL203',
        summary: 'put the Service into the namespace of the pods',
        remove: 'namespace: shop',
        add: 'namespace: data',
      },
      {
        code: 'PTL203',
        summary: 'give it a Service',
        add: '---\napiVersion: v1\nkind: Service\nmetadata: { name: api, namespace: data }\nspec:\n  selector: { app: api }\n  ports:\n    - { name: http, port: 8080 }',
      },
    ],
  ],
  [
    'PTL203: a Service for pods that have none',
    { manifests: PODS, promises: reaching('shop/api:http') },
    [
      {
        code: 'PTL203',
        summary: 'give it a Service',
        add: '---\napiVersion: v1\nkind: Service\nmetadata: { name: api, namespace: shop }\nspec:\n  selector: { app: api }\n  ports:\n    - { name: http, port: 8080 }',
      },
    ],
  ],
  [
    'PTL204: a port that the pods have, by its name (SVC-07)',
    {
      manifests: PODS + service('selector: { app: api }\nports: [{ name: web, port: 80, targetPort: htp }]'),
      promises: reaching('service/shop/api'),
    },
    [{ code: 'PTL204', summary: 'name a port that the pods have', remove: 'targetPort: htp', add: 'targetPort: http' }],
  ],
  [
    'PTL205: a workload that is scaled to zero (SVC-05)',
    {
      manifests: `${pod('web')}---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  replicas: 0
  selector: { matchLabels: { app: api } }
  template: { metadata: { labels: { app: api } }, spec: { containers: [{ name: main, image: x, ports: [${HTTP}] }] } }
${service('selector: { app: api }\nports: [{ name: http, port: 80, targetPort: http }]')}`,
      promises: reaching('shop/api:http'),
    },
    [{ code: 'PTL205', summary: 'run shop/api', remove: 'replicas: 0', add: 'replicas: 1' }],
  ],
  [
    'PTL206: the number of the container, or an address that translates (SVC-21)',
    {
      manifests: PODS + service('clusterIP: None\nselector: { app: api }\nports: [{ port: 80, targetPort: 8080 }]'),
      promises: reaching('service/shop/api'),
    },
    [
      {
        code: 'PTL206',
        summary: 'give the Service the number that its pods listen on',
        remove: 'port: 80',
        add: 'port: 8080',
      },
      {
        code: 'PTL206',
        summary: 'give the Service an address of its own; as none is ever changed, it has to be made anew',
        remove: 'clusterIP: None',
      },
    ],
  ],
  [
    'PTL207: endpoints of every node (SVC-14)',
    {
      manifests:
        pod('web', { more: 'nodeName: one, ' }) +
        pod('api', { ports: HTTP, more: 'nodeName: two, ' }) +
        service(
          'internalTrafficPolicy: Local\nselector: { app: api }\nports: [{ name: http, port: 80, targetPort: 8080 }]',
        ),
      promises: reaching('service/shop/api'),
    },
    [
      {
        code: 'PTL207',
        summary: 'send clients to the endpoints of every node',
        remove: 'internalTrafficPolicy: Local',
        add: 'internalTrafficPolicy: Cluster',
      },
    ],
  ],
  [
    'PTL208: the client beside the ranges that the load balancer lets in (SVC-17)',
    {
      manifests:
        PODS +
        service(`type: LoadBalancer
allocateLoadBalancerNodePorts: false
loadBalancerSourceRanges: [198.51.100.0/24]
selector: { app: api }
ports: [{ name: http, port: 80, targetPort: 8080 }]`),
      promises: `promises: [{ expect: 192.0.2.0/24, toReach: service/shop/api }]`,
    },
    [
      {
        code: 'PTL208',
        summary: 'let the client in to the load balancer',
        remove: 'loadBalancerSourceRanges: [198.51.100.0/24]',
        add: 'loadBalancerSourceRanges: [192.0.2.0/24, 198.51.100.0/24]',
      },
    ],
  ],
  [
    'PTL208: a name that leads nowhere, to a Service that there is (SVC-22)',
    {
      manifests:
        PODS +
        service('selector: { app: api }\nports: [{ name: http, port: 8080 }]') +
        service(
          'type: ExternalName\nexternalName: apii.shop.svc.cluster.local\nports: [{ port: 8080 }]',
          'name: alias, namespace: shop',
        ),
      promises: reaching('service/shop/alias'),
    },
    [
      {
        code: 'PTL208',
        summary: 'name a Service that there is',
        remove: 'externalName: apii.shop.svc.cluster.local',
        add: 'externalName: api.shop.svc.cluster.local',
      },
    ],
  ],
  [
    'PTL121: another type for the Service that leads there (SVC-19)',
    {
      manifests: PODS + service('# here\nselector: { app: api }\nports: [{ name: http, port: 80, targetPort: 8080 }]'),
      promises: fromOutside('shop/api'),
    },
    [{ code: 'PTL121', summary: 'offer Service shop/api outside the cluster', add: 'type: LoadBalancer' }],
  ],
  [
    'PTL121: a Service of that type where none leads there',
    { manifests: PODS, promises: fromOutside('shop/api') },
    [
      {
        code: 'PTL121',
        summary: 'give it a Service',
        add: '---\napiVersion: v1\nkind: Service\nmetadata: { name: api, namespace: shop }\nspec:\n  type: LoadBalancer\n  selector: { app: api }\n  ports:\n    - { name: http, port: 8080 }',
      },
    ],
  ],
  [
    'PTL121: the pods that the Service for outside was meant for',
    {
      manifests:
        PODS +
        service('type: LoadBalancer\nselector: { app: apii }\nports: [{ name: http, port: 80, targetPort: 8080 }]'),
      promises: fromOutside('shop/api'),
    },
    [
      {
        code: 'PTL121',
        summary: 'select the pods that are meant',
        remove: 'selector: { app: apii }',
        add: 'selector: { app: api }',
      },
    ],
  ],
];

test('PTL203: labels that YAML would read as something else are quoted', () => {
  const numbered = pod('api', { ports: HTTP }).replace('labels: { app: api }', "labels: { app: '1', live: 'true' }");
  const written = { manifests: pod('web') + numbered, promises: reaching('shop/api:http') };
  const [fix] = fixesOf(written);
  expect(fix.add).toContain("selector: { app: '1', live: 'true' }");
  expect(checkingText(applied(fix, written))).toMatchObject({ faults: [], findings: [] });
});

test.each(CASES)('%s', (_, written, expected) => expectToMend(written, expected));

const SHOP = `---
{ apiVersion: v1, kind: Namespace, metadata: { name: shop } }
`;
const sleeping = `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  replicas: 0
  selector: { matchLabels: { app: api } }
  template: { metadata: { labels: { app: api } }, spec: { containers: [{ name: main, image: x, ports: [${HTTP}] }] } }
`;
const withoutName = (name: string) => `{ expect: shop/web, not: { toResolve: ${name}.shop.svc.cluster.local. } }`;

test.each<readonly [string, string, string, readonly string[]]>([
  [
    'PTL202: a label by which a headless Service would get a name (DNS-05)',
    PODS + service('clusterIP: None\nselector: { app: apii }\nports: [{ port: 8080 }]'),
    'service/shop/api',
    [withoutName('api')],
  ],
  ['PTL203: a Service whose name is promised to lead nowhere', PODS, 'shop/api:http', [withoutName('api')]],
  [
    'PTL205: a pod by which a headless Service would get a name (DNS-05)',
    pod('web') + sleeping + service('clusterIP: None\nselector: { app: api }\nports: [{ name: http, port: 8080 }]'),
    'shop/api:http',
    [withoutName('api')],
  ],
  [
    'PTL208: a name for what is promised to have none (SVC-22)',
    PODS +
      service('selector: { app: api }\nports: [{ name: http, port: 8080 }]') +
      service(
        'type: ExternalName\nexternalName: apii.shop.svc.cluster.local\nports: [{ port: 8080 }]',
        'name: alias, namespace: shop',
      ),
    'service/shop/alias',
    [withoutName('alias')],
  ],
])('a fix that would break another promise is not shown: %s', (_, manifests, target, others) => {
  const reach = `{ expect: shop/web, toReach: ${target} }`;
  const promising = (...promises: readonly string[]) => {
    const written = { manifests: SHOP + manifests, promises: `promises: [${promises.join(', ')}]` };
    const { faults, findings, kept } = checkingText(written);
    expect(faults).toEqual([]);
    return { fixes: findings.map(({ fixes }) => fixes.length), kept: kept.length };
  };
  expect(promising(reach)).toEqual({ fixes: [1], kept: 0 });
  expect(promising(reach, ...others)).toEqual({ fixes: [0], kept: others.length });
});
