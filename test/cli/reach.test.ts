import { portolan, SHOP } from './support';

const FILES = { 'shop.json': SHOP };
const ask = (...argv: readonly string[]) => portolan(['reach', 'shop.json', ...argv], FILES);
const reasonOf = async (...argv: readonly string[]) => (await ask(...argv)).stdout.split('\n')[0];

test('a denied flow is told in one sentence, then hop by hop', async () => {
  const { code, stdout } = await ask('--from', 'shop/web', '--to', 'shop/db', '--port', '5432');
  expect(code).toBe(0);
  expect(
    stdout,
  ).toBe(`web -> db:5432 denied: egress allowed by shop/web-to-any, ingress not allowed by shop/db-clients (ingress[0] wants app=api)

the way from shop/web[Deployment] to shop/db[Deployment]
  passes   leaving shop/web[Deployment], 5432/TCP
           allowed by shop/web-to-any egress[0] (shop.json:1:1481)
  stops    entering shop/db[Deployment], 5432/TCP
           not allowed by shop/db-clients (shop.json:1:1158)
           no match: shop/db-clients ingress[0] (shop.json:1:1198) wants app=api
`);
});

test('the JSON has outcome, endpoints, reason and hops', async () => {
  const { stdout } = await ask('--from', 'shop/api', '--to', 'shop/db', '--port', '5432', '-o', 'json');
  expect(JSON.parse(stdout)).toMatchObject({
    outcome: 'allowed',
    endpoints: ['shop/db[Deployment]'],
    reason: 'api -> db:5432 allowed: egress not restricted, ingress allowed by shop/db-clients',
    hops: [
      { hop: 'egress-policy', decision: 'passes', decidedBy: [] },
      { hop: 'ingress-policy', decision: 'passes', decidedBy: [{ name: 'db-clients', rule: 0 }] },
    ],
  });
});

test('SVC-29, NP-27: ICMP can not be asked for, as no policy and no Service speaks of it', async () => {
  const { code, stdout, stderr } = await portolan(
    ['reach', 'shop.json', '--from', 'shop/web', '--to', 'service/shop/db', '--port', '8/ICMP'],
    FILES,
  );
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('neither policies nor Services speak of it');
});

describe('how the receiver is dialled', () => {
  test('by pod address unless asked otherwise, without a lookup', async () => {
    const reason = await reasonOf('--from', 'shop/api', '--to', 'shop/db', '--port', '5432');
    expect(reason).not.toContain('Service');
  });

  test('by name for a Service, with the lookup (DNS-29)', async () => {
    const reason = await reasonOf('--from', 'shop/web', '--to', 'service/shop/db', '--port', '5432');
    expect(reason).toContain(
      'the lookup of db.shop.svc.cluster.local is denied: egress not allowed by shop/web-to-any',
    );
    expect(reason).toContain('through Service shop/db:5432');
  });

  test('by Service without a lookup', async () => {
    const reason = await reasonOf('--from', 'shop/api', '--to', 'shop/db', '--port', '5432', '--by', 'service');
    expect(reason).toBe(
      'api -> db:5432 allowed: through Service shop/db:5432, egress not restricted, ingress allowed by shop/db-clients',
    );
  });

  test('on a port by its name', async () => {
    const reason = await reasonOf('--from', 'shop/api', '--to', 'shop/db', '--port', 'sql');
    expect(reason).toContain('api -> db:5432 allowed');
  });

  test('on a port that the Service lacks (SVC-10)', async () => {
    const reason = await reasonOf('--from', 'shop/api', '--to', 'service/shop/db', '--port', '81');
    expect(reason).toBe('api -> db:81 denied: Service shop/db has no port 81');
  });
});

test.each([
  ['--from 1.2.3.4 --to service/shop/db --port 5432', /unknown: .*open is .* \(SVC-15\)$/],
  ['--from shop/web --to 1.2.3.4 --port 443', /^shop\/web -> 1\.2\.3\.4:443 denied: egress not allowed/],
  ['--from 1.2.3.4 --to 5.6.7.8 --port 80', /allowed: no pod whose policies could decide takes part$/],
  ['--from shop/api --to shop/web --port 53/UDP', /^api -> web:53\/UDP allowed/],
  ['--from shop/api --to shop/web --port 53/udp', /^api -> web:53\/UDP allowed/],
])('reach %s', async (argv, reason) => {
  expect(await reasonOf(...argv.split(' '))).toMatch(reason);
});

describe('--expect', () => {
  test('exits with 0 when the answer is the expected one', async () => {
    const { code, stderr } = await ask('--from', 'shop/web', '--to', 'shop/db', '--port', '80', '--expect', 'denied');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('exits with 1 when it is not, and still answers', async () => {
    const { code, stdout, stderr } = await ask(
      '--from',
      'shop/api',
      '--to',
      'shop/web',
      '--port',
      '80',
      '--expect',
      'denied',
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'expected denied, but the flow is allowed\n' });
    expect(stdout).toContain('allowed');
  });
});

describe('an end that nobody knows', () => {
  test.each([
    ['--from shop/wbe --to shop/db --port 1', 'did you mean `shop/web[Deployment]`?'],
    ['--from shop/web --to service/shop/bd --port 1', 'did you mean `service/shop/db`?'],
    ['--from shop/web[Pod] --to shop/db --port 1', 'did you mean `shop/web[Deployment]`?'],
    ['--from nonsense --to shop/db --port 1', 'ns/pod, ns/name, ns/name[Kind], node/NAME'],
  ])('is refused with what was meant: %s', async (argv, help) => {
    const { code, stdout, stderr } = await ask(...argv.split(' '));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('error[PTL017]');
    expect(stderr).toContain(help);
  });

  test('both ends are told at once', async () => {
    const { stderr } = await ask('--from', 'shop/a', '--to', 'shop/b', '--port', '1');
    expect(stderr.match(/error\[PTL017\]/g)).toHaveLength(2);
  });

  test('a Service sends nothing', async () => {
    const { code, stderr } = await ask('--from', 'service/shop/db', '--to', 'shop/db', '--port', '1');
    expect({ code, told: stderr.includes('error[PTL016]: --from: a Service sends nothing') }).toEqual({
      code: 2,
      told: true,
    });
  });

  test('nor is the name of a port that the receiver lacks', async () => {
    const { code, stderr } = await ask('--from', 'shop/web', '--to', 'shop/db', '--port', 'sqk');
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean `sql`?');
  });
});
