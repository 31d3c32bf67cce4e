import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { resolveProfile } from '../../../lib/model/cluster/resolve-profile';
import { mayRunOn, mayRunTogether, surelyRunsEverywhere, surelyRunsOn } from '../../../lib/model/cluster/whereabouts';
import { Network } from '../../../lib/model/network';
import { service } from '../../support/manifests';
import { node } from '../fabric/support';

const pod = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app: name } },
  spec: { containers: [{ name, image: 'x', ports: [{ containerPort: 8080 }] }], ...spec },
});
const daemon = (spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'agent', namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: 'agent' } },
    template: {
      metadata: { labels: { app: 'agent' } },
      spec: { containers: [{ name: 'agent', image: 'x', ports: [{ containerPort: 8080 }] }], ...spec },
    },
  },
});
const GPU = { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' };
const tainted = (...taints: readonly object[]) =>
  node('a', ['192.168.0.1'], { labels: { 'kubernetes.io/hostname': 'a' }, taints });
const tolerating = (...tolerations: readonly object[]) => ({ tolerations });
const ALL = tolerating({ operator: 'Exists' });
const clusterOf = (manifests: readonly object[], profile: ClusterProfileSpec = {}) =>
  Network.from(manifests, profile).cluster;

describe('NP-30, NET-11: a node takes no pods that do not tolerate its taints', () => {
  test.each<[string, object, object, boolean]>([
    ['none', {}, tainted(), true],
    ['one that it does not tolerate', {}, tainted(GPU), false],
    ['one that evicts', {}, tainted({ ...GPU, effect: 'NoExecute' }), false],
    ['one that only asks', {}, tainted({ ...GPU, effect: 'PreferNoSchedule' }), true],
    ['one that comes and goes', {}, tainted({ key: 'node.kubernetes.io/not-ready', effect: 'NoExecute' }), true],
    ['one that it tolerates', tolerating({ key: 'dedicated', value: 'gpu' }), tainted(GPU), true],
    ['another value of it', tolerating({ key: 'dedicated', value: 'db' }), tainted(GPU), false],
    ['any value of it', tolerating({ key: 'dedicated', operator: 'Exists' }), tainted(GPU), true],
    ['another effect of it', tolerating({ ...GPU, effect: 'NoExecute' }), tainted(GPU), false],
    ['all that there are', ALL, tainted(GPU), true],
    ['an operator of newer releases', tolerating({ key: 'dedicated', operator: 'Gt', value: '1' }), tainted(GPU), true],
    ['another scheduler, which may pass over it', { schedulerName: 'own' }, tainted(GPU), true],
    ['what the kubelet evicts', { schedulerName: 'own' }, tainted({ ...GPU, effect: 'NoExecute' }), false],
    ['the name of the node', { nodeName: 'a' }, tainted(GPU), true],
    [
      'that of a device which it asks for, as admission may add it',
      { containers: [{ name: 'c', image: 'x', resources: { limits: { 'example.com/gpu': 1 } } }] },
      tainted({ key: 'example.com/gpu', effect: 'NoSchedule' }),
      true,
    ],
    [
      'what evicts by the name of that device, which admission does not add',
      { containers: [{ name: 'c', image: 'x', resources: { limits: { 'example.com/gpu': 1 } } }] },
      tainted({ key: 'example.com/gpu', effect: 'NoExecute' }),
      false,
    ],
    ['labels that the kubelet asks for too', { schedulerName: 'own', nodeSelector: { pool: 'x' } }, tainted(), false],
  ])('%s', (_, spec, declared, answer) => {
    const cluster = clusterOf([pod('web', spec), declared]);
    expect(mayRunOn(cluster, cluster.pods[0], 'a')).toBe(answer);
  });

  test('those of a profile count too, and keep two pods apart', () => {
    const nodes: ClusterProfileSpec['nodes'] = [
      { name: 'gpu', taints: ['dedicated=gpu:NoSchedule'], labels: { pool: 'gpu' } },
      { name: 'rest', taints: [], labels: { pool: 'rest' } },
      { name: 'cp', role: 'control-plane', labels: { pool: 'cp' } },
    ];
    const cluster = clusterOf([pod('web'), pod('db', { ...ALL, nodeSelector: { pool: 'gpu' } })], { nodes });
    expect(mayRunTogether(cluster, cluster.pods[0], cluster.pods[1])).toBe(false);
  });

  test('a pod that no manifest has may tolerate whatever there is', () => {
    const cluster = clusterOf([pod('web'), tainted(GPU)], { ingress: ['nginx'] });
    const strangers = cluster.pods.filter(({ provenance }) => provenance !== 'declared');
    expect(strangers.length).toBeGreaterThan(0);
    expect(strangers.every((each) => mayRunOn(cluster, each, 'a'))).toBe(true);
  });

  test('PTL018: a taint that is none is refused with its place', () => {
    const nodes = [{ name: 'a', taints: ['dedicated=gpu', 'x:NoSchedule'] }];
    expect(resolveProfile({ object: { nodes }, origin: {} }).faults).toMatchObject([{ field: 'nodes.0.taints.0' }]);
  });

  test('NP-30: of another scheduler nobody knows that it keeps pods apart', () => {
    const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'db' } } };
    const apart = { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } };
    const together = (web: object, db: object) => {
      const cluster = clusterOf([pod('web', { ...apart, ...web }), pod('db', db)]);
      return mayRunTogether(cluster, cluster.pods[0], cluster.pods[1]);
    };
    const own = { schedulerName: 'own' };
    expect([together({}, {}), together(own, {}), together({}, own)]).toEqual([false, true, true]);
    expect(together({ schedulerName: 'default-scheduler' }, {})).toBe(false);
  });
});

describe('a DaemonSet has a pod on each node that its selector and tolerations allow', () => {
  const pool = (...taints: readonly object[]) =>
    node('a', ['192.168.0.1'], { labels: { 'kubernetes.io/hostname': 'a', pool: 'x' }, taints });

  test.each<[string, object, object, boolean]>([
    ['asks for nothing', {}, pool(), true],
    ['is kept off', {}, pool(GPU), false],
    ['tolerates it', tolerating({ key: 'dedicated', operator: 'Exists' }), pool(GPU), true],
    ['asks for its label', { nodeSelector: { pool: 'x' } }, pool(), true],
    ['asks for another', { nodeSelector: { pool: 'y' } }, pool(), false],
    ['may be kept off by what nobody tells', {}, node('a', []), false],
    ['tolerates that too', ALL, node('a', []), true],
    [
      'tolerates it for a while',
      tolerating({ key: 'dedicated', operator: 'Exists', tolerationSeconds: 60 }),
      pool({ ...GPU, effect: 'NoExecute' }),
      false,
    ],
    ['tolerates all of them for a while', tolerating({ operator: 'Exists', tolerationSeconds: 60 }), pool(GPU), false],
    [
      'asks for a device, which the node need not have',
      { ...ALL, containers: [{ name: 'c', image: 'x', resources: { limits: { 'example.com/gpu': 1 } } }] },
      pool(),
      false,
    ],
  ])('%s', (_, spec, declared, answer) => {
    const cluster = clusterOf([daemon(spec), declared]);
    expect(surelyRunsOn(cluster, cluster.pods[0], 'a')).toBe(answer);
  });

  test.each<[string, object, ClusterProfileSpec, boolean]>([
    ['that tolerates all', ALL, {}, true],
    ['that asks for a label', { ...ALL, nodeSelector: { pool: 'x' } }, {}, false],
    ['of which nobody knows the taints that it meets', {}, {}, false],
    [
      'where the profile tells all taints',
      {},
      {
        nodes: [
          { name: 'w', taints: [] },
          { name: 'cp', role: 'control-plane', taints: [] },
        ],
      },
      true,
    ],
    [
      'that the control plane keeps off',
      {},
      {
        nodes: [
          { name: 'w', taints: [] },
          { name: 'cp', role: 'control-plane', taints: ['x:NoSchedule'] },
        ],
      },
      false,
    ],
  ])('on all of them, one %s', (_, spec, profile, answer) => {
    const cluster = clusterOf([daemon(spec)], profile);
    expect(surelyRunsEverywhere(cluster, cluster.pods[0])).toBe(answer);
  });

  const exposed = (local: object, spec: object, nodePort: object = {}) => [
    daemon(spec),
    pod('web'),
    service('agent', {
      selector: { app: 'agent' },
      ports: [{ port: 80, targetPort: 8080, ...nodePort }],
      ...local,
    }),
    tainted(GPU),
  ];
  const PROFILE = { podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12', nodeCidr: '192.168.0.0/24' };

  test.each<[object, string]>([
    [ALL, 'allowed'],
    [{ ...ALL, hostNetwork: true }, 'allowed'],
    [tolerating({ key: 'other' }), 'denied'],
  ])('SVC-14: its node ports with a Local policy answer there alone: %j', (spec, outcome) => {
    const local = { type: 'NodePort', externalTrafficPolicy: 'Local' };
    const network = Network.from(exposed(local, spec, { nodePort: 30080 }), PROFILE);
    expect(network.reach({ from: '203.0.113.9', to: '192.168.0.1', port: 30080 }).outcome).toBe(outcome);
  });

  test.each<[object, string]>([
    [ALL, 'allowed'],
    [{}, 'unknown'],
  ])('SVC-14: inside, a Local policy finds it wherever the client is: %j', (spec, outcome) => {
    const network = Network.from(exposed({ clusterIP: '10.96.0.9', internalTrafficPolicy: 'Local' }, spec), PROFILE);
    expect(network.reach({ from: 'shop/web', to: '10.96.0.9', port: 80 }).outcome).toBe(outcome);
  });
});
