import { check } from '../../lib/intents/check';
import type { EndpointRef } from '../../lib/intents/endpoint';
import type { Intent } from '../../lib/intents/intent';
import type { Acknowledgement, Assumption } from '../../lib/intents/waivers';
import { deployment, ns, policy, service } from '../support/manifests';
import { app, promise } from './support';

const web = deployment('web', { ports: [{ containerPort: 80 }] });
const db = deployment('db', { ports: [{ containerPort: 5432 }] });
const closed = policy('db-in', { podSelector: { matchLabels: { app: 'db' } }, ingress: [] });
const shop = [ns('shop'), web, db];

const inScope = (intent: Intent, construct: string): Intent => ({
  ...intent,
  id: `${construct}#1`,
  origin: { construct },
});
const apart = inScope(promise({ verb: 'toReach', negated: true, subject: app('web'), targets: [app('db')] }), 'shop/a');

function judged(
  manifests: readonly object[],
  intents: readonly Intent[],
  waivers: { assumptions?: readonly Assumption[]; acknowledgements?: readonly Acknowledgement[]; cni?: string } = {},
) {
  const { cni, ...rest } = waivers;
  const placed = manifests.map((object) => ({ object, origin: {} }));
  return check({ manifests: placed, profile: cni ? { cni } : {}, intents, ...rest });
}

describe('an acknowledgement', () => {
  const waive = (id: string, scope = '') =>
    judged(shop, [apart], { acknowledgements: [{ id, scope, reason: 'seen' }] });

  test.each([
    ['of the one finding', 'PTL104[shop/a#1]', ''],
    ['of the code', 'PTL104', ''],
    ['in the scope of the promise', 'PTL104', 'shop/a'],
    ['in a scope above', 'PTL104', 'shop'],
  ])('%s takes the finding away and lists it', (_, id, scope) => {
    const report = waive(id, scope);
    expect(report.findings).toEqual([]);
    expect(report.acknowledged).toMatchObject([{ id: 'PTL104[shop/a#1]', by: { reason: 'seen' } }]);
    expect(report.idle).toEqual([]);
  });

  test.each([
    ['of another promise', 'PTL104[shop/b#1]', ''],
    ['of another code', 'PTL113', ''],
    ['in another scope', 'PTL104', 'shop/b'],
    ['in a scope whose name begins alike', 'PTL104', 'sho'],
  ])('%s leaves the finding, and is told to be idle', (_, id, scope) => {
    const report = waive(id, scope);
    expect(report.findings).toMatchObject([{ code: 'PTL104', id: 'PTL104[shop/a#1]' }]);
    expect(report.acknowledged).toEqual([]);
    expect(report.idle).toMatchObject([{ id }]);
  });

  test('takes one promise out of the group that breaks for one reason', () => {
    const selectsNobody = policy('db-in', { podSelector: { matchLabels: { app: 'bd' } }, ingress: [] });
    const other = inScope(promise({ verb: 'toBeReachedOnlyBy', subject: app('db'), sources: [] }), 'shop/b');
    const acknowledgements = [{ id: 'PTL110[shop/a#1]', scope: '', reason: 'seen' }];
    const report = judged([...shop, selectsNobody], [apart, other], { acknowledgements });
    expect(report.findings).toMatchObject([{ id: 'PTL110[shop/b#1]', also: [] }]);
  });

  test('takes a lint by its object', () => {
    const selectsNobody = policy('nobody', { podSelector: { matchLabels: { app: 'bd' } }, ingress: [] });
    const acknowledgements = [{ id: 'PTL130[shop/nobody]', scope: '', reason: 'they come later' }];
    const report = judged([...shop, selectsNobody], [], { acknowledgements });
    expect(report.lints).toEqual([]);
    expect(report.acknowledged).toMatchObject([{ code: 'PTL130' }]);
  });
});

describe('an assumption', () => {
  const because = 'the platform team runs a controller';

  test('NP-37: that policies are enforced is judged as if they were, for what holds and for what does not', () => {
    const use = inScope(
      promise({ verb: 'toReach', negated: false, subject: app('web'), targets: [app('db')], by: 'podIP' }),
      'shop/b',
    );
    const assumptions = [{ fact: 'NetworkPolicy', because, scope: '' }];
    expect(judged([...shop, closed], [apart, use], { cni: 'flannel' }).findings.map(({ code }) => code)).toEqual([
      'PTL902',
    ]);
    expect(judged([...shop, closed], [apart], { cni: 'flannel' }).findings).toMatchObject([{ code: 'PTL301' }]);
    const report = judged([...shop, closed], [apart], { cni: 'flannel', assumptions });
    expect(report).toMatchObject({ findings: [], kept: [{ assuming: assumptions }], idle: [] });
    expect(judged([...shop, closed], [use], { cni: 'flannel' }).findings).toEqual([]);
    expect(judged([...shop, closed], [use], { cni: 'flannel', assumptions }).findings).toMatchObject([
      { code: 'PTL101' },
    ]);
  });

  const block = policy('db-in', {
    podSelector: { matchLabels: { app: 'db' } },
    ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }],
  });

  test('NP-17: answers the doubt that it names in favour of the promise, and no other', () => {
    const open = judged([...shop, block], [apart]).findings;
    expect(open).toMatchObject([{ code: 'PTL904', cause: { doubts: [{ rule: 'NP-17' }] } }]);
    const answer = (fact: string, scope = '') =>
      judged([...shop, block], [apart], { assumptions: [{ fact, because, scope }] });
    expect(answer('NP-17')).toMatchObject({ findings: [], kept: [{ assuming: [{ fact: 'NP-17' }] }] });
    expect(answer('NP-30').findings).toMatchObject([{ code: 'PTL904' }]);
    expect(answer('NP-17', 'ops').findings).toMatchObject([{ code: 'PTL904' }]);
  });

  test('NP-14, NP-17: answers for no other port that is open for another reason', () => {
    const client = deployment('web', { namespace: 'front', ports: [{ containerPort: 80 }] });
    const other = policy('db-team', {
      podSelector: { matchLabels: { app: 'db' } },
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }], ports: [{ port: 9000 }] }],
    });
    const fromFront = { ...apart, subject: app('web', 'front') } as Intent;
    const answer = (...facts: string[]) =>
      judged([ns('shop'), db, client, block, other], [fromFront], {
        assumptions: facts.map((fact) => ({ fact, because, scope: '' })),
      }).findings;
    expect(answer()).toMatchObject([{ code: 'PTL904' }]);
    expect(answer('NP-17')).toMatchObject([{ code: 'PTL904' }]);
    expect(answer('NP-14')).toMatchObject([{ code: 'PTL904' }]);
    expect(answer('NP-14', 'NP-17')).toEqual([]);
  });

  test('SVC-08: about addresses behind a Service hides nobody who surely gets to its pods', () => {
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'db-1', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'db' } },
      addressType: 'IPv4',
      ports: [{ port: 5432 }],
      endpoints: [{ addresses: ['203.0.113.5'] }],
    };
    const behind = service('db', { selector: { app: 'db' }, ports: [{ port: 5432 }] });
    const subject: EndpointRef = { kind: 'object', namespace: 'shop', name: 'db' };
    const only = inScope(promise({ verb: 'toBeReachedOnlyBy', subject, sources: [] }), 'shop/a');
    const assumptions = [{ fact: 'SVC-08', because, scope: '' }];
    const report = (...policies: object[]) => judged([...shop, behind, slice, ...policies], [only], { assumptions });
    expect(report().findings).toMatchObject([{ code: 'PTL113' }]);
    expect(report(closed)).toMatchObject({ findings: [], kept: [{ assuming: assumptions }] });
  });

  test('that answers nothing is told to be idle', () => {
    const assumptions = [{ fact: 'NP-17', because, scope: '' }];
    expect(judged([...shop, closed], [apart], { assumptions }).idle).toEqual(assumptions);
  });

  test('helps no promise of which something is surely wrong', () => {
    const assumptions = [{ fact: 'NP-17', because, scope: '' }];
    expect(judged(shop, [apart], { assumptions }).findings).toMatchObject([{ code: 'PTL104' }]);
  });
});

test('a promise of severity warning is told as one; one that must hold makes its group an error', () => {
  const soft: Intent = { ...apart, severity: 'warning' };
  expect(judged(shop, [soft]).findings).toMatchObject([{ severity: 'warning' }]);
  const selectsNobody = policy('db-in', { podSelector: { matchLabels: { app: 'bd' } }, ingress: [] });
  const hard = inScope(promise({ verb: 'toBeReachedOnlyBy', subject: app('db'), sources: [] }), 'shop/b');
  expect(judged([...shop, selectsNobody], [soft, hard]).findings).toMatchObject([{ severity: 'error' }]);
});

describe('an assumption is true or it is not', () => {
  const because = 'somebody said so';
  const blocked = policy('web-out', {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Egress'],
    egress: [{ to: [{ ipBlock: { cidr: '10.244.0.0/16' } }] }],
  });
  const cache = deployment('cache', { ports: [{ containerPort: 6379 }] });
  const use = inScope(
    promise({ verb: 'toReach', negated: false, subject: app('web'), targets: [app('cache')], by: 'podIP' }),
    'shop/b',
  );
  const assuming = (intents: readonly Intent[]) =>
    judged([...shop, cache, blocked], intents, { assumptions: [{ fact: 'NP-17', because, scope: '' }] });
  const codesOf = (intents: readonly Intent[]) => assuming(intents).findings.map(({ code }) => code);

  test('NP-17: it answers one promise, for whichever it is needed', () => {
    expect(codesOf([use])).toEqual([]);
    expect(codesOf([apart])).toEqual([]);
  });

  test('NP-17: it answers neither of two that need it one way and the other', () => {
    expect(assuming([apart, use])).toMatchObject({ kept: [], findings: [{ code: 'PTL904', also: [{}] }] });
  });

  test('it keeps no two promises that contradict each other', () => {
    const opposite = inScope(
      promise({ verb: 'toReach', negated: false, subject: app('web'), targets: [app('db')], by: 'podIP' }),
      'shop/b',
    );
    expect(codesOf([apart, opposite])).toContain('PTL902');
  });
});

test('SVC-02: an assumption about who is behind a Service hides nobody whom a policy surely lets in', () => {
  const bare = service('db', { selector: undefined, ports: [{ port: 5432 }] });
  const either = { ...apart, targets: [{ kind: 'object', namespace: 'shop', name: 'db' }] } as Intent;
  const assumptions = [{ fact: 'SVC-02', because: 'nobody writes endpoints', scope: '' }];
  expect(judged([...shop, bare], [either], { assumptions }).findings).toMatchObject([{ code: 'PTL104' }]);
});

test('a contradiction about one part of a promise hides no other part that is broken', () => {
  const use = inScope(
    promise({ verb: 'toReach', negated: false, subject: app('web'), targets: [app('db')], by: 'podIP' }),
    'shop/b',
  );
  const isolated = inScope(
    promise({ verb: 'toBeIsolated', subject: app('db'), ingress: true, egress: true, except: [] }),
    'shop/a',
  );
  const acknowledgements = [{ id: 'PTL902', reason: 'known', scope: '' }];
  expect(judged(shop, [use, isolated], { acknowledgements }).findings).toMatchObject([{ code: 'PTL114' }]);
});
