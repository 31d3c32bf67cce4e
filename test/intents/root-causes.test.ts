import type { Intent } from '../../lib/intents/intent';
import { deployment, ns, policy, service } from '../support/manifests';
import { app, checking, internet, portOf, promise } from './support';

const names = Array.from({ length: 40 }, (_, i) => `app${i}`);
const shop = [
  ns('shop'),
  ...[...names, 'api'].map((name) => deployment(name, { ports: [{ name: 'http', containerPort: 8080 }] })),
  service('api', { selector: { app: 'api' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] }),
];
const reaching = (name: string, to = 'api') =>
  promise({ verb: 'toReach', negated: false, subject: app(name), targets: [portOf(app(to), 'http')], by: 'podIP' });
const byName = (name: string) =>
  promise({ verb: 'toReach', negated: false, subject: app(name), targets: [portOf(app('api'), 'http')] });
const notReaching = (name: string) =>
  promise({ verb: 'toReach', negated: true, subject: app(name), targets: [app('api')] });

/** How many promises each finding tells of. */
function grouped(manifests: readonly object[], intents: readonly Intent[]): readonly string[] {
  return checking(manifests, intents).findings.map(({ code, also }) => `${code} ${also.length + 1}`);
}

const forApi = (spec: object) => policy('api-in', { podSelector: { matchLabels: { app: 'api' } }, ...spec });
const opened = forApi({ ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 8080 }] }] });

test.each<[string, readonly object[], readonly Intent[], readonly string[]]>([
  [
    'the rule that lets lookups out',
    [...shop, policy('out', { podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: [{ port: 8080 }] }] })],
    names.map(byName),
    ['PTL102 40'],
  ],
  [
    'the rule that lets them in',
    [...shop, forApi({ policyTypes: ['Ingress'] })],
    names.map((name) => reaching(name)),
    ['PTL101 40'],
  ],
  ['the rule that lets them in, and must not', [...shop, opened], names.map(notReaching), ['PTL104 40']],
  ['the lack of any policy', shop, names.map(notReaching), ['PTL104 40']],
  [
    'a Service that selects nobody',
    [
      ns('shop'),
      ...shop.slice(1, -1),
      service('api', { selector: { app: 'ipa' }, ports: [{ name: 'http', port: 80 }] }),
    ],
    names.map((name) =>
      promise({
        verb: 'toReach',
        negated: false,
        subject: app(name),
        targets: [{ kind: 'object', object: 'Service', namespace: 'shop', name: 'api' }],
      }),
    ),
    ['PTL202 40'],
  ],
])('forty promises that break for one reason are told once: %s', (_reason, manifests, intents, expected) => {
  expect(grouped(manifests, intents)).toEqual(expected);
});

test('rules for two destinations are two reasons', () => {
  const shut = policy('shut', { podSelector: { matchLabels: { app: 'app0' } }, policyTypes: ['Egress'] });
  expect(grouped([...shop, shut], [reaching('app0'), reaching('app0', 'app1')])).toEqual(['PTL101 1', 'PTL101 1']);
});

test('policies of two ends are two reasons', () => {
  const shut = policy('shut', { podSelector: { matchLabels: { app: 'app1' } }, policyTypes: ['Ingress'] });
  const closed = [...shop, forApi({ policyTypes: ['Ingress'] }), shut];
  expect(grouped(closed, [reaching('app0'), reaching('app0', 'app1')])).toEqual(['PTL101 1', 'PTL101 1']);
});

test('two open ends are two reasons', () => {
  const exposed = (name: string) =>
    promise({ verb: 'toBeExposedTo', negated: true, subject: app(name), zone: internet, except: [] });
  expect(grouped(shop, [exposed('app0'), exposed('app1')])).toEqual(['PTL120 1', 'PTL120 1']);
});

test('of many root causes only some have their fixes tried, and the rest say so', () => {
  const closed = names.map((name) =>
    policy(name, {
      podSelector: { matchLabels: { app: name } },
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'ipa' } } }] }],
    }),
  );
  const { findings } = checking(
    [...shop, ...closed],
    names.map((name) => reaching('api', name)),
  );
  expect(findings.map(({ fixes, isUntried }) => [fixes.length, isUntried === true])).toEqual(
    names.map((_, i) => (i < 8 ? [1, false] : [0, true])),
  );
});
