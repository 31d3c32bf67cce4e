import { APP, from, gateway, INFRA, listener, prefix, ref, route, type Scenario, to, WEB } from './suite';

const V1 = 'infra-backend-v1';
const web = ref('web-backend', { namespace: WEB });
const app = ref('app-backend-v1', { namespace: APP });

interface Granted {
  readonly in?: string;
  readonly from?: object;
  readonly to?: object;
}

function grant(spec: Granted = {}): object {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: { name: 'reference-grant', namespace: spec.in ?? WEB },
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: INFRA, ...spec.from }],
      to: [{ group: '', kind: 'Service', name: 'web-backend', ...spec.to }],
    },
  };
}

/** Grants of which each misses the reference by one thing. */
const NEAR_GRANTS: readonly (readonly [string, Granted])[] = [
  ['in the namespace of the route', { in: INFRA }],
  ['in a third namespace', { in: APP }],
  ['for another group', { from: { group: 'not-the-group' } }],
  ['for another kind of route', { from: { kind: 'Gateway' } }],
  ['for routes of another namespace', { from: { namespace: 'not-the-namespace' } }],
  ['to another group', { to: { group: 'not-the-group' } }],
  ['to another kind', { to: { kind: 'Secret' } }],
  ['to another Service', { to: { name: 'not-the-service' } }],
];

const toWeb = route('reference-grant', [to([web])]);

/** Who may be attached to what, and which backends a route may name. */
export const REFERENCES: readonly Scenario[] = [
  {
    name: 'HTTPRouteCrossNamespace',
    rule: 'GW-04',
    gateway: 'backend-namespaces',
    objects: [route('cross-namespace', [to('web-backend')], { namespace: WEB, parents: ['backend-namespaces'] })],
    requests: [['/', `${WEB}/web-backend`]],
  },
  {
    name: 'HTTPRouteCrossNamespace, a namespace that is not selected',
    rule: 'GW-04',
    gateway: 'backend-namespaces',
    objects: [route('cross-namespace', [to('v1')], { parents: ['backend-namespaces'] })],
    requests: [['/', 404]],
  },
  {
    name: 'HTTPRouteInvalidCrossNamespaceParentRef',
    rule: 'GW-04',
    objects: [route('invalid-cross-namespace-parent-ref', [to('web-backend')], { namespace: WEB })],
    requests: [['/', 404]],
  },
  {
    name: 'HTTPRouteCrossNamespace, from all namespaces',
    rule: 'GW-04',
    gateway: 'all-namespaces',
    objects: [route('all', [to('web-backend')], { namespace: WEB, parents: ['all-namespaces'] })],
    requests: [['/', `${WEB}/web-backend`]],
  },
  ...(['sectionName', 'port'] as const).map(
    (field): Scenario => ({
      name: `HTTPRouteInvalidParentRefNotMatching, ${field}`,
      rule: 'GW-05',
      objects: [
        route('no-match', [to('v1')], {
          parents: [{ name: 'same-namespace', [field]: field === 'port' ? 81 : 'section-not-in-gateway' }],
        }),
      ],
      requests: [['/', 404]],
    }),
  ),
  {
    name: 'HTTPRouteInvalidParentRefSectionNameNotMatchingPort',
    rule: 'GW-05',
    objects: [route('no-match', [to('v1')], { parents: [{ name: 'same-namespace', sectionName: 'http', port: 81 }] })],
    requests: [['/', 404]],
  },
  {
    name: 'HTTPRouteDisallowedKind',
    rule: 'GW-04',
    gateway: 'tlsroutes-only',
    objects: [
      gateway('tlsroutes-only', [listener('http', undefined, { allowedRoutes: { kinds: [{ kind: 'TLSRoute' }] } })]),
      route('disallowed-kind', [to('v1')], { parents: ['tlsroutes-only'] }),
    ],
    requests: [['/', 404]],
  },
  {
    name: 'HTTPRouteReferenceGrant',
    rule: 'GW-10',
    objects: [toWeb, grant()],
    requests: [['/', `${WEB}/web-backend`]],
  },
  {
    name: 'HTTPRouteReferenceGrant, of all Services',
    rule: 'GW-10',
    objects: [toWeb, grant({ to: { name: undefined } })],
    requests: [['/', `${WEB}/web-backend`]],
  },
  {
    name: 'HTTPRouteInvalidCrossNamespaceBackendRef',
    rule: 'GW-10',
    objects: [toWeb],
    requests: [['/', 500]],
  },
  ...NEAR_GRANTS.map(
    ([what, spec]): Scenario => ({
      name: `HTTPRouteInvalidReferenceGrant, ${what}`,
      rule: 'GW-10',
      objects: [toWeb, grant(spec)],
      requests: [['/', 500]],
    }),
  ),
  {
    name: 'HTTPRoutePartiallyInvalidViaInvalidReferenceGrant',
    rule: 'GW-10',
    objects: [
      route('invalid-reference-grant', [to([app], prefix('/v1')), to([web], prefix('/v2'))]),
      grant({ in: APP, to: { name: 'app-backend-v1' } }),
    ],
    requests: [
      ['/v1', `${APP}/app-backend-v1`],
      ['/v2', 500],
    ],
  },
  {
    name: 'HTTPRouteInvalidNonExistentBackendRef',
    rule: 'GW-11',
    objects: [route('invalid-nonexistent-backend-ref', [to('nonexistent')])],
    requests: [['/', 500]],
  },
  {
    name: 'HTTPRouteInvalidBackendRefUnknownKind',
    rule: 'GW-11',
    objects: [
      route('invalid-backend-ref-unknown-kind', [
        to([ref('web-backend', { group: 'unknownkind.example.com', kind: 'NonExistent', namespace: WEB })]),
      ]),
    ],
    requests: [['/', 500]],
  },
  {
    name: 'HTTPRouteWeight',
    rule: 'GW-11',
    objects: [
      route('weighted-backends', [
        to([ref('v1', { weight: 70 }), ref('v2', { weight: 30 }), ref('v3', { weight: 0 })]),
      ]),
    ],
    requests: [['/', 'infra-backend-v1 70%, infra-backend-v2 30%']],
  },
  {
    name: 'HTTPRouteWeight, half of it to a backend that is none',
    rule: 'GW-11',
    objects: [route('half', [to([ref('v1'), ref('nonexistent')])])],
    requests: [['/', 'infra-backend-v1 50%, 500 50%']],
  },
  {
    name: 'HTTPRouteAllBackendsWeightZero',
    rule: 'GW-11',
    objects: [route('zero', [to([ref('v1', { weight: 0 }), ref('v2', { weight: 0 })])])],
    requests: [['/', 500]],
  },
  {
    name: 'HTTPRouteInvalidBackendRef, a rule without backends',
    rule: 'GW-11',
    objects: [route('none', [{}, to('v1', prefix('/v1'))])],
    requests: [
      ['/', 500],
      ['/v1', V1],
    ],
  },
  {
    name: 'HTTPRouteCrossNamespace, allowed from the same namespace of the Gateway',
    rule: 'GW-04',
    gateway: 'same',
    objects: [
      gateway('same', [listener('http', undefined, from('Same'))]),
      route('own', [to('v1')], { parents: ['same'] }),
    ],
    requests: [['/', V1]],
  },
];
