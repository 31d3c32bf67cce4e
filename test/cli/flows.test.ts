import { portolan, SHOP } from './support';

const ask = (flows: unknown, ...argv: readonly string[]) =>
  portolan(['reach', 'shop.json', '--flows', 'flows.json', '-o', 'json', ...argv], {
    'shop.json': SHOP,
    'flows.json': typeof flows === 'string' ? flows : JSON.stringify({ flows }),
  });

const SOUND = { from: 'shop/api', to: 'shop/db', port: 5432 };

test('the verdicts come in the order of the flows', async () => {
  const { code, stdout, stderr } = await ask([
    SOUND,
    { ...SOUND, from: 'shop/web', protocol: 'TCP', by: 'podIP' },
    { ...SOUND, port: 'sql' },
    { from: '192.0.2.1', to: 'shop/web', port: 80 },
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { verdicts } = JSON.parse(stdout) as { verdicts: { outcome: string }[] };
  expect(verdicts.map(({ outcome }) => outcome)).toEqual(['allowed', 'denied', 'allowed', 'allowed']);
});

test('the node of entry is taken for a flow from outside to a Service', async () => {
  const node = JSON.stringify({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } });
  const flows = JSON.stringify({ flows: [{ from: '192.0.2.1', to: 'service/shop/db', port: 5432, via: 'node/n1' }] });
  const files = { 'shop.json': SHOP, 'node.json': node, 'flows.json': flows };
  const { code, stdout } = await portolan(
    ['reach', 'shop.json', 'node.json', '--flows', 'flows.json', '-o', 'json'],
    files,
  );
  expect({ code, outcome: JSON.parse(stdout).verdicts[0].outcome }).toEqual({ code: 0, outcome: 'unknown' });
});

test('no flows have no verdicts', async () => {
  expect(JSON.parse((await ask([])).stdout)).toEqual({ verdicts: [] });
});

test('as text each flow is one line', async () => {
  const { stdout } = await ask([SOUND, SOUND], '-o', 'text');
  expect(stdout).toMatch(/^api -> db:5432 allowed: .*\napi -> db:5432 allowed: .*\n$/);
});

test.each<[string, unknown, string, string]>([
  ['no port', { from: 'shop/api', to: 'shop/db' }, 'PTL016', '`port` is missing'],
  ['port 0', { ...SOUND, port: 0 }, 'PTL016', 'a number from 1 to 65535'],
  ['port 70000', { ...SOUND, port: 70000 }, 'PTL016', 'a number from 1 to 65535'],
  ['a port with a fraction', { ...SOUND, port: 80.5 }, 'PTL016', 'a number from 1 to 65535'],
  ['a quoted port number', { ...SOUND, port: '5432' }, 'PTL016', 'did you mean `5432`?'],
  ['a port that is a list', { ...SOUND, port: [80] }, 'PTL016', 'neither a port number nor a port name'],
  ['a lower-case protocol', { ...SOUND, protocol: 'tcp' }, 'PTL016', 'did you mean `TCP`?'],
  ['an unknown way', { ...SOUND, by: 'podIp' }, 'PTL016', 'did you mean `podIP`?'],
  ['a null protocol', { ...SOUND, protocol: null }, 'PTL016', 'one of SCTP, TCP, UDP'],
  ['an unknown field', { ...SOUND, protcol: 'TCP' }, 'PTL016', 'did you mean `protocol`?'],
  ['an end that is a number', { ...SOUND, from: 7 }, 'PTL016', 'a text such as'],
  ['a flow that is a text', 'shop/api', 'PTL016', 'a flow is a map of fields'],
  ['an unknown end', { ...SOUND, to: 'shop/bd' }, 'PTL017', 'did you mean `shop/db[Deployment]`?'],
  [
    'a node of entry for a pod',
    { ...SOUND, via: 'node/n1' },
    'PTL017',
    'neither a manifest nor the profile declares Node n1',
  ],
])('%s fails the whole run, with its index and place', async (_name, flow, code, help) => {
  const run = await ask([SOUND, flow]);
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: '' });
  expect(run.stderr.split('\n')[0]).toMatch(new RegExp(`^error\\[${code}\\]: flows\\.json:1:\\d+: `));
  expect(run.stderr).toContain('flows[1]');
  expect(run.stderr).toContain(help);
});

test('all malformed flows are told, and the faults of the manifests beside them', async () => {
  const flows = JSON.stringify({ flows: [{ ...SOUND, port: 0 }, SOUND, { ...SOUND, protocol: 'tcp' }] });
  const files = {
    'flows.json': flows,
    'bad.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: UPPER}\nspec: {ports: [{port: 80}]}\n',
  };
  const { code, stderr } = await portolan(['reach', 'bad.yaml', '--flows', 'flows.json', '-o', 'json'], files);
  expect(code).toBe(2);
  for (const place of ['flows[0].port', 'flows[2].protocol', 'bad.yaml:3:']) expect(stderr).toContain(place);
});

test('text that is no JSON is refused with its place', async () => {
  const { code, stderr } = await ask('{"flows": [');
  expect({ code, first: stderr.split('\n')[0] }).toEqual({
    code: 2,
    first: expect.stringMatching(/^error\[PTL001\]: flows\.json:1:\d+: /),
  });
});

test('a file without flows is refused', async () => {
  const { code, stderr } = await ask('{"flow": []}');
  expect({ code, told: stderr.includes('there is no list of flows') }).toEqual({ code: 2, told: true });
});

test.each(['--from', '--to', '--port', '--by', '--expect'])('%s makes no sense beside --flows', async (option) => {
  const values: Record<string, string> = { '--port': '80', '--by': 'name', '--expect': 'allowed' };
  const { code, stderr } = await ask([], option, values[option] ?? 'shop/web');
  expect(code).toBe(2);
  expect(stderr).toContain(`${option} is of one flow`);
});
