import fc from 'fast-check';
import { isCovered } from '../../lib/intents/coverage';
import type { EndpointRef } from '../../lib/intents/endpoint';
import type { Intent } from '../../lib/intents/intent';
import { LabelSelector, type Requirement } from '../../lib/model/values/label-selector';
import { closedLabels } from '../../lib/model/values/labels';
import { deployment, ns, pod, policy } from '../support/manifests';
import { app, checking, codes, internet, promise } from './support';

const VALUES = ['a', 'b'];
const OPTIONS = [undefined, 'other', ...VALUES];
/** Every pod that selectors over these labels can tell from others. */
const LABEL_SETS = OPTIONS.flatMap((x) => OPTIONS.map((y) => ({ ...(x && { x }), ...(y && { y }) })));

const requirement: fc.Arbitrary<Requirement> = fc.oneof(
  fc.record({
    key: fc.constantFrom('x', 'y'),
    operator: fc.constantFrom('In' as const, 'NotIn' as const),
    values: fc.subarray(VALUES, { minLength: 1 }),
  }),
  fc.record({
    key: fc.constantFrom('x', 'y'),
    operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const),
    values: fc.constant([]),
  }),
);
const requirements = fc.array(requirement, { maxLength: 2 });

test('a selection is covered exactly when each pod that it means is listed', () => {
  const selection = fc.record({ pods: requirements, namespaces: requirements }).map((lists) => ({
    pods: LabelSelector.of(lists.pods),
    namespaces: LabelSelector.of(lists.namespaces),
  }));
  const means = (s: { pods: LabelSelector; namespaces: LabelSelector }, of: object, within: object) =>
    s.pods.match(closedLabels({ ...of })) === 'yes' && s.namespaces.match(closedLabels({ ...within })) === 'yes';
  fc.assert(
    fc.property(selection, fc.array(selection, { maxLength: 3 }), (narrow, listed) => {
      const expected = LABEL_SETS.every((of) =>
        LABEL_SETS.every((within) => !means(narrow, of, within) || listed.some((each) => means(each, of, within))),
      );
      expect(isCovered(narrow, listed)).toBe(expected);
    }),
  );
});

/** A selector as a manifest has it. */
const selector = requirements.map((list) => ({
  matchExpressions: list.map(({ key, operator, values }) =>
    values.length > 0 ? { key, operator, values } : { key, operator },
  ),
}));
const name = fc.constantFrom('shop', 'ops');
const inNamespace = (value: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': value } });
const peer = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector: name.map(inNamespace), podSelector: selector }),
  fc.constant({ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }),
);
const rules = fc.array(fc.array(peer, { minLength: 1, maxLength: 2 }), { maxLength: 2 });
const policies = fc
  .array(
    fc.record({
      namespace: name,
      podSelector: selector,
      policyTypes: fc.subarray(['Ingress', 'Egress'], { minLength: 1 }),
      from: rules,
      to: rules,
    }),
    { maxLength: 3 },
  )
  .map((list) =>
    list.map(({ namespace, podSelector, policyTypes, from, to }, i) => {
      const [ingress, egress] = [from.map((peers) => ({ from: peers })), to.map((peers) => ({ to: peers }))];
      return policy(`p${i}`, { podSelector, policyTypes, ingress, egress }, namespace);
    }),
  );

const declared = [
  ns('shop'),
  ns('ops'),
  deployment('db', { labels: { x: 'a', of: 'db' } }),
  deployment('log', { namespace: 'ops', labels: { y: 'b', of: 'log' } }),
];
const profile = { podCidr: '10.0.0.0/16' };
const namespace = (of: string): EndpointRef => ({ kind: 'namespace', name: of });
const isKept = (manifests: readonly object[], intent: Intent) =>
  codes(checking(manifests, [intent], profile)).length === 0;
const never = (subject: EndpointRef, target: EndpointRef) =>
  promise({ verb: 'toReach', negated: true, subject, targets: [target] });

describe('what is promised of a whole namespace', () => {
  test.each([
    ['it does not reach an app', never(namespace('ops'), app('db'))],
    ['an app does not reach it', never(app('db'), namespace('ops'))],
    [
      'some pods of it do not reach another',
      never({ kind: 'pods', labels: { x: ['a', 'b'] }, namespace: 'ops' }, namespace('shop')),
    ],
    ['pods with a label do not reach an app', never({ kind: 'pods', labels: { x: 'b' } }, app('db'))],
    ['an app does not reach pods with a label', never(app('db'), { kind: 'pods', labels: { y: 'a' } })],
    ['it does not reach the internet', never(namespace('ops'), internet)],
    [
      'only some pods reach an app',
      promise({ verb: 'toBeReachedOnlyBy', subject: app('db'), sources: [{ kind: 'pods', labels: { x: 'a' } }] }),
    ],
  ])('stays kept whatever pod somebody adds: %s', (_, intent) => {
    fc.assert(
      fc.property(policies, fc.constantFrom(...LABEL_SETS), name, (added, labels, where) => {
        const newcomer = pod(`${where}/newcomer`, { labels: labels as Record<string, string> });
        fc.pre(isKept([...declared, ...added], intent));
        expect(isKept([...declared, newcomer, ...added], intent)).toBe(true);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  test('is broken only where some pod could break it', () => {
    const intent = never(namespace('ops'), app('db'));
    fc.assert(
      fc.property(policies, (added) => {
        const worlds = LABEL_SETS.map((labels) => pod('ops/newcomer', { labels: labels as Record<string, string> }));
        const keptInAll = worlds.every((newcomer) => isKept([...declared, newcomer, ...added], intent));
        expect(isKept([...declared, ...added], intent)).toBe(keptInAll);
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});
