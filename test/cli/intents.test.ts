import Ajv from 'ajv/dist/2020';
import { parse } from 'yaml';
import checkSchema from '../../schemas/check.schema.json';
import schema from '../../schemas/intents.schema.json';
import verdictSchema from '../../schemas/verdict.schema.json';
import { portolan, SHOP } from './support';

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, schemas: [schema, verdictSchema] });
const isSoundFile = ajv.getSchema<unknown>(schema.$id)!;
const isSoundReport = ajv.compile<unknown>(checkSchema);

/** Runs `check` on the shop and a file of promises; `p.yaml` has the lines given, below `promises:` unless they say more. */
function checking(lines: readonly string[], ...argv: readonly string[]) {
  const text = lines.some((line) => /^\S/.test(line) && !line.startsWith('- ')) ? lines : ['promises:', ...lines];
  const files = { 'shop.json': SHOP, 'p.yaml': text.join('\n'), 'flannel.yaml': '# the cluster\ncni: flannel' };
  return portolan(['check', 'shop.json', '--intents', 'p.yaml', ...argv], files);
}

const KEPT = ['- expect: shop/api', '  toReach: service/shop/db:5432', '  by: service'];
const BROKEN = ['- expect: shop/web', '  toReach: shop/db', '  by: podIP', '  because: reports'];
const OPEN = ['- {expect: shop/api, toResolve: www.example.com}'];
const NOTHING = ['- expect: shop/wbe', '  not: {toReach: shop/db}'];

/** The last line, and the exit code. */
async function outcome(lines: readonly string[], ...argv: readonly string[]) {
  const { code, stdout, stderr } = await checking(lines, ...argv);
  return { code, stderr, last: stdout.trimEnd().split('\n').at(-1) };
}

const warning = (lines: readonly string[]) => [...lines, '  severity: warning'];

test.each<[string, readonly string[], readonly string[], number, string]>([
  ['promises that hold', KEPT, [], 0, '1 promise kept, none broken; no errors, 1 warning'],
  ['a warning, when all must be right,', KEPT, ['--strict'], 1, '1 promise kept, none broken; no errors, 1 warning'],
  ['a broken promise', [...KEPT, ...BROKEN], [], 1, '1 promise kept, 1 broken; no errors, 1 warning'],
  ['an undecided promise', OPEN, [], 1, 'no promises kept, none broken, 1 undecided; no errors, 1 warning'],
  ['a promise about nothing', NOTHING, [], 1, 'no promises kept, 1 broken; no errors, 1 warning'],
  ['a broken promise that only warns', warning(BROKEN), [], 0, 'no promises kept, 1 broken; no errors, 1 warning'],
])('%s gives its exit code, and the last line counts', async (_name, lines, argv, code, last) => {
  expect(await outcome(lines, ...argv)).toEqual({ code, last, stderr: '' });
});

/** What a report tells to add, as a file. */
const added = (stdout: string) => [...stdout.matchAll(/^ {12}\+ (.*)$/gm)].map(([, line]) => line).join('\n');

test.each([
  ['at the end that is shut', BROKEN, 1],
  ['at that end and for the lookup', ['- expect: shop/web', '  toReach: service/shop/db:5432'], 2],
])('a fix of YAML is YAML, and what it says holds: %s', async (_where, promise, policies) => {
  const files = { 'shop.json': SHOP, 'p.yaml': ['promises:', ...promise].join('\n') };
  const argv = ['check', 'shop.json', '--intents', 'p.yaml'];
  const fix = added((await portolan(argv, files)).stdout);
  expect(fix.match(/^kind: NetworkPolicy$/gm)).toHaveLength(policies);
  const { code, stdout } = await portolan([...argv, 'fix.yaml'], { ...files, 'fix.yaml': fix });
  expect({ code, broken: stdout.match(/^error\[\w+\]/gm) }).toEqual({ code: 0, broken: null });
});

test('a finding blames the line of the object, and tells that of the promise', async () => {
  const { stdout } = await checking(BROKEN);
  expect(stdout).toMatch(/^error\[PTL101\]: `shop\/web` cannot reach `shop\/db`/);
  expect(stdout).toMatch(/^ +\+- shop\.json:1:\d+$/m);
  expect(stdout).toMatch(
    / {2}promise {3}expect\(shop\/web\)\.toReach\(shop\/db, .*\) +p\.yaml:2:3\n {2}because {3}reports/,
  );
});

test.each<[string, string, string]>([
  ['- {expect: shop/wbe, not: {toReach: shop/db}}', '2:12', 'shop/web'],
  ['- {expect: shop/api, toReach: [shop/db, "shop/bd:sql"]}', '2:41', 'shop/db'],
  ['- {expect: shop/api, toReach: "shop/db[StatefulSet]"}', '2:31', ''],
  ['- {expect: shop/api, toReach: "shop/db:slq"}', '2:31', 'sql'],
  ['- {expect: shop/api, not: {toReach: shop/bd}}', '2:37', 'shop/db'],
  ['- {expect: {namespace: shpo}, not: {toReach: shop/db}}', '2:12', 'shop'],
  ['- {expect: shop/api, toResolve: db, to: service/shop/bd}', '2:41', 'shop/db'],
])('PTL901: what nothing declares in %s is told where it is named, at %s', async (line, place, didYouMean) => {
  const { code, stdout } = await checking([line]);
  expect({ code, title: stdout.slice(0, 14) }).toEqual({ code: 1, title: 'error[PTL901]:' });
  expect(stdout).toContain(`+- p.yaml:${place}\n`);
  // Where the promise holds of what is meant that is a fix.
  const told = new RegExp(`did you mean \`${didYouMean}\`\\?|^ +\\+ .*\\b${didYouMean}\\b`, 'm');
  if (didYouMean !== '') expect(stdout).toMatch(told);
});

test('a cluster that enforces nothing is blamed at the line of its profile (NP-37)', async () => {
  const { code, stdout } = await checking(
    ['- {expect: shop/web, not: {toReach: shop/db}}'],
    '--cluster',
    'flannel.yaml',
  );
  expect({ code, title: stdout.split('\n')[0] }).toEqual({ code: 1, title: expect.stringMatching(/^error\[PTL301\]/) });
  expect(stdout).toMatch(/^ +\+- flannel\.yaml:2:6$/m);
});

test('a finding that somebody answers for fails nothing, and is told; what nothing needs is told too', async () => {
  const lines = [
    'promises:',
    ...OPEN,
    'acknowledge:',
    '- {id: "PTL904[p#1]", reason: tried by hand}',
    '- {id: PTL101, reason: old}',
  ];
  const { code, stdout } = await checking(lines);
  expect(code).toBe(0);
  expect(stdout).toContain('`PTL904[p#1]` was acknowledged: tried by hand');
  expect(stdout).toContain('nothing is found that the acknowledgement of `PTL101` is for');
});

test('a fact that is assumed decides what is open only for want of it, and is told', async () => {
  const lines = ['promises:', ...OPEN, 'assume: [{fact: DNS-16, because: it is an old name}]'];
  const { code, stdout } = await checking(lines);
  expect({ code, told: /DNS-16.*it is an old name/.test(stdout) }).toEqual({
    code: 0,
    told: true,
  });
});

test('several files are one set of promises, and a folder may hold them beside its manifests', async () => {
  const files: Record<string, string> = {
    'k8s/shop.json': SHOP,
    'k8s/a.yaml': ['promises:', ...KEPT].join('\n'),
    'b.yaml': ['promises:', ...KEPT].join('\n'),
  };
  const list = () => ['shop.json', 'a.yaml'].map((name) => ({ name, type: 'file' as const }));
  const argv = ['check', 'k8s', '--intents', 'k8s/a.yaml', '--intents', 'b.yaml', '-o', 'json'];
  const typeOf = (path: string) => (path === 'k8s' ? 'folder' : 'file');
  const { code, stdout, stderr } = await portolan(argv, files, { list, typeOf });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout).kept.map(({ promise }: { promise: { as: string } }) => promise.as)).toEqual(['a#1', 'b#1']);
});

test('-o json gives all of it as data, which is what its schema says', async () => {
  const { stdout } = await checking([...KEPT, ...BROKEN, ...OPEN, ...NOTHING], '-o', 'json');
  const report = JSON.parse(stdout);
  expect(isSoundReport(report) || isSoundReport.errors).toBe(true);
  expect(report.kept).toEqual([
    expect.objectContaining({
      promise: { expect: 'shop/api', toReach: 'service/shop/db:5432', by: 'service', as: 'p#1' },
      file: 'p.yaml',
      line: 2,
      column: 3,
      decidedBy: ['NetworkPolicy shop/db-clients ingress[0]'],
    }),
  ]);
  expect(report.findings.map(({ id }: { id: string }) => id)).toEqual(['PTL101[p#2]', 'PTL904[p#3]', 'PTL901[p#4]']);
  expect(report.findings[0]).toMatchObject({
    severity: 'error',
    promise: { expect: 'shop/web', toReach: 'shop/db', by: 'podIP', because: 'reports' },
    line: 5,
    blame: { file: 'shop.json', line: 1 },
    way: [
      { hop: 'egress-policy', decision: 'passes' },
      { hop: 'ingress-policy', decision: 'stops' },
    ],
    doubts: [],
  });
  expect(report.findings[1].doubts).toEqual([{ rule: 'DNS-16', wouldDecide: expect.any(String) }]);
  expect({ errors: report.errors, warnings: report.warnings }).toEqual({ errors: 3, warnings: 1 });
});

/** A promise, or more of the file, and what is told of it: its place, what is wrong, and what was meant. */
const MISTAKES: readonly [readonly string[], string, string?][] = [
  [['- {expect: shop/web, toRech: shop/db}'], '2:22: a promise has no field `toRech`', 'toReach'],
  [
    ['- {expect: shop/web, not.toReach: shop/db}'],
    '2:22: a promise has no field `not.toReach`',
    'not: { toReach: ... }',
  ],
  [['- {expect: shop/web, toReach: shop/db, reason: x}'], '2:40: a promise has no field `reason`', 'because'],
  [['- {expect: shop/web, toReach: 80}'], '2:31: a number stands where an endpoint'],
  [['- {expect: shop/web, toReach: db}'], '2:31: `db` is no endpoint: a name stands behind its namespace'],
  [['- {expect: intrenet, toReach: shop/db}'], '2:12: `intrenet` is no endpoint', 'internet'],
  [['- {expect: shop/web, toReach: "shop/db[statefulset]"}'], '2:31: `statefulset` is no kind', 'shop/db[StatefulSet]'],
  [['- {expect: shop/web, toReach: "shop/db:http/tcp"}'], '2:31: `tcp` is no protocol', 'TCP'],
  [['- {expect: shop/web, toReach: "shop/db:70000"}'], '2:31: `70000` is neither the number nor the name'],
  [['- {expect: shop/web, toReach: 10.0.0.1/8}'], '2:31: `10.0.0.1/8` has bits set behind its prefix', '10.0.0.0/8'],
  [['- {expect: shop/web, toReach: 10.0.0.300}'], '2:31: `10.0.0.300` is no address: octet'],
  [['- {expect: shop/web, toReach: "ftp://a.b"}'], '2:31: `ftp://a.b` is a URL, and no end of a flow'],
  [['- {expect: "ftp://a.b", toRouteTo: shop/web}'], '2:12: `ftp://a.b` is no request: it has no scheme'],
  [
    ['- {expect: {url: "http://a.b/", method: "G T"}, toRouteTo: shop/web}'],
    '2:12: `http://a.b/` is no request: `G T`',
  ],
  [['- {expect: shop/web, toRouteTo: shop/api}'], '2:12: `toRouteTo` is promised of URLs only'],
  [['- {expect: "http://a.b/", toReach: shop/api}'], '2:12: `toReach` is promised of endpoints only'],
  [['- {expect: "http://a.b/", toRedirectTo: /cart}'], '2:41: `/cart`: it is no URL with scheme and host'],
  [['- {expect: "https://a.b/", toTerminateTls: {with: a/b/c}}'], '2:51: `a/b/c` names no Secret'],
  [['- {expect: shop/web, toReach: {hots: a.b}}'], '2:32: an endpoint has no field `hots`', 'host'],
  [['- {expect: shop/web, toReach: {host: a.b, port: "443"}}'], '2:49: a quoted number is no port number', '443'],
  [['- {expect: shop/web, toReach: {of: shop/db}}'], '2:31: the port is missing'],
  [['- {expect: shop/web, toReach: {pods: {app: []}}}'], '2:44: the list is empty'],
  [['- {expect: shop/web, toReach: {port: 80}}'], '2:31: the endpoint tells nothing that it could be'],
  [['- {expect: shop/web, toReach: {pods: {app: a}, namespace: }}'], '2:48: nothing stands behind `namespace`'],
  [['- {expect: shop/web, not: {toReachOnly: shop/db}}'], '2:28: `toReachOnly` has no `not`'],
  [['- {expect: shop/web, not: {toReach: shop/db, by: podIP}}'], '2:46: `by` stands within `not`'],
  [['- {expect: shop/web, not: {}}'], '2:27: `not` has no verb'],
  [
    ['- {expect: shop/web, toReach: shop/db, toReachOnly: shop/db}'],
    '2:40: `toReach` and `toReachOnly` stand in one promise',
  ],
  [['- {expect: shop/web, toReach: []}'], '2:31: the list is empty'],
  [['- {expect: shop/web, toReach: shop/db, except: shop/api}'], '2:40: `except` means nothing with `toReach`'],
  [['- {expect: shop/web, toResolve: db, to: }'], '2:37: nothing stands behind `to`'],
  [['- {expect: shop/web, toResolve: "http://db"}'], '2:33: this is more than a name'],
  [['- {expect: shop/web, toPassThrough: shop/db}'], '2:3: the field is missing'],
  [['- {expect: shop/web, toBeIsolated: {ingress: false, egress: false}}'], '2:36: isolation in no direction'],
  [['- {toReach: shop/db}'], '2:3: the promise is about nobody: `expect` is missing'],
  [['- {expect: shop/web, toReach: shop/db, because: " "}'], '2:49: the text is empty'],
  [['- {expect: shop/web, toReach: shop/db, as: "2"}'], '2:44: a number is no name'],
  [['- {expect: shop/web, toReach: shop/db, severity: warn}'], '2:50: "warn" is not a severity'],
  [['- shop/web'], '2:3: text stands where a promise'],
  [[...KEPT, '  as: a', ...KEPT, '  as: a'], '9:7: two promises are called `a`'],
  [['promsies:', ...KEPT], '1:1: a file of promises has no field `promsies`', 'promises'],
  [['promises: []'], '1:11: the list is empty'],
  [['assume: [{fact: NP-17, because: x}]'], '1:1: there is no list of promises'],
  [['promises:', ...KEPT, 'assume: [{fact: NP-17}]'], '5:10: the field is missing'],
  [['promises:', ...KEPT, 'assume: [{fact: NP17, because: x}]'], '5:17: `NP17` is no fact that can be assumed'],
  [['promises:', ...KEPT, 'acknowledge: [{id: PTL001, reason: x}]'], '5:20: `PTL001` is the id of no finding'],
];

test.each(MISTAKES)('%j is told with its place: %s', async (...[lines, told, didYouMean]) => {
  const { code, stdout, stderr } = await checking(lines);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^error\[PTL0(02|03|04|05|19|22)\]: p\.yaml:/);
  expect(stderr.split('\n')[0]).toContain(`: p.yaml:${told}`);
  if (didYouMean !== undefined) expect(stderr).toContain(`did you mean \`${didYouMean}\`?`);
  expect(stderr).toMatch(/\n1 fault in the input: nothing was computed\n$/);
});

/** What no schema can tell: names that differ, numbers of addresses, schemes of URLs within other texts. */
const BEYOND_SCHEMAS = /two promises are called|has bits set|no address|70000/;

test.each(MISTAKES.filter(([, told]) => !BEYOND_SCHEMAS.test(told)))('the schema refuses %j too', (lines) => {
  const text = lines.some((line) => /^\S/.test(line) && !line.startsWith('- ')) ? lines : ['promises:', ...lines];
  expect(isSoundFile(parse(text.join('\n')))).toBe(false);
});

test('every word of the file is known to the command and to the schema', async () => {
  const lines = [
    'promises:',
    '- {expect: shop/web, toReach: [shop/api, "shop/db:sql/TCP"], by: podIP, because: x, as: a, severity: warning}',
    '- {expect: {namespace: shop}, not: {toReach: {host: api.example.com, cidrs: [192.0.2.0/24], port: 443}}}',
    '- {expect: "shop/api[Deployment]", toReachOnly: [shop/db, {cidr: [10.20.0.0/16, 10.30.0.0/16]}, "2001:db8::/32"]}',
    '- {expect: shop/db, toBeReachedOnlyBy: [shop/api, {pods: {app: [backup, copy]}, namespaceLabels: {team: ops}}]}',
    '- {expect: shop/db, toBeIsolated: {egress: false, except: shop/api}}',
    '- {expect: shop/db, toBeIsolated: }',
    '- {expect: shop/web, toPassThrough: shop/api, onTheWayTo: internet}',
    '- {expect: shop/web, toBeExposedTo: 203.0.113.7}',
    '- {expect: {name: web, namespace: shop, kind: Deployment}, not: {toBeExposedTo: internet}, except: shop/api}',
    '- {expect: shop/web, toResolve: db, to: service/shop/db}',
    '- {expect: shop/web, not: {toResolve: api.shop}}',
    '- {expect: https://shop.example.com/cart, not: {toRouteTo: shop/web}}',
    '- {expect: {url: https://shop.example.com/cart, method: POST, headers: {x-a: b}}, toRouteTo: shop/web:80}',
    '- {expect: http://shop.example.com/, toRedirectTo: https://shop.example.com/}',
    '- {expect: http://shop.example.com/, not: {toRedirectTo: https://shop.example.com/}}',
    '- {expect: https://shop.example.com/, toTerminateTls: {with: shop/shop-tls}}',
    '- {expect: https://shop.example.com/, toTerminateTls: }',
    '- {expect: internet, toReach: {of: service/shop/db, nodePort: 5432, protocol: TCP}}',
    '- {expect: {construct: shop/web, knownBy: {app: web}}, toReach: node/a:30080, implied: true}',
    '- {expect: "[2001:db8::1]:443", not: {toReach: shop/web}}',
    'assume: [{fact: NP-17, because: x}]',
    'acknowledge: [{id: "PTL904[a]", reason: x}, {id: PTL130, reason: x}]',
  ];
  expect(isSoundFile(parse(lines.join('\n'))) || isSoundFile.errors).toBe(true);
  const { code, stderr } = await checking(lines, '-o', 'json');
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
});
