import type { EndpointRef } from '../../lib/intents/endpoint';
import type { Intent } from '../../lib/intents/intent';
import { deployment, dnsRule, ns, pod, policy, service } from '../support/manifests';
import { app, checking, codes, internet, portOf, promise } from './support';

const sql = { ports: [{ name: 'sql', port: 5432 }] };
const shop = [
  ns('shop'),
  deployment('web'),
  deployment('db', { ports: [{ name: 'sql', containerPort: 5432 }] }),
  service('db', { selector: { app: 'db' }, ...sql }),
];
const closed = policy('default-deny', { podSelector: {}, policyTypes: ['Egress'] });
const dns = policy('dns', { podSelector: {}, policyTypes: ['Egress'], egress: [dnsRule] });

function resolves(name: string, to?: EndpointRef, subject = app('web')): Intent {
  return promise({ verb: 'toResolve', negated: false, subject, name, to });
}

function hidden(name: string, subject = app('web')): Intent {
  return promise({ verb: 'toResolve', negated: true, subject, name });
}

describe('expect(x).toResolve(name)', () => {
  test.each([
    'db',
    'db.shop',
    'db.shop.svc',
    'db.shop.svc.cluster.local',
    'DB.Shop',
    '_sql._tcp.db.shop.svc.cluster.local',
  ])('DNS-02, DNS-03, DNS-10, DNS-22: %s is the Service, by whatever part of its name', (name) => {
    expect(codes(checking(shop, [resolves(name)]))).toEqual([]);
  });

  test('DNS-22: the name alone is not enough in another namespace', () => {
    const ops = [...shop, ns('ops'), deployment('job', { namespace: 'ops' })];
    expect(codes(checking(ops, [resolves('db.shop', undefined, app('job', 'ops'))]))).toEqual([]);
    // Nothing in the cluster has it, and what lies outside nobody knows.
    expect(codes(checking(ops, [resolves('db', undefined, app('job', 'ops'))]))).toEqual(['PTL904']);
  });

  test('a slip is told with what was meant', () => {
    const [finding] = checking(shop, [resolves('bd.shop.svc.cluster.local')]).findings;
    expect(finding.cause).toMatchObject({
      code: 'PTL502',
      hasOtherData: false,
      didYouMean: 'db.shop.svc.cluster.local',
    });
  });

  test('two promises about one name that is nowhere are one finding', () => {
    const name = 'nowhere.shop.svc.cluster.local';
    const { findings } = checking(shop, [resolves(name), resolves(name, undefined, app('db'))]);
    expect(findings.map(({ code, also }) => [code, also.length])).toEqual([['PTL502', 1]]);
  });

  test('DNS-15: what others declare in a namespace of theirs nobody knows', () => {
    const [finding] = checking(shop, [resolves('redis.cache.svc.cluster.local')]).findings;
    expect(finding.cause).toMatchObject({ code: 'PTL904', doubts: [{ rule: 'DNS-15' }] });
  });

  test('DNS-16: what servers outside answer nobody knows', () => {
    const [finding] = checking(shop, [resolves('api.example.com.')]).findings;
    expect(finding.cause).toMatchObject({ code: 'PTL904', doubts: [{ rule: 'DNS-16' }] });
  });

  test('DNS-03: an unnamed protocol has no SRV record', () => {
    expect(codes(checking(shop, [resolves('_sql._udp.db.shop.svc.cluster.local')]))).toEqual(['PTL502']);
  });

  test('DNS-29: a policy without DNS stops the lookup, and the rule is offered', () => {
    const [finding] = checking([...shop, closed], [resolves('db')]).findings;
    expect(finding).toMatchObject({
      code: 'PTL102',
      subject: 'shop/web',
      target: 'db',
      blame: { construct: 'NetworkPolicy/default-deny' },
    });
    expect(finding.fixes[0].add).toContain('AllowDns');
    expect(codes(checking([...shop, closed, dns], [resolves('db')]))).toEqual([]);
  });

  test('DNS-19: on the network of the node the pod asks its node, which knows no name of the cluster', () => {
    const host = [...shop, deployment('agent', { hostNetwork: true })];
    expect(codes(checking(host, [resolves('db.shop.svc.cluster.local', undefined, app('agent'))]))).toEqual(['PTL501']);
  });

  test('DNS-18: whom others than pods ask nobody knows', () => {
    expect(codes(checking(shop, [resolves('db', undefined, internet)]))).toEqual(['PTL904']);
  });

  test('of nobody is a promise about nothing', () => {
    expect(codes(checking(shop, [resolves('db', undefined, app('wbe'))]))).toEqual(['PTL901']);
  });
});

describe('expect(x).toResolve(name).to(y)', () => {
  const other = [
    ...shop,
    deployment('cache', { ports: [{ containerPort: 6379 }] }),
    service('cache', { selector: { app: 'cache' }, clusterIP: 'None', ports: [{ port: 6379 }] }),
    service('alias', { type: 'ExternalName', externalName: 'db.shop.svc.cluster.local' }),
    service('outside', { type: 'ExternalName', externalName: 'db.example.com' }),
  ];
  const serviceRef = (name: string): EndpointRef => ({ kind: 'object', object: 'Service', namespace: 'shop', name });

  test.each<[string, string, EndpointRef]>([
    ['the Service', 'db', serviceRef('db')],
    ['the app behind it', 'db', app('db')],
    ['a port of it', 'db', portOf(app('db'), 'sql')],
    ['the pods of a headless one (DNS-05)', 'cache', app('cache')],
    ['what an alias leads to (DNS-09)', 'alias', app('db')],
    ['the alias itself (DNS-09)', 'alias', serviceRef('alias')],
    ['a host outside, whatever address it has (SVC-22)', 'outside', { kind: 'external', host: 'db.example.com' }],
  ])('holds of %s', (_, name, to) => {
    expect(codes(checking(other, [resolves(name, to)]))).toEqual([]);
  });

  test.each<[string, string, EndpointRef]>([
    ['another app', 'cache', app('db')],
    ['another Service of it', 'db', serviceRef('cache')],
    ['another host', 'db', { kind: 'external', host: 'db.example.com' }],
  ])('is broken where the name leads to %s', (_, name, to) => {
    const [finding] = checking(other, [resolves(name, to)]).findings;
    expect(finding).toMatchObject({ code: 'PTL503', blame: { construct: `Service/${name}` } });
  });

  test('is broken where a Service also sends to others', () => {
    const both = [
      ...shop.slice(0, 2),
      deployment('db', { labels: { app: 'db', tier: 'data' } }),
      deployment('old', { labels: { app: 'old', tier: 'data' } }),
      service('db', { selector: { tier: 'data' }, ...sql }),
    ];
    expect(codes(checking(both, [resolves('db', app('db'))]))).toEqual(['PTL503']);
  });

  test('is broken where a Service also sends to an address beside the pods (SVC-08)', () => {
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'db-old', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'db' } },
      addressType: 'IPv4',
      ports: [{ name: 'sql', port: 5432 }],
      endpoints: [{ addresses: ['192.0.2.10'] }],
    };
    expect(codes(checking([...shop, slice], [resolves('db', app('db'))]))).toEqual(['PTL503']);
  });

  test('DNS-23: a Service in a namespace called like a domain captures a name outside', () => {
    const captured = [...shop, ns('com'), service('stripe', { selector: { app: 'x' }, ports: [{ port: 443 }] }, 'com')];
    const to: EndpointRef = { kind: 'external', host: 'stripe.com' };
    const [finding] = checking(captured, [resolves('stripe.com', to)]).findings;
    expect(finding.cause).toMatchObject({ code: 'PTL503', leadsTo: 'Service com/stripe', search: 'svc.cluster.local' });
    expect(codes(checking(captured, [resolves('stripe.com.', to)]))).toEqual(['PTL904']);
  });

  test('DNS-24: the hosts file of a pod wins', () => {
    const spec = { hostAliases: [{ ip: '192.0.2.9', hostnames: ['db'] }], containers: [{ name: 'main', image: 'a' }] };
    const client = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'client', namespace: 'shop' }, spec };
    const subject: EndpointRef = { kind: 'object', object: 'Pod', namespace: 'shop', name: 'client' };
    const pinned = pod('shop/pinned', { ip: '10.244.0.9' });
    const [finding] = checking(
      [...shop, client, pinned],
      [resolves('db', { kind: 'object', namespace: 'shop', name: 'pinned' }, subject)],
    ).findings;
    expect(finding.cause).toMatchObject({ code: 'PTL503', leadsTo: '192.0.2.9 of its own hosts file', by: 'hosts' });
    const addresses: EndpointRef = { kind: 'addresses', cidrs: ['192.0.2.0/24'] };
    expect(codes(checking([...shop, client, closed], [resolves('db', addresses, subject)]))).toEqual([]);
  });

  test('of something that is not there is a promise about nothing', () => {
    expect(codes(checking(shop, [resolves('db', app('nobody'))]))).toEqual(['PTL901']);
  });
});

describe('a pod of a StatefulSet', () => {
  const labels = { app: 'store' };
  const store = [
    ns('shop'),
    deployment('web'),
    service('store', { selector: labels, clusterIP: 'None', ports: [{ port: 80 }] }),
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'store', namespace: 'shop' },
      spec: {
        serviceName: 'store',
        replicas: 2,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'a' }] } },
      },
    },
  ];
  const member = (i: number): EndpointRef => ({
    kind: 'pods',
    namespace: 'shop',
    labels: { ...labels, 'statefulset.kubernetes.io/pod-name': `store-${i}` },
  });

  test('DNS-06: has a name of its own, which leads to no other', () => {
    expect(codes(checking(store, [resolves('store-1.store', member(1))]))).toEqual([]);
    expect(codes(checking(store, [resolves('store-1.store', member(0))]))).toEqual(['PTL503']);
  });

  test('DNS-06: has none beyond the replicas', () => {
    const [finding] = checking(store, [resolves('store-2.store.shop.svc.cluster.local')]).findings;
    expect(finding.code).toBe('PTL502');
  });
});

describe('expect(x).not.toResolve(name)', () => {
  test('DNS-02: is broken for every Service, by whatever namespace', () => {
    const [finding] = checking(shop, [hidden('db')]).findings;
    expect(finding).toMatchObject({
      code: 'PTL504',
      cause: { leadsTo: 'Service shop/db' },
      blame: { construct: 'Service/db' },
    });
  });

  test('DNS-29: holds where the pod gets to no server', () => {
    const report = checking([...shop, closed], [hidden('db'), hidden('api.example.com')]);
    expect(codes(report)).toEqual([]);
    expect(report.kept[0].decidedBy).toEqual(['NetworkPolicy shop/default-deny']);
  });

  test('DNS-29: is undecided where lookups pass over UDP alone', () => {
    const udp = policy('dns', {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{ ...dnsRule, ports: [{ port: 53, protocol: 'UDP' }] }],
    });
    expect(codes(checking([...shop, closed, udp], [hidden('db')]))).toEqual(['PTL904']);
  });

  test('DNS-28: is undecided where the DNS only does not run yet', () => {
    const labels = { 'k8s-app': 'kube-dns' };
    const coredns = deployment('coredns', { namespace: 'kube-system', labels, replicas: 0 });
    expect(codes(checking([...shop, coredns], [hidden('db')]))).toEqual(['PTL904']);
  });

  test('DNS-15: holds of what is nowhere in a namespace that is declared here, and is undecided elsewhere', () => {
    expect(codes(checking(shop, [hidden('old.shop.svc.cluster.local')]))).toEqual([]);
    expect(codes(checking(shop, [hidden('old.ops.svc.cluster.local')]))).toEqual(['PTL904']);
    expect(codes(checking(shop.slice(1), [hidden('old.shop.svc.cluster.local')]))).toEqual(['PTL904']);
  });

  test('DNS-16: is undecided of names outside', () => {
    expect(codes(checking(shop, [hidden('api.example.com.')]))).toEqual(['PTL904']);
  });

  test('NP-37: relies on a network that enforces policies', () => {
    expect(codes(checking([...shop, closed], [hidden('db')], { cni: 'flannel' }))).toEqual(['PTL301']);
  });
});
