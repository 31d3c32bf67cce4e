import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { deployment, ns, policy, service } from '../support/manifests';
import { portolan } from './support';

const fromOps = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } },
  podSelector: { matchLabels: { app: 'backup' } },
};
const manifests = [
  ns('shop'),
  deployment('web', { ports: [{ containerPort: 3000 }] }),
  deployment('api', { ports: [{ containerPort: 8080 }] }),
  deployment('db', { ports: [{ containerPort: 5432 }] }),
  service('web', { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 3000 }] }),
  policy('db', {
    podSelector: { matchLabels: { app: 'db' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'api' } } }, fromOps], ports: [{ port: 5432 }] }],
    egress: [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ port: 443 }] }],
  }),
];
const FILES = { 'shop.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }) };

/** NP-09: what Cilium carries unless it is told otherwise. */
const CARRIED = 'TCP 1-65535,UDP 1-65535';

async function exposure(workload: string) {
  const { stdout } = await portolan(['map', 'shop.json', '--exposure', '-o', 'json', '--cluster', 'cilium'], FILES);
  const parsed = JSON.parse(stdout) as { exposure: { workload: string }[] };
  return parsed.exposure.find((each) => each.workload === workload);
}

test('a stranger is told by the labels that it would need, and who declared carries them', async () => {
  expect(await exposure('shop/db[Deployment]')).toEqual({
    workload: 'shop/db[Deployment]',
    ingress: {
      unprotected: false,
      strangers: [
        { who: 'pods with app=api in namespace shop', conn: 'TCP 5432', like: ['shop/api[Deployment]'] },
        { who: 'pods with app=backup in namespace ops', conn: 'TCP 5432', like: [] },
      ],
      outside: [],
    },
    egress: {
      unprotected: false,
      strangers: [],
      outside: [{ addresses: '192.0.2.0-192.0.2.255', conn: 'TCP 443' }],
    },
    doors: [],
  });
});

test('whom nothing protects is open to any pod, and strangers who get no further are not told', async () => {
  expect(await exposure('shop/web[Deployment]')).toMatchObject({
    ingress: { unprotected: true, strangers: [{ who: 'any pod', conn: CARRIED, like: [] }] },
    doors: [{ via: 'LoadBalancer', service: 'shop/web', port: '3000/TCP' }],
  });
});

test('the text has a line a stranger in the notation of the map, then who is unprotected and what leads in', async () => {
  const { code, stdout } = await portolan(['map', 'shop.json', '--exposure', '--cluster', 'cilium'], FILES);
  expect(code).toBe(0);
  expect(stdout).toContain('[pods with app=backup in namespace ops] => shop/db[Deployment] : TCP 5432\n');
  expect(stdout).toContain('[any pod] => shop/web[Deployment] : TCP 1-65535,UDP 1-65535\n');
  expect(stdout).toContain('\nunprotected on ingress:\n  shop/api[Deployment]\n  shop/web[Deployment]\n');
  expect(stdout).toContain('\nways in from outside:\n  shop/web[Deployment]:3000/TCP by LoadBalancer shop/web\n');
});

test('a URL that an Ingress brings to a workload is a way in, with the container port that it comes to', async () => {
  const backend = { service: { name: 'api', port: { number: 80 } } };
  const paths = [{ path: '/api', pathType: 'Prefix', backend }];
  const spec = { rules: [{ host: 'shop.example.com', http: { paths } }] };
  const ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'edge', namespace: 'shop' },
    spec,
  };
  const api = service('api', { selector: { app: 'api' }, ports: [{ port: 80, targetPort: 8080 }] });
  const files = { ...FILES, 'edge.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [ingress, api] }) };
  const argv = ['map', 'shop.json', 'edge.json', '--exposure'];
  const { stdout: text } = await portolan(argv, files);
  expect(text).toContain('shop/api[Deployment]:8080/TCP by Ingress http://shop.example.com/api* (Ingress shop/edge)\n');
  const { stdout } = await portolan([...argv, '-o', 'json'], files);
  const of = (name: string) =>
    JSON.parse(stdout).exposure.find(({ workload }: { workload: string }) => workload === `shop/${name}[Deployment]`);
  expect(of('api').doors).toEqual([
    {
      via: 'Ingress',
      service: 'shop/api',
      port: '8080/TCP',
      url: 'http://shop.example.com/api*',
      rule: 'Ingress shop/edge',
    },
  ]);
  expect(of('db').doors).toEqual([]);
});

/** An Ingress of ingress-nginx for the Service `api`, with the annotations and arguments that are told. */
function behindNginx(annotations: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const spec = {
    ingressClassName: 'nginx',
    rules: [
      {
        host: 'shop.example.com',
        http: {
          paths: [{ path: '/api', pathType: 'Prefix', backend: { service: { name: 'api', port: { number: 80 } } } }],
        },
      },
    ],
  };
  const metadata = { name: 'edge', namespace: 'shop', annotations };
  const labels = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' };
  const items = [
    { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec },
    service('api', { selector: { app: 'api' }, ports: [{ port: 80, targetPort: 8080 }] }),
    service('db', { selector: { app: 'db' }, ports: [{ port: 80, targetPort: 5432 }] }),
    deployment('controller', { namespace: 'ingress-nginx', labels, args }),
  ];
  return {
    ...FILES,
    'edge.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
    'nginx.yaml': 'ingress: [nginx]',
  };
}
const PREFIX = 'nginx.ingress.kubernetes.io/';

test('ING-13, ING-19: what annotations and arguments leave open of a way in is told with it', async () => {
  const argv = ['map', 'shop.json', 'edge.json', '--exposure', '--cluster', 'nginx.yaml'];
  const door = 'shop/api[Deployment]:8080/TCP by Ingress http://shop.example.com/api* (Ingress shop/edge)';
  expect((await portolan(argv, behindNginx({}))).stdout).toContain(`  ${door}\n`);
  const { stdout } = await portolan(
    argv,
    behindNginx({ [`${PREFIX}server-snippet`]: 'return 403;' }, '--watch-namespace=x'),
  );
  expect(stdout).toContain(`  ${door} ?
    would decide it: nginx without the argument --watch-namespace=x, which Portolan does not read (ING-13)
    would decide it: an Ingress shop/edge without server-snippet, which Portolan does not read (ING-19)
`);
});

test('ING-10, ING-19: who is perhaps open by annotations and arguments is told, with what would decide it', async () => {
  const argv = ['map', 'shop.json', 'edge.json', '--exposure', '--cluster', 'nginx.yaml'];
  const files = behindNginx({ [`${PREFIX}auth-url`]: 'http://db.shop.svc/auth' }, '--default-backend-service=shop/db');
  const { stdout: text } = await portolan(argv, files);
  expect(text).toContain(`\nperhaps open from outside by other ways:
  shop/db[Deployment]
    would decide it: an Ingress shop/edge without auth-url, which may send requests there (ING-19)
    would decide it: Deployment ingress-nginx/controller without --default-backend-service`);
  const { stdout } = await portolan([...argv, '-o', 'json'], files);
  const told = JSON.parse(stdout).exposure.map(({ workload, open = [] }: { workload: string; open?: object[] }) => {
    return `${workload} ${open.length}`;
  });
  expect(told).toContain('shop/db[Deployment] 2');
  expect(told).toContain('shop/web[Deployment] 0');
  const schema = JSON.parse(readFileSync(join(__dirname, '../../schemas/exposure.schema.json'), 'utf8'));
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
  validate(JSON.parse(stdout));
  expect(validate.errors).toBeNull();
});

test('what nobody can know stands behind a question mark', async () => {
  const args = ['map', 'shop.json', '--exposure', '--ip-block', 'unknown'];
  const { stdout } = await portolan(args, FILES);
  expect(stdout).toContain('shop/db[Deployment] => [any pod] : ? TCP 443\n');
});

test('its JSON is what its schema says', async () => {
  const { stdout } = await portolan(['map', 'shop.json', '--exposure', '-o', 'json'], FILES);
  const schema = JSON.parse(readFileSync(join(__dirname, '../../schemas/exposure.schema.json'), 'utf8'));
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
  validate(JSON.parse(stdout));
  expect(validate.errors).toBeNull();
});

test.each([
  ['as a drawing', ['-o', 'dot'], /printed as text or json/],
  ['of one family', ['--ip-family', '4'], /all address families at once/],
])('it is refused %s', async (_, extra, message) => {
  const { code, stdout, stderr } = await portolan(['map', 'shop.json', '--exposure', ...extra], FILES);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(message);
});
