import type { Intent } from '../../lib/intents/intent';
import { deployment, ns, policy, service } from '../support/manifests';
import { app, checking, portOf, promise } from './support';

const labelled = (name: string) => ({ matchLabels: { app: name } });
const named = (namespace: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': namespace } });
const into = (name: string, ...ingress: readonly object[]) =>
  policy(`into-${name}`, { podSelector: labelled(name), ingress });
const outOf = (name: string, ...egress: readonly object[]) =>
  policy(`out-of-${name}`, { podSelector: labelled(name), policyTypes: ['Egress'], egress });

const shop = [
  ns('shop'),
  ns('front'),
  deployment('metrics', { ports: [{ name: 'statsd', containerPort: 8125, protocol: 'UDP' }] }),
  deployment('web'),
  deployment('edge', { namespace: 'front' }),
];

const reaches = (name: string, namespace = 'shop') =>
  promise({
    verb: 'toReach',
    negated: false,
    by: 'podIP',
    subject: app(name, namespace),
    targets: [portOf(app('metrics'), 'statsd')],
  });
const findingOf = (manifests: readonly object[], intent = reaches('web')) => {
  const { findings } = checking([...shop, ...manifests], [intent]);
  expect(findings).toHaveLength(1);
  return findings[0];
};

describe('PTL106: the rule meant for it is for another protocol (NP-09)', () => {
  const fromWeb = { from: [{ podSelector: labelled('web') }] };

  test.each<[string, object]>([
    ['TCP where none is given', { ports: [{ port: 8125 }] }],
    ['a range', { ports: [{ port: 8000, endPort: 8200 }] }],
    ['one of several ports', { ports: [{ port: 80 }, { port: 8125, protocol: 'SCTP' }] }],
  ])('%s', (_, ports) => {
    const finding = findingOf([into('metrics', { ...fromWeb, ...ports })]);
    expect(finding).toMatchObject({ code: 'PTL106', cause: { port: 8125, protocol: 'UDP' } });
    expect(finding.blame).toEqual({ construct: 'NetworkPolicy/into-metrics' });
    expect(finding.fixes).toMatchObject([{ add: "port: 8125, protocol: 'UDP'" }]);
  });

  test('the fix mends the rules of both ends', () => {
    const ports = [{ port: 8125 }];
    const both = [
      into('metrics', { ...fromWeb, ports }),
      outOf('web', { to: [{ podSelector: labelled('metrics') }], ports }),
    ];
    expect(findingOf(both).fixes).toMatchObject([{ remove: 'port: 8125', add: "port: 8125, protocol: 'UDP'" }]);
  });

  test('a port that is served with both protocols keeps the one that the rule has', () => {
    const dns = deployment('dns', { ports: [{ containerPort: 53, protocol: 'UDP' }, { containerPort: 53 }] });
    const port = (protocol: 'TCP' | 'UDP') => ({ kind: 'port' as const, of: app('dns'), port: 53, protocol });
    const reachesBoth = (['TCP', 'UDP'] as const).map((protocol) =>
      promise({ verb: 'toReach', negated: false, by: 'podIP', subject: app('web'), targets: [port(protocol)] }),
    );
    const { findings } = checking([...shop, dns, into('dns', { ...fromWeb, ports: [{ port: 53 }] })], reachesBoth);
    expect(findings).toMatchObject([
      { code: 'PTL106', fixes: [{ remove: undefined, add: "port: 53, protocol: 'UDP'" }] },
    ]);
  });

  test.each<[string, object]>([
    ['another number', { ...fromWeb, ports: [{ port: 8126 }] }],
    ['another peer', { from: [{ podSelector: labelled('edge') }], ports: [{ port: 8125 }] }],
  ])('it is not told of %s', (_, rule) => {
    expect(findingOf([into('metrics', rule)]).code).not.toBe('PTL106');
  });
});

describe('PTL107: the rule meant for it selects pods of its own namespace (NP-11)', () => {
  const ports = [{ port: 8125, protocol: 'UDP' }];
  const fromEdge = reaches('edge', 'front');

  test('into the pods of the policy', () => {
    const finding = findingOf([into('metrics', { from: [{ podSelector: labelled('edge') }], ports })], fromEdge);
    expect(finding).toMatchObject({ code: 'PTL107', cause: { selector: 'app=edge', namespace: 'front' } });
    expect(finding.blame).toEqual({ construct: 'NetworkPolicy/into-metrics' });
    expect(finding.fixes).toMatchObject([
      { add: "namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'front' } }" },
    ]);
  });

  test('out of the pods of the policy', () => {
    const out = policy(
      'out-of-edge',
      { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ podSelector: labelled('metrics') }], ports }] },
      'front',
    );
    expect(findingOf([out], fromEdge)).toMatchObject({ code: 'PTL107', cause: { namespace: 'shop' } });
  });

  test('also where pods of its own namespace have the labels', () => {
    const twin = deployment('edge');
    const rule = { from: [{ podSelector: labelled('edge') }], ports };
    expect(findingOf([twin, into('metrics', rule)], fromEdge).code).toBe('PTL107');
  });

  test.each<[string, object]>([
    ['a peer that names a namespace', { podSelector: labelled('edge'), namespaceSelector: named('shop') }],
    ['a peer that means its whole namespace', { podSelector: {} }],
    ['a peer with other labels', { podSelector: labelled('web') }],
  ])('it is not told of %s', (_, peer) => {
    expect(findingOf([into('metrics', { from: [peer], ports })], fromEdge).code).not.toBe('PTL107');
  });
});

test('NP-07: what passes by an empty list of ports is told so, and its rule is to blame', () => {
  const apart = promise({ verb: 'toReach', negated: true, subject: app('web'), targets: [app('metrics')] });
  const rule = (extra: object) => into('metrics', { from: [{ podSelector: labelled('web') }], ...extra });
  expect(findingOf([rule({ ports: [] })], apart)).toMatchObject({
    code: 'PTL104',
    cause: { allPorts: { name: 'into-metrics', index: 0 } },
    blame: { construct: 'NetworkPolicy/into-metrics' },
  });
  expect(findingOf([rule({})], apart)).toMatchObject({ code: 'PTL104', cause: { allPorts: undefined } });
});

describe('what a finding tells of the objects to mend no lint tells again', () => {
  const fromEdge = { from: [{ podSelector: labelled('edge') }] };
  const tcp = [{ port: 8125 }];
  const apart = promise({ verb: 'toReach', negated: true, subject: app('web'), targets: [app('cache')] });

  test.each<[string, string, Intent, readonly object[]]>([
    [
      'PTL139',
      'PTL106',
      reaches('web'),
      [
        into('metrics', { from: [{ podSelector: labelled('web') }], ports: tcp }),
        outOf('web', { to: [{ podSelector: labelled('metrics') }], ports: tcp }),
      ],
    ],
    [
      'PTL131',
      'PTL107',
      reaches('edge', 'front'),
      [into('metrics', { ...fromEdge, ports: [{ port: 8125, protocol: 'UDP' }] })],
    ],
    [
      'PTL143',
      'PTL104',
      apart,
      [
        deployment('cache'),
        into('cache', { from: [{ podSelector: labelled('web') }], ports: [] }),
        outOf('web', { to: [{ podSelector: labelled('cache') }], ports: [] }),
      ],
    ],
  ])('%s beside %s', (lint, code, intent, manifests) => {
    const codesOf = (intents: readonly Intent[]) =>
      checking([...shop, ...manifests], intents).lints.map((each) => each.code);
    expect(findingOf(manifests, intent).code).toBe(code);
    expect(codesOf([])).toContain(lint);
    expect(codesOf([intent])).not.toContain(lint);
  });
});

test('SVC-02: a selector that asks for nothing is told from one that is not there', () => {
  const reachesDb = promise({
    verb: 'toReach',
    negated: false,
    by: 'service',
    subject: app('web'),
    targets: [{ kind: 'object', object: 'Service', namespace: 'shop', name: 'db' }],
  });
  const db = (spec: object) => service('db', { ...spec, ports: [{ port: 5432 }] });
  expect(findingOf([db({ selector: {} })], reachesDb)).toMatchObject({ code: 'PTL202', cause: { isEmpty: true } });
  expect(findingOf([db({})], reachesDb)).toMatchObject({ code: 'PTL202', cause: { isEmpty: false } });
  expect(checking([...shop, db({ selector: {} })], [reachesDb]).lints).toEqual([]);
});
