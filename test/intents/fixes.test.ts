import type { Fix } from '../../lib/intents/finding';
import type { Intent } from '../../lib/intents/intent';
import { deployment, ns, policy, service } from '../support/manifests';
import { app, checking, portOf, promise } from './support';

const shop = [
  ns('shop'),
  ns('ops'),
  ...['web', 'api', 'db'].map((name) => deployment(name, { ports: [{ name: 'http', containerPort: 8080 }] })),
  service('api', { selector: { app: 'api' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] }),
];
const from = (...apps: readonly string[]) => apps.map((name) => ({ podSelector: { matchLabels: { app: name } } }));
const reaching = (name: string, to: string) =>
  promise({ verb: 'toReach', negated: false, subject: app(name), targets: [portOf(app(to), 'http')], by: 'podIP' });
const apart = (name: string, to: string) =>
  promise({ verb: 'toReach', negated: true, subject: app(name), targets: [app(to)] });
const forDb = (spec: object) => policy('db-in', { podSelector: { matchLabels: { app: 'db' } }, ...spec });
const outOfWeb = policy('web-out', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'] });
const closedDb = forDb({ policyTypes: ['Ingress'] });

function fixesOf(manifests: readonly object[], ...intents: readonly Intent[]): readonly Fix[] {
  return checking(manifests, intents).findings.flatMap(({ fixes }) => fixes);
}

test('PTL101: the missing rule, where one end lacks it', () => {
  expect(fixesOf([...shop, closedDb], reaching('web', 'db'))).toEqual([
    {
      summary: 'add the missing rule',
      add: "// in the chart of namespace shop\nnew NetworkPolicy(this, 'db-from-web', { appliesTo: pods({ app: 'db' }), allowFrom: [{ from: [pods({ app: 'web' })], ports: [8080] }] });",
    },
  ]);
});

test('PTL101: a rule at each end, where both lack one (NP-05)', () => {
  const [fix] = fixesOf([...shop, closedDb, outOfWeb], reaching('web', 'db'));
  expect(fix.summary).toBe('add the missing rule at both ends');
  expect([...fix.add!.matchAll(/this, '(\S+)'/g)].map(([, id]) => id)).toEqual(['web-to-db', 'db-from-web']);
});

test('PTL101: no rule by labels helps a pod on the network of its node (NP-28)', () => {
  const host = deployment('host', { hostNetwork: true });
  expect(fixesOf([...shop, host, closedDb], reaching('host', 'db'))).toEqual([]);
});

test('PTL102: lookups and the connection, where both are shut', () => {
  const byName = promise({
    verb: 'toReach',
    negated: false,
    subject: app('web'),
    targets: [portOf(app('api'), 'http')],
  });
  const [fix] = fixesOf([...shop, outOfWeb], byName);
  expect(fix.summary).toBe('allow DNS for the pods that a policy isolates, and add the missing rule');
  expect(fix.add).toMatch(/new AllowDns\(.*\n.*'web-to-api'/);
});

test('PTL102: lookups, and the number in the rules of both ends that name the port of the Service (NP-19)', () => {
  const byName = promise({
    verb: 'toReach',
    negated: false,
    subject: app('web'),
    targets: [portOf(app('api'), 'http')],
  });
  const ports = [{ port: 80 }];
  const out = policy('web-out', { podSelector: { matchLabels: { app: 'web' } }, egress: [{ to: from('api'), ports }] });
  const into = policy('api-in', {
    podSelector: { matchLabels: { app: 'api' } },
    ingress: [{ from: from('web'), ports }],
  });
  const [fix, ...others] = fixesOf([...shop, out, into], byName);
  expect(others).toEqual([]);
  expect(fix).toMatchObject({
    summary:
      'allow DNS for the pods that a policy isolates, and name the container port, which is what policies see, at both ends',
    remove: 'port: 80',
    add: "port: 8080\n// in the chart of namespace shop\nnew AllowDns(this, 'dns', { from: pods({ app: 'web' }) });",
  });
});

test('PTL110: of a selector with more labels the one that is misspelt', () => {
  const misspelt = { matchLabels: { app: 'db', tier: 'bakend' } };
  const tier = deployment('db', {
    labels: { app: 'db', tier: 'backend' },
    ports: [{ name: 'http', containerPort: 8080 }],
  });
  const open = policy('db-in', { podSelector: misspelt, ingress: [{ from: from('web') }] });
  const deny = policy('deny', { podSelector: {}, policyTypes: ['Ingress'] });
  expect(fixesOf([ns('shop'), deployment('web'), tier, open, deny], reaching('web', 'db'))).toEqual([
    { summary: 'select the pods that there are', remove: "tier: 'bakend'", add: "tier: 'backend'" },
  ]);
});

test('PTL104: the peer that lets in too much is left out, where the rule has others', () => {
  const open = forDb({ ingress: [{ from: from('web', 'api') }] });
  expect(fixesOf([...shop, open], apart('web', 'db'), reaching('api', 'db'))).toEqual([
    {
      summary: 'leave this peer out of ingress[0] of shop/db-in',
      remove: "{ podSelector: { matchLabels: { app: 'web' } } }",
    },
  ]);
});

test('PTL104: a rule without other peers is left out as a whole', () => {
  const open = forDb({ ingress: [{ from: from('web') }] });
  expect(fixesOf([...shop, open], apart('web', 'db')).map(({ summary }) => summary)).toEqual([
    'leave ingress[0] of shop/db-in out, not its peer alone: a rule without peers is for everybody',
  ]);
});

test('a fix that would break another promise is not shown', () => {
  const open = forDb({ ingress: [{ from: [{ podSelector: {} }] }] });
  expect(fixesOf([...shop, open], apart('web', 'db'))).toHaveLength(1);
  expect(fixesOf([...shop, open], apart('web', 'db'), reaching('api', 'db'))).toEqual([]);
});

test('PTL113: the peer that nobody listed is left out', () => {
  const open = forDb({
    ingress: [
      { from: [...from('api'), { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } } }] },
    ],
  });
  const only = promise({ verb: 'toBeReachedOnlyBy', subject: app('db'), sources: [app('api')] });
  expect(fixesOf([...shop, open], only)).toEqual([
    { summary: 'leave this peer out of ingress[0] of shop/db-in', remove: "namespace('ops')" },
  ]);
});

test('PTL202: the label that the pods carry', () => {
  const misspelt = service('api', { selector: { app: 'apii' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
  const byService = promise({
    verb: 'toReach',
    negated: false,
    subject: app('web'),
    targets: [{ kind: 'object', object: 'Service', namespace: 'shop', name: 'api' }],
  });
  expect(fixesOf([...shop.slice(0, -1), misspelt], byService)).toEqual([
    { summary: 'select the pods that there are', remove: "app: 'apii'", add: "app: 'api'" },
  ]);
});
