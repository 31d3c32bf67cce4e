import type { ClusterPolicyPeer, ClusterPolicyPort } from '../../../lib/model/manifest/resources';
import { adminNetworkPolicy, baselineAdminNetworkPolicy, clusterNetworkPolicy, read, readOne } from './reading';

const from = [{ namespaces: {} }];
const cluster = (spec: object) => readOne('clusterPolicy', clusterNetworkPolicy(spec));
const admin = (spec: object) => readOne('clusterPolicy', adminNetworkPolicy(spec));

const protocolOf = (item: object) =>
  cluster({ ingress: [{ action: 'Deny', from, protocols: [item] }] }).ingress[0].ports;
const portOf = (item: object) => admin({ ingress: [{ action: 'Deny', from, ports: [item] }] }).ingress[0].ports;
const peerOf = (to: object) => cluster({ egress: [{ action: 'Accept', to: [to] }] }).egress[0].peers[0];

describe('NP-43: the kinds of policies that are for the whole cluster', () => {
  test('a ClusterNetworkPolicy names its tier and its priority', () => {
    expect(cluster({ tier: 'Baseline', priority: 1000 })).toMatchObject({
      kind: 'ClusterNetworkPolicy',
      tier: 'Baseline',
      priority: 1000,
      namespace: '',
      ingress: [],
      egress: [],
    });
  });

  test('an AdminNetworkPolicy is of the Admin tier', () => {
    expect(admin({ priority: 0 })).toMatchObject({ kind: 'AdminNetworkPolicy', tier: 'Admin', priority: 0 });
  });

  test('the BaselineAdminNetworkPolicy is of the Baseline tier, and first in it', () => {
    const policy = readOne('clusterPolicy', baselineAdminNetworkPolicy({}));
    expect(policy).toMatchObject({ kind: 'BaselineAdminNetworkPolicy', tier: 'Baseline', priority: 0 });
  });

  test.each([
    ['ClusterNetworkPolicy', 'v1beta1'],
    ['ClusterNetworkPolicy', 'v1alpha1'],
    ['AdminNetworkPolicy', 'v1alpha2'],
    ['BaselineAdminNetworkPolicy', 'v1beta1'],
  ])('%s of %s is known of, and not taken for what it may not be', (kind, version) => {
    const { resources, faults } = read({
      apiVersion: `policy.networking.k8s.io/${version}`,
      kind,
      metadata: { name: 'a' },
      spec: { anything: true },
    });
    expect({ faults, resources }).toMatchObject({ faults: [], resources: [{ type: 'unmodelled', concern: 'policy' }] });
  });
});

describe('rules', () => {
  test('keep their order, names and fields', () => {
    const ingress = [
      { name: 'first', action: 'Accept', from },
      { action: 'Deny', from },
      { action: 'Pass', from },
    ];
    expect(cluster({ ingress }).ingress).toMatchObject([
      { name: 'first', action: 'allow', field: ['spec', 'ingress', 0] },
      { name: undefined, action: 'deny', field: ['spec', 'ingress', 1] },
      { action: 'pass', field: ['spec', 'ingress', 2] },
    ]);
  });

  test('v1alpha1 calls it Allow', () => {
    const rules = [
      { action: 'Allow', from },
      { action: 'Deny', from },
    ];
    const baseline = readOne('clusterPolicy', baselineAdminNetworkPolicy({ ingress: rules }));
    expect(baseline.ingress.map(({ action }) => action)).toEqual(['allow', 'deny']);
    expect(admin({ ingress: [...rules, { action: 'Pass', from }] }).ingress.map(({ action }) => action)).toEqual([
      'allow',
      'deny',
      'pass',
    ]);
  });

  test('without protocols they are about all traffic', () => {
    expect(cluster({ ingress: [{ action: 'Deny', from }] }).ingress[0].ports).toEqual([]);
    expect(cluster({ ingress: [{ action: 'Deny', from, protocols: null }] }).ingress[0].ports).toEqual([]);
  });

  test('may have names of a hundred characters, however many bytes they take', () => {
    const name = '🧭'.repeat(100);
    expect(cluster({ ingress: [{ name, action: 'Deny', from }] }).ingress[0].name).toBe(name);
  });
});

describe('NP-43: ports', () => {
  test.each<[object, ClusterPolicyPort]>([
    [{ tcp: { destinationPort: { number: 80 } } }, { type: 'range', protocol: 'TCP', first: 80, last: 80 }],
    [
      { udp: { destinationPort: { range: { start: 1, end: 9 } } } },
      { type: 'range', protocol: 'UDP', first: 1, last: 9 },
    ],
    [{ sctp: {} }, { type: 'all', protocol: 'SCTP' }],
    [{ tcp: { destinationPort: null } }, { type: 'all', protocol: 'TCP' }],
    [
      { destinationNamedPort: 'http', udp: null },
      { type: 'named', name: 'http' },
    ],
    [{ icmp: {} }, { type: 'unknown', keys: ['icmp'] }],
    [{ tcp: { destinationPort: { service: 'http' } } }, { type: 'unknown', keys: ['service'] }],
  ])('of v1alpha2: %j', (item, port) => {
    expect(protocolOf(item)).toEqual([port]);
  });

  test.each<[object, ClusterPolicyPort]>([
    [{ portNumber: { port: 80 } }, { type: 'range', protocol: 'TCP', first: 80, last: 80 }],
    [{ portNumber: { protocol: 'SCTP', port: 80 } }, { type: 'range', protocol: 'SCTP', first: 80, last: 80 }],
    [{ portRange: { start: 80, end: 90 } }, { type: 'range', protocol: 'TCP', first: 80, last: 90 }],
    [{ portRange: { protocol: 'UDP', start: 80, end: 80 } }, { type: 'range', protocol: 'UDP', first: 80, last: 80 }],
    [{ namedPort: 'http' }, { type: 'named', name: 'http' }],
    [{ allTraffic: true }, { type: 'unknown', keys: ['allTraffic'] }],
  ])('of v1alpha1: %j', (item, port) => {
    expect(portOf(item)).toEqual([port]);
  });
});

describe('NP-43: peers', () => {
  const matchLabels = { app: 'a' };

  test('namespaces mean all of their pods', () => {
    const peer = peerOf({ namespaces: { matchLabels } });
    expect(peer).toMatchObject({ type: 'pods', podSelector: { isEverything: true } });
    expect(String(peer.type === 'pods' && peer.namespaceSelector)).toBe('app=a');
  });

  test.each([[{}], [{ namespaceSelector: {}, podSelector: {} }], [{ namespaceSelector: null }]])(
    'pods %j are those of every namespace',
    (pods) => {
      expect(peerOf({ pods })).toMatchObject({
        type: 'pods',
        podSelector: { isEverything: true },
        namespaceSelector: { isEverything: true },
      });
    },
  );

  test('networks are a union in the words of their author', () => {
    const peer = peerOf({ networks: ['10.0.0.0/9', '10.128.0.0/9', 'fd00::1/8'] });
    expect(peer).toMatchObject({ type: 'networks', cidrs: ['10.0.0.0/9', '10.128.0.0/9', 'fd00::1/8'] });
    expect(peer.type === 'networks' && String(peer.addresses)).toBe(
      '10.0.0.0-10.255.255.255,fd00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    );
  });

  test('nodes are selected by their labels', () => {
    const peer = peerOf({ nodes: { matchLabels } });
    expect(String(peer.type === 'nodes' && peer.selector)).toBe('app=a');
  });

  test('domain names are compared in lower case and without the dot at their end', () => {
    expect(peerOf({ domainNames: ['Example.com.', '*.a_b.example.com'] })).toEqual({
      type: 'domainNames',
      names: ['example.com', '*.a_b.example.com'],
    });
  });

  const later: ClusterPolicyPeer = { type: 'unknown', keys: ['serviceAccounts'] };
  test('what a later version may mean is kept as unknown, in both directions', () => {
    const peer = { serviceAccounts: {} };
    expect(peerOf(peer)).toEqual(later);
    expect(cluster({ ingress: [{ action: 'Deny', from: [peer] }] }).ingress[0].peers).toEqual([later]);
  });

  test('addresses and names of sources, and domain names of the baseline, are of a later version too', () => {
    const egress = [{ action: 'Allow', to: [{ domainNames: ['example.com'] }] }];
    const ingress = [{ action: 'Allow', from: [{ networks: ['10.0.0.0/8'] }] }];
    expect(readOne('clusterPolicy', baselineAdminNetworkPolicy({ egress })).egress[0].peers).toEqual([
      { type: 'unknown', keys: ['domainNames'] },
    ]);
    expect(admin({ ingress }).ingress[0].peers).toEqual([{ type: 'unknown', keys: ['networks'] }]);
    expect(admin({ egress }).egress[0].peers).toEqual([{ type: 'domainNames', names: ['example.com'] }]);
  });
});

test('NP-43: a subject is namespaces with all their pods, or pods of them', () => {
  const subject = {
    pods: { namespaceSelector: { matchLabels: { team: 'a' } }, podSelector: { matchLabels: { app: 'b' } } },
  };
  const { namespaceSelector, podSelector } = cluster({ subject }).subject;
  expect([namespaceSelector, podSelector].map(String)).toEqual(['team=a', 'app=b']);
  expect(cluster({ subject: { namespaces: {} } }).subject).toMatchObject({
    namespaceSelector: { isEverything: true },
    podSelector: { isEverything: true },
  });
});
