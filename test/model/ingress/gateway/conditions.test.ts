import { type Condition, conditionsOf } from '../../../../lib/model/ingress/gateway/conditions';
import { Network } from '../../../../lib/model/network';
import { from, gateway, INFRA, listener, ref, route, to, WEB } from './conformance/suite';
import { clusterWith } from './lab';

const text = ({ type, status, reason }: Condition) =>
  status === 'True' && reason === type ? type : `${type}=${status}/${reason}`;

/** The conditions of the one route. */
function ofRoute(...objects: readonly object[]): readonly string[] {
  const { routes } = conditionsOf(clusterWith(...objects));
  return routes.flatMap(({ conditions }) => conditions.map(text));
}

function ofGateway(...listeners: readonly object[]) {
  const { gateways } = conditionsOf(clusterWith(gateway('g', listeners)));
  const found = gateways.find(({ gateway: { name } }) => name === 'g')!;
  return {
    gateway: found.conditions.map(text),
    listeners: found.listeners.map(({ conditions }) => conditions.map(text).join(' ')),
  };
}

const only = (sectionName: string) => ({ parents: [{ name: 'same-namespace', sectionName }] });

describe('the conditions of a route', () => {
  test.each<[string, object[], string[]]>([
    ['GW-04: that is taken', [route('a', [to('v1')])], ['Accepted', 'ResolvedRefs']],
    [
      'GW-05: of a section that is not there',
      [route('a', [to('v1')], only('https'))],
      ['Accepted=False/NoMatchingParent', 'ResolvedRefs'],
    ],
    [
      'GW-04: of another namespace',
      [route('a', [to('web-backend')], { namespace: WEB })],
      ['Accepted=False/NotAllowedByListeners', 'ResolvedRefs'],
    ],
    [
      'GW-04: of a kind that the listener does not take',
      [route('a', [to('v1')], { kind: 'TCPRoute' })],
      ['Accepted=False/NotAllowedByListeners', 'ResolvedRefs'],
    ],
    [
      'GW-01: without a hostname of the listener',
      [gateway('h', [listener('http', 'a.test')]), route('a', [to('v1')], { parents: ['h'], hostnames: ['b.test'] })],
      ['Accepted=False/NoMatchingListenerHostname', 'ResolvedRefs'],
    ],
    [
      'GW-05: of a Gateway that is declared elsewhere',
      [route('a', [to('v1')], { parents: ['elsewhere'] })],
      ['Accepted=Unknown/Pending', 'ResolvedRefs'],
    ],
    [
      'GW-11: to a Service that is not there',
      [route('a', [to('nobody')])],
      ['Accepted', 'ResolvedRefs=False/BackendNotFound'],
    ],
    [
      'GW-10: across namespaces without a grant',
      [route('a', [to([ref('web-backend', { namespace: WEB })])])],
      ['Accepted', 'ResolvedRefs=False/RefNotPermitted'],
    ],
    [
      'GW-11: to what is no Service',
      [route('a', [to([ref('v1', { kind: 'Secret' })])])],
      ['Accepted', 'ResolvedRefs=False/InvalidKind'],
    ],
    [
      'GW-11: to what only the controller knows',
      [route('a', [to([ref('v1', { group: 'a.test', kind: 'Bucket' })])])],
      ['Accepted', 'ResolvedRefs=Unknown/InvalidKind'],
    ],
    [
      'GW-11: that mirrors to nobody',
      [
        route('a', [
          {
            filters: [{ type: 'RequestMirror', requestMirror: { backendRef: ref('nobody') } }],
            backendRefs: [ref('v1')],
          },
        ]),
      ],
      ['Accepted', 'ResolvedRefs=False/BackendNotFound'],
    ],
  ])('%s', (_what, objects, expected) => {
    expect(ofRoute(...objects)).toEqual(expected);
  });

  test('GW-04: are open where labels of a namespace are', () => {
    const selecting = from('Selector', { matchLabels: { team: 'shop' } });
    const objects = [
      gateway('s', [listener('http', undefined, selecting)]),
      route('a', [to('v1')], { namespace: 'elsewhere', parents: [{ name: 's', namespace: INFRA }] }),
    ];
    expect(ofRoute(...objects)[0]).toBe('Accepted=Unknown/Pending');
  });

  test('tell the field that they are about', () => {
    const { routes } = conditionsOf(clusterWith(route('a', [to('v1'), to([ref('v1'), ref('nobody')])], only('https'))));
    expect(routes[0].conditions.map(({ field }) => field?.join('.'))).toEqual([
      'spec.parentRefs.0',
      'spec.rules.1.backendRefs.1',
    ]);
  });
});

describe('the conditions of a Gateway', () => {
  const https = (reference: object) => ({ port: 443, protocol: 'HTTPS', tls: { certificateRefs: [reference] } });
  const SERVES = 'Accepted Programmed ResolvedRefs Conflicted=False/NoConflicts';

  test('are fine where all of its listeners are', () => {
    expect(ofGateway(listener('http'), listener('https', undefined, https({ name: 'a' })))).toEqual({
      gateway: ['Accepted', 'Programmed'],
      listeners: [SERVES, SERVES],
    });
  });

  test('GW-03: tell of listeners that are not distinct, and that others serve', () => {
    const listeners = [
      listener('a'),
      listener('b', undefined, { protocol: 'TCP' }),
      listener('c', undefined, { port: 81 }),
    ];
    const conflicted = 'Accepted=False/Invalid Programmed=False/Invalid ResolvedRefs Conflicted=True/ProtocolConflict';
    expect(ofGateway(...listeners)).toEqual({
      gateway: ['Accepted=True/ListenersNotValid', 'Programmed'],
      listeners: [conflicted, conflicted, SERVES],
    });
  });

  test.each<[string, object, string]>([
    ['GW-10: a Secret of another namespace without a grant', https({ name: 'a', namespace: WEB }), 'RefNotPermitted'],
    ['a certificate that is no Secret', https({ name: 'a', kind: 'ConfigMap' }), 'InvalidCertificateRef'],
    [
      'GW-04: a kind that does not go with the protocol',
      { allowedRoutes: { kinds: [{ kind: 'UDPRoute' }] } },
      'InvalidRouteKinds',
    ],
  ])('tell of %s', (_what, rest, reason) => {
    const { listeners } = ofGateway(listener('a', undefined, rest));
    expect(listeners[0]).toContain(`ResolvedRefs=False/${reason}`);
  });

  test('are what a network tells too', () => {
    const { gateways } = Network.from([gateway('g', [listener('http')])]).gatewayConditions();
    expect(gateways.map(({ conditions }) => conditions.map(text))).toEqual([['Accepted', 'Programmed']]);
  });

  test('count the routes that each listener takes', () => {
    const { gateways } = conditionsOf(clusterWith(route('a', [to('v1')]), route('b', [to('v1')], only('https'))));
    const [{ listeners }] = gateways.filter(({ gateway: { name } }) => name === 'same-namespace');
    expect(listeners[0].attached.map(({ name }) => name)).toEqual(['a']);
  });
});
