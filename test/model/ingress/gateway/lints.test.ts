import { brief, lintsOf } from '../../../support/ingress-lints';
import { ns, service } from '../../../support/manifests';

const API = 'gateway.networking.k8s.io/v1';
const http = (name: string, more: object = {}) => ({ name, port: 80, protocol: 'HTTP', ...more });
const gateway = (listeners: readonly object[], namespace = 'infra', name = 'public') => ({
  apiVersion: API,
  kind: 'Gateway',
  metadata: { name, namespace },
  spec: { gatewayClassName: 'istio', listeners },
});
const route = (parent: object, spec: object = {}, kind = 'HTTPRoute', namespace = 'shop') => ({
  apiVersion: API,
  kind,
  metadata: { name: 'web', namespace },
  spec: { parentRefs: [parent], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }], ...spec },
});
const OPEN = { allowedRoutes: { namespaces: { from: 'All' } } };
const PUBLIC = { name: 'public', namespace: 'infra' };
const whole = service('kubernetes', { clusterIP: '10.96.0.1', ports: [{ port: 443 }] }, 'default');

describe('PTL420: a route that no listener takes', () => {
  const found = (...manifests: readonly object[]) => lintsOf('PTL420', manifests);

  test.each<[string, readonly object[], string, object]>([
    [
      'GW-05: no listener of the name',
      [gateway([http('http', OPEN)]), route({ ...PUBLIC, sectionName: 'htpp' })],
      'error web spec.parentRefs[0].sectionName',
      { problem: 'no-listener', asked: 'htpp', has: ['http'], didYouMean: 'http' },
    ],
    [
      'GW-05: the port of another listener',
      [
        gateway([http('http', OPEN), http('alt', { ...OPEN, port: 8080 })]),
        route({ ...PUBLIC, sectionName: 'http', port: 8080 }),
      ],
      'error web spec.parentRefs[0].port',
      { problem: 'no-port', asked: '8080', has: ['80'] },
    ],
    [
      'GW-05: a port of no listener',
      [gateway([http('http', OPEN)]), route({ ...PUBLIC, port: 8080 })],
      'error web spec.parentRefs[0].port',
      { problem: 'no-port', asked: '8080', has: ['80'] },
    ],
    [
      'GW-04: another namespace',
      [gateway([http('http')]), route(PUBLIC)],
      'error web spec.parentRefs[0].name',
      { problem: 'namespace', asked: 'shop', has: ['http'] },
    ],
    [
      'GW-04: a namespace without the labels',
      [
        gateway([
          http('http', {
            allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { edge: 'yes' } } } },
          }),
        ]),
        ns('shop'),
        route(PUBLIC),
      ],
      'error web spec.parentRefs[0].name',
      { problem: 'namespace' },
    ],
    [
      'GW-04, NP-44: a namespace that nobody wrote',
      [gateway([http('http')]), route(PUBLIC, {}, 'HTTPRoute', 'default')],
      'warning web spec.parentRefs[0].name',
      { problem: 'namespace' },
    ],
    [
      'GW-04: a kind that does not go with the protocol',
      [gateway([{ name: 'sql', port: 5432, protocol: 'TCP', ...OPEN }]), route(PUBLIC)],
      'error web spec.parentRefs[0].name',
      { problem: 'kind', asked: 'HTTPRoute', has: ['sql'] },
    ],
    [
      'GW-01: a hostname of no listener',
      [
        gateway([http('http', { ...OPEN, hostname: 'shop.example.com' })]),
        route(PUBLIC, { hostnames: ['shop.exmaple.com'] }),
      ],
      'error web spec.hostnames[0]',
      { problem: 'hostname', asked: 'shop.exmaple.com', has: ['shop.example.com'], didYouMean: 'shop.example.com' },
    ],
    [
      'GW-01: *.example.com is not for example.com',
      [
        gateway([http('http', { ...OPEN, hostname: '*.example.com' })]),
        route(PUBLIC, { hostnames: ['example.com', 'b.test'] }),
      ],
      'error web spec.hostnames',
      { problem: 'hostname', asked: 'example.com, b.test' },
    ],
    [
      'GW-05: the listener that it got furthest with is the one that was meant',
      [
        gateway([http('closed', { port: 8080 }), http('open', { ...OPEN, hostname: 'a.example.com' })]),
        route(PUBLIC, { hostnames: ['b.example.com'] }),
      ],
      'error web spec.hostnames[0]',
      { problem: 'hostname', has: ['a.example.com'] },
    ],
    [
      'GW-05: a slip in the name of the Gateway',
      [gateway([http('http', OPEN)]), route({ ...PUBLIC, name: 'publik' })],
      'warning web spec.parentRefs[0].name',
      { problem: 'no-gateway', didYouMean: 'public' },
    ],
    [
      'GW-05: the Gateway is in another namespace',
      [gateway([http('http', OPEN)]), route({ name: 'public' })],
      'warning web spec.parentRefs[0].name',
      {
        problem: 'another-namespace',
        has: ['infra'],
        namesakes: [{ kind: 'Gateway', namespace: 'infra', name: 'public' }],
      },
    ],
    [
      'GW-05: a dump of a whole cluster has no such Gateway',
      [whole, route(PUBLIC)],
      'error web spec.parentRefs[0].name',
      { problem: 'no-gateway' },
    ],
  ])('%s', (_, manifests, expected, detail) => {
    const lints = found(...manifests);
    expect(brief(lints)).toEqual([expected]);
    expect(lints[0]).toMatchObject(detail);
  });

  test.each<[string, readonly object[]]>([
    ['a listener takes it', [gateway([http('http', OPEN)]), route(PUBLIC)]],
    ['GW-04: both are of one namespace', [gateway([http('http')], 'shop'), route({ name: 'public' })]],
    ['one listener of two takes it', [gateway([http('a'), http('b', { ...OPEN, port: 8080 })]), route(PUBLIC)]],
    [
      'the Gateway is declared elsewhere',
      [gateway([http('http', OPEN)]), route({ name: 'other', namespace: 'infra' })],
    ],
    [
      'GW-04: nobody knows the labels of the namespace',
      [
        gateway([
          http('http', {
            allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { edge: 'yes' } } } },
          }),
        ]),
        route(PUBLIC),
      ],
    ],
    [
      'what the protocol is the controller knows alone',
      [gateway([{ name: 'x', port: 80, protocol: 'example.com/x', ...OPEN }]), route(PUBLIC)],
    ],
    ['it is attached to a Service, by a mesh', [route({ group: '', kind: 'Service', name: 'web' })]],
  ])('nothing is told: %s', (_, manifests) => {
    expect(found(...manifests)).toEqual([]);
  });
});

describe('PTL421: a reference into another namespace without a grant (GW-10)', () => {
  const found = (...manifests: readonly object[]) => lintsOf('PTL421', manifests);
  const across = route({ name: 'public' }, { rules: [{ backendRefs: [{ name: 'api', namespace: 'ops', port: 80 }] }] });
  const grant = (namespace: string, from: object, to: object = { group: '', kind: 'Service' }) => ({
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: { name: 'shop', namespace },
    spec: { from: [{ group: 'gateway.networking.k8s.io', ...from }], to: [to] },
  });
  const FROM = { kind: 'HTTPRoute', namespace: 'shop' };

  test('a backend: a warning at its namespace, since the grant may be elsewhere', () => {
    const lints = found(across);
    expect(brief(lints)).toEqual(['warning web spec.rules[0].backendRefs[0].namespace']);
    expect(lints[0]).toMatchObject({ target: { kind: 'Service', namespace: 'ops', name: 'api' }, targetGroup: '' });
    expect(lints[0].almost).toBeUndefined();
  });

  test('an error in a dump of a whole cluster', () => {
    expect(found(whole, across).map(({ severity }) => severity)).toEqual(['error']);
  });

  test('a certificate of a listener', () => {
    const tls = { certificateRefs: [{ name: 'cert', namespace: 'certs' }] };
    const lints = found(gateway([{ name: 'https', port: 443, protocol: 'HTTPS', tls }]));
    expect(brief(lints)).toEqual(['warning public spec.listeners[0].tls.certificateRefs[0].namespace']);
    expect(lints[0].target).toEqual({ kind: 'Secret', namespace: 'certs', name: 'cert' });
  });

  test('each target is told once', () => {
    const to = { backendRefs: [{ name: 'api', namespace: 'ops', port: 80 }] };
    expect(found(route({ name: 'public' }, { rules: [to, to] }))).toHaveLength(1);
  });

  test.each<[string, object, string]>([
    ['in the namespace of the route', grant('shop', FROM), 'namespace'],
    ['from another namespace', grant('ops', { ...FROM, namespace: 'front' }), 'from'],
    ['from another kind', grant('ops', { ...FROM, kind: 'GRPCRoute' }), 'from'],
    ['to another Service', grant('ops', FROM, { group: '', kind: 'Service', name: 'web' }), 'to'],
  ])('a grant that would do but for one thing is told: %s', (_, almost, problem) => {
    expect(found(across, almost)[0].almost).toMatchObject({ kind: 'ReferenceGrant', problem });
  });

  test.each<[string, readonly object[]]>([
    ['granted', [across, grant('ops', FROM)]],
    ['granted by name', [across, grant('ops', FROM, { group: '', kind: 'Service', name: 'api' })]],
    ['of its own namespace', [route({ name: 'public' })]],
    ['GW-10: a Gateway needs no grant', [gateway([http('http', OPEN)]), route(PUBLIC)]],
  ])('nothing is told: %s', (_, manifests) => {
    expect(found(...manifests)).toEqual([]);
  });
});

describe('PTL422: listeners that are not distinct (GW-03)', () => {
  const found = (...manifests: readonly object[]) => lintsOf('PTL422', manifests);
  const tls = { certificateRefs: [{ name: 'cert' }] };

  test('HTTP and HTTPS on one port', () => {
    const lints = found(gateway([http('http'), { name: 'https', port: 80, protocol: 'HTTPS', tls }]));
    expect(brief(lints)).toEqual(['error public spec.listeners[1].port']);
    expect(lints[0]).toMatchObject({
      listener: 'https',
      otherListener: 'http',
      problem: 'protocol',
      takes: ['HTTPS on port 80', 'HTTP on port 80'],
    });
  });

  test('TCP takes the whole port', () => {
    const lints = found(
      gateway([http('http', { hostname: 'a.example.com' }), { name: 'tcp', port: 80, protocol: 'TCP' }]),
    );
    expect(brief(lints)).toEqual(['error public spec.listeners[1].port']);
  });

  test('a listener of a ListenerSet gives way to the one of the Gateway', () => {
    const set = {
      apiVersion: API,
      kind: 'ListenerSet',
      metadata: { name: 'more', namespace: 'infra' },
      spec: { parentRef: { name: 'public' }, listeners: [http('own', { hostname: 'a.example.com' })] },
    };
    const own = gateway([http('http', { hostname: 'a.example.com' })]);
    const allowing = { ...own, spec: { ...own.spec, allowedListeners: { namespaces: { from: 'Same' } } } };
    const lints = found(allowing, set);
    expect(brief(lints)).toEqual(['error more spec.listeners[0].hostname']);
    expect(lints[0]).toMatchObject({ problem: 'same', twin: { kind: 'Gateway', name: 'public' } });
  });

  test.each<[string, readonly object[]]>([
    ['other hostnames', [http('a', { hostname: 'a.example.com' }), http('b', { hostname: 'b.example.com' })]],
    [
      'a wildcard beside a name in it',
      [http('a', { hostname: 'a.example.com' }), http('b', { hostname: '*.example.com' })],
    ],
    ['other ports', [http('a'), http('b', { port: 8080 })]],
    [
      'UDP and TCP on one port',
      [
        { name: 'a', port: 53, protocol: 'UDP' },
        { name: 'b', port: 53, protocol: 'TCP' },
      ],
    ],
  ])('nothing is told: %s', (_, listeners) => {
    expect(found(gateway(listeners))).toEqual([]);
  });
});

describe('PTL402 and PTL403: the backends of routes (GW-11)', () => {
  const web = service('web', { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
  const to = (backend: object, kind?: string) => route(PUBLIC, { rules: [{ backendRefs: [backend] }] }, kind);
  const AT = 'spec.rules[0].backendRefs[0]';

  test.each<[string, object, string, object]>([
    [
      'a slip in the name',
      to({ name: 'wbe', port: 80 }),
      `warning web ${AT}.name`,
      { didYouMean: 'web', namespace: 'shop' },
    ],
    [
      'in the namespace that it names',
      to({ name: 'web', namespace: 'ops', port: 80 }),
      `error web ${AT}.name`,
      { namespace: 'ops', namesakes: [{ namespace: 'shop' }] },
    ],
  ])('PTL402: no Service of the name: %s', (_, from, expected, detail) => {
    const lints = lintsOf('PTL402', [web, from]);
    expect(brief(lints)).toEqual([expected]);
    expect(lints[0]).toMatchObject(detail);
  });

  test.each<[string, object, object]>([
    ['another number', to({ name: 'web', port: 81 }), { port: 81, didYouMean: '80' }],
    [
      'the target port, which no route takes',
      to({ name: 'web', port: 8080 }),
      { isTargetPort: true, didYouMean: '80' },
    ],
    ['of a GRPCRoute', to({ name: 'web', port: 81 }, 'GRPCRoute'), { port: 81 }],
  ])('PTL403: an error where the Service has no such port: %s', (_, from, detail) => {
    const lints = lintsOf('PTL403', [web, from]);
    expect(brief(lints)).toEqual([`error web ${AT}.port`]);
    expect(lints[0]).toMatchObject(detail);
  });

  test('nothing is told of a port that is there, nor where no Service is declared', () => {
    expect(lintsOf('PTL403', [web, to({ name: 'web', port: 80 })])).toEqual([]);
    expect(lintsOf('PTL402', [to({ name: 'web', port: 80 })])).toEqual([]);
  });
});
