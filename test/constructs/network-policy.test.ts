import { readdirSync } from 'node:fs';
import { ApiObject, type Chart, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import {
  AllowDns,
  cidr,
  DefaultDeny,
  DnsApp,
  type Endpoint,
  external,
  internet,
  NetworkPolicy,
  namespace,
  PodNetwork,
  Port,
  pods,
} from 'portolan';
import { chartIn, emitted, only } from './manifests';

const image = 'shop/api:3';
const inNamespace = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});
const policyOf = (chart: Chart) => only(chart, 'NetworkPolicy', 'policy').spec;

describe('a policy concerns the directions that are given', () => {
  test.each([
    ['ingress', { allowFrom: [] }, { policyTypes: ['Ingress'], ingress: [] }],
    ['egress', { allowTo: [] }, { policyTypes: ['Egress'], egress: [] }],
    ['both', { allowFrom: [{}], allowTo: [{}] }, { policyTypes: ['Ingress', 'Egress'], ingress: [{}], egress: [{}] }],
  ])('%s', (_, rules, spec) => {
    const chart = chartIn('shop');
    new NetworkPolicy(chart, 'policy', { appliesTo: pods({}), ...rules });
    expect(policyOf(chart)).toEqual({ podSelector: {}, ...spec });
  });

  test('none is a mistake', () => {
    const make = () => new NetworkPolicy(chartIn('shop'), 'policy', { appliesTo: pods({}) });
    expect(make).toThrow('give allowFrom or allowTo');
  });

  test('an empty list of peers is a mistake, because Kubernetes reads it as everybody (NP-07)', () => {
    const allowFrom = [{ from: [] as unknown as [Endpoint] }];
    const make = () => new NetworkPolicy(chartIn('shop'), 'policy', { appliesTo: pods({}), allowFrom });
    expect(make).toThrow('Kubernetes reads an empty `from` as no limit at all (NP-07)');
  });
});

describe('what a policy applies to', () => {
  const appliedTo = (subject: (chart: Chart) => Endpoint) => {
    const chart = chartIn('shop');
    new NetworkPolicy(chart, 'policy', { appliesTo: subject(chart), allowFrom: [] });
    return policyOf(chart).podSelector;
  };

  test('an app, by its own label', () => {
    const selector = appliedTo((chart) => new DnsApp(chart, 'api', { image }));
    expect(selector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'api' } });
  });

  test('labels, of which one may have several values', () => {
    expect(appliedTo(() => pods({ app: 'api', tier: ['a', 'b'] }))).toEqual({
      matchLabels: { app: 'api' },
      matchExpressions: [{ key: 'tier', operator: 'In', values: ['a', 'b'] }],
    });
  });

  test('all pods of its namespace', () => {
    expect(appliedTo(() => namespace('shop'))).toEqual({});
  });

  const labels = { app: 'api' };
  const selector = { matchLabels: labels };
  const spec = { containers: [{ name: 'api', image }] };
  const template = { metadata: { labels }, spec };
  test.each([
    ['apps/v1', 'Deployment', { spec: { selector, template } }],
    ['apps/v1', 'StatefulSet', { spec: { selector, template } }],
    ['apps/v1', 'DaemonSet', { spec: { selector, template } }],
    ['batch/v1', 'Job', { spec: { template } }],
    ['batch/v1', 'CronJob', { spec: { jobTemplate: { spec: { template } } } }],
    ['v1', 'Pod', { metadata: { labels }, spec }],
  ])('the pods of any %s %s', (apiVersion, kind, manifest) => {
    expect(appliedTo((chart) => new ApiObject(chart, 'api', { apiVersion, kind, ...manifest }))).toEqual(selector);
  });

  test('a workload of cdk8s-plus, which stays as it was', () => {
    const chart = chartIn('shop');
    const workload = new Deployment(chart, 'api', { containers: [{ image }], spread: true });
    new NetworkPolicy(chart, 'policy', { appliesTo: workload, allowFrom: [] });
    const manifests = emitted(chart);
    expect(manifests.find(({ kind }) => kind === 'NetworkPolicy')!.spec.podSelector).toEqual({
      matchLabels: workload.matchLabels,
    });
    // Rendered once more than it was written, a spread workload would have terms twice.
    expect(JSON.stringify(manifests).match(/topologyKey/g)).toHaveLength(2);
  });

  test.each<[string, (chart: Chart) => Endpoint, string]>([
    [
      'pods of another namespace',
      () => pods({}, { namespace: 'ops' }),
      'a NetworkPolicy selects pods of its own namespace only',
    ],
    ['another namespace', () => namespace('ops'), 'a NetworkPolicy selects pods of its own namespace only'],
    ['addresses', () => internet, 'Unable to apply a policy to this'],
    [
      'a construct without pods',
      (chart) => new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap' }),
      'it made no workload',
    ],
    [
      'several workloads',
      (chart) => {
        new DnsApp(chart, 'a', { image });
        new DnsApp(chart, 'b', { image });
        return chart;
      },
      'it made 2 workloads',
    ],
  ])('never %s', (_, subject, message) => {
    expect(() => appliedTo(subject)).toThrow(message);
  });

  test('and such a mistake is told before a file is written', () => {
    const app = Testing.app();
    new DnsApp(chartIn('before', app), 'api', { image });
    new NetworkPolicy(chartIn('shop', app), 'policy', { appliesTo: namespace('ops'), allowFrom: [] });
    expect(() => app.synth()).toThrow('[shop/policy] Unable to apply a policy of namespace "shop" to pods of "ops"');
    expect(readdirSync(app.outdir)).toEqual([]);
  });
});

describe('peers of a rule', () => {
  const peersOf = (peer: (chart: Chart) => Endpoint) => {
    const app = Testing.app();
    new PodNetwork(app, 'network', { podCidr: '10.244.0.0/16' });
    const chart = chartIn('shop', app);
    new NetworkPolicy(chart, 'policy', { appliesTo: pods({}), allowFrom: [{ from: [peer(chart)] }] });
    return (policyOf(chart) as { ingress: { from: unknown[] }[] }).ingress[0].from;
  };

  test.each<[string, (chart: Chart) => Endpoint, object[]]>([
    [
      'an app of the same namespace',
      (chart) => new DnsApp(chart, 'api', { image }),
      [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'api' } } }],
    ],
    [
      'an app of another namespace (NP-10)',
      (chart) => new DnsApp(chartIn('ops', chart.node.root as never), 'api', { image }),
      [{ ...inNamespace('ops'), podSelector: { matchLabels: { 'app.kubernetes.io/name': 'api' } } }],
    ],
    [
      'pods of a namespace (NP-10)',
      () => pods({ app: 'a' }, { namespace: 'ops' }),
      [{ ...inNamespace('ops'), podSelector: { matchLabels: { app: 'a' } } }],
    ],
    [
      'pods of labelled namespaces',
      () => pods({ app: 'a' }, { namespaceLabels: { team: 'ops' } }),
      [{ namespaceSelector: { matchLabels: { team: 'ops' } }, podSelector: { matchLabels: { app: 'a' } } }],
    ],
    [
      'pods of every namespace',
      () => pods({ app: 'a' }),
      [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'a' } } }],
    ],
    ['a namespace', () => namespace('ops'), [inNamespace('ops')]],
    [
      'addresses',
      () => cidr('192.0.2.0/24', '2001:db8::/32'),
      [{ ipBlock: { cidr: '192.0.2.0/24' } }, { ipBlock: { cidr: '2001:db8::/32' } }],
    ],
    ['everything outside the cluster', () => internet, [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.244.0.0/16'] } }]],
    [
      'a host by its addresses',
      () => external('example.com', { ports: { https: 443 }, cidrs: ['192.0.2.1/32'] }),
      [{ ipBlock: { cidr: '192.0.2.1/32' } }],
    ],
  ])('%s', (_, peer, expected) => {
    expect(peersOf(peer)).toEqual(expected);
  });

  test('an empty list of addresses is none: in a rule it would be everybody (NP-07)', () => {
    expect(() => cidr(...([] as unknown as [string]))).toThrow('Unable to use an empty list of CIDRs');
    expect(() => external('a.b', { ports: {}, cidrs: [] })).toThrow('Unable to use an empty list of CIDRs');
  });
});

test('ports of rules are container ports (NP-19)', () => {
  const chart = chartIn('shop');
  const api = new DnsApp(chart, 'api', { image, ports: { http: Port.tcp(8080, { service: 80 }) } });
  new NetworkPolicy(chart, 'policy', {
    appliesTo: api,
    allowFrom: [{ ports: [api.port('http'), 9090, Port.udp(53)] }],
  });
  expect(policyOf(chart).ingress).toEqual([
    {
      ports: [
        { port: 8080, protocol: 'TCP' },
        { port: 9090, protocol: 'TCP' },
        { port: 53, protocol: 'UDP' },
      ],
    },
  ]);
});

describe('policies of a whole namespace', () => {
  test('DefaultDeny denies both directions unless told otherwise', () => {
    const chart = chartIn('shop');
    new DefaultDeny(chart, 'policy');
    expect(policyOf(chart)).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  test('DefaultDeny of one direction', () => {
    const chart = chartIn('shop');
    new DefaultDeny(chart, 'policy', { directions: ['egress'] });
    expect(policyOf(chart)).toEqual({ podSelector: {}, policyTypes: ['Egress'] });
  });

  test('AllowDns lets every pod, or one app, ask the cluster DNS over UDP and TCP (DNS-29)', () => {
    const chart = chartIn('shop');
    new AllowDns(chart, 'policy');
    new AllowDns(chart, 'api-dns', { from: new DnsApp(chart, 'api', { image }) });
    expect(policyOf(chart)).toMatchObject({
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ ...inNamespace('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
          ports: [
            { port: 53, protocol: 'UDP' },
            { port: 53, protocol: 'TCP' },
          ],
        },
      ],
    });
    expect(only(chart, 'NetworkPolicy', 'api-dns').spec.podSelector).toEqual({
      matchLabels: { 'app.kubernetes.io/name': 'api' },
    });
  });

  test('AllowDns names the port on which the DNS pods listen, where it is another one (DNS-26)', () => {
    const chart = chartIn('shop');
    new AllowDns(chart, 'policy', { port: 5353 });
    expect(policyOf(chart)).toMatchObject({ egress: [{ ports: [{ port: 5353 }, { port: 5353 }] }] });
  });
});
