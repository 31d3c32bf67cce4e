import { baselinePolicy, node, pod, policy } from './builders';
import { admin, everyone, from, inX, to } from './cluster-rule-table';
import { prove } from './rule-table';

describe('A hostNetwork pod (NP-28)', () => {
  const host = pod('x/host', { hostNetwork: true, nodeName: 'one', status: { podIP: '192.168.0.1' } });
  const there = pod('x/there', { nodeName: 'two', status: { podIP: '10.0.0.2' } });
  const here = pod('x/here', { nodeName: 'one', status: { podIP: '10.0.0.1' } });
  const pods = [host, there, here];
  const anyway = { hostNetworkPods: 'unknown' } as const;
  prove([
    [
      'is no subject, however NetworkPolicy sees it',
      [...pods, admin(1, { egress: [to('Deny', everyone)] })],
      anyway,
      'allowed x/host -> x/there TCP 80',
    ],
    [
      'is no peer of a selector',
      [...pods, admin(1, { egress: [to('Deny', everyone)] })],
      anyway,
      'allowed x/there -> x/host TCP 80',
      'denied x/there -> x/here TCP 80',
    ],
    [
      'is a peer by its address',
      [...pods, admin(1, { egress: [to('Deny', { networks: ['192.168.0.0/24'] })] })],
      {},
      'denied x/there -> x/host TCP 80',
      'allowed x/there -> x/here TCP 80',
    ],
    [
      'is no peer by its address where addresses never mean nodes (NP-17)',
      [...pods, admin(1, { egress: [to('Deny', { networks: ['0.0.0.0/0'] })] })],
      { ipBlockSelectsNodes: false },
      'allowed x/there -> x/host TCP 80',
      'denied x/there -> x/here TCP 80',
    ],
    [
      'is its node',
      [...pods, admin(1, { egress: [to('Deny', { nodes: {} })] })],
      {},
      'denied x/there -> x/host TCP 80',
      'allowed x/there -> x/here TCP 80',
      'allowed x/there -> 192.168.0.7 TCP 80',
    ],
    [
      'may be spared on its own node',
      [...pods, admin(1, { egress: [to('Deny', { nodes: {} })] })],
      {},
      'unknown x/here -> x/host TCP 80',
    ],
    [
      'is accepted on its own node however that is seen',
      [...pods, admin(1, { egress: [to('Accept', { nodes: {} })] }), policy('x/p', { policyTypes: ['Egress'] })],
      {},
      'allowed x/here -> x/host TCP 80',
    ],
    [
      'is not spared where NetworkPolicy would not spare it',
      [...pods, admin(1, { egress: [to('Deny', { nodes: {} })] })],
      { ownNodeOutIsExempt: false },
      'denied x/here -> x/host TCP 80',
    ],
    [
      'may be spared as a source on its own node',
      [...pods, admin(1, { ingress: [from('Deny', { serviceAccounts: {} })] })],
      {},
      'unknown x/host -> x/here TCP 80',
      'denied x/host -> x/there TCP 80',
    ],
  ]);
});

describe('Nodes by their labels (NP-43)', () => {
  const client = pod('x/client', { nodeName: 'far', status: { podIP: '10.0.0.1' } });
  const gpu = { nodes: { matchLabels: { pool: 'gpu' } } };
  const placed = [client, pod('x/host', { hostNetwork: true, nodeName: 'one' })];
  const unplaced = [client, pod('x/host', { hostNetwork: true })];
  const denying = admin(1, { egress: [to('Deny', gpu)] });
  const question = 'x/client -> x/host TCP 80';
  prove([
    ['known where the node is declared', [...placed, denying, node('one', { pool: 'gpu' })], {}, `denied ${question}`],
    ['known not to be there', [...placed, denying, node('one')], {}, `allowed ${question}`],
    [
      'unknown of a node that is not declared',
      [...placed, denying, node('two', { pool: 'gpu' })],
      {},
      `unknown ${question}`,
    ],
    [
      'unknown of a pod that may be on any node',
      [...unplaced, denying, node('one', { pool: 'gpu' })],
      {},
      `unknown ${question}`,
    ],
    [
      'certain where every node has them or not',
      [
        ...unplaced,
        admin(1, {
          egress: [
            to('Deny', gpu),
            to('Deny', { nodes: { matchExpressions: [{ key: 'pool', operator: 'NotIn', values: ['gpu'] }] } }),
          ],
        }),
      ],
      { clusterPoliciesSpareOwnNode: false },
      `denied ${question}`,
    ],
    [
      'an address comes with the node that has it',
      [
        ...placed,
        admin(1, { egress: [to('Deny', { networks: ['192.168.0.0/24'] })] }),
        node('one', {}, ['192.168.0.1']),
      ],
      {},
      `denied ${question}`,
    ],
  ]);
});

describe('Domain names (NP-43)', () => {
  const a = pod('x/a', { status: { podIP: '10.0.0.1' } });
  const b = pod('x/b', { status: { podIP: '10.0.0.2' } });
  const only = (...domainNames: string[]) =>
    admin(1, { egress: [to('Accept', { domainNames }), to('Deny', { networks: ['0.0.0.0/0'] })] });
  prove([
    [
      'may lead anywhere',
      [a, b, only('example.com')],
      {},
      'unknown x/a -> 8.8.8.8 TCP 80',
      'unknown x/a -> x/b TCP 80',
    ],
    [
      "don't matter where all is allowed",
      [a, b, admin(1, { egress: [to('Accept', { domainNames: ['example.com'] })] })],
      {},
      'allowed x/a -> 8.8.8.8 TCP 80',
    ],
    [
      "never mean pods where addresses don't (NP-17)",
      [a, b, only('example.com'), admin(2, { egress: [to('Deny', everyone)] })],
      { ipBlockSelectsPods: false },
      'denied x/a -> x/b TCP 80',
      'unknown x/a -> 8.8.8.8 TCP 80',
    ],
  ]);
});

describe('Whether anybody reads them (NP-43)', () => {
  const pods = [pod('x/a', { status: { podIP: '10.0.0.1' } }), pod('x/b', { status: { podIP: '10.0.0.2' } })];
  const newer = [...pods, admin(1, { egress: [to('Deny', everyone)] })];
  const older = [...pods, baselinePolicy({ subject: inX, egress: [{ action: 'Deny', to: [everyone] }] })];
  const question = 'x/a -> x/b TCP 80';
  prove([
    ['nobody', newer, { clusterNetworkPolicy: false }, `allowed ${question}`],
    ['perhaps', newer, { clusterNetworkPolicy: 'unknown' }, `unknown ${question}`],
    ['the older ones only', newer, { clusterNetworkPolicy: false, adminNetworkPolicy: true }, `allowed ${question}`],
    ['the older ones', older, { clusterNetworkPolicy: false, adminNetworkPolicy: true }, `denied ${question}`],
    ['perhaps the older ones', older, { adminNetworkPolicy: 'unknown' }, `unknown ${question}`],
  ]);
});

describe('The labels of a namespace that is declared elsewhere', () => {
  const pods = [pod('far/a'), pod('far/b'), pod('x/c')];
  const red = { namespaces: { matchLabels: { team: 'red' } } };
  prove([
    [
      'may make its pods subjects',
      [...pods, admin(1, { subject: red, egress: [to('Deny', everyone)] })],
      {},
      'unknown far/a -> far/b TCP 80',
      'allowed x/c -> far/a TCP 80',
    ],
    ['may make them peers', [...pods, admin(1, { egress: [to('Deny', red)] })], {}, 'unknown x/c -> far/a TCP 80'],
    [
      'are the same at both ends',
      [...pods, admin(1, { subject: red, egress: [to('Accept', red), to('Deny', everyone)] })],
      {},
      'allowed far/a -> far/b TCP 80',
      'unknown far/a -> x/c TCP 80',
    ],
  ]);
});
