import fc from 'fast-check';
import {
  type DnsClient,
  dnsTypeOf,
  type NodeResolvConf,
  ndotsOf,
  resolvConfOf,
} from '../../../lib/model/dns/resolv-conf';
import type { DnsConfig } from '../../../lib/model/manifest/resources';
import { parseIp } from '../../../lib/model/values/ip';

function config(
  nameservers: readonly string[],
  searches: readonly string[],
  options: DnsConfig['options'] = [],
): DnsConfig {
  const addresses = nameservers.flatMap((text) => {
    const parsed = parseIp(text);
    return parsed.ok ? [parsed.address] : [];
  });
  return { nameservers: addresses, searches, options };
}

const POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'] as const;
const client = (overrides: Partial<DnsClient> = {}): DnsClient => ({
  namespace: 'shop',
  dnsPolicy: 'ClusterFirst',
  hostNetwork: false,
  ...overrides,
});
const node: NodeResolvConf = { nameservers: ['192.0.2.53'], searches: ['corp.example'], options: ['timeout:1'] };
const CLUSTER = ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'];

test('DNS-18: ClusterFirst asks the cluster’s DNS alone, and searches its namespace, `svc`, the domain and what the node does', () => {
  expect(resolvConfOf(client(), 'cluster.local', node)).toEqual({
    nameservers: ['cluster'],
    searches: [...CLUSTER, 'corp.example'],
    options: ['ndots:5'],
    dropped: [],
  });
  expect(resolvConfOf(client(), 'k8s.example').searches).toEqual([
    'shop.svc.k8s.example',
    'svc.k8s.example',
    'k8s.example',
    undefined,
  ]);
});

// The eight rows of getPodDNSType's own test.
test.each([
  ['ClusterFirst', false, 'cluster'],
  ['ClusterFirst', true, 'node'],
  ['ClusterFirstWithHostNet', false, 'cluster'],
  ['ClusterFirstWithHostNet', true, 'cluster'],
  ['Default', false, 'node'],
  ['Default', true, 'node'],
  ['None', false, 'none'],
  ['None', true, 'none'],
] as const)('DNS-19: %s, in the node’s network: %s, is the DNS of: %s', (dnsPolicy, hostNetwork, type) => {
  expect(dnsTypeOf({ dnsPolicy, hostNetwork })).toBe(type);
});

// The five rows of TestGetPodDNSCustom, with these names.
const own = config(['203.0.113.1'], ['custom.example'], [{ name: 'ndots', value: '3' }, { name: 'debug' }]);
test.each([
  ['None without anything', { dnsPolicy: 'None' }, [], [], []],
  [
    'None',
    { dnsPolicy: 'None', dnsConfig: own },
    [{ address: '203.0.113.1' }],
    ['custom.example'],
    ['ndots:3', 'debug'],
  ],
  [
    'ClusterFirst',
    { dnsConfig: own },
    ['cluster', { address: '203.0.113.1' }],
    [...CLUSTER, 'corp.example', 'custom.example'],
    ['ndots:3', 'debug'],
  ],
  [
    'ClusterFirst in the node’s network',
    { dnsConfig: own, hostNetwork: true },
    [{ address: '192.0.2.53' }, { address: '203.0.113.1' }],
    ['corp.example', 'custom.example'],
    ['timeout:1', 'ndots:3', 'debug'],
  ],
  [
    'Default',
    { dnsPolicy: 'Default', dnsConfig: own },
    [{ address: '192.0.2.53' }, { address: '203.0.113.1' }],
    ['corp.example', 'custom.example'],
    ['timeout:1', 'ndots:3', 'debug'],
  ],
] as const)('DNS-20: %s merges what the pod adds', (_name, overrides, nameservers, searches, options) => {
  const conf = resolvConfOf(client(overrides as Partial<DnsClient>), 'cluster.local', node);
  expect(conf).toEqual({ nameservers, searches, options, dropped: [] });
});

describe('DNS-20: what is too much', () => {
  const none = (dnsConfig: DnsConfig) => resolvConfOf(client({ dnsPolicy: 'None', dnsConfig }), 'cluster.local');
  const domains = (count: number, letters: number) =>
    Array.from({ length: count }, (_, i) => `${i}`.padStart(letters - 2, 'a').concat('.x'));

  test('of nameservers the first three are kept', () => {
    const conf = none(config(['192.0.2.1', '192.0.2.2', '192.0.2.1', '192.0.2.3', '192.0.2.4'], []));
    expect(conf.nameservers).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((address) => ({ address })));
    expect(conf.dropped).toEqual(['nameserver 192.0.2.4']);
  });

  test('of search domains the first 32, each once', () => {
    const searches = domains(40, 10);
    expect(none(config([], [...searches, searches[0]])).searches).toEqual(searches.slice(0, 32));
  });

  test('of those as many as have room in 2048 letters', () => {
    // 20 domains of 101 letters and the blanks between them are 2039, one more is too much.
    const searches = domains(22, 101);
    expect(none(config([], searches)).searches).toEqual(searches.slice(0, 20));
  });

  test('a domain of more than 253 letters goes wherever it stands', () => {
    const conf = none(config([], ['a.example', `${'b'.repeat(60)}.`.repeat(5), 'c.example']));
    expect(conf.searches).toEqual(['a.example', 'c.example']);
    expect(conf.dropped).toHaveLength(1);
  });

  test('whatever a pod asks for, the limits hold and nothing stands twice', () => {
    const octet = fc.integer({ min: 1, max: 9 });
    const domain = fc
      .tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 130 }))
      .map(([x, n]) => `${x.repeat(Math.min(n, 60))}.${x.repeat(n)}`);
    const configs = fc.record({
      nameservers: fc.array(
        octet.map((n) => `192.0.2.${n}`),
        { maxLength: 8 },
      ),
      searches: fc.array(domain, { maxLength: 60 }),
    });
    fc.assert(
      fc.property(
        configs,
        fc.constantFrom(...POLICIES),
        fc.boolean(),
        ({ nameservers, searches }, dnsPolicy, hostNetwork) => {
          const conf = resolvConfOf(
            client({ dnsPolicy, hostNetwork, dnsConfig: config(nameservers, searches) }),
            'cluster.local',
          );
          const line = conf.searches.filter((search) => search !== undefined).join(' ');
          expect(conf.nameservers.length).toBeLessThanOrEqual(3);
          expect(conf.searches.length).toBeLessThanOrEqual(32);
          expect(line.length).toBeLessThanOrEqual(2048);
          expect(new Set(conf.searches).size).toBe(conf.searches.length);
        },
      ),
    );
  });
});

test.each([
  [[], 1],
  [['ndots:5'], 5],
  [['ndots:99'], 15],
  [['ndots:0'], 0],
  [['debug', 'ndots:2'], 2],
] as const)('DNS-21: of the options %j, %i dots make a name that is tried as it is first', (options, ndots) => {
  expect(ndotsOf({ options })).toBe(ndots);
});
