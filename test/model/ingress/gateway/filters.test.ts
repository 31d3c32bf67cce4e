import { ref, route } from './conformance/suite';
import { answerTo, edgeOf, routed } from './lab';

const V1 = 'infra-backend-v1';
const filtered = (...filters: readonly object[]) => route('a', [{ filters, backendRefs: [ref('v1')] }]);
const notes = (object: object) => {
  const [answer] = routed(edgeOf([object]), ['/', '']).answers;
  return answer.type === 'forwards' ? answer.notes : undefined;
};

describe('GW-12: filters', () => {
  test('of a kind that the API does not know leave open whether the backend gets the request', () => {
    const object = filtered({
      type: 'ExtensionRef',
      extensionRef: { group: 'example.com', kind: 'Auth', name: 'login' },
    });
    expect(answerTo(edgeOf([object]), ['/', ''])).toBe(`${V1} or 500 (GW-12)`);
  });

  test('of CORS may answer a preflight themselves', () => {
    const object = filtered({ type: 'CORS', cors: { allowOrigins: ['https://a.test'] } });
    const preflight = { Origin: 'https://a.test', 'Access-Control-Request-Method': 'PUT' };
    expect(answerTo(edgeOf([object]), ['OPTIONS /', '', preflight])).toBe(`${V1} or 500 (GW-12)`);
    expect(answerTo(edgeOf([object]), ['GET /', '', preflight])).toBe(V1);
  });

  test('that change nothing of the way are told with it', () => {
    const header = { set: [{ name: 'a', value: '1' }], add: [{ name: 'b', value: '2' }], remove: ['c'] };
    const object = filtered(
      { type: 'RequestHeaderModifier', requestHeaderModifier: header },
      { type: 'RequestMirror', requestMirror: { backendRef: ref('v2') } },
      { type: 'ExternalAuth', externalAuth: { backendRef: ref('v3') } },
    );
    expect(notes(object)).toEqual([
      'header a of the request is set to 1',
      'header b of the request gets 2 too',
      'header c of the request is removed',
      'a copy of the request goes to Service infra-backend-v2',
      'Service infra-backend-v3 is asked for leave',
    ]);
  });

  const rewrite = { type: 'URLRewrite', urlRewrite: { hostname: 'b.test' } };

  test('of the one backend count as those of the rule', () => {
    const object = route('a', [{ backendRefs: [ref('v1', { filters: [rewrite] })] }]);
    expect(answerTo(edgeOf([object]), ['/', ''])).toBe(`${V1} as b.test`);
  });

  test('of one of several backends are told with the way', () => {
    const object = route('a', [{ backendRefs: [ref('v1', { filters: [rewrite] }), ref('v2')] }]);
    expect(notes(object)).toEqual(['on the way to infra-backend-v1 it is sent as b.test']);
  });

  test('redirect with the query', () => {
    const object = route('a', [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] }]);
    expect(answerTo(edgeOf([object]), ['a.test/b?c=d', ''])).toBe('302 https://a.test/b?c=d');
  });
});

describe('GW-11: backends', () => {
  test.each([
    ['a port that the Service does not have', ref('v1', { port: 3000 }), '500'],
    ['a kind that Kubernetes does not have', ref('v1', { kind: 'ConfigMap' }), '500'],
    ['a kind that only the controller knows', ref('v1', { group: 'example.com', kind: 'Bucket' }), '500 (GW-11)'],
  ])('with %s', (_what, backend, expected) => {
    expect(answerTo(edgeOf([route('a', [{ backendRefs: [backend] }])]), ['/', ''])).toBe(expected);
  });

  test('that are mere names leave open whether the controller forwards to them', () => {
    const name = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'out', namespace: 'gateway-conformance-infra' },
      spec: { type: 'ExternalName', externalName: 'api.example.com' },
    };
    expect(answerTo(edgeOf([name, route('a', [{ backendRefs: [ref('out')] }])]), ['/', ''])).toBe('out (GW-11)');
  });

  test('GW-08: of a GRPCRoute that are none make calls unavailable', () => {
    const object = route('a', [{ backendRefs: [ref('nobody')] }], { kind: 'GRPCRoute' });
    expect(answerTo(edgeOf([object]), ['POST /a.B/C', ''])).toBe('503');
  });
});

describe('the offers of a Gateway', () => {
  const offers = (objects: readonly object[], gateway?: string) =>
    edgeOf(objects, gateway).offers.map(({ url, service, port, listens, doubts }) =>
      [url, `${service.name}:${port.port}`, listens, ...doubts.map(({ rule }) => rule)].join(' '),
    );

  test('are the backends that a request may come to, and no others', () => {
    const object = route(
      'a',
      [
        { matches: [{ path: { value: '/api' } }], backendRefs: [ref('v1'), ref('v2', { weight: 0 }), ref('nobody')] },
        {
          matches: [{ path: { value: '/old' } }],
          filters: [{ type: 'RequestRedirect', requestRedirect: { port: 81 } }],
        },
      ],
      { hostnames: ['shop.test'] },
    );
    expect(offers([object])).toEqual(['http://shop.test/api* infra-backend-v1:8080 80']);
  });
});
