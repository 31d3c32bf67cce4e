import { policy, portolan, SHOP } from './support';

/** A policy for the database of the shop, with whatever else its `spec` has. */
const file = (...lines: readonly string[]) =>
  ['apiVersion: networking.k8s.io/v1', 'kind: NetworkPolicy', 'metadata: {name: p, namespace: shop}', 'spec:', ...lines]
    .map((line, i) => (i < 4 ? line : `  ${line}`))
    .join('\n');

const WARNED = file('podSelector: {matchLabels: {app: dbb}}');
const BROKEN = file('podSelector: {}', 'policyTypes: [Ingress]', 'egress: [{to: [{podSelector: {}}]}]');
/** The shop, with lookups for everybody, so that nothing is to be said of it (DNS-29). */
const KNOWING = JSON.stringify({
  ...JSON.parse(SHOP),
  items: [
    ...JSON.parse(SHOP).items,
    policy('dns', {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{}],
    }),
  ],
});
const files = { 'shop.json': KNOWING, 'a.yaml': WARNED, 'b.yaml': BROKEN.replace('name: p', 'name: q') };

test('policies without a fault give exit code 0 and say so', async () => {
  expect(await portolan(['check', 'shop.json'], files)).toEqual({
    code: 0,
    stdout: 'no errors, no warnings\n',
    stderr: '',
  });
});

test('a lint is told with its code, the line at fault, the rule of Kubernetes, and a fix', async () => {
  const { code, stdout, stderr } = await portolan(['check', 'shop.json', 'a.yaml'], files);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(
    [
      'warning[PTL130]: `shop/p` selects no pod: none in `shop` has app=dbb',
      '',
      '     +- a.yaml:5:36',
      '   4 | spec:',
      '   5 |   podSelector: {matchLabels: {app: dbb}}',
      '     :                                    ^^^',
      '     :                                     +- none of the 3 workloads has app=dbb; did you mean',
      '     :                                        `app=db`?',
      '     +-',
      '',
      '  in        NetworkPolicy shop/p, spec.podSelector',
      '  why       A policy isolates the pods that it selects, in its own namespace, and no others. A pod',
      '            that no policy selects lets everything in and out (NP-03).',
      '  help      write `app=db`',
      '  more      portolan explain PTL130',
      '',
      'no errors, 1 warning',
      '',
    ].join('\n'),
  );
});

test.each<[string, readonly string[], number]>([
  ['a warning', ['a.yaml'], 0],
  ['a warning, when all must be right', ['a.yaml', '--strict'], 1],
  ['an error', ['b.yaml'], 1],
  ['nothing, when all must be right', ['--strict'], 0],
])('%s gives its exit code', async (_name, argv, code) => {
  expect((await portolan(['check', 'shop.json', ...argv], files)).code).toBe(code);
});

test('lints come by file, line and code, whatever the order of the files', async () => {
  const { stdout } = await portolan(['check', 'b.yaml', 'shop.json', 'a.yaml'], files);
  expect([...stdout.matchAll(/\+- (\S+):\d+$/gm)].map(([, place]) => place)).toEqual(['a.yaml:5', 'b.yaml:7']);
  expect(stdout).toMatch(/\n1 error, 1 warning\n$/);
});

test('-o json gives the same as data', async () => {
  const { stdout } = await portolan(['check', 'shop.json', 'a.yaml', '-o', 'json'], files);
  expect(JSON.parse(stdout)).toEqual({
    findings: [],
    kept: [],
    acknowledged: [],
    assumed: [],
    idle: [],
    lints: [
      expect.objectContaining({
        code: 'PTL130',
        severity: 'warning',
        object: { kind: 'NetworkPolicy', namespace: 'shop', name: 'p' },
        field: 'spec.podSelector',
        file: 'a.yaml',
        line: 5,
        column: 36,
        didYouMean: 'app=db',
      }),
    ],
    errors: 0,
    warnings: 1,
  });
});

test('of a long line the part that is meant is quoted', async () => {
  const long = JSON.stringify(policy('p', { podSelector: { matchLabels: { app: 'dbb', x: 'y'.repeat(60) } } }));
  const { stdout } = await portolan(['check', 'shop.json', 'p.json'], { ...files, 'p.json': long });
  expect(stdout).toMatch(/^ +\+- p\.json:1:\d+\n +1 \| \.\.\..*"app":"dbb".*\.\.\.\n/m);
});

test('input that can not be understood gives exit code 2 and no answer', async () => {
  const { code, stdout, stderr } = await portolan(['check', 'c.yaml'], { 'c.yaml': file('podSelector: text') });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^error\[PTL002\]: c\.yaml:5:/);
});
