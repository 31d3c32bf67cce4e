import type { ClusterProfileSpec } from '../../../../lib/model/cluster/profile';
import { service } from '../../../support/manifests';
import { allLints, lintsOf, made, node, onHost } from './support';

const PORT = 'spec.template.spec.containers[0].ports[0]';
const proxy = (fields: object = {}) => made('proxy', { containers: onHost(), ...fields });
const web = (fields: object = {}) => made('web', { containers: onHost(), ...fields });
const daemons = { kind: 'DaemonSet' };
const pool = (name: string) => ({ nodeSelector: { pool: name } });

/** `severity problem` of each, or why there is none. */
function told(manifests: readonly object[], profile?: ClusterProfileSpec): readonly string[] {
  return lintsOf('PTL321', manifests, profile).map(({ severity, problem }) => `${severity} ${problem}`);
}

test('PTL321: it fires at the second, and tells the first (NET-08)', () => {
  const manifests = [proxy(daemons), web(daemons)];
  expect(allLints(manifests)).toEqual([`error PTL321 shop/web ${PORT}.hostPort`]);
  expect(lintsOf('PTL321', manifests)[0]).toMatchObject({ port: '80/TCP', rival: { name: 'proxy' } });
});

test('PTL321: ports of the host network are ports of the node, and one object is told once (NET-08)', () => {
  const containers = [{ ports: [{ containerPort: 80 }, { containerPort: 443 }] }];
  const own = (name: string) => made(name, { ...daemons, hostNetwork: true, containers });
  expect(allLints([own('proxy'), own('web')])).toEqual([`error PTL321 shop/web ${PORT}.containerPort`]);
});

describe('PTL321: which ports are one (NET-08, as the scheduler compares them)', () => {
  test.each<[object, object, boolean]>([
    [{}, {}, true],
    [{}, { protocol: 'UDP' }, false],
    [{}, { hostPort: 81 }, false],
    [{}, { hostIP: '10.0.0.1' }, true],
    [{ hostIP: '0.0.0.0' }, { hostIP: '10.0.0.1' }, true],
    [{ hostIP: '10.0.0.1' }, { hostIP: '10.0.0.1' }, true],
    [{ hostIP: '10.0.0.1' }, { hostIP: '10.0.0.2' }, false],
    [{ hostIP: '::' }, { hostIP: '10.0.0.2' }, false],
  ])('%j and %j: %s', (one, other, isOne) => {
    const manifests = [
      proxy({ ...daemons, containers: onHost(80, one) }),
      web({ ...daemons, containers: onHost(80, other) }),
    ];
    expect(told(manifests)).toEqual(isOne ? ['error every-node'] : []);
  });
});

describe('PTL321: whether pods can be on one node, where nobody tells what nodes there are (NET-08)', () => {
  const toleration = { tolerations: [{ key: 'gpu', operator: 'Exists' }] };
  const all = { tolerations: [{ operator: 'Exists' }] };
  const antiAffinity = (labels: object, topologyKey = 'kubernetes.io/hostname') => ({
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey, labelSelector: { matchLabels: labels } }],
      },
    },
  });
  const inPool = (...values: readonly string[]) => ({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'pool', operator: 'In', values }] }],
        },
      },
    },
  });

  test.each<[string, object, object, readonly string[]]>([
    ['a DaemonSet is wherever the others may be', daemons, {}, ['error every-node']],
    ['the other way round', {}, daemons, ['error every-node']],
    ['on a part of the nodes', daemons, pool('edge'), ['error every-node']],
    ['a DaemonSet on a part of the nodes leaves others', { ...daemons, ...pool('edge') }, {}, ['warning any-node']],
    ['taints may leave a node to one alone', daemons, toleration, ['warning any-node']],
    ['what is tolerated by both', { ...daemons, ...toleration }, toleration, ['error every-node']],
    ['what tolerates all', { ...daemons, ...all }, toleration, ['error every-node']],
    ['a node that is named has taints of no account', daemons, { nodeName: 'a' }, ['warning any-node']],
    ['one node that is named', { nodeName: 'a' }, { nodeName: 'a' }, ['error one-node']],
    ['two nodes that are named', { nodeName: 'a' }, { nodeName: 'b' }, []],
    [
      'one host name',
      { nodeSelector: { 'kubernetes.io/hostname': 'a' } },
      { nodeSelector: { 'kubernetes.io/hostname': 'a' } },
      ['error one-node'],
    ],
    ['any nodes', {}, {}, ['warning any-node']],
    ['pools that exclude each other', pool('edge'), pool('core'), []],
    ['the same by affinity', { ...daemons, ...inPool('edge', 'core') }, { ...daemons, ...inPool('other') }, []],
    ['affinity that a pool is part of', { ...daemons, ...inPool('edge', 'core') }, pool('edge'), ['error every-node']],
    ['labels of several kinds', pool('edge'), { nodeSelector: { disk: 'ssd' } }, []],
    ['anti-affinity', {}, antiAffinity({ app: 'proxy' }), []],
    ['anti-affinity of the first', antiAffinity({ app: 'web' }), {}, []],
    ['anti-affinity to others', {}, antiAffinity({ app: 'other' }), ['warning any-node']],
    ['anti-affinity by zone', {}, antiAffinity({ app: 'proxy' }, 'topology.kubernetes.io/zone'), ['warning any-node']],
    ['nobody runs', { replicas: 0 }, {}, []],
    ['a Job comes and goes', { kind: 'Job' }, { kind: 'CronJob' }, ['warning any-node']],
    ['a Job never finds a node', daemons, { kind: 'Job' }, ['error every-node']],
  ])('%s', (_what, one, other, expected) => {
    expect(told([proxy(one), web(other)])).toEqual(expected);
  });

  test('anti-affinity is about its own namespace', () => {
    const elsewhere = made('proxy', { namespace: 'edge', containers: onHost() });
    expect(told([elsewhere, web(antiAffinity({ app: 'proxy' }))])).toEqual(['warning any-node']);
  });

  test('replicas of one node that is named', () => {
    expect(told([web({ nodeName: 'a', replicas: 2 })])).toEqual(['error one-node']);
  });

  test('comparisons of numbers are not read: nothing is sure', () => {
    const expressions = [{ key: 'cores', operator: 'Gt', values: ['4'] }];
    const affinity = {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: expressions }] },
      },
    };
    expect(told([proxy({ ...daemons, affinity }), web()])).toEqual(['warning any-node']);
  });
});

describe('PTL321: more pods than nodes (NET-08)', () => {
  const workers = (count: number, labels?: Record<string, string>): ClusterProfileSpec => ({
    nodes: [{ name: 'worker', count, labels }],
  });

  test.each<[string, readonly object[], ClusterProfileSpec, readonly string[]]>([
    ['as many as nodes', [web({ replicas: 3 })], workers(3), []],
    ['one more', [web({ replicas: 4 })], workers(3), ['error few-nodes']],
    ['one more of two objects', [proxy({ replicas: 2 }), web({ replicas: 2 })], workers(3), ['error few-nodes']],
    ['nobody tells how many', [web({ replicas: 4 })], { nodes: [{ name: 'worker' }] }, []],
    ['labels that no node has', [proxy(pool('edge')), web(pool('core'))], workers(1, { pool: 'edge' }), []],
    [
      'nodes of another pool are none for them',
      [web({ replicas: 2, ...pool('edge') })],
      {
        nodes: [
          { name: 'a', count: 1, labels: { pool: 'edge' } },
          { name: 'b', count: 9, labels: { pool: 'core' } },
        ],
      },
      ['error few-nodes'],
    ],
  ])('%s', (_what, manifests, profile, expected) => {
    expect(told(manifests, profile)).toEqual(expected);
  });

  test('of three objects the third is one too many', () => {
    const manifests = ['a', 'b', 'c'].map((name) => made(name, { containers: onHost() }));
    const found = lintsOf('PTL321', manifests, workers(2)).map(({ object, problem }) => `${object.name} ${problem}`);
    expect(found).toEqual(['b any-node', 'c few-nodes']);
  });

  test('Nodes of a dump are all there are; others may be some of them', () => {
    const kubernetes = service('kubernetes', { clusterIP: '10.96.0.1', ports: [{ port: 443 }] }, 'default');
    const manifests = [node('a'), web({ replicas: 2 })];
    expect(told(manifests)).toEqual(['warning few-nodes']);
    expect(told([kubernetes, ...manifests])).toEqual(['error few-nodes']);
  });
});
