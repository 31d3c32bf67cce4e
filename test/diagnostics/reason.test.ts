import { mostTelling, reasonOf } from '../../lib/diagnostics/reason';
import { type FlowQuery, Network } from '../../lib/model/network';
import { deployment, pod, policy, service } from '../support/manifests';

const ask = (manifests: readonly object[], query: Partial<FlowQuery> = {}) => {
  const verdict = Network.from([
    deployment('web'),
    deployment('db', { ports: [{ name: 'sql', containerPort: 5432 }] }),
    ...manifests,
  ]).reach({
    from: 'shop/web',
    to: 'shop/db',
    port: 5432,
    ...query,
  });
  return reasonOf(verdict);
};

const CLOSED = policy('closed', { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'] });
const db = (spec: object) => service('db', { selector: { app: 'db' }, ports: [{ port: 5432 }], ...spec });

test.each<[string, readonly object[], Partial<FlowQuery>, string]>([
  ['nothing restricts', [], {}, 'web -> db:5432 allowed: egress not restricted, ingress not restricted'],
  ['a policy without rules', [CLOSED], {}, 'ingress not allowed by shop/closed (it has no rule that allows)'],
  ['no Service', [], { by: 'name' }, 'denied: no Service gives the destination a name'],
  [
    'a port that the Service lacks (SVC-10)',
    [db({})],
    { by: 'service', port: 80 },
    'denied: Service shop/db has no port 80',
  ],
  [
    'a Service that selects nothing',
    [db({ selector: { app: 'dbb' } })],
    { to: 'service/shop/db', by: 'service' },
    'denied: Service shop/db selects no pod',
  ],
  [
    'a target port that no pod has (SVC-07)',
    [db({ ports: [{ port: 5432, targetPort: 'mysql' }] })],
    { by: 'service' },
    'no pod that Service shop/db selects has the target port of 5432',
  ],
  [
    'a headless Service that is asked to translate (SVC-21)',
    [db({ clusterIP: 'None', ports: [{ port: 80, targetPort: 5432 }] })],
    { by: 'service', port: 80 },
    'Service shop/db is headless and translates no port: the container port must be dialled, not 80',
  ],
])('%s', (_name, manifests, query, reason) => {
  expect(ask(manifests, query)).toContain(reason);
});

test('namespaces are told where the two ends differ in them', () => {
  const reason = ask([deployment('cart', { namespace: 'sales' })], { from: 'sales/cart' });
  expect(reason).toMatch(/^sales\/cart -> shop\/db:5432 allowed/);
});

test('many policies are counted rather than listed', () => {
  const policies = ['a', 'b', 'c', 'd', 'e'].map((name) => policy(name, { podSelector: {}, ingress: [{}] }));
  expect(ask(policies)).toContain('ingress allowed by shop/a, shop/b and 3 more');
});

test('of several pairs the first that is denied is told, with how many pass', () => {
  const pods = [pod('shop/a-1', { labels: { app: 'a' } }), pod('shop/a-2', { labels: { app: 'a', role: 'extra' } })];
  const owned = pods.map((p) => ({
    ...p,
    metadata: {
      ...(p as { metadata: object }).metadata,
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'a', uid: '1', controller: true }],
    },
  }));
  const onlyExtra = policy('extra', {
    podSelector: { matchLabels: { app: 'db' } },
    ingress: [{ from: [{ podSelector: { matchLabels: { role: 'extra' } } }] }],
  });
  const verdict = Network.from([deployment('db'), ...owned, onlyExtra]).reach({
    from: 'shop/a',
    to: 'shop/db',
    port: 80,
  });
  expect(mostTelling(verdict)?.from).toBe('shop/a-1');
  expect(reasonOf(verdict)).toMatch(/^partial, 1 of 2 pairs pass; a-1 -> db:80 denied: /);
});
