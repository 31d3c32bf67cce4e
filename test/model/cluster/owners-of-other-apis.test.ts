import { Network } from '../../../lib/model/network';

const template = (app: string) => ({ metadata: { labels: { app } }, spec: { containers: [{ name: 'main' }] } });
const job = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'train', namespace: 'ml' },
  spec: { template: template('native') },
};
const podOf = (apiVersion: string | undefined, app: string, kind = 'Job') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: `train-${app}`,
    namespace: 'ml',
    labels: { app },
    ownerReferences: [{ apiVersion, kind, name: 'train', uid: '1', controller: true }],
  },
  spec: { containers: [{ name: 'main' }] },
});
const shut = (app: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: app, namespace: 'ml' },
  spec: { podSelector: { matchLabels: { app } }, policyTypes: ['Ingress'] },
});

const connectionsOf = (...manifests: object[]) =>
  [...Network.from(manifests, {}).map().connections]
    .filter(({ src, dst }) => ![src, dst].join().includes('External'))
    .map(({ src, dst }) => `${src} => ${dst}`);

test('a pod of a Job of another API is none of the Job of Kubernetes with the same name, whose template counts on', () => {
  const foreign = podOf('batch.volcano.sh/v1alpha1', 'foreign');
  expect(connectionsOf(job, foreign, shut('foreign'))).toEqual(['ml/train#2[Job] => ml/train[Job]']);
  expect(connectionsOf(job, foreign, shut('native'))).toEqual(['ml/train[Job] => ml/train#2[Job]']);
});

test('owners of one kind and name in two APIs, neither in the input, are two', () => {
  const pods = [podOf('a.example.com/v1', 'a'), podOf('b.example.com/v1', 'b'), podOf('a.example.com/v2', 'also-a')];
  expect(connectionsOf(...pods, shut('b'))).toEqual(['ml/train#2[Job] => ml/train[Job]']);
});

test.each([['batch/v1'], [undefined]])(
  'a pod whose owner is the Job, by `apiVersion: %s`, is the Job',
  (apiVersion) => {
    expect(connectionsOf(job, podOf(apiVersion, 'native'))).toEqual([]);
  },
);

test('the older API group of workloads served the same objects', () => {
  const spec = { selector: { matchLabels: { app: 'web' } }, template: template('web') };
  const set = { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'train', namespace: 'ml' }, spec };
  expect(connectionsOf(set, podOf('extensions/v1beta1', 'web', 'ReplicaSet'))).toEqual([]);
});
