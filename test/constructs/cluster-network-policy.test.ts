import { readdirSync } from 'node:fs';
import { ApiObject, type Chart, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import {
  type ClusterEgressRule,
  type ClusterIngressRule,
  ClusterNetworkPolicy,
  cidr,
  type Destination,
  DnsApp,
  type Endpoint,
  external,
  Intents,
  internet,
  namespace,
  nodes,
  PodNetwork,
  pods,
} from 'portolan';
import { chartIn, only } from './manifests';

const image = 'shop/api:3';
const named = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
const labelled = (name: string) => ({ matchLabels: { 'app.kubernetes.io/name': name } });
const everybody = { tier: 'Admin', priority: 10, subject: pods({}) } as const;

function clusterWith(): Chart {
  const app = Testing.app();
  new PodNetwork(app, 'network', { podCidr: '10.0.0.0/9' });
  return chartIn('shop', app);
}

const specOf = (chart: Chart) => only(chart, 'ClusterNetworkPolicy').spec as Record<string, Record<string, unknown>[]>;

test.each(['shop', undefined])(
  'it is an object of the whole cluster where the namespace of its chart is %s',
  (home) => {
    const chart = chartIn(home);
    const ingress = [{ name: 'none', action: 'Deny', from: [pods({})] }] as const;
    new ClusterNetworkPolicy(chart, 'guard', { tier: 'Baseline', priority: 7, subject: namespace('shop'), ingress });
    expect(only(chart, 'ClusterNetworkPolicy')).toEqual({
      apiVersion: 'policy.networking.k8s.io/v1alpha2',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: 'guard' },
      spec: {
        tier: 'Baseline',
        priority: 7,
        subject: { namespaces: named('shop') },
        ingress: [{ name: 'none', action: 'Deny', from: [{ namespaces: {} }] }],
      },
    });
  },
);

test('rules stay in their order, which decides (NP-43)', () => {
  const chart = chartIn('shop');
  const from = [pods({})] as const;
  const ingress = [
    { action: 'Pass', from },
    { action: 'Accept', from, ports: [80] },
    { action: 'Deny', from },
  ] as const;
  new ClusterNetworkPolicy(chart, 'guard', { ...everybody, ingress });
  expect(specOf(chart).ingress.map(({ action }) => action)).toEqual(['Pass', 'Accept', 'Deny']);
});

test('without rules it would decide nothing', () => {
  const make = (rules: object) => () => new ClusterNetworkPolicy(chartIn('shop'), 'guard', { ...everybody, ...rules });
  expect(make({})).toThrow('give it rules in `ingress` or `egress`');
  expect(make({ ingress: [], egress: [] })).toThrow('give it rules in `ingress` or `egress`');
});

test.each([
  ['nobody in from', { ingress: [{ action: 'Deny' }] }, 'ingress[0] needs somebody in `from`'],
  ['an empty from', { ingress: [{ action: 'Deny', from: [] }] }, 'ingress[0] needs somebody in `from`'],
  [
    'an empty to',
    {
      egress: [
        { action: 'Deny', to: [nodes()] },
        { action: 'Deny', to: [] },
      ],
    },
    'egress[1] needs somebody in `to`',
  ],
  ['empty ports', { egress: [{ action: 'Deny', to: [nodes()], ports: [] }] }, 'egress[0] needs a port in `ports`'],
])('a rule with %s is refused where types are not checked', (_what, rules, message) => {
  const make = () => new ClusterNetworkPolicy(chartIn('shop'), 'guard', { ...everybody, ...(rules as object) });
  expect(make).toThrow(`Unable to create ClusterNetworkPolicy "shop/guard": ${message}`);
});

describe('pods, as subjects and sources and destinations', () => {
  test.each<[string, (chart: Chart) => Endpoint, object]>([
    [
      'an app',
      (chart) => new DnsApp(chart, 'api', { image }),
      { pods: { namespaceSelector: named('shop'), podSelector: labelled('api') } },
    ],
    [
      'an app of elsewhere',
      () => DnsApp.existing({ name: 'db', namespace: 'ops', labels: { app: 'db' }, ports: {} }),
      { pods: { namespaceSelector: named('ops'), podSelector: { matchLabels: { app: 'db' } } } },
    ],
    ['a namespace', () => namespace('ops'), { namespaces: named('ops') }],
    ['every pod', () => pods({}), { namespaces: {} }],
    [
      'labelled namespaces',
      () => pods({}, { namespaceLabels: { team: ['a', 'b'] } }),
      { namespaces: { matchExpressions: [{ key: 'team', operator: 'In', values: ['a', 'b'] }] } },
    ],
    [
      'labelled pods of every namespace',
      () => pods({ app: 'a' }),
      { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: 'a' } } } },
    ],
    [
      'labelled pods of a namespace',
      () => pods({ app: 'a' }, { namespace: 'ops' }),
      { pods: { namespaceSelector: named('ops'), podSelector: { matchLabels: { app: 'a' } } } },
    ],
  ])('%s', (_what, make, expected) => {
    const chart = chartIn('shop');
    const endpoint = make(chart);
    new ClusterNetworkPolicy(chart, 'guard', {
      ...everybody,
      subject: endpoint,
      ingress: [{ action: 'Deny', from: [endpoint] }],
      egress: [{ action: 'Deny', to: [endpoint] }],
    });
    expect(specOf(chart)).toMatchObject({
      subject: expected,
      ingress: [{ from: [expected] }],
      egress: [{ to: [expected] }],
    });
  });

  test('a workload of cdk8s-plus', () => {
    const chart = chartIn('shop');
    const workload = new Deployment(chart, 'api', { containers: [{ image }] });
    new ClusterNetworkPolicy(chart, 'guard', { ...everybody, ingress: [{ action: 'Deny', from: [workload] }] });
    expect(specOf(chart).ingress[0].from).toEqual([
      { pods: { namespaceSelector: named('shop'), podSelector: { matchLabels: workload.matchLabels } } },
    ]);
  });
});

describe('destinations', () => {
  const toOf = (...to: readonly [Destination, ...Destination[]]) => {
    const chart = clusterWith();
    new ClusterNetworkPolicy(chart, 'guard', { ...everybody, egress: [{ action: 'Accept', to }] });
    return specOf(chart).egress[0].to;
  };

  test('addresses', () => {
    expect(toOf(cidr('192.0.2.0/24', '2001:db8::/32'))).toEqual([{ networks: ['192.0.2.0/24', '2001:db8::/32'] }]);
  });

  test('everything outside the cluster, without what is inside it', () => {
    expect(toOf(internet)).toEqual([
      {
        networks: [
          '0.0.0.0/5',
          '8.0.0.0/7',
          '10.128.0.0/9',
          '11.0.0.0/8',
          '12.0.0.0/6',
          '16.0.0.0/4',
          '32.0.0.0/3',
          '64.0.0.0/2',
          '128.0.0.0/1',
        ],
      },
    ]);
  });

  test('nodes by their labels, or all of them', () => {
    expect(toOf(nodes({ zone: 'a' }), nodes())).toEqual([{ nodes: { matchLabels: { zone: 'a' } } }, { nodes: {} }]);
  });

  test('a host by its name, or by its addresses where they are known', () => {
    const ports = { https: 443 };
    expect(toOf(external('*.example.com', { ports }), external('a.b', { ports, cidrs: ['192.0.2.1/32'] }))).toEqual([
      { domainNames: ['*.example.com'] },
      { networks: ['192.0.2.1/32'] },
    ]);
  });
});

describe('what the API has no words for is told before a file is written', () => {
  const ports = { https: 443 };
  test.each<
    [
      string,
      { subject?: Endpoint; ingress?: readonly ClusterIngressRule[]; egress?: readonly ClusterEgressRule[] },
      string,
    ]
  >([
    ['a subject of addresses', { subject: internet }, 'Unable to apply a ClusterNetworkPolicy to this'],
    [
      'a source of addresses',
      { ingress: [{ action: 'Deny', from: [cidr('192.0.2.0/24')] }] },
      'its API knows pods only there',
    ],
    ['a priority above 1000', { ...{ priority: 1001 }, ingress: [{ action: 'Deny', from: [pods({})] }] }, 'PTL004'],
    ['a host by its name that is denied', { egress: [{ action: 'Deny', to: [external('a.b', { ports })] }] }, 'PTL004'],
    [
      'a source of nodes',
      { ingress: [{ action: 'Deny', from: [nodes() as unknown as Endpoint] }] },
      'its API knows pods only there',
    ],
  ])('%s', (_what, props, message) => {
    const app = Testing.app();
    new ClusterNetworkPolicy(chartIn('shop', app), 'guard', {
      ...everybody,
      egress: [{ action: 'Deny', to: [nodes()] }],
      ...props,
    });
    expect(() => app.synth()).toThrow(message);
    expect(readdirSync(app.outdir)).toEqual([]);
  });

  test('several workloads as a subject', () => {
    const chart = chartIn('shop');
    for (const name of ['a', 'b'])
      new ApiObject(chart, name, { apiVersion: 'v1', kind: 'Pod', metadata: { labels: { name } } });
    new ClusterNetworkPolicy(chart, 'guard', {
      ...everybody,
      subject: chart,
      egress: [{ action: 'Deny', to: [nodes()] }],
    });
    expect(() => specOf(chart)).toThrow('it made 2 workloads');
  });
});

describe('promises are checked against it', () => {
  const shopWith = (action: 'Accept' | 'Deny') => {
    const app = Testing.app();
    const chart = chartIn('shop', app);
    const api = new DnsApp(chart, 'api', { image, ports: { http: 8080 }, closed: false });
    const web = new DnsApp(chart, 'web', { image, uses: { API_URL: api.port('http').url() } });
    new ClusterNetworkPolicy(chart, 'guard', {
      ...everybody,
      subject: api,
      ingress: [{ action, from: [web], ports: [8080] }],
    });
    Intents.of(chart).expect(web).toReach(api.port('http'));
    return app;
  };

  test('an Admin policy that accepts keeps the promise', () => {
    expect(() => shopWith('Accept').synth()).not.toThrow();
  });

  test('an Admin policy that denies breaks it, above every NetworkPolicy', () => {
    expect(() => shopWith('Deny').synth()).toThrow(/guard/);
  });
});
