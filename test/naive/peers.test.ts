import { ask, cluster, expectOf, namespace, pod, policy } from './builders';
import type { EgressRule } from './manifests';
import { appA, block, everywhere, into, outOf, PODS, rule } from './rule-table';

const inOpen = 'allowed y/a -> x/a TCP 80';
const inClosed = 'denied y/a -> x/a TCP 80';
const outOpen = 'allowed x/a -> y/a TCP 80';

describe('Peers', () => {
  const teamRed = { namespaceSelector: { matchLabels: { team: 'red' } } };
  const toY = (...peers: EgressRule['to'] & {}) => [policy('y/in', { ingress: [{ from: peers }] })];
  rule(
    'NP-10: selectors of one item must both match',
    toY({ ...teamRed, ...appA }),
    'allowed x/a -> y/b TCP 1',
    'denied x/b -> y/b TCP 1',
    'denied y/a -> y/b TCP 1',
  );
  rule(
    'NP-10: items are alternatives',
    toY(teamRed, appA),
    'allowed x/a -> y/b TCP 1',
    'allowed x/b -> y/b TCP 1',
    'allowed y/a -> y/b TCP 1',
    'denied y/b -> y/a TCP 1',
  );
  rule(
    "NP-11: an empty podSelector is the policy's namespace",
    into({ from: [{ podSelector: {} }] }),
    'allowed x/b -> x/a TCP 1',
    inClosed,
    'denied 8.8.8.8 -> x/a TCP 1',
  );
  rule(
    'NP-11: an empty namespaceSelector is every pod',
    into({ from: [everywhere] }),
    'allowed x/b -> x/a TCP 1',
    inOpen,
    'denied 8.8.8.8 -> x/a TCP 1',
  );
  rule(
    'NP-14: each namespace has its name as label',
    into({ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'y' } } }] }),
    inOpen,
    'denied x/b -> x/a TCP 1',
  );
  rule('NP-18: selectors never match addresses', outOf({ to: [everywhere] }), outOpen, 'denied x/a -> 8.8.8.8 TCP 80');
  rule(
    'NP-15: an exception takes from its own block',
    outOf({ to: [block('10.0.0.0/8', '10.1.0.0/16')] }),
    'allowed x/a -> 10.3.2.1 TCP 1',
    'denied x/a -> 10.1.2.9 TCP 1',
    'denied x/a -> x/b TCP 1',
    'allowed x/a -> y/a TCP 1',
  );
  rule(
    'NP-15: another peer may allow it again',
    outOf({ to: [block('10.0.0.0/8', '10.1.0.0/16')] }, { to: [block('10.1.9.9/32')] }),
    'allowed x/a -> x/b TCP 1',
  );
  rule(
    'NP-16: host bits of a block mean nothing',
    outOf({ to: [block('10.2.77.77/16')] }),
    outOpen,
    'denied x/a -> x/b TCP 1',
  );
  rule(
    'NP-31: a pod always reaches itself',
    [...into(), ...outOf()],
    'allowed x/a -> x/a TCP 80',
    'denied x/a -> x/b TCP 80',
  );
  rule(
    'NP-33: replies need no rule',
    [...into(), policy('y/out', { policyTypes: ['Egress'] })],
    outOpen,
    'denied y/a -> x/a TCP 80',
  );
  rule(
    'NP-34: a finished pod takes no part',
    [],
    'denied x/a -> y/done TCP 80',
    'denied y/done -> x/a TCP 80',
    'denied x/a -> y/broken TCP 80',
  );
});

describe('Label selectors (NP-13)', () => {
  const value = ['front'];
  const rows = [
    ['In', value, 'allowed', 'denied', 'denied'],
    ['NotIn', value, 'denied', 'allowed', 'allowed'],
    ['Exists', undefined, 'allowed', 'allowed', 'denied'],
    ['DoesNotExist', undefined, 'denied', 'denied', 'allowed'],
  ] as const;
  test.each(rows)('%s %j: the value %s, another value %s, no such key %s', (operator, values, same, other, none) => {
    const manifests = [
      pod('z/same', { labels: { tier: 'front' } }),
      pod('z/other', { labels: { tier: 'back' } }),
      pod('z/none'),
      pod('z/target', { labels: { app: 'target' } }),
      policy('z/p', {
        podSelector: { matchLabels: { app: 'target' } },
        ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: 'tier', operator, values }] } }] }],
      }),
    ];
    const ends = [`${same} z/same`, `${other} z/other`, `${none} z/none`];
    expectOf(cluster(manifests), ...ends.map((end) => `${end} -> z/target TCP 80`));
  });

  const both = { matchLabels: { app: 'a' }, matchExpressions: [{ key: 'tier', operator: 'Exists' as const }] };
  rule(
    'NP-13: all requirements have to hold',
    into({ from: [{ ...everywhere, podSelector: both }] }),
    'allowed x/a -> x/b TCP 1',
    'denied y/a -> x/b TCP 1',
  );
});

describe('Families (NP-38)', () => {
  const dual = (id: string, last: number) =>
    pod(id, { status: { podIPs: [{ ip: `10.0.0.${last}` }, { ip: `fd00::${last}` }] } });
  test('A block of one family says nothing about the other', () => {
    const described = cluster([
      namespace('z'),
      dual('z/a', 1),
      dual('z/b', 2),
      policy('z/p', { egress: [{ to: [block('0.0.0.0/0')] }], ingress: [{}] }),
    ]);
    expectOf(
      described,
      'allowed z/a -> z/b TCP 80',
      'denied z/a -> z/b TCP 80 IPv6',
      'allowed z/a -> 8.8.8.8 TCP 80',
      'denied z/a -> 2001:db8::1 TCP 80',
    );
  });
});

describe('What the API server rejects is rejected', () => {
  test.each([
    ['NP-12: a peer without fields', { from: [{}] }],
    ['NP-12: an ipBlock beside a selector', { from: [{ ...block('10.0.0.0/8'), ...appA }] }],
    [
      'NP-13: In without values',
      { from: [{ podSelector: { matchExpressions: [{ key: 'app', operator: 'In' as const }] } }] },
    ],
    ['NP-16: an exception as large as its block', { from: [block('10.0.0.0/8', '10.0.0.0/8')] }],
    ['NP-16: an exception elsewhere', { from: [block('10.0.0.0/8', '11.1.0.0/16')] }],
    ['NP-24: a quoted number', { ports: [{ port: '80' }] }],
    ['NP-25: a range that ends before it starts', { ports: [{ port: 80, endPort: 79 }] }],
    ['NP-25: a range of a name', { ports: [{ port: 'web', endPort: 90 }] }],
  ])('%s', (sentence, bad) => {
    const described = cluster([...PODS, ...into(bad)]);
    expect(() => ask(described, 'y/a -> x/a TCP 80')).toThrow(sentence.slice(0, 5));
  });
});
