import Ajv from 'ajv/dist/2020';
import profileSchema from '../../schemas/cluster-profile.schema.json';
import flowsSchema from '../../schemas/flows.schema.json';
import verdictSchema from '../../schemas/verdict.schema.json';
import { BALANCER, NODE_PORT, nodeIp, nodes, open, PROFILE, podOn } from '../model/service/lab';
import { portolan } from './support';

const web = (node: 'a' | 'b', host: number) => podOn(node, `web-${node}`, host, { labels: { app: 'web' } });
const items = [...nodes, podOn('a', 'client', 2), web('a', 10), web('b', 11), open({ externalTrafficPolicy: 'Local' })];

const FILES = {
  'cluster.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  'profile.json': JSON.stringify({ ...PROFILE, proxyMode: 'nftables', kubeProxy: { nodePortAddresses: 'primary' } }),
};

async function reach(...argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await portolan(
    ['reach', 'cluster.json', '--cluster', 'profile.json', ...argv],
    FILES,
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

test('the way by the port of another node is drawn hop by hop, up to the reply that does not come back', async () => {
  const way = await reach('--from', 'shop/client', '--to', nodeIp('b'), '--port', String(NODE_PORT));
  expect(way.split('\n').slice(1)).toEqual([
    '',
    'the way from shop/client to shop/web-a',
    '  passes   leaving shop/client, 30080/TCP',
    '           nothing restricts it',
    '  passes   through Service shop/web:80 to shop/web-a:8080 (one of 2)',
    '           at its NodePort, by kube-proxy on node/b',
    '  passes   entering shop/web-a, 8080/TCP',
    '           nothing restricts it',
    '  stops    the reply does not pass the node that translated the request: the client never gets it',
    'answered by shop/web-b',
    '',
  ]);
});

test.each([
  ['a load balancer', 'shop/client', BALANCER, 80],
  ['a load balancer by name of its Service', 'shop/client', 'service/shop/web', 80],
  ['another port of the ClusterIP', 'shop/client', '10.96.0.9', 81],
  ['the node port of the own node by its name', 'node/a', 'node/a', NODE_PORT],
  ['a node port at the loopback', 'node/a', '127.0.0.1', NODE_PORT],
  ['a load balancer from outside', '203.0.113.9', BALANCER, 80],
])('JSON about %s is what the schema says', async (_case, from, to, port) => {
  const verdict = JSON.parse(await reach('--from', from, '--to', to, '--port', String(port), '-o', 'json'));
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(verdictSchema);
  validate(verdict);
  expect(validate.errors).toBeNull();
});

test('flows from outside tell by `via` where they enter', async () => {
  const ways = ['a', 'b', 'c'].map((name) => ({ from: '203.0.113.9', to: BALANCER, port: 80, via: `node/${name}` }));
  const flows = { flows: [...ways, { from: 'shop/client', to: BALANCER, port: 80 }] };
  const files = { ...FILES, 'flows.json': JSON.stringify(flows) };
  const argv = ['reach', 'cluster.json', '--cluster', 'profile.json', '--flows', 'flows.json', '-o', 'json'];
  const { verdicts } = JSON.parse((await portolan(argv, files)).stdout);
  expect(verdicts.map(({ endpoints }: { endpoints: readonly string[] }) => endpoints)).toEqual([
    ['shop/web-a'],
    ['shop/web-b'],
    [],
    ['shop/web-a', 'shop/web-b'],
  ]);
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  expect(ajv.validate(flowsSchema, flows)).toBe(true);
});

test('`via` is of flows from outside alone', async () => {
  const flows = JSON.stringify({ flows: [{ from: 'shop/client', to: BALANCER, port: 80, via: 'node/a' }] });
  const argv = ['reach', 'cluster.json', '--flows', 'flows.json', '-o', 'json'];
  const { code, stderr } = await portolan(argv, { ...FILES, 'flows.json': flows });
  expect(code).toBe(2);
  expect(stderr).toContain('only a flow from outside the cluster enters by a node');
});

test.each([
  ['no map', 'all', 'this is no map'],
  ['a key of nobody', { masquerade: true }, '`kubeProxy` has no field `masquerade`'],
  ['a text for a switch', { masqueradeAll: 'yes' }, 'this is neither true nor false'],
  ['no range', { nodePortAddresses: ['all'] }, 'kubeProxy.nodePortAddresses'],
])('a profile with %s for kubeProxy is refused, as its schema does', async (_case, kubeProxy, told) => {
  const files = { ...FILES, 'bad.json': JSON.stringify({ kubeProxy }) };
  const argv = ['reach', 'cluster.json', '--cluster', 'bad.json', '--from', 'node/a', '--to', 'node/b', '--port', '1'];
  const { code, stderr } = await portolan(argv, files);
  expect(code).toBe(2);
  expect(stderr).toContain(told);
  const isText = told.startsWith('kubeProxy.');
  expect(new Ajv({ allErrors: true, allowUnionTypes: true }).validate(profileSchema, { kubeProxy })).toBe(isText);
});
