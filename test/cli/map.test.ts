import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder } from '../support/folder';
import { portolan, SHOP } from './support';

const FILES = { 'shop.json': SHOP };
const EXTERNAL = '0.0.0.0-255.255.255.255[External]';

test('map prints one sorted line a connection', async () => {
  const { code, stdout, stderr } = await portolan(['map', 'shop.json'], FILES);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.trimEnd().split('\n')).toEqual([
    `${EXTERNAL} => shop/api[Deployment] : All Connections`,
    `${EXTERNAL} => shop/web[Deployment] : All Connections`,
    `shop/api[Deployment] => ${EXTERNAL} : All Connections`,
    'shop/api[Deployment] => shop/db[Deployment] : TCP 5432',
    'shop/api[Deployment] => shop/web[Deployment] : All Connections',
    `shop/db[Deployment] => ${EXTERNAL} : All Connections`,
    'shop/db[Deployment] => shop/api[Deployment] : All Connections',
    'shop/db[Deployment] => shop/web[Deployment] : All Connections',
    'shop/web[Deployment] => shop/api[Deployment] : All Connections',
  ]);
});

test('map --by name lists Services at their ports, drawn with their namespace', async () => {
  const { stdout } = await portolan(['map', 'shop.json', '--by', 'name'], FILES);
  expect(stdout).toContain('shop/api[Deployment] => service/shop/db : TCP 5432\n');
  expect(stdout).not.toContain('External');
  const drawn = await portolan(['map', 'shop.json', '--by', 'service', '-o', 'mermaid'], FILES);
  expect(drawn.stdout).toMatch(/subgraph .*shop[\s\S]*service\/db/);
});

test.each([
  [['--by', 'name', '--exposure'], '--exposure speaks of pods'],
  [['--by', 'name', '--ip-family', '4'], 'families that each Service has'],
  [['--by', 'host'], 'podIP, service, name'],
])('map %j is refused with a reason', async (options, reason) => {
  const { code, stdout, stderr } = await portolan(['map', 'shop.json', ...options], FILES);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(reason);
});

test('every format tells the same connections', async () => {
  const { stdout } = await portolan(['map', 'shop.json', '-o', 'json'], FILES);
  const { connections } = JSON.parse(stdout) as { connections: object[] };
  const arrows = { csv: /^.*\[.*,.*\[/gm, markdown: /^\| .*\[.*\|$/gm, mermaid: / -->\|/g, dot: / -> /g };
  for (const [format, arrow] of Object.entries(arrows)) {
    const drawn = await portolan(['map', 'shop.json', '-o', format], FILES);
    expect([format, drawn.stdout.match(arrow)?.length]).toEqual([format, connections.length]);
  }
});

test('csv quotes what holds a comma', async () => {
  const files = { 'all.json': twoPorts() };
  const { stdout } = await portolan(['map', 'all.json', '-o', 'csv'], files);
  expect(stdout).toContain('shop/web[Pod],shop/db[Pod],"TCP 80,UDP 53"\n');
});

test('manifests come from standard input too', async () => {
  const { stdout } = await portolan(['map', '-'], { '-': SHOP });
  expect(stdout).toContain('shop/api[Deployment] => shop/db[Deployment] : TCP 5432');
});

describe('what nobody can know', () => {
  const files = { 'blocks.json': ipBlock() };

  test('is not listed, but told in one line on standard error', async () => {
    const { code, stdout, stderr } = await portolan(['map', 'blocks.json', '--ip-block', 'unknown'], files);
    expect(code).toBe(0);
    expect(stdout).not.toContain('shop/web[Pod] => shop/db[Pod]');
    expect(stderr).toMatch(/^1 connection is unknown .*NP-17.*; `-o json` says what would decide each\n$/);
  });

  test('stands in the JSON with what would decide it', async () => {
    const { stdout, stderr } = await portolan(['map', 'blocks.json', '--ip-block', 'unknown', '-o', 'json'], files);
    expect(stderr).toMatch(/; `unknown` says what would decide each\n$/);
    expect(JSON.parse(stdout).unknown).toEqual([
      expect.objectContaining({ src: 'shop/web[Pod]', because: [expect.objectContaining({ rule: 'NP-17' })] }),
    ]);
  });

  test.each([
    ['any', true],
    ['external', false],
  ])('is decided by --ip-block %s (NP-17)', async (reading, isListed) => {
    const { stdout, stderr } = await portolan(['map', 'blocks.json', '--ip-block', reading], files);
    expect(stdout.includes('shop/web[Pod] => shop/db[Pod]')).toBe(isListed);
    expect(stderr).toBe('');
  });
});

test('a hostNetwork pod is a pod where blocks are external only, and open otherwise (NP-28)', async () => {
  const files = { 'agent.json': hostNetwork() };
  const line = 'shop/web[Pod] => shop/agent[Pod]';
  expect((await portolan(['map', 'agent.json', '--ip-block', 'external'], files)).stdout).not.toContain(line);
  expect((await portolan(['map', 'agent.json', '--ip-block', 'external'], files)).stderr).toBe('');
  expect((await portolan(['map', 'agent.json'], files)).stderr).toContain('NP-28');
  const calico = await portolan(['map', 'agent.json', '--ip-block', 'external', '--cluster', 'calico'], files);
  expect(calico.stdout).toContain(line);
});

test.each(['6', 'IPv6', 'ipv6'])('--ip-family %s looks at IPv6 alone', async (family) => {
  const { stdout } = await portolan(['map', 'shop.json', '--ip-family', family], FILES);
  expect(stdout).toContain('::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff[External] => shop/api[Deployment]');
  expect(stdout).not.toContain('255.255.255.255');
});

describe('--output', () => {
  const folder = emptyFolder();

  test('replaces the file with the whole answer and leaves nothing else behind', async () => {
    const file = join(folder, 'map.txt');
    writeFileSync(file, 'old');
    const { code, stdout } = await portolan(['map', 'shop.json', '--output', file], FILES);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(readFileSync(file, 'utf8')).toContain('TCP 5432\n');
    expect(readdirSync(folder)).toEqual(['map.txt']);
  });

  test('into a folder that is not there is bad usage', async () => {
    const { code, stderr } = await portolan(['map', 'shop.json', '--output', join(folder, 'no', 'map.txt')], FILES);
    expect(code).toBe(2);
    expect(stderr).toContain('cannot be written');
  });
});

function pods(...specs: readonly (readonly [string, object?])[]): object[] {
  return specs.map(([name, spec]) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', labels: { app: name } },
    spec: { containers: [{ name: 'main', image: 'x' }], ...spec },
    status: { podIP: name === 'web' ? '10.0.0.1' : '10.0.0.2' },
  }));
}

function guarded(name: string, ingress: object): object {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'guard', namespace: 'shop' },
    spec: { podSelector: { matchLabels: { app: name } }, policyTypes: ['Ingress'], ingress: [ingress] },
  };
}

function list(...items: readonly object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

function twoPorts(): string {
  return list(...pods(['web'], ['db']), guarded('db', { ports: [{ port: 80 }, { port: 53, protocol: 'UDP' }] }));
}

function ipBlock(): string {
  return list(...pods(['web'], ['db']), guarded('db', { from: [{ ipBlock: { cidr: '10.0.0.1/32' } }] }));
}

function hostNetwork(): string {
  const [web, agent] = pods(['web'], ['agent', { hostNetwork: true }]);
  return list(web, agent, guarded('agent', { from: [{ podSelector: { matchLabels: { app: 'nobody' } } }] }));
}
