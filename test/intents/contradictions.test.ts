import type { EndpointRef } from '../../lib/intents/endpoint';
import { deployment, ns, policy, service } from '../support/manifests';
import { app, checking, codes, internet, portOf, promise } from './support';

const web = deployment('web', { ports: [{ containerPort: 80 }] });
const api = deployment('api', {
  ports: [
    { name: 'http', containerPort: 8080 },
    { name: 'admin', containerPort: 9000 },
  ],
});
const shop = [
  ns('shop'),
  web,
  api,
  service('api', { selector: { app: 'api' }, ports: [{ name: 'http', port: 8080 }] }),
];
const profile = { podCidr: ['10.244.0.0/16'], serviceCidr: ['10.96.0.0/12'], nodeCidr: ['192.168.0.0/24'] };

const reach = (target: EndpointRef, subject: EndpointRef = app('web')) =>
  promise({ verb: 'toReach', negated: false, subject, targets: [target], by: 'podIP' });
const never = (target: EndpointRef, subject: EndpointRef = app('web')) =>
  promise({ verb: 'toReach', negated: true, subject, targets: [target] });
const http = portOf(app('api'), 'http');
const admin = portOf(app('api'), 'admin');
const elsewhere: EndpointRef = { kind: 'addresses', cidrs: ['198.51.100.0/24'] };

describe('promises that contradict each other are found before any policy is blamed', () => {
  test.each([
    ['reach and do not', reach(http), never(app('api'))],
    ['reach a port and none of the namespace', reach(http), never({ kind: 'namespace', name: 'shop' })],
    [
      'reach what only others may reach',
      reach(http),
      promise({ verb: 'toBeReachedOnlyBy', subject: app('api'), sources: [] }),
    ],
    [
      'reach what is not listed',
      reach(http),
      promise({ verb: 'toReachOnly', subject: app('web'), targets: [elsewhere] }),
    ],
    [
      'reach another port than is listed',
      reach(admin),
      promise({ verb: 'toReachOnly', subject: app('web'), targets: [http] }),
    ],
    [
      'reach and be isolated',
      reach(http),
      promise({ verb: 'toBeIsolated', subject: app('api'), ingress: true, egress: false, except: [] }),
    ],
    [
      'reach outside, past the gateway',
      reach(portOf(elsewhere, 443)),
      promise({ verb: 'toPassThrough', subject: app('web'), hop: app('api'), onTheWayTo: internet }),
    ],
  ])('%s', (_, wanted, unwanted) => {
    for (const intents of [
      [wanted, unwanted],
      [unwanted, wanted],
    ]) {
      expect(codes(checking(shop, intents, profile))).toEqual(['PTL902']);
    }
  });

  test('be exposed and not', () => {
    const exposed = { subject: app('api'), zone: internet, except: [] };
    const intents = [true, false].map((negated) => promise({ verb: 'toBeExposedTo', negated, ...exposed }));
    const door = service('api-lb', { type: 'LoadBalancer', selector: { app: 'api' }, ports: [{ port: 8080 }] });
    expect(codes(checking([...shop, door], intents, profile))).toEqual(['PTL902']);
  });

  test('whatever a policy does about it', () => {
    const closed = policy('api-in', { podSelector: { matchLabels: { app: 'api' } }, ingress: [] });
    expect(codes(checking([...shop, closed], [reach(http), never(app('api'))], profile))).toEqual(['PTL902']);
  });

  test('resolve and do not', () => {
    const named = { subject: app('web'), name: 'api' };
    const intents = [false, true].map((negated) => promise({ verb: 'toResolve', negated, ...named }));
    expect(codes(checking(shop, intents, profile))).toEqual(['PTL902']);
  });

  test('all that one of them contradicts are one finding', () => {
    const intents = [reach(http), reach(admin), never(app('api'))];
    const { findings } = checking(shop, intents, profile);
    expect(findings).toHaveLength(1);
  });
});

test('all that contradict the same promise are one finding, whichever of them wants it through', () => {
  const subject = app('api');
  const guards = [
    never(app('api')),
    promise({ verb: 'toBeReachedOnlyBy', subject, sources: [] }),
    promise({ verb: 'toBeIsolated', subject, ingress: true, egress: false, except: [] }),
  ];
  const { findings } = checking(shop, [reach(http), ...guards], profile);
  expect(findings).toMatchObject([{ code: 'PTL902', also: [{}, {}] }]);
});

describe('promises that can be kept together are no contradiction', () => {
  test.each([
    ['about different ports', reach(http), never(admin)],
    ['about different clients', reach(http, app('web')), never(http, app('api'))],
    ['listed', reach(http), promise({ verb: 'toBeReachedOnlyBy', subject: app('api'), sources: [app('web')] })],
    ['listed as targets', reach(http), promise({ verb: 'toReachOnly', subject: app('web'), targets: [app('api')] })],
    [
      'by the gateway itself',
      reach(portOf(elsewhere, 443), app('api')),
      promise({
        verb: 'toPassThrough',
        subject: { kind: 'namespace', name: 'shop' },
        hop: app('api'),
        onTheWayTo: internet,
      }),
    ],
  ])('%s', (_, wanted, other) => {
    expect(codes(checking(shop, [wanted, other], profile))).not.toContain('PTL902');
  });
});
