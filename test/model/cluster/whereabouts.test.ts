import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { mayRunOn, mayRunTogether } from '../../../lib/model/cluster/whereabouts';
import { Network } from '../../../lib/model/network';
import { node } from '../fabric/support';

const pod = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app: name } },
  spec: { ...spec, containers: [{ name, image: 'x' }] },
});
const to = (labels: object) => ({ nodeSelector: labels });
const required = (key: string, operator: string, values?: readonly string[]) => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key, operator, values }] }],
      },
    },
  },
});
const apartFrom = (app: string, more: object = {}) => ({
  affinity: {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app } }, ...more },
      ],
    },
  },
});
const registered = (name: string, labels: object = {}) =>
  node(name, [], { labels: { 'kubernetes.io/hostname': name, ...labels } });
const clusterOf = (manifests: readonly object[], profile: ClusterProfileSpec = {}) =>
  Network.from(manifests, profile).cluster;

describe('NP-30, NET-11: where a pod may run, by what it asks of the node', () => {
  test.each<[string, object, object, boolean]>([
    ['nothing', {}, registered('a'), true],
    ['a label that the node has', to({ pool: 'x' }), registered('a', { pool: 'x' }), true],
    ['another value of it', to({ pool: 'x' }), registered('a', { pool: 'y' }), false],
    ['a label that a registered node has not', to({ pool: 'x' }), registered('a'), false],
    ['a label of a node written by hand, which may lack any', to({ pool: 'x' }), node('a', []), true],
    ['another value than one written by hand', to({ pool: 'x' }), node('a', [], { labels: { pool: 'y' } }), false],
    ['by affinity', required('pool', 'NotIn', ['y']), registered('a', { pool: 'y' }), false],
    ['by affinity that it meets', required('pool', 'Exists'), registered('a', { pool: 'y' }), true],
    ['the node by its name', { nodeName: 'a' }, registered('a'), true],
    ['another node by its name', { nodeName: 'b' }, registered('a'), false],
  ])('%s', (_, spec, declared, answer) => {
    const cluster = clusterOf([pod('web', spec), declared]);
    expect(mayRunOn(cluster, cluster.pods[0], 'a')).toBe(answer);
  });

  test('of a node that nobody declares nobody knows', () => {
    const cluster = clusterOf([pod('web', to({ pool: 'x' }))]);
    expect(mayRunOn(cluster, cluster.pods[0], 'a')).toBe(true);
  });
});

describe('NP-30, NET-11: whether two pods may run on one node', () => {
  const POOLS: ClusterProfileSpec['nodes'] = [
    { name: 'x', labels: { pool: 'x', size: 's' } },
    { name: 'y', labels: { pool: 'y', size: 'l' } },
  ];
  const ALL: ClusterProfileSpec['nodes'] = [...POOLS, { name: 'cp', role: 'control-plane', labels: { pool: 'cp' } }];

  test.each<[string, object, object, ClusterProfileSpec['nodes'], boolean]>([
    ['who ask nothing', {}, {}, undefined, true],
    ['of which one asks', to({ pool: 'x' }), {}, undefined, true],
    ['that ask for one value', to({ pool: 'x' }), to({ pool: 'x' }), undefined, true],
    ['that ask for two', to({ pool: 'x' }), to({ pool: 'y' }), undefined, false],
    ['that ask for two labels, which a node may have', to({ pool: 'x' }), to({ size: 'l' }), undefined, true],
    ['that ask for two labels, which no node has', to({ pool: 'x' }), to({ size: 'l' }), ALL, false],
    ['likewise where the control plane is somebody else’s', to({ pool: 'x' }), to({ size: 'l' }), POOLS, true],
    ['of which one keeps away from the other', apartFrom('db'), {}, undefined, false],
    ['of which one keeps away from another', apartFrom('api'), {}, undefined, true],
    ['likewise of one revision alone', apartFrom('db', { matchLabelKeys: ['pod-template-hash'] }), {}, undefined, true],
    ['likewise of others than its tenant', apartFrom('db', { mismatchLabelKeys: ['tenant'] }), {}, undefined, true],
    ['on two nodes by name', { nodeName: 'a' }, { nodeName: 'b' }, undefined, false],
    ['on one by name', { nodeName: 'a' }, { nodeName: 'a' }, undefined, true],
  ])('%s', (_, web, db, nodes, answer) => {
    const cluster = clusterOf([pod('web', web), pod('db', db)], { nodes });
    const [one, other] = cluster.pods;
    expect(mayRunTogether(cluster, one, other)).toBe(answer);
    expect(mayRunTogether(cluster, other, one)).toBe(answer);
  });
});

describe('what follows of it', () => {
  const shut = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'shut', namespace: 'shop' },
    spec: { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'] },
  };
  const reach = (from: object, to: object, manifests: readonly object[] = [], profile: ClusterProfileSpec = {}) => {
    const network = Network.from([pod('web', from), pod('db', to), shut, ...manifests], { cni: 'calico', ...profile });
    const [sure, open] = [network.map().connections, network.map().unknown].map((found) =>
      [...found].some(({ src, dst }) => src === 'shop/web[Pod]' && dst === 'shop/db[Pod]'),
    );
    const map = sure ? 'allowed' : open ? 'unknown' : 'denied';
    return [network.reach({ from: 'shop/web', to: 'shop/db', port: 80 }).outcome, map];
  };

  test('NP-30: a hostNetwork pod of other nodes is not the own node of a pod', () => {
    const host = { hostNetwork: true };
    expect(reach(host, {})).toEqual(['unknown', 'unknown']);
    expect(reach({ ...host, ...to({ pool: 'x' }) }, to({ pool: 'y' }))).toEqual(['denied', 'denied']);
    expect(reach({ ...host, nodeName: 'a' }, to({ pool: 'y' }), [registered('a')])).toEqual(['denied', 'denied']);
  });

  test('NP-30: a node on which the pod does not run is another one', () => {
    const outcome = (spec: object) =>
      Network.from([pod('db', spec), shut, node('a', ['10.1.0.1'], { labels: { pool: 'x' } })], {}).reach({
        from: 'node/a',
        to: 'shop/db',
        port: 80,
      }).outcome;
    expect([outcome({}), outcome(to({ pool: 'x' })), outcome(to({ pool: 'y' }))]).toEqual([
      'unknown',
      'unknown',
      'denied',
    ]);
  });

  test('NET-01, NP-30: nor does a pod meet the ports of that node from within', () => {
    const outcome = (spec: object) =>
      Network.from([pod('web', spec), node('a', ['10.1.0.1'], { labels: { pool: 'x' } })], {
        cni: 'flannel',
        firewall: {
          workers: [{ from: 'nodes', ports: '8472/UDP' }],
          controlPlane: [{ from: 'nodes', ports: '8472/UDP' }],
        },
      }).reach({ from: 'shop/web', to: 'node/a', port: 22 }).outcome;
    expect([outcome({}), outcome(to({ pool: 'y' }))]).toEqual(['unknown', 'denied']);
  });

  test('NET-11: what is lost between nodes is lost for pods that are on no node together', () => {
    const firewall = { workers: [], controlPlane: [] };
    const outcome = (spec: object) =>
      Network.from([pod('web', to({ pool: 'x' })), pod('db', spec)], {
        cni: 'flannel',
        nodeCidr: '10.1.0.0/16',
        firewall,
      }).reach({ from: 'shop/web', to: 'shop/db', port: 80 }).outcome;
    expect([outcome({}), outcome(to({ pool: 'y' }))]).toEqual(['unknown', 'denied']);
  });

  test('NET-08: a hostPort is at no node where its pod does not run', () => {
    const outcome = (spec: object) => {
      const opening = pod('api', spec);
      const ports = [{ containerPort: 8080, hostPort: 81 }];
      const api = { ...opening, spec: { ...opening.spec, containers: [{ name: 'api', image: 'x', ports }] } };
      const network = Network.from([api, node('a', ['10.1.0.1'], { labels: { pool: 'x' } })], {});
      return network.reach({ from: '203.0.113.7', to: '10.1.0.1', port: 81 }).pairs[0].doubts.map(({ rule }) => rule);
    };
    expect([outcome({}), outcome(to({ pool: 'y' }))]).toEqual([['NET-08'], []]);
  });
});
