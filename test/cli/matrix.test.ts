import Ajv from 'ajv/dist/2020';
import check from '../../schemas/check.schema.json';
import intents from '../../schemas/intents.schema.json';
import matrix from '../../schemas/matrix.schema.json';
import verdict from '../../schemas/verdict.schema.json';
import { policy, portolan, SHOP } from './support';

const PROMISES = [
  '- {expect: shop/web, not: {toReach: shop/db}}',
  '- {expect: shop/api, toReach: shop/db:sql}',
  '- {expect: shop/db, toBeReachedOnlyBy: shop/api}',
];
const FILES = {
  'shop.json': SHOP,
  'promises.yaml': ['promises:', ...PROMISES].join('\n'),
  'own.yaml': 'cni: {name: flannel, netpol: true}\n',
  'weave.yaml': 'cni: {name: weave, project: rajch}\n',
  'named.json': JSON.stringify(
    policy('db-more', {
      podSelector: { matchLabels: { app: 'db' } },
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'api' } } }], ports: [{ port: 'sql' }] }],
    }),
  ),
};
const asking = (networks: string, ...argv: readonly string[]) =>
  portolan(['check', 'shop.json', '--intents', 'promises.yaml', '--matrix', networks, ...argv], FILES);

test('one row a promise, one column a network, and below what is wrong on each', async () => {
  const { code, stdout, stderr } = await asking('flannel,calico,own.yaml');
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout).toBe(
    [
      'flannel                  calico                 own.yaml               promises',
      'broken PTL301            kept                   kept                   expect(shop/web).not.toReach(shop/db)   promises.yaml:2:3',
      'kept                     kept                   kept                   expect(shop/api).toReach(shop/db:sql)   promises.yaml:3:3',
      'broken PTL301            kept                   kept                   expect(shop/db).toBeReachedOnlyBy(shop/api)   promises.yaml:4:3',
      'no errors, no warnings   no errors, 1 warning   no errors, 1 warning   found beside promises',
      '',
      'flannel',
      "  error[PTL301]: the cluster's network does not enforce NetworkPolicy, and 2 promises rely on it",
      '',
      'calico',
      '  warning[PTL534]: `shop/web-to-any` keeps `shop/web[Deployment]` from looking up any name',
      '',
      'own.yaml',
      '  warning[PTL534]: `shop/web-to-any` keeps `shop/web[Deployment]` from looking up any name',
      '',
    ].join('\n'),
  );
});

test('without promises it tells what is found on each network, and 0 where that is nothing', async () => {
  const { code, stdout } = await portolan(['check', 'shop.json', '--matrix', 'calico, weave.yaml'], FILES);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: [
      'calico                 weave.yaml',
      'no errors, 1 warning   no errors, 1 warning   found beside promises',
      '',
      'calico',
      '  warning[PTL534]: `shop/web-to-any` keeps `shop/web[Deployment]` from looking up any name',
      '',
      'weave.yaml',
      '  warning[PTL534]: `shop/web-to-any` keeps `shop/web[Deployment]` from looking up any name',
      '',
    ].join('\n'),
  });
});

test('exits with 1 where one network alone has an error of its own (NP-21)', async () => {
  const { code, stdout } = await portolan(['check', 'shop.json', 'named.json', '--matrix', 'calico,weave.yaml'], FILES);
  expect(code).toBe(1);
  expect(stdout).toMatch(/\nweave\.yaml\n {2}error\[PTL305\]: Weave Net refuses `shop\/db-more` whole/);
});

test('as markdown', async () => {
  const { stdout } = await asking('flannel,calico', '-o', 'markdown');
  expect(stdout.split('\n').slice(0, 3)).toEqual([
    '|  | flannel | calico |',
    '| --- | --- | --- |',
    '| `expect(shop/web).not.toReach(shop/db)` | broken PTL301 | kept |',
  ]);
});

test('as JSON, by its schema, with the whole report of each network', async () => {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  for (const schema of [check, intents, verdict, matrix]) ajv.addSchema(schema);
  const answer = JSON.parse((await asking('flannel,calico', '-o', 'json')).stdout);
  const validate = ajv.getSchema('matrix.schema.json')!;
  expect(validate(answer) ? [] : validate.errors).toEqual([]);
  expect(answer).toMatchObject({
    networks: [
      { name: 'flannel', cni: 'flannel', report: { findings: [{ code: 'PTL301' }] } },
      { name: 'calico', report: { findings: [] } },
    ],
  });
  expect(answer.promises[0].outcomes).toEqual([
    { network: 'flannel', outcome: 'broken', codes: ['PTL301'] },
    { network: 'calico', outcome: 'kept', codes: [] },
  ]);
});

test('each column is what --cluster alone says', async () => {
  const { networks } = JSON.parse((await asking('flannel,weave.yaml', '-o', 'json')).stdout);
  for (const { name, report } of networks) {
    const argv = ['check', 'shop.json', '--intents', 'promises.yaml', '--cluster', name, '-o', 'json'];
    expect(JSON.parse((await portolan(argv, FILES)).stdout)).toEqual(report);
  }
});

test('what nobody can know is unknown, and what somebody answers for is acknowledged', async () => {
  const guard = {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name: 'guard' },
    spec: {
      tier: 'Admin',
      priority: 1,
      subject: { namespaces: {} },
      egress: [{ action: 'Deny', to: [{ namespaces: {} }] }],
    },
  };
  const text = [
    'promises:',
    '- {expect: shop/api, toReach: shop/db:sql, by: podIP}',
    '- {expect: shop/api, toReach: shop/db, by: podIP}',
    'acknowledge:',
    '- {id: "PTL904[promises#2]", reason: tried by hand}',
  ];
  const files = { ...FILES, 'guard.json': JSON.stringify(guard), 'promises.yaml': text.join('\n') };
  const argv = ['check', 'shop.json', 'guard.json', '--intents', 'promises.yaml', '--matrix', 'kindnet', '-o', 'json'];
  const answer = JSON.parse((await portolan(argv, files)).stdout);
  expect(answer.promises.map(({ outcomes }: { outcomes: object[] }) => outcomes[0])).toMatchObject([
    { outcome: 'unknown', codes: ['PTL904'] },
    { outcome: 'acknowledged', codes: ['PTL904'] },
  ]);
});

test.each([
  ['an empty name', 'flannel,,calico', 'one is empty'],
  ['a name given twice', 'flannel,flannel', 'names flannel twice'],
  ['a name that nobody knows', 'flannel,calcio', 'did you mean `calico`?'],
  ['a file that is not there', 'flannel,nowhere.yaml', 'there is no such file'],
])('%s is refused', async (_, networks, message) => {
  const { code, stdout, stderr } = await asking(networks);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test.each([
  ['beside --cluster', ['--matrix', 'calico', '--cluster', 'flannel'], 'give one'],
  ['markdown without it', ['-o', 'markdown'], 'a form of --matrix'],
])('%s is refused', async (_, argv, message) => {
  const { code, stderr } = await portolan(['check', 'shop.json', ...argv], FILES);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
