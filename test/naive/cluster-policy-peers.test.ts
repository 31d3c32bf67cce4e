import { adminPolicy, ask, baselinePolicy, cluster, policy } from './builders';
import type { ClusterPolicyManifest } from './cluster-policy-manifests';
import { admin, app, everyone, from, inX, inY, tcp, to } from './cluster-rule-table';
import { PODS, rule } from './rule-table';

const isolated = policy('x/isolated', { policyTypes: ['Egress'] });

const outOpen = 'allowed x/a -> y/a TCP 80';
const outClosed = 'denied x/a -> y/a TCP 80';

describe('Peers and ports of ClusterNetworkPolicy (NP-43)', () => {
  rule(
    'A subject is namespaces, or pods in namespaces',
    [
      admin(1, {
        subject: { pods: { namespaceSelector: inX.namespaces, podSelector: { matchLabels: { app: 'a' } } } },
        egress: [to('Deny', inY)],
      }),
    ],
    outClosed,
    'allowed x/b -> y/a TCP 80',
  );
  rule(
    'Pods without a namespace selector are of all namespaces',
    [admin(1, { egress: [to('Deny', app('a'))] })],
    outClosed,
    'denied x/b -> x/a TCP 80',
    'allowed x/a -> y/b TCP 80',
  );
  rule(
    'Namespaces mean pods, never addresses',
    [admin(1, { egress: [to('Deny', everyone)] })],
    outClosed,
    'allowed x/a -> 8.8.8.8 TCP 80',
  );
  rule(
    'Networks mean pods as well',
    [admin(1, { egress: [to('Deny', { networks: ['0.0.0.0/0'] })] })],
    outClosed,
    'denied x/a -> 8.8.8.8 TCP 80',
  );
  rule(
    'Networks are of one family (NP-38)',
    [admin(1, { egress: [to('Deny', { networks: ['::/0'] })] })],
    outOpen,
    'allowed x/a -> 8.8.8.8 TCP 80',
  );
  rule(
    'Without protocols a rule is about all traffic',
    [admin(1, { egress: [to('Deny', inY)] })],
    'denied x/a -> y/a UDP 9',
    'denied x/a -> y/a SCTP 65535',
  );
  rule(
    'A protocol without a port means all its ports',
    [admin(1, { egress: [to('Deny', inY, { udp: {} })] })],
    'denied x/a -> y/a UDP 1',
    'denied x/a -> y/a UDP 65535',
    outOpen,
  );
  rule(
    'A range is inclusive',
    [admin(1, { egress: [to('Deny', inY, { tcp: { destinationPort: { range: { start: 80, end: 90 } } } })] })],
    'allowed x/a -> y/a TCP 79',
    outClosed,
    'denied x/a -> y/a TCP 90',
    'allowed x/a -> y/a TCP 91',
    'allowed x/a -> y/a UDP 80',
  );
  rule(
    'A named port has the protocol that the container says',
    [admin(1, { egress: [to('Deny', everyone, { destinationNamedPort: 'web' })] })],
    'denied x/a -> y/a UDP 80',
    outOpen,
    'denied x/a -> x/b TCP 81',
    'allowed x/a -> x/b TCP 80',
    'allowed x/a -> y/b TCP 80',
  );
  rule(
    'Peers and protocols are alternatives of each other',
    [
      admin(1, {
        egress: [{ action: 'Deny', to: [app('a'), { networks: ['8.0.0.0/8'] }], protocols: [tcp(80), { udp: {} }] }],
      }),
    ],
    outClosed,
    'denied x/a -> 8.8.8.8 UDP 9',
    'allowed x/a -> y/a TCP 81',
    'allowed x/a -> y/b TCP 80',
  );
});

describe('A field of a later version fails closed (NP-43)', () => {
  const later = { serviceAccounts: {} };
  rule('Accept matches nothing', [admin(1, { egress: [to('Accept', later)] }), isolated], outClosed);
  rule(
    'Accept does not even match its other peers',
    [admin(1, { egress: [{ action: 'Accept', to: [later, inY] }] }), isolated],
    outClosed,
  );
  rule(
    'Deny denies all',
    [admin(1, { egress: [to('Deny', later, tcp(9))] })],
    outClosed,
    'denied x/a -> 8.8.8.8 UDP 53',
    'allowed y/a -> x/a TCP 80',
  );
  rule('Pass denies all', [admin(1, { egress: [to('Pass', later)] })], outClosed, 'denied x/a -> 8.8.8.8 UDP 53');
  rule('What comes before it still counts', [admin(1, { egress: [to('Accept', inY), to('Deny', later)] })], outOpen);
  rule('So does a protocol of a later version', [admin(1, { egress: [to('Pass', inX, { gre: {} })] })], outClosed);
});

describe('What the API server rejects is rejected (NP-43)', () => {
  test.each<[string, ClusterPolicyManifest]>([
    ['a priority above 1000', admin(1001, {})],
    ['a subject of no field', admin(1, { subject: {} })],
    ['a subject of two fields', admin(1, { subject: { ...everyone, ...app('a') } })],
    ['a peer without a field', admin(1, { egress: [to('Deny', {})] })],
    ['a peer of two fields', admin(1, { egress: [to('Deny', { ...everyone, nodes: {} })] })],
    ['a rule without peers', admin(1, { egress: [{ action: 'Deny', to: [] }] })],
    ['an empty list of protocols', admin(1, { egress: [{ action: 'Deny', to: [everyone], protocols: [] }] })],
    ['networks from which nothing comes in', admin(1, { ingress: [from('Deny', { networks: ['0.0.0.0/0'] })] })],
    [
      'a named port of a network',
      admin(1, { egress: [to('Deny', { networks: ['0.0.0.0/0'] }, { destinationNamedPort: 'web' })] }),
    ],
    ['domain names that are denied', admin(1, { egress: [to('Deny', { domainNames: ['example.com'] })] })],
    [
      'a range that ends before it starts',
      admin(1, { egress: [to('Deny', everyone, { tcp: { destinationPort: { range: { start: 9, end: 8 } } } })] }),
    ],
    [
      'a Pass in the older baseline',
      baselinePolicy({ subject: everyone, egress: [{ action: 'Pass', to: [everyone] }] }),
    ],
    ['another name for the older baseline', { ...baselinePolicy({ subject: everyone }), metadata: { name: 'other' } }],
    ['pods of the older kind without a namespace selector', adminPolicy('p', { priority: 1, subject: app('a') })],
    ['a negative priority of the older kind', adminPolicy('p', { priority: -1, subject: everyone })],
  ])('%s', (_, bad) => {
    expect(() => ask(cluster([...PODS, bad]), 'x/a -> y/a TCP 80')).toThrow('NP-43');
  });
});
