import { Network } from '../../../lib/model/network';

const finished = (name: string, app: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'shop',
    labels: { app },
    ownerReferences: [
      { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', name: 'nightly', uid: '1', controller: true },
    ],
  },
  spec: { containers: [{ name: 'main' }] },
  status: { phase: 'Succeeded' },
});
const db = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'db', namespace: 'shop', labels: { app: 'db' } },
  spec: { containers: [{ name: 'main' }] },
};
const onlyFrom = (app: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'db', namespace: 'shop' },
  spec: {
    podSelector: { matchLabels: { app: 'db' } },
    ingress: [{ from: [{ podSelector: { matchLabels: { app } } }] }],
  },
});

test.each(['fetch', 'load', 'report'])(
  'NP-34: what made finished pods that differ will make any of them again, so that a rule for the %s pods alone is partly met',
  (app) => {
    const pods = [finished('a', 'fetch'), finished('b', 'load'), finished('c', 'report')];
    const network = Network.from([...pods, db, onlyFrom(app)], {});
    const { outcome } = network.reach({ from: 'shop/nightly[Workflow]', to: 'shop/db', port: 5432 });
    expect(outcome).toBe('partial');
  },
);
