import { APP, certificate, gateway, INFRA, listener, ref, route, type Scenario, to, WEB } from './suite';

const passthrough = { port: 443, protocol: 'TLS', tls: { mode: 'Passthrough' } };
const terminate = { port: 443, protocol: 'TLS', ...certificate('tls') };
const https = (name = 'tls', namespace = INFRA) => ({ port: 443, protocol: 'HTTPS', ...certificate(name, namespace) });
const toTls = (namespace = INFRA) => [{ backendRefs: [ref('tls-backend', { namespace, port: 443 })] }];
const tlsRoute = (
  name: string,
  hostnames: readonly string[],
  parents: readonly (string | object)[],
  namespace?: string,
) => route(name, toTls(namespace), { kind: 'TLSRoute', hostnames, parents });

const secretGrant = (spec: { in?: string; kind?: string; name?: string }) => ({
  apiVersion: 'gateway.networking.k8s.io/v1beta1',
  kind: 'ReferenceGrant',
  metadata: { name: 'grant', namespace: spec.in ?? WEB },
  spec: {
    from: [{ group: 'gateway.networking.k8s.io', kind: spec.kind ?? 'Gateway', namespace: INFRA }],
    to: [{ group: '', kind: 'Secret', name: spec.name }],
  },
});

const withSecretElsewhere = (...grants: readonly object[]) => [
  gateway('secret', [listener('https', undefined, https('certificate', WEB))]),
  route('attached', [to('v1')], { parents: ['secret'] }),
  ...grants,
];

/** Connections by their SNI, and certificates that a listener may refer to. */
export const TLS: readonly Scenario[] = [
  {
    name: 'TLSRouteSimpleSameNamespace',
    rule: 'GW-09',
    gateway: 'tlsroute',
    objects: [
      gateway('tlsroute', [listener('https', '*.example.com', passthrough)]),
      tlsRoute('simple', ['abc.example.com'], ['tlsroute']),
    ],
    requests: [
      ['https://abc.example.com/', 'tls-backend'],
      ['https://other.example.com/', 'refused'],
      ['https://example.com/', 'refused'],
      ['http://abc.example.com/', 'refused'],
    ],
  },
  {
    name: 'TLSRouteHostnameIntersection',
    rule: 'GW-09',
    gateway: 'intersection',
    objects: [
      gateway('intersection', [
        listener('exact', 'abc.example.com', passthrough),
        listener('wildcard', '*.wildcard.io', passthrough),
        listener('other', '*.other.io', passthrough),
      ]),
      tlsRoute('exact', ['abc.example.com', 'not.example.org'], ['intersection']),
      tlsRoute('wider', ['*.wildcard.io'], ['intersection']),
      tlsRoute('narrower', ['deep.one.other.io'], ['intersection']),
      tlsRoute('nowhere', ['wildcard.io', 'example.com'], ['intersection']),
    ],
    requests: [
      ['https://abc.example.com/', 'tls-backend'],
      ['https://not.example.org/', 'refused'],
      ['https://foo.wildcard.io/', 'tls-backend'],
      ['https://foo.bar.wildcard.io/', 'tls-backend'],
      ['https://deep.one.other.io/', 'tls-backend'],
      ['https://one.other.io/', 'refused'],
      ['https://wildcard.io/', 'refused'],
    ],
  },
  {
    name: 'TLSRouteTerminateSimpleSameNamespace',
    rule: 'GW-09',
    gateway: 'terminate',
    objects: [
      gateway('terminate', [listener('tls', 'abc.example.com', terminate)]),
      tlsRoute('terminated', ['abc.example.com'], ['terminate']),
    ],
    requests: [['https://abc.example.com/', 'tls-backend']],
  },
  {
    name: 'TLSRouteInvalidReferenceGrant',
    rule: 'GW-10',
    gateway: 'tlsroute',
    objects: [
      gateway('tlsroute', [listener('https', '*.example.com', passthrough)]),
      tlsRoute('across', ['abc.example.com'], ['tlsroute'], APP),
    ],
    requests: [['https://abc.example.com/', 'refused']],
  },
  {
    name: 'GatewayListenerProtocolAndRouteKindConflicts',
    rule: 'GW-03',
    gateway: 'tlsroutes-only',
    objects: [
      gateway('tlsroutes-only', [
        listener('tls', 'abc.example.com', passthrough),
        listener('conflicted-https', undefined, { ...https(), port: 8443 }),
        listener('conflicted-tls', undefined, { ...passthrough, port: 8443 }),
      ]),
      route('disallowed-kind', [to('v1')], { parents: [{ name: 'tlsroutes-only', sectionName: 'tls' }] }),
      tlsRoute('control', ['abc.example.com'], [{ name: 'tlsroutes-only', sectionName: 'tls' }]),
    ],
    requests: [
      ['https://abc.example.com/', 'tls-backend'],
      ['https://https.example.org:8443/', 'refused'],
      ['https://abc.example.com:8443/', 'refused'],
    ],
  },
  {
    name: 'GatewayHTTPSAndTLSPassthroughSamePort',
    rule: 'GW-02',
    gateway: 'same-port',
    objects: [
      gateway('same-port', [
        listener('https-terminate', '*.example.com', { ...https(), port: 8884 }),
        listener('tls-passthrough', 'abc.example.com', { ...passthrough, port: 8884 }),
      ]),
      route('terminated', [to('v1')], { parents: [{ name: 'same-port', sectionName: 'https-terminate' }] }),
      tlsRoute('passed', ['abc.example.com'], [{ name: 'same-port', sectionName: 'tls-passthrough' }]),
    ],
    requests: [
      ['https://abc.example.com:8884/', 'tls-backend'],
      ['https://other.example.com:8884/', 'infra-backend-v1'],
    ],
  },
  {
    name: 'HTTPRouteHTTPSListener',
    rule: 'GW-02',
    gateway: 'same-namespace-with-https-listener',
    objects: [
      route('https', [to('v1')], {
        parents: [{ name: 'same-namespace-with-https-listener', sectionName: 'https' }],
        hostnames: ['example.org'],
      }),
      route('https-with-hostname', [to('v2')], {
        parents: [{ name: 'same-namespace-with-https-listener', sectionName: 'https-with-hostname' }],
      }),
    ],
    requests: [
      ['https://example.org/', 'infra-backend-v1'],
      ['https://second-example.org/', 'infra-backend-v2'],
      ['https://unknown-example.org/', 404],
      ['https://example.org/', 421, { Host: 'second-example.org' }],
      ['https://second-example.org/', 421, { Host: 'unknown-example.org' }],
    ],
  },
  {
    name: 'GatewaySecretReferenceGrantAllInNamespace',
    rule: 'GW-10',
    gateway: 'secret',
    objects: withSecretElsewhere(secretGrant({})),
    requests: [['https://a.test/', 'infra-backend-v1']],
  },
  {
    name: 'GatewaySecretReferenceGrantSpecific',
    rule: 'GW-10',
    gateway: 'secret',
    objects: withSecretElsewhere(secretGrant({ name: 'certificate' })),
    requests: [['https://a.test/', 'infra-backend-v1']],
  },
  {
    name: 'GatewaySecretMissingReferenceGrant',
    rule: 'GW-10',
    gateway: 'secret',
    objects: withSecretElsewhere(),
    requests: [['https://a.test/', 'refused']],
  },
  ...[{ in: INFRA }, { kind: 'HTTPRoute' }, { name: 'not-the-certificate' }].map(
    (spec): Scenario => ({
      name: `GatewaySecretInvalidReferenceGrant, ${JSON.stringify(spec)}`,
      rule: 'GW-10',
      gateway: 'secret',
      objects: withSecretElsewhere(secretGrant(spec)),
      requests: [['https://a.test/', 'refused']],
    }),
  ),
  {
    name: 'TCPRoute',
    rule: 'GW-09',
    gateway: 'tcp',
    objects: [
      gateway('tcp', [listener('tcp', undefined, { port: 8080, protocol: 'TCP' })]),
      route('tcp', [to('v1')], { kind: 'TCPRoute', parents: ['tcp'] }),
    ],
    requests: [
      ['http://a.test:8080/whatever', 'infra-backend-v1'],
      ['https://a.test:8080/whatever', 'infra-backend-v1'],
      ['http://a.test/', 'refused'],
    ],
  },
];
