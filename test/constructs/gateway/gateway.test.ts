import { ApiObject, type Chart, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { Gateway, type GatewayProps, Listener } from 'portolan';
import { chartIn, emitted } from '../manifests';
import { specOf } from './stage';

const http = Listener.http();

function listenersOf(props: Partial<GatewayProps<string>>, chart = chartIn('infra')) {
  new Gateway(chart, 'public', { className: 'istio', listeners: { http }, ...props });
  return specOf(chart, 'Gateway').listeners;
}

describe('what a Gateway listens on', () => {
  test('plain HTTP on port 80, TLS on 443, unless they say otherwise', () => {
    const listeners = {
      http,
      other: Listener.http({ port: 8080 }),
      https: Listener.https({ hostname: '*.example.com', tls: 'public-tls' }),
    };
    expect(listenersOf({ listeners })).toEqual([
      { name: 'http', port: 80, protocol: 'HTTP' },
      { name: 'other', port: 8080, protocol: 'HTTP' },
      {
        name: 'https',
        port: 443,
        protocol: 'HTTPS',
        hostname: '*.example.com',
        tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: 'public-tls' }] },
      },
    ]);
  });

  test('the class and the name', () => {
    const chart = chartIn('infra');
    new Gateway(chart, 'public', { className: 'istio', listeners: { http }, name: 'edge' });
    expect(emitted(chart)).toMatchObject([
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        metadata: { name: 'edge', namespace: 'infra' },
        spec: { gatewayClassName: 'istio' },
      },
    ]);
  });

  test('several hosts on one port', () => {
    const of = (hostname: string) => Listener.http({ hostname });
    expect(listenersOf({ listeners: { a: of('a.example.com'), b: of('b.example.com') } })).toHaveLength(2);
  });

  test.each<[string, Record<string, Listener>, string]>([
    [
      'two for the same host on one port',
      { a: http, b: Listener.http() },
      'Unable to listen as "b" in Gateway "infra/public": "a" listens on port 80 for every host as well, and a controller then takes neither (GW-03)',
    ],
    [
      'two protocols on one port',
      { a: http, b: Listener.https({ port: 80, tls: 'tls' }) },
      '"a" listens on port 80 for HTTP, and a port has one protocol (GW-03)',
    ],
    ['none', {}, 'Unable to create Gateway "infra/public": it has no listeners'],
    ['an address as a host', { a: Listener.http({ hostname: '192.0.2.1' }) }, 'it is an address, and hosts are names'],
    ['a name that is none', { Web: http }, 'Unable to use the name "Web" (a listener of Gateway "infra/public")'],
  ])('but not %s', (_, listeners, message) => {
    expect(() => listenersOf({ listeners })).toThrow(message);
  });

  test('TLS needs a certificate', () => {
    expect(() => Listener.https({ tls: [] })).toThrow('without a certificate');
  });
});

describe('whose routes it takes (GW-04)', () => {
  const selector = (matched: object) => ({ namespaces: { from: 'Selector', selector: matched } });

  test.each<[string, GatewayProps<string>['allowedRoutes'], unknown]>([
    ['its own unless it says more', undefined, undefined],
    ['all', 'All', { namespaces: { from: 'All' } }],
    [
      'those of some namespaces by name',
      { namespaces: ['shop', 'blog'] },
      selector({
        matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop', 'blog'] }],
      }),
    ],
    [
      'those of namespaces with a label',
      { namespaceLabels: { 'edge-access': 'true' } },
      selector({ matchLabels: { 'edge-access': 'true' } }),
    ],
  ])('%s', (_, allowedRoutes, expected) => {
    expect(listenersOf({ allowedRoutes })).toEqual([
      { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: expected },
    ]);
  });

  test('one listener may say otherwise', () => {
    const listeners = { http, open: Listener.http({ port: 8080, allowedRoutes: 'All' }) };
    expect(listenersOf({ listeners, allowedRoutes: 'Same' })).toMatchObject([
      { allowedRoutes: { namespaces: { from: 'Same' } } },
      { allowedRoutes: { namespaces: { from: 'All' } } },
    ]);
  });
});

describe('where certificates come from', () => {
  const refsOf = (chart: Chart, tls: Secret | ApiObject) => {
    new Gateway(chart, 'public', { className: 'istio', listeners: { https: Listener.https({ tls }) } });
    const [{ tls: written }] = specOf(chart, 'Gateway').listeners as { tls: { certificateRefs: object[] } }[];
    return written.certificateRefs;
  };

  test('a construct of the same namespace is a name', () => {
    const chart = chartIn('infra');
    const secret = new Secret(chart, 'tls', { metadata: { name: 'public-tls' } });
    expect(refsOf(chart, secret)).toEqual([{ kind: 'Secret', name: 'public-tls' }]);
    expect(emitted(chart).map(({ kind }) => kind)).toEqual(['Secret', 'Gateway']);
  });

  test('one of another namespace gets its ReferenceGrant there (GW-10)', () => {
    const app = Testing.app();
    const certs = chartIn('certs', app);
    const secret = new ApiObject(certs, 'tls', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'public-tls' } });
    expect(refsOf(chartIn('infra', app), secret)).toEqual([{ kind: 'Secret', name: 'public-tls', namespace: 'certs' }]);
    expect(specOf(certs, 'ReferenceGrant')).toEqual({
      from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'infra' }],
      to: [{ group: '', kind: 'Secret', name: 'public-tls' }],
    });
  });
});
