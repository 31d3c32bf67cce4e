import Ajv from 'ajv/dist/2020';
import { parse } from 'yaml';
import { checkJson } from '../../lib/cli/check-json';
import { check as checkPromises } from '../../lib/intents/check';
import check from '../../schemas/check.schema.json';
import profile from '../../schemas/cluster-profile.schema.json';
import flows from '../../schemas/flows.schema.json';
import intents from '../../schemas/intents.schema.json';
import map from '../../schemas/map.schema.json';
import resolution from '../../schemas/resolution.schema.json';
import route from '../../schemas/route.schema.json';
import verdict from '../../schemas/verdict.schema.json';
import verdicts from '../../schemas/verdicts.schema.json';
import { service } from '../support/manifests';
import { policy, portolan, SHOP } from './support';

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });

for (const schema of [check, intents, flows, map, resolution, route, verdict, verdicts, profile]) ajv.addSchema(schema);

function problems({ $id }: { readonly $id: string }, value: unknown): unknown {
  const validate = ajv.getSchema($id);
  if (!validate) throw new Error(`no schema ${$id}`);
  return validate(value) ? [] : validate.errors;
}

const FILES = { 'shop.json': SHOP };
const FLOWS = [
  { from: 'shop/web', to: 'shop/db', port: 5432, protocol: 'TCP' },
  { from: 'shop/web', to: 'service/shop/db', port: 5432, by: 'name' },
  { from: 'shop/api', to: 'service/shop/db', port: 81 },
  { from: '192.0.2.1', to: 'service/shop/db', port: 5432 },
  { from: 'shop/api', to: 'shop/web', port: 80, by: 'name' },
  { from: 'shop/api', to: 'shop/db', port: 'sql' },
];

test('what map writes is what its schema says', async () => {
  const { stdout } = await portolan(['map', 'shop.json', '-o', 'json', '--ip-block', 'unknown'], FILES);
  expect(problems(map, JSON.parse(stdout))).toEqual([]);
});

test('what check writes is what its schema says, with places and without', async () => {
  const [typo, dead] = [
    { podSelector: { matchLabels: { app: 'dbb' } } },
    { policyTypes: ['Ingress'], egress: [{}, {}] },
  ];
  const twice = { podSelector: { matchLabels: { app: 'db' } }, ingress: [{}, {}] };
  const ports = [{ port: 80, nodePort: 30080 }];
  const [one, other] = ['d', 'e'].map((name) => service(name, { type: 'NodePort', selector: { app: 'db' }, ports }));
  const items = [policy('a', typo), policy('b', dead), policy('c', twice), one, other];
  const files = { ...FILES, 'p.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) };
  const { stdout } = await portolan(['check', 'shop.json', 'p.json', '-o', 'json'], files);
  expect(problems(check, JSON.parse(stdout))).toEqual([]);
  const manifests = items.map((object) => ({ object, origin: { construct: 'shop' } }));
  const report = checkPromises({ manifests, profile: {}, intents: [] });
  expect(report.lints).not.toEqual([]);
  expect(problems(check, JSON.parse(JSON.stringify(checkJson(report))))).toEqual([]);
});

test.each(['flannel', 'weave', 'kindnet', 'calico'])(
  'so is that of a flow on %s, with the way by the pod network',
  async (cni) => {
    const flow = ['--from', 'shop/api', '--to', 'shop/db', '--port', '5432'];
    for (const to of [flow, ['--from', 'shop/api', '--to', '8.8.8.8', '--port', '53']]) {
      const { stdout } = await portolan(['reach', 'shop.json', ...to, '--cluster', cni, '-o', 'json'], FILES);
      const answer = JSON.parse(stdout);
      expect(answer.hops.map(({ hop }: { hop: string }) => hop)).toContain('fabric');
      expect(problems(verdict, answer)).toEqual([]);
    }
  },
);

test.each(FLOWS)('the verdict of $from to $to:$port is what its schema says', async ({ from, to, port }) => {
  const argv = ['reach', 'shop.json', '--from', from, '--to', to, '--port', String(port), '-o', 'json'];
  expect(problems(verdict, JSON.parse((await portolan(argv, FILES)).stdout))).toEqual([]);
});

test.each([
  ['db.shop.svc.cluster.local'],
  ['db', '--from', 'shop/web'],
  ['www.example.com', '--from', 'shop/web'],
  ['localhost', '--from', 'shop/web'],
])('what resolve writes of %s is what its schema says', async (...argv) => {
  const { stdout } = await portolan(['resolve', 'shop.json', ...argv, '-o', 'json'], FILES);
  expect(problems(resolution, JSON.parse(stdout))).toEqual([]);
});

test.each(['/', '/api', '/none', '/old'])('what route writes of %s is what its schema says', async (path) => {
  const backend = (name: string) => ({ service: { name, port: { number: 5432 } } });
  const paths = [
    { path: '/api', pathType: 'Prefix', backend: backend('db') },
    { path: '/old', pathType: 'ImplementationSpecific', backend: backend('old') },
  ];
  const spec = {
    tls: [{ hosts: ['a.example.com'], secretName: 'a' }],
    rules: [{ host: 'a.example.com', http: { paths } }],
  };
  const metadata = { name: 'edge', namespace: 'shop' };
  const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec };
  const files = { ...FILES, 'ingress.json': JSON.stringify(ingress) };
  const argv = ['route', 'shop.json', 'ingress.json', `https://a.example.com${path}`, '-o', 'json'];
  expect(problems(route, JSON.parse((await portolan(argv, files)).stdout))).toEqual([]);
});

test('flows and their verdicts are what their schemas say', async () => {
  const files = { ...FILES, 'flows.json': JSON.stringify({ flows: FLOWS }) };
  const { stdout } = await portolan(['reach', 'shop.json', '--flows', 'flows.json', '-o', 'json'], files);
  expect(problems(flows, { flows: FLOWS })).toEqual([]);
  expect(problems(verdicts, JSON.parse(stdout))).toEqual([]);
});

test.each([
  { flows: [{ from: 'shop/web', to: 'shop/db' }] },
  { flows: [{ from: 'shop/web', to: 'shop/db', port: '80' }] },
  { flows: [{ from: 'shop/web', to: 'shop/db', port: 80, protocol: 'tcp' }] },
  { flows: [{ from: 'shop/web', to: 'shop/db', port: 80, prot: 'TCP' }] },
])('the schema of flows refuses what the command refuses: %j', async (file) => {
  const files = { ...FILES, 'flows.json': JSON.stringify(file) };
  expect((await portolan(['reach', 'shop.json', '--flows', 'flows.json', '-o', 'json'], files)).code).toBe(2);
  expect(problems(flows, file)).not.toEqual([]);
});

test.each([
  ['cni: calico\npodCidr: [10.244.0.0/16]\nserviceCidr: 10.96.0.0/12\nclusterDomain: cluster.local', 0],
  ['cni: {name: flannel, netpol: true}\nproxyMode: nftables\ningress: [nginx]\ndns: {pods: insecure}', 0],
  ['cni: {name: flannel, backend: host-gw, canal: true}', 0],
  [
    'cni: {name: flannel, backend: {type: vxlan, vni: 7, port: 4789, directRouting: true, mtu: 1500}, network: 10.0.0.0/8}',
    0,
  ],
  ['cni: {name: flannel, backend: {type: wireguard, port: 1, portV6: 2, mtu: 1400}, subnetLen: 24, ipMasq: false}', 0],
  ['cni: {name: flannel, backend: {type: ipip, directRouting: true}, ipv6SubnetLen: 64}', 0],
  ['cni: {name: flannel, backend: ipsec}', 2],
  ['cni: {name: flannel, backend: {type: udp, vni: 1}}', 2],
  ['cni: {name: flannel, backend: {}}', 2],
  ['cni: {name: weave, range: 10.32.0.0/12, passwordSecret: weave-passwd, trustedSubnets: [10.0.0.0/8], mtu: 1400}', 0],
  ['cni: {name: weave, policyController: false, noMasqLocal: false, project: rajch}', 0],
  ['cni: {name: weave, password: hush}', 2],
  ['cni: {name: weave, netpol: true}', 2],
  ['cni: {name: kindnet, networkPolicy: false, masquerading: false, noMasqueradeCidr: [10.0.0.0/8]}', 0],
  ['cni: {name: kindnet, mtu: 1500}', 2],
  [
    'nodePortRange: 20000-22767\nfirewall: {controlPlane: [{from: [nodes, 10.0.0.0/8], ports: [6443/TCP, 4/IP]}], workers: []}',
    0,
  ],
  ['firewall: {workers: [{from: node, ports: all}]}', 2],
  ['firewall: {workers: [{from: [], ports: all}]}', 2],
  ['firewall: {workers: [{from: nodes, ports: 80/tcp}]}', 2],
  ['nodePortRange: 30000', 2],
  ['cni: calcio', 2],
  ['podCIDR: 10.0.0.0/8', 2],
  ['proxyMode: userspace', 2],
])('the schema of profiles and the command agree about %j', async (text, expected) => {
  const { code } = await portolan(['map', 'shop.json', '--cluster', 'c.yaml'], { ...FILES, 'c.yaml': text });
  expect(code).toBe(expected);
  const found = problems(profile, parse(text)) as unknown[];
  expect(found.length > 0 ? 2 : 0).toBe(expected);
});
