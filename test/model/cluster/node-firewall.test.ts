import { resolveProfile } from '../../../lib/model/cluster/resolve-profile';

const parsed = (object: object) => resolveProfile({ object, origin: {} });
const faultsOf = (object: object) => parsed(object).faults.map(({ field, didYouMean }) => [field, didYouMean]);

test('SVC-20: the range of node ports is the usual one, or that of the profile', () => {
  expect(parsed({}).profile.nodePortRange).toEqual({ first: 30000, last: 32767 });
  expect(parsed({ nodePortRange: '20000-22767' }).profile.nodePortRange).toEqual({ first: 20000, last: 22767 });
});

test.each([[30000], ['32767-30000'], ['0-10'], ['30000-70000'], ['a-b']])(
  'SVC-20: %j is no range of node ports',
  (nodePortRange) => {
    expect(faultsOf({ nodePortRange })).toEqual([['nodePortRange', undefined]]);
  },
);

test('NET-01: a firewall tells by role what is let in, and an empty list lets in nothing', () => {
  const { profile, faults } = parsed({
    firewall: {
      controlPlane: [
        { from: ['nodes', '203.0.113.0/24', '2001:db8::/32'], ports: ['6443/TCP', 10250, '8472/UDP', '4/IP'] },
        { from: 'anywhere', ports: 'all' },
      ],
      workers: [],
    },
  });
  expect(faults).toEqual([]);
  const { 'control-plane': rules = [], worker } = profile.firewall;
  expect(
    rules.map(({ senders, addresses, traffic, ipProtocols, field }) => [
      [...senders].join(),
      String(addresses),
      String(traffic),
      [...ipProtocols].join(),
      field.join('.'),
    ]),
  ).toEqual([
    [
      'nodes',
      '203.0.113.0-203.0.113.255,2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff',
      'TCP 6443,10250,UDP 8472',
      '4',
      'firewall.controlPlane.0',
    ],
    ['anywhere', '', 'All Connections', '', 'firewall.controlPlane.1'],
  ]);
  expect(worker).toEqual([]);
});

test('NET-01: of what is absent nobody tells anything', () => {
  expect(parsed({}).profile.firewall).toEqual({});
  expect(parsed({ firewall: { workers: [] } }).profile.firewall['control-plane']).toBeUndefined();
});

test.each<[string, unknown, readonly unknown[]]>([
  ['no map', [], ['firewall', undefined]],
  ['a slip in a role', { worker: [] }, ['firewall.worker', 'workers']],
  ['no list of rules', { workers: {} }, ['firewall.workers', undefined]],
  ['a rule without senders', { workers: [{ ports: 80 }] }, ['firewall.workers.0.from', undefined]],
  ['an empty list of senders', { workers: [{ from: [], ports: 80 }] }, ['firewall.workers.0.from', undefined]],
  ['a rule without ports', { workers: [{ from: 'nodes' }] }, ['firewall.workers.0.ports', undefined]],
  ['a slip in a sender', { workers: [{ from: ['node'], ports: 80 }] }, ['firewall.workers.0.from.0', 'nodes']],
  ['an address', { workers: [{ from: '10.0.0.1', ports: 80 }] }, ['firewall.workers.0.from', undefined]],
  ['bits behind the prefix', { workers: [{ from: '10.0.0.1/8', ports: 80 }] }, ['firewall.workers.0.from', undefined]],
  ['a port that is none', { workers: [{ from: 'nodes', ports: ['ssh'] }] }, ['firewall.workers.0.ports.0', undefined]],
  ['a port too large', { workers: [{ from: 'nodes', ports: 65536 }] }, ['firewall.workers.0.ports', undefined]],
  [
    'a protocol that is none',
    { workers: [{ from: 'nodes', ports: '80/tcp' }] },
    ['firewall.workers.0.ports', undefined],
  ],
  [
    'an IP protocol too large',
    { workers: [{ from: 'nodes', ports: '256/IP' }] },
    ['firewall.workers.0.ports', undefined],
  ],
])('NET-01: %s is a fault of the profile', (_, firewall, fault) => {
  expect(faultsOf({ firewall })).toEqual([fault]);
});
