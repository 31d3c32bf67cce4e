import { ASCII, UNICODE } from '../../../lib/diagnostics/glyphs';
import { renderText } from '../../../lib/diagnostics/text';
import type { Intent } from '../../../lib/intents/intent';
import { app, checking, portOf, promise } from '../../intents/support';
import { deployment, ns, policy, service } from '../../support/manifests';

const LONG = 'a-name-of-sixty-three-characters-which-is-the-longest-of-labels';
const FILE = `src/${'a-folder-with-a-long-name/'.repeat(5)}app.ts`;

const shop = [
  ns(LONG),
  ...['web', LONG].map((name) => deployment(name, { namespace: LONG, ports: [{ name: 'http', containerPort: 8080 }] })),
  service(LONG, { namespace: LONG, selector: { app: LONG }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] }),
];
const shut = (direction: string) => policy(LONG, { podSelector: {}, policyTypes: [direction] }, LONG);
const web = app('web', LONG);
const target = app(LONG, LONG);

test.each<[string, readonly object[], Intent]>([
  [
    'a lookup',
    [shut('Egress')],
    promise({ verb: 'toReach', negated: false, subject: web, targets: [portOf(target, 'http')] }),
  ],
  ['a missing rule', [shut('Ingress')], promise({ verb: 'toReach', negated: false, subject: web, targets: [target] })],
  ['an open end', [], promise({ verb: 'toReach', negated: true, subject: web, targets: [target], because: LONG })],
  ['an exclusive promise', [], promise({ verb: 'toBeReachedOnlyBy', subject: target, sources: [web, web, web] })],
])('names and paths as long as can be fit into 100 columns: %s', (_what, policies, intent) => {
  const report = checking([...shop, ...policies], [intent]);
  for (const glyphs of [UNICODE, ASCII]) {
    const text = renderText(report, {
      positionOf: () => ({ file: FILE, line: 1, column: 150 }),
      readSource: () => `${'x'.repeat(149)}'${LONG}', ${'y'.repeat(100)}`,
      glyphs,
    });
    expect(report.findings).toHaveLength(1);
    expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
  }
});
