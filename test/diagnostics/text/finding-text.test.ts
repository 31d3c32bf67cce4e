import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { renderText, type Sources } from '../../../lib/diagnostics/text';
import type { Intent } from '../../../lib/intents/intent';
import { CODES_FOLDER } from '../../../scripts/docs';
import { app, checking, portOf, promise } from '../../intents/support';
import { deployment, ns, policy, service } from '../../support/manifests';

const SOURCE = ['const app = new App();', 'new DefaultDeny(shop);', 'expect(web).toReach(api);'].join('\n');
const NOWHERE: Sources = { positionOf: () => undefined, readSource: () => undefined };
/** Objects were made in line 2 of the program, promises in line 3. */
const PROGRAM: Sources = {
  positionOf: ({ position }) => position ?? { file: 'shop.ts', line: 2, column: 1 },
  readSource: (file) => (file === 'shop.ts' ? SOURCE : undefined),
};

const shop = [
  ns('shop'),
  ...['web', 'cart', 'api'].map((name) => deployment(name, { ports: [{ name: 'http', containerPort: 8080 }] })),
  service('api', { selector: { app: 'api' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] }),
];
const denyAll = policy('default-deny', { podSelector: {}, policyTypes: ['Egress'] });
const reaching = (name: string, extra: Partial<Intent> = {}) =>
  ({
    ...promise({ verb: 'toReach', negated: false, subject: app(name), targets: [portOf(app('api'), 'http')] }),
    origin: { position: { file: 'shop.ts', line: 3, column: 8 } },
    ...extra,
  }) as Intent;
const labelsOf = (text: string) => [...text.matchAll(/^ {2}([a-z][a-z ]{0,8}?) {2,}\S/gm)].map(([, label]) => label);

test('a finding is told in its order: title, line to mend, way, promise, why, fix, more', () => {
  const text = renderText(checking([...shop, denyAll], [reaching('web', { because: 'they shop' })]), PROGRAM);
  expect(text).toMatch(
    /^error\[PTL102\]: `shop\/web` cannot reach .*\n\n {5}\+- shop\.ts:2:1\n.*\n {3}2 \| new DefaultDeny/,
  );
  expect(text).toContain('web --x--> coredns:53/UDP ..> Service api:80 ..> api:8080');
  expect(text).toMatch(
    /\n {2}promise {3}expect\(shop\/web\)\.toReach\(shop\/api:http\) +shop\.ts:3:8\n {2}because {3}they shop\n/,
  );
  expect(labelsOf(text)).toEqual(['promise', 'because', 'why', 'fix', 'more']);
});

test('promises that break for one reason are told once, the others by their lines', () => {
  const text = renderText(checking([...shop, denyAll], [reaching('web'), reaching('cart')]), PROGRAM);
  expect(text.match(/^error/gm)).toHaveLength(1);
  expect(labelsOf(text)).toEqual(['promise', 'likewise', 'why', 'fix', 'also', 'more']);
  expect(text).toMatch(/\npromises that do not hold: 2 of 2\n$/);
});

test('others that get in are told beside the first', () => {
  const only = promise({ verb: 'toBeReachedOnlyBy', subject: app('api'), sources: [app('web')] });
  const text = renderText(checking(shop, [only]), NOWHERE);
  expect(text).toMatch(/^error\[PTL113\]: `shop\/api` is open to more than `shop\/web`: `shop\/cart` gets in\n/);
  expect(text).toMatch(/\n {2}but also {2}.*every address outside/);
});

test('many policies are counted rather than listed', () => {
  const closed = ['a', 'b', 'c', 'd', 'e'].map((name) =>
    policy(name, { podSelector: { matchLabels: { app: 'api' } }, policyTypes: ['Ingress'] }),
  );
  const text = renderText(checking([...shop, ...closed], [reaching('web')]), NOWHERE);
  expect(text).toMatch(/^error\[PTL101\]: .*: no rule lets 8080\/TCP into `shop\/api`\n/);
  expect(text).toMatch(/\n {2}why {7}shop\/a, shop\/b and 3 more isolate `shop\/api` for ingress/);
});

test('a promise that `uses` made says so', () => {
  expect(renderText(checking([...shop, denyAll], [reaching('web', { implied: true })]), PROGRAM)).toContain(
    '(made by `uses`)',
  );
});

test('without sources the text stands without a frame', () => {
  const text = renderText(checking([...shop, denyAll], [reaching('web')]), NOWHERE);
  expect(text).not.toMatch(/^ *\d+ \|/m);
  expect(labelsOf(text)).toEqual(['at', 'here', 'promise', 'why', 'fix', 'more']);
});

test('faults are told in place of findings, at the lines that made the objects', () => {
  const bad = policy('bad', { podSelector: {}, ingress: [{ from: [{}] }] });
  const text = renderText(checking([...shop, bad], [reaching('web')]), PROGRAM);
  expect(text).toMatch(/^error\[PTL011\]: shop\.ts:2:1: the peer is empty\n/);
  expect(text).toMatch(/\n1 fault in the input: nothing was computed\n$/);
});

describe('every message that the pages show', () => {
  const messages = readdirSync(CODES_FOLDER).flatMap((file) => {
    const text = /^```text\n(.*?)^```$/ms.exec(readFileSync(path.join(CODES_FOLDER, file), 'utf8'))?.[1];
    return text === undefined ? [] : [{ file, text }];
  });

  test('has at most one mark on its way', () => {
    for (const { file, text } of messages) {
      const marks = text.match(/ (?:--[x?]-->|──[✗?]──▶) /g)?.length ?? 0;
      expect({ file, isMarkedOnce: marks <= 1 }).toEqual({ file, isMarkedOnce: true });
    }
  });

  test('fits into 100 columns', () => {
    for (const { file, text } of messages) {
      const tooLong = text.split('\n').filter((line) => line.length > 100);
      expect({ file, tooLong }).toEqual({ file, tooLong: [] });
    }
  });

  test('says why in at most three lines', () => {
    for (const { file, text } of messages) {
      const why = /^ {2}why .*\n(?: {12}.*\n)*/m.exec(text)?.[0] ?? '';
      expect({ file, isShort: why.split('\n').length - 1 <= 3 }).toEqual({ file, isShort: true });
    }
  });

  test('names no colour', () => {
    for (const { text } of messages) expect(text).not.toContain('\u001b');
  });
});

test('DNS pods that are kept from the API server are told as what they are (DNS-28)', () => {
  const apiServer = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'kubernetes', namespace: 'default', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['203.0.113.1'] }],
    ports: [{ name: 'https', port: 6443 }],
  };
  const shut = policy('shut', { podSelector: {}, policyTypes: ['Egress'] }, 'kube-system');
  const text = renderText(checking([...shop, apiServer, shut], [reaching('web')]), PROGRAM);
  expect(text).toMatch(/^error\[PTL102\]: `shop\/web` cannot reach `shop\/api:http`: the cluster's DNS can't answer\n/);
  expect(text).toContain('no rule lets the DNS pods out to the API server at 203.0.113.1, 6443/TCP');
});

test.each([
  ['name', 'by name'],
  ['service', 'by a Service'],
] as const)('a target without a Service is missed in the words of the promise: %s', (by, words) => {
  const report = checking(shop, [reaching('api', { targets: [portOf(app('web'), 'http')], by } as Partial<Intent>)]);
  expect(renderText(report, NOWHERE)).toMatch(
    new RegExp(`^error\\[PTL203\\]: .shop/api. cannot reach .shop/web:http. ${words}: no Service selects it`),
  );
});
