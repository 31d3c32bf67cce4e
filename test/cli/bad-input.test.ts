import { portolan, SHOP } from './support';

const HEAD = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\n';
const peer = (text: string) => `${HEAD}spec:\n  podSelector: {}\n  ingress:\n    - from:\n        - ${text}\n`;
const port = (text: string) => `${HEAD}spec:\n  podSelector: {}\n  ingress:\n    - ports:\n        - ${text}\n`;
const selector = (text: string) => `${HEAD}spec:\n  podSelector: {matchExpressions: [${text}]}\n`;

test.each<[string, string, string, number]>([
  ['broken YAML', `${HEAD}spec: {podSelector: [`, 'PTL001', 4],
  ['a field of the wrong type', `${HEAD}spec: {podSelector: text}\n`, 'PTL002', 4],
  ['a prefix that is too long', peer('ipBlock: {cidr: 10.0.0.1/33}'), 'PTL005', 8],
  ['a leading zero in an address', peer('ipBlock: {cidr: 010.0.0.0/8}'), 'PTL005', 8],
  ['an address with missing octets', peer('ipBlock: {cidr: 10.0/8}'), 'PTL005', 8],
  ['an exception outside its block (NP-16)', peer('ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/16]}'), 'PTL006', 8],
  ['an exception equal to its block (NP-16)', peer('ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}'), 'PTL006', 8],
  ['port 0', port('port: 0'), 'PTL007', 8],
  ['port 70000', port('port: 70000'), 'PTL007', 8],
  ['an end below its port (NP-25)', port('{port: 80, endPort: 79}'), 'PTL008', 8],
  ['an end beside a named port (NP-25)', port('{port: http, endPort: 90}'), 'PTL008', 8],
  ['a quoted port number (NP-24)', port('port: "80"'), 'PTL009', 8],
  ['a lower-case protocol', port('{port: 80, protocol: tcp}'), 'PTL004', 8],
  ['an unknown operator', selector('{key: app, operator: Equals, values: [a]}'), 'PTL004', 5],
  ['In without values (NP-13)', selector('{key: app, operator: In}'), 'PTL010', 5],
  ['an empty peer (NP-12)', peer('{}'), 'PTL011', 8],
  ['a block beside a selector (NP-12)', peer('{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}'), 'PTL011', 8],
  ['the same object twice', `${HEAD}spec: {podSelector: {}}\n---\n${HEAD}spec: {podSelector: {}}\n`, 'PTL012', 8],
])('%s is refused with its code and place', async (_name, text, code, line) => {
  const ran = await portolan(['map', 'policy.yaml'], { 'policy.yaml': text });
  expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 2, stdout: '' });
  expect(ran.stderr).toMatch(new RegExp(`^error\\[${code}\\]: policy\\.yaml:${line}:\\d+: `, 'm'));
  expect(ran.stderr).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
});

test('a missing file is refused with its path', async () => {
  const { code, stdout, stderr } = await portolan(['map', 'nowhere.yaml']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^error\[PTL013\]: nowhere\.yaml: /);
});

test('every fault of every file is told, top to bottom', async () => {
  const files = {
    'a.yaml': port('{port: 0, protocol: tcp}'),
    'b.yaml': `${HEAD}spec: {podSelector: [`,
  };
  const { stderr } = await portolan(['map', 'a.yaml', 'b.yaml', 'c.yaml'], files);
  const places = [...stderr.matchAll(/^error\[PTL\d+\]: (\S+): /gm)].map(([, place]) => place.replace(/:\d+$/, ''));
  expect(places).toEqual(expect.arrayContaining(['a.yaml:8', 'b.yaml:4', 'c.yaml']));
  expect(places.filter((place) => place === 'a.yaml:8')).toHaveLength(2);
});

test.each([
  ['an empty text', ['-'], { '-': '' }],
  ['documents without content', ['a.yaml'], { 'a.yaml': '---\n# none\n' }],
])('%s is told, as nothing was judged', async (_, paths, files) => {
  for (const command of ['check', 'map']) {
    const { code, stderr } = await portolan([command, ...paths], files);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^warning: .*: no Kubernetes object in it$/m),
    });
  }
});

test('a file of another kind is not measured by what kubectl reads', async () => {
  const files = { 'a.yaml': `${HEAD}spec: {podSelector: {}}`, 'p.yaml': 'promises: [' };
  const { stderr } = await portolan(['check', 'a.yaml', '--intents', 'p.yaml'], files);
  expect(stderr).toMatch(/^error\[PTL001\]: p\.yaml:.*expected {2}YAML or JSON$/ms);
});

test('a name without its namespace is told where it stands', async () => {
  const argv = ['reach', 'shop.json', '--from', 'web', '--to', 'nobody', '--port', '80'];
  const { stderr } = await portolan(argv, { 'shop.json': SHOP });
  expect(stderr).toMatch(/`web` is no endpoint: a name stands behind its namespace, as in\s+shop\/web\[Deployment\]$/m);
  expect(stderr).toMatch(/`nobody` is no endpoint$/m);
});

test('a folder in place of a file is told to be one', async () => {
  const readFile = (): never => {
    throw Object.assign(new Error('a folder'), { code: 'EISDIR', syscall: 'read' });
  };
  const { code, stderr } = await portolan(['firewall', '--cluster', 'net.yaml'], {}, { readFile });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error\[PTL013\]: net\.yaml: it is a folder$/m);
});

test('documents that are no Kubernetes objects are left out with a warning', async () => {
  const { code, stderr } = await portolan(['map', 'values.yaml'], { 'values.yaml': 'replicas: 3\n' });
  expect(code).toBe(0);
  expect(stderr).toMatch(/^warning: values\.yaml/);
});
