import { faultsOf, readOne } from '../reading';
import { gateway, gatewayObject, listener } from './objects';

const tls = { certificateRefs: [{ name: 'shop-tls' }] };

describe('a Gateway', () => {
  test('GW-04: allows routes of its own namespace and the kinds of the protocol, unless it says otherwise', () => {
    const { listeners } = readOne('gateway', gateway(listener({ protocol: 'http' })));
    expect(listeners).toMatchObject([
      { name: 'http', port: 80, protocol: 'HTTP', allowedNamespaces: { from: 'Same' }, allowedKinds: [] },
    ]);
  });

  test('GW-10: a certificate is a Secret of the own namespace unless it says otherwise', () => {
    const { listeners } = readOne('gateway', gateway(listener({ protocol: 'HTTPS', tls })));
    const certificate = { group: '', kind: 'Secret', namespace: undefined, name: 'shop-tls' };
    expect(listeners[0].tls).toMatchObject({ mode: 'Terminate', certificates: [certificate] });
  });

  test('allows no ListenerSets unless it says so', () => {
    expect(readOne('gateway', gateway(listener())).allowedListeners).toEqual({ from: 'None' });
  });

  const twin = listener({ name: 'twin' });
  test.each<[string, object[], string[]]>([
    ['no listeners', [], ['PTL003 spec.listeners']],
    ['a listener without a port', [{ name: 'a', protocol: 'HTTP' }], ['PTL003 spec.listeners[0].port']],
    ['a listener without a protocol', [{ name: 'a', port: 80 }], ['PTL003 spec.listeners[0].protocol']],
    ['a listener without a name', [{ port: 80, protocol: 'HTTP' }], ['PTL003 spec.listeners[0].name']],
    ['a port that is none', [listener({ port: 0 })], ['PTL007 spec.listeners[0].port']],
    ['two listeners of one name', [listener(), listener({ port: 81 })], ['PTL019 spec.listeners[1]']],
    ['GW-03: two listeners that are the same', [listener(), twin], ['PTL019 spec.listeners[1]']],
    ['GW-01: an address for a host', [listener({ hostname: '10.0.0.1' })], ['PTL014 spec.listeners[0].hostname']],
    ['GW-01: a * within a host', [listener({ hostname: 'a.*.com' })], ['PTL014 spec.listeners[0].hostname']],
    ['GW-01: an empty host', [listener({ hostname: '' })], ['PTL014 spec.listeners[0].hostname']],
    ['a protocol that is none', [listener({ protocol: 'HTTP 2' })], ['PTL014 spec.listeners[0].protocol']],
    ['TLS for plain HTTP', [listener({ tls })], ['PTL020 spec.listeners[0].tls']],
    ['a host for TCP', [listener({ protocol: 'TCP', hostname: 'a.b' })], ['PTL020 spec.listeners[0].hostname']],
    ['TLS that says nothing', [listener({ protocol: 'TLS' })], ['PTL003 spec.listeners[0].tls']],
    [
      'HTTPS passed through',
      [listener({ protocol: 'HTTPS', tls: { mode: 'Passthrough' } })],
      ['PTL020 spec.listeners[0].tls.mode'],
    ],
    [
      'a certificate that is missing',
      [listener({ protocol: 'HTTPS', tls: {} })],
      ['PTL003 spec.listeners[0].tls.certificateRefs'],
    ],
    [
      'GW-04: a choice of namespaces that is none',
      [listener({ allowedRoutes: { namespaces: { from: 'same' } } })],
      ['PTL004 spec.listeners[0].allowedRoutes.namespaces.from -> Same'],
    ],
  ])('with %s is refused', (_what, listeners, faults) => {
    expect(faultsOf(gateway(...listeners))).toEqual(faults);
  });

  test('without a class is refused', () => {
    expect(faultsOf(gatewayObject('Gateway', { listeners: [listener()] }))).toEqual(['PTL003 spec.gatewayClassName']);
  });
});

describe('a GatewayClass', () => {
  const gatewayClass = (spec: object, version?: string) => gatewayObject('GatewayClass', spec, version);

  test('is of no namespace and names its controller', () => {
    const read = readOne('gatewayClass', gatewayClass({ controllerName: 'istio.io/gateway-controller' }));
    expect([read.namespace, read.controllerName]).toEqual(['', 'istio.io/gateway-controller']);
  });

  test.each([
    ['no controller', {}, 'PTL003 spec.controllerName'],
    ['a controller without a path', { controllerName: 'istio.io' }, 'PTL014 spec.controllerName'],
  ])('with %s is refused', (_what, spec, fault) => {
    expect(faultsOf(gatewayClass(spec))).toEqual([fault.replace('shop/', '')]);
  });

  test('of a version that is gone is a slip', () => {
    const fault = 'PTL004 apiVersion -> gateway.networking.k8s.io/v1';
    expect(faultsOf(gatewayClass({ controllerName: 'a.b/c' }, 'v1alpha1'))).toEqual([fault]);
  });
});

test.each([
  ['HttpRoute', 'HTTPRoute'],
  ['Gatewy', 'Gateway'],
])('a kind %s is a slip', (kind, meant) => {
  expect(faultsOf(gatewayObject(kind, {}))).toEqual([`PTL004 kind -> ${meant}`]);
});

describe('a ReferenceGrant', () => {
  test.each([
    ['v1', {}, ['PTL003 spec.from', 'PTL003 spec.to']],
    [
      'v1beta1',
      { from: [{ group: '', kind: 'A', namespace: 'b' }], to: [{}] },
      ['PTL003 spec.to[0].group', 'PTL003 spec.to[0].kind'],
    ],
    [
      'v1alpha2',
      { from: [{ group: 'g', kind: 'A' }], to: [{ group: '', kind: 'Service' }] },
      ['PTL003 spec.from[0].namespace'],
    ],
    [
      'v1',
      {
        from: [{ group: 'example.com/v1', kind: 'A', namespace: 'b' }],
        to: [
          { group: '', kind: '' },
          { group: '', kind: 'Service', name: '' },
        ],
      },
      ['PTL014 spec.from[0].group', 'PTL014 spec.to[0].kind', 'PTL003 spec.to[1].name'],
    ],
  ])('of %s that says less than it must is refused', (version, spec, faults) => {
    expect(faultsOf(gatewayObject('ReferenceGrant', spec, version))).toEqual(faults);
  });
});

test('a ListenerSet names its Gateway, also by the name that it had before', () => {
  const spec = { parentRef: { name: 'edge' }, listeners: [listener()] };
  const older = { ...gatewayObject('XListenerSet', spec), apiVersion: 'gateway.networking.x-k8s.io/v1alpha1' };
  for (const object of [gatewayObject('ListenerSet', spec), older]) {
    expect(readOne('listenerSet', object).parent).toMatchObject({ kind: 'Gateway', name: 'edge' });
  }
});
