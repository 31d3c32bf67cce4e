import {
  type Expected,
  from,
  gateway,
  INFRA,
  LISTENERS_BY_HOST,
  listener,
  prefix,
  route,
  type Scenario,
  to,
} from './suite';

const [V1, V2, V3] = ['infra-backend-v1', 'infra-backend-v2', 'infra-backend-v3'];

const at = (name: string, sectionName: string) => ({ parents: [{ name, namespace: INFRA, sectionName }] });

const INTERSECTION = 'httproute-hostname-intersection';
const ISOLATION = 'http-listener-isolation';
const ISOLATED = ['empty-hostname', 'wildcard-example-com', 'wildcard-foo-example-com', 'abc-foo-example-com'];
const ISOLATED_HOSTS = [undefined, '*.example.com', '*.foo.example.com', 'abc.foo.example.com'];
const ALL_ISOLATED_HOSTS = ['bar.com', '*.example.com', '*.foo.example.com', 'abc.foo.example.com'];

const isolating = (hostnames?: readonly string[]) => [
  gateway(
    ISOLATION,
    ISOLATED.map((name, i) => listener(name, ISOLATED_HOSTS[i], from('All'))),
  ),
  ...ISOLATED.map((name) =>
    route(`attaches-to-${name}`, [to('v1', prefix(`/${name}`))], { ...at(ISOLATION, name), hostnames }),
  ),
];

/** Each host is for one listener, and the paths of the others are nothing to it. */
const isolated: readonly Expected[] = [
  'bar.com',
  'bar.example.com',
  'bar.foo.example.com',
  'abc.foo.example.com',
].flatMap((host, i) => ISOLATED.map((name, j): Expected => [`${host}/${name}`, i === j ? V1 : 404]));

const BY_HOST = 'httproute-listener-hostname-matching';
const BY_PORT = 'httproute-listener-port-matching';

/** Which listener takes a request, and which hostnames of a route count there. */
export const HOSTNAMES: readonly Scenario[] = [
  {
    name: 'HTTPRouteHostnameIntersection',
    rule: 'GW-01',
    gateway: INTERSECTION,
    objects: [
      gateway(INTERSECTION, [
        listener('listener-1', 'very.specific.com'),
        listener('listener-2', '*.wildcard.io'),
        listener('listener-3', '*.anotherwildcard.io'),
      ]),
      route('specific-host-matches-listener-specific-host', [to('v1', prefix('/s1'))], {
        parents: [INTERSECTION],
        hostnames: ['non.matching.com', '*.nonmatchingwildcard.io', 'very.specific.com'],
      }),
      route('specific-host-matches-listener-wildcard-host', [to('v2', prefix('/s2'))], {
        parents: [INTERSECTION],
        hostnames: ['non.matching.com', 'wildcard.io', 'foo.wildcard.io', 'bar.wildcard.io', 'foo.bar.wildcard.io'],
      }),
      route('wildcard-host-matches-listener-specific-host', [to('v3', prefix('/s3'))], {
        parents: [INTERSECTION],
        hostnames: ['non.matching.com', '*.specific.com'],
      }),
      route('wildcard-host-matches-listener-wildcard-host', [to('v1', prefix('/s4'))], {
        parents: [INTERSECTION],
        hostnames: ['*.anotherwildcard.io'],
      }),
      route('no-intersecting-hosts', [to('v2', prefix('/s5'))], {
        parents: [INTERSECTION],
        hostnames: ['specific.but.wrong.com', 'wildcard.io'],
      }),
    ],
    requests: [
      ['very.specific.com/s1', V1],
      ['/s1', V1, { Host: 'very.specific.com:1234' }],
      ['non.matching.com/s1', 404],
      ['foo.nonmatchingwildcard.io/s1', 404],
      ['foo.wildcard.io/s1', 404],
      ['very.specific.com/non-matching-prefix', 404],
      ['foo.wildcard.io/s2', V2],
      ['bar.wildcard.io/s2', V2],
      ['foo.bar.wildcard.io/s2', V2],
      ['non.matching.com/s2', 404],
      ['wildcard.io/s2', 404],
      ['very.specific.com/s2', 404],
      ['foo.wildcard.io/non-matching-prefix', 404],
      ['very.specific.com/s3', V3],
      ['non.matching.com/s3', 404],
      ['foo.specific.com/s3', 404],
      ['foo.wildcard.io/s3', 404],
      ['very.specific.com/non-matching-prefix', 404],
      ['foo.anotherwildcard.io/s4', V1],
      ['bar.anotherwildcard.io/s4', V1],
      ['foo.bar.anotherwildcard.io/s4', V1],
      ['anotherwildcard.io/s4', 404],
      ['foo.wildcard.io/s4', 404],
      ['very.specific.com/s4', 404],
      ['foo.anotherwildcard.io/non-matching-prefix', 404],
      ['specific.but.wrong.com/s5', 404],
      ['wildcard.io/s5', 404],
    ],
  },
  {
    name: 'HTTPRouteHostnameIntersection, a listener for every host',
    rule: 'GW-01',
    gateway: 'httproute-hostname-intersection-all',
    objects: [
      gateway('httproute-hostname-intersection-all', [listener('listener-1')]),
      route('httproute-hostname-intersection-all', [to('v2')], {
        parents: ['httproute-hostname-intersection-all'],
        hostnames: ['first.com', '*.first.com', 'second.com', '*.second.com'],
      }),
    ],
    requests: [
      ['first.com/', V2],
      ['sub.first.com/', V2],
      ['second.com/', V2],
      ['sub.second.com/', V2],
      ['third.com/', 404],
      ['sub.third.com/', 404],
    ],
  },
  {
    name: 'HTTPRouteListenerHostnameMatching',
    rule: 'GW-02',
    gateway: BY_HOST,
    objects: [
      gateway(BY_HOST, LISTENERS_BY_HOST),
      route('backend-v1', [to('v1')], at(BY_HOST, 'listener-1')),
      route('backend-v2', [to('v2')], at(BY_HOST, 'listener-2')),
      route('backend-v3', [to('v3')], {
        parents: ['listener-3', 'listener-4'].map((sectionName) => ({ name: BY_HOST, namespace: INFRA, sectionName })),
      }),
    ],
    requests: [
      ['bar.com/', V1],
      ['foo.bar.com/', V2],
      ['baz.bar.com/', V3],
      ['boo.bar.com/', V3],
      ['multiple.prefixes.bar.com/', V3],
      ['multiple.prefixes.foo.com/', V3],
      ['foo.com/', 404],
      ['no.matching.host/', 404],
    ],
  },
  {
    name: 'GatewayHTTPListenerIsolation, hostnames of listeners alone',
    rule: 'GW-02',
    gateway: ISOLATION,
    objects: isolating(),
    requests: isolated,
  },
  {
    name: 'GatewayHTTPListenerIsolation, intersecting hostnames',
    rule: 'GW-02',
    gateway: ISOLATION,
    objects: isolating(ALL_ISOLATED_HOSTS),
    requests: isolated,
  },
  {
    name: 'HTTPRouteListenerPortMatching',
    rule: 'GW-05',
    gateway: BY_PORT,
    objects: [
      gateway(BY_PORT, [
        listener('listener-1'),
        listener('listener-2', 'foo.com', { port: 8080 }),
        listener('listener-3', 'bar.com', { port: 8080 }),
        listener('listener-4', 'foo.com', { port: 8090 }),
      ]),
      route('backend-v1', [to('v1')], at(BY_PORT, 'listener-1')),
      route('backend-v2', [to('v2')], { parents: [{ name: BY_PORT, namespace: INFRA, port: 8080 }] }),
      route('backend-v3', [to('v3')], {
        parents: [{ name: BY_PORT, namespace: INFRA, port: 8090, sectionName: 'listener-4' }],
      }),
    ],
    requests: [
      ['foo.com/', V1],
      ['foo.com:8080/', V2],
      ['bar.com:8080/', V2],
      ['foo.com:8090/', V3],
      ['bar.com:8090/', 404],
    ],
  },
];
