import { portolan } from './support';

const service = (name: string, spec: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec,
});
const ports = [{ name: 'http', port: 80 }];
const items = [
  service('api', { clusterIP: '10.96.0.7', ports, selector: { app: 'api' } }),
  service('new', { ports, selector: { app: 'api' } }),
  service('pay', { type: 'ExternalName', externalName: 'pay.example.com' }),
  ...['web', 'agent'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop' },
    spec: { containers: [{ name, image: name }], hostNetwork: name === 'agent' },
  })),
];
const FILES = { 'shop.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) };
const resolve = (...argv: readonly string[]) => portolan(['resolve', 'shop.json', ...argv], FILES);
const json = async (...argv: readonly string[]) => JSON.parse((await resolve(...argv, '-o', 'json')).stdout);

describe('portolan resolve', () => {
  test('asks the zone itself without a pod, and adds nothing to the name (DNS-02)', async () => {
    expect(await json('api.shop.svc.cluster.local')).toMatchObject({
      rcode: 'NOERROR',
      answers: [{ name: 'api.shop.svc.cluster.local.', type: 'A', data: '10.96.0.7', of: 'service/shop/api' }],
    });
    expect(await json('api.shop')).toMatchObject({
      rcode: 'unknown',
      upstream: true,
      queries: [{ name: 'api.shop.' }],
    });
  });

  test('goes through the search list of the pod that asks (DNS-22)', async () => {
    expect(await json('api.shop', '--from', 'shop/web')).toMatchObject({
      rcode: 'NOERROR',
      queries: [
        { name: 'api.shop.shop.svc.cluster.local.', rcode: 'NXDOMAIN' },
        { name: 'api.shop.svc.cluster.local.', rcode: 'NOERROR', search: 'svc.cluster.local' },
      ],
      search: 'svc.cluster.local',
    });
  });

  test('is certain of a Service whose address is yet to be chosen', async () => {
    expect(await json('new', '--from', 'shop/web')).toMatchObject({
      rcode: 'NOERROR',
      answers: [{ type: 'A', data: null, of: 'service/shop/new' }],
      doubts: [],
    });
  });

  test('prints SRV as CoreDNS does (DNS-03)', async () => {
    const { answers } = await json('_http._tcp.api.shop.svc.cluster.local', '--type', 'srv');
    expect(answers).toMatchObject([{ type: 'SRV', data: '0 100 80 api.shop.svc.cluster.local.' }]);
  });

  test('knows an alias, and not what is behind it outside the cluster (DNS-09)', async () => {
    expect(await json('pay', '--from', 'shop/web')).toMatchObject({
      result: 'unknown',
      rcode: 'NOERROR',
      answers: [{ type: 'CNAME', data: 'pay.example.com.' }],
      doubts: [{ rule: 'DNS-16' }],
    });
  });

  test('says what has no room in the resolv.conf of the pod (DNS-20)', async () => {
    const dnsConfig = { nameservers: ['192.0.2.1', '192.0.2.2', '192.0.2.3'] };
    const spec = { dnsConfig, containers: [{ name: 'c', image: 'c' }] };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'full', namespace: 'shop' }, spec };
    const files = { 'pod.json': JSON.stringify(pod) };
    const { stdout } = await portolan(['resolve', 'pod.json', 'api', '--from', 'shop/full'], files);
    expect(stdout).toContain('which is full (DNS-20): nameserver 192.0.2.3\n');
  });

  test('shows where resolvers part, though the one whose questions are shown has its answer (DNS-21)', async () => {
    const { stdout } = await resolve('_http._tcp.api', '--from', 'shop/web', '--type', 'SRV');
    expect(stdout).toContain('NOERROR   _http._tcp.api.shop.svc.cluster.local.  SRV\nwould decide it');
  });

  test('follows the resolver that it is told (DNS-22)', async () => {
    const result = async (resolver: string) =>
      (await json('shop', '--from', 'shop/web', '--resolver', resolver)).result as string;
    expect([await result('musl'), await result('glibc')]).toEqual(['no-data', 'unknown']);
    expect((await json('shop', '--from', 'shop/web')).doubts).toMatchObject([{ rule: 'DNS-16' }, { rule: 'DNS-21' }]);
  });

  test('tells people the questions in order, and why one was the last', async () => {
    const { code, stdout } = await resolve('api.shop', '--from', 'shop/web');
    expect(code).toBe(0);
    expect(stdout).toBe(`api.shop: NOERROR
  api.shop.svc.cluster.local. A 10.96.0.7  service/shop/api

shop/web asks, as glibc does
  NXDOMAIN  api.shop.shop.svc.cluster.local.  A
  NOERROR   api.shop.svc.cluster.local.       A
answered by api.shop.svc.cluster.local. through the search domain svc.cluster.local, so that \`api.shop.\` itself was not asked for (DNS-23)
`);
  });

  test.each([
    ['a name outside', ['www.example.com', '--from', 'shop/web'], 'it goes to servers outside'],
    ['no such name', ['nope.shop.svc.cluster.local'], 'NXDOMAIN: no manifest makes such a name'],
    ['a pod of the node', ['api.shop.svc.cluster.local', '--from', 'shop/agent'], 'NXDOMAIN'],
    ['an address', ['10.0.0.1', '--from', 'shop/web'], 'needs no DNS'],
    ['a name of its own file', ['localhost', '--from', 'shop/web'], '/etc/hosts'],
    ['a record that is not there', ['api.shop.svc.cluster.local', '--type', 'TXT'], 'NOERROR without an answer'],
    ['an address to come', ['new.shop.svc.cluster.local'], 'A <the address of service/shop/new>'],
    ['an alias to the outside', ['pay', '--from', 'shop/web'], 'NOERROR, and nobody knows the rest'],
  ])('exits with 0 whatever the answer: %s', async (_name, argv, words) => {
    const { code, stdout, stderr } = await resolve(...argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(words);
  });

  test.each([
    ['no name', [], 'needs a path and a name'],
    ['an unknown type', ['api', '--type', 'AAA'], 'Did you mean AAAA?'],
    ['a resolver of nobody', ['api', '--resolver', 'musl'], 'makes no sense without --from'],
    ['an unknown pod', ['api', '--from', 'shop/wbe'], 'did you mean `shop/web[Pod]`?'],
    ['a Service that asks', ['api', '--from', 'service/shop/api'], 'only pods have a resolver'],
    ['an empty label', ['api..shop'], 'a part between two dots is empty'],
    ['a label that is too long', [`${'a'.repeat(64)}.shop`], 'more than the 63 of a label'],
  ])('%s is bad usage: exit code 2, nothing on standard output', async (_name, argv, words) => {
    const { code, stdout, stderr } = await resolve(...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
  });
});
