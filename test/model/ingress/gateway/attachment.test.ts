import { from, gateway, INFRA, listener, prefix, route, to, WEB } from './conformance/suite';
import { answerTo, edgeOf } from './lab';

const [V1, V2] = ['infra-backend-v1', 'infra-backend-v2'];
const labelled = { matchLabels: { team: 'shop' } };
const app = [
  route('elsewhere', [{ backendRefs: [{ name: 'api', port: 80 }] }], { namespace: 'elsewhere', parents: ['g'] }),
];
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'api', namespace: 'elsewhere' },
  spec: { selector: { app: 'api' }, ports: [{ port: 80 }] },
};

describe('GW-04: a listener that selects namespaces', () => {
  test('may or may not take routes of one that is declared elsewhere', () => {
    const objects = [gateway('g', [listener('http', undefined, from('Selector', labelled))]), service, ...app];
    expect(answerTo(edgeOf(objects, 'g'), ['/', ''])).toBe('elsewhere/api or 404 (GW-04)');
  });

  test('knows every namespace by its name', () => {
    const byName = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
    const objects = (name: string) => [
      gateway('g', [listener('http', undefined, from('Selector', byName(name)))]),
      service,
      ...app,
    ];
    expect(answerTo(edgeOf(objects('elsewhere'), 'g'), ['/', ''])).toBe('elsewhere/api');
    expect(answerTo(edgeOf(objects('other'), 'g'), ['/', ''])).toBe('404');
  });

  test.each([['None'], ['Selector']])('from %s without a selector takes no route at all', (namespaces) => {
    const objects = [
      gateway('g', [listener('http', undefined, from(namespaces))]),
      route('own', [to('v1')], { parents: ['g'] }),
    ];
    expect(answerTo(edgeOf(objects, 'g'), ['/', ''])).toBe('404');
  });
});

describe('GW-03: listeners that are not distinct', () => {
  const on443 = { port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'a' }] } };

  test('take nothing, none of them', () => {
    const listeners = [listener('http'), listener('tcp', undefined, { protocol: 'TCP' })];
    const objects = [gateway('g', listeners), route('own', [to('v1')], { parents: ['g'] })];
    expect(answerTo(edgeOf(objects, 'g'), ['/', ''])).toBe('refused');
    expect(edgeOf(objects, 'g').listeners).toEqual([]);
  });

  test('are distinct by port, or by hostname', () => {
    const listeners = [listener('a', 'a.test'), listener('b', 'b.test'), listener('c', undefined, on443)];
    const objects = [gateway('g', listeners), route('own', [to('v1')], { parents: ['g'] })];
    expect(edgeOf(objects, 'g').listeners.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  test('leave open whether HTTP and TLS go together on one port', () => {
    const listeners = [listener('a', 'a.test', { port: 443 }), listener('b', 'b.test', on443)];
    const objects = [gateway('g', listeners), route('own', [to('v1')], { parents: ['g'] })];
    expect(answerTo(edgeOf(objects, 'g'), ['http://a.test:443/', ''])).toBe(`${V1} or 404 (GW-03)`);
  });
});

describe('a ListenerSet', () => {
  const set = (name: string, hostname: string, namespace = INFRA, rest: object = {}) => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'ListenerSet',
    metadata: { name, namespace },
    spec: { parentRef: { name: 'g', namespace: INFRA }, listeners: [listener('extra', hostname, rest)] },
  });
  const allowing = (namespaces: string, selector?: object) => ({
    allowedListeners: { namespaces: { from: namespaces, selector } },
  });
  const attached = (name: string, namespace = INFRA) =>
    route(`to-${name}`, [to('v1')], { namespace, parents: [{ kind: 'ListenerSet', name, namespace }] });
  const answer = (objects: readonly object[], url: string) => answerTo(edgeOf(objects, 'g'), [url, '']);

  test('adds listeners where the Gateway allows it, with routes of their own', () => {
    const own = route('own', [to('v2')], { parents: ['g'] });
    const objects = [
      gateway('g', [listener('http', 'a.test')], allowing('Same')),
      set('more', 'b.test'),
      attached('more'),
      own,
    ];
    expect(answer(objects, 'b.test/')).toBe(V1);
    expect(answer(objects, 'a.test/')).toBe(V2);
  });

  test('adds none where nothing is said', () => {
    const objects = [gateway('g', [listener('http', 'a.test')]), set('more', 'b.test'), attached('more')];
    expect(answer(objects, 'b.test/')).toBe('404');
  });

  test('may add some where the labels of its namespace are not known', () => {
    const objects = [
      gateway('g', [listener('http', 'a.test')], allowing('Selector', labelled)),
      set('more', 'b.test', 'elsewhere'),
      route('more', [{ backendRefs: [{ name: 'api', port: 80 }] }], {
        namespace: 'elsewhere',
        parents: [{ kind: 'ListenerSet', name: 'more', namespace: 'elsewhere' }],
      }),
      service,
    ];
    expect(answer(objects, 'b.test/')).toBe('elsewhere/api or 404 (GW-04)');
  });

  test('GW-03: gives way to the Gateway, and to the older set', () => {
    const objects = [
      gateway('g', [listener('http', 'a.test')], allowing('All')),
      set('first', 'a.test'),
      attached('first'),
      route('own', [to('v2')], { parents: ['g'] }),
    ];
    expect(answer(objects, 'a.test/')).toBe(V2);
  });
});

describe('GW-08: an HTTPRoute and a GRPCRoute of the same hosts', () => {
  const http = (createdAt?: string) => route('http', [to('v1', prefix('/'))], { createdAt });
  const grpc = (createdAt?: string) => route('grpc', [to('grpc-infra-backend-v1')], { kind: 'GRPCRoute', createdAt });
  const call = 'POST /shop.v1.Cart/Add';

  test('are not merged: the older one is taken alone', () => {
    expect(answerTo(edgeOf([http('2026-01-01T00:00:00Z'), grpc('2026-01-02T00:00:00Z')]), [call, ''])).toBe(V1);
    expect(answerTo(edgeOf([http('2026-01-02T00:00:00Z'), grpc('2026-01-01T00:00:00Z')]), [call, ''])).toBe(
      'grpc-infra-backend-v1',
    );
  });

  test('leave open which is taken where nobody tells their age', () => {
    expect(answerTo(edgeOf([http(), grpc()]), [call, ''])).toBe(`${V1} or 404 or grpc-infra-backend-v1 (GW-08)`);
  });

  test('do not meet where their hostnames do not', () => {
    const hosts = (hostname: string, kind?: string) =>
      route(hostname, [to(kind ? 'grpc-infra-backend-v1' : 'v1')], { kind, hostnames: [hostname] });
    const edge = edgeOf([hosts('a.test'), hosts('b.test', 'GRPCRoute')]);
    expect(answerTo(edge, ['a.test/', ''])).toBe(V1);
    expect(answerTo(edge, ['POST b.test/a.B/C', ''])).toBe('grpc-infra-backend-v1');
  });
});

describe('GW-05: a parentRef', () => {
  test('to a Service is of a mesh and attaches to no Gateway', () => {
    const objects = [route('mesh', [to('v1')], { parents: [{ group: '', kind: 'Service', name: 'same-namespace' }] })];
    expect(answerTo(edgeOf(objects), ['/', ''])).toBe('404');
  });

  test('means the namespace of the route unless it says otherwise', () => {
    const objects = [route('away', [to('web-backend')], { namespace: WEB, parents: [{ name: 'all-namespaces' }] })];
    expect(answerTo(edgeOf(objects, 'all-namespaces'), ['/', ''])).toBe('404');
  });
});
