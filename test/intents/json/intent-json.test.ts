import fc from 'fast-check';
import type { EndpointRef } from '../../../lib/intents/endpoint';
import type { Intent } from '../../../lib/intents/intent';
import { intentToJson } from '../../../lib/intents/json/intent-json';
import { jsonable } from '../../../lib/intents/json/jsonable';
import { intentFromJson } from '../../../lib/intents/json/read-intent';
import { COMPONENTS } from '../../../lib/model/cluster/component-ports';

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,3})?$/);
const namespace = fc.oneof(label, fc.constantFrom('node', 'service', 'internet', '10'));
const cidr = fc.constantFrom('10.0.0.0/8', '192.0.2.7/32', '2001:db8::/32', '2001:db8::1/128', '0.0.0.0/0');
const cidrs = fc.uniqueArray(cidr, { minLength: 1 });
const kind = fc.constantFrom('Deployment', 'StatefulSet', 'Pod', 'CronJob', 'Service');
const values = fc.dictionary(label, fc.oneof(label, fc.array(label, { minLength: 1, maxLength: 3 })), { maxKeys: 3 });
const protocol = fc.constantFrom('TCP' as const, 'UDP' as const, 'SCTP' as const);
const port = fc.oneof(fc.integer({ min: 1, max: 65535 }), label);
const required = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }, ...keys: (keyof T)[]) =>
  fc.record(fields, { requiredKeys: keys as never });
const of = <K extends EndpointRef['kind']>(name: K) => fc.constant(name);

const { endpoint } = fc.letrec<{ endpoint: EndpointRef }>((tie) => ({
  endpoint: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant<EndpointRef>({ kind: 'internet' }),
    fc.constantFrom(...COMPONENTS).map((name): EndpointRef => ({ kind: 'component', name })),
    required({ kind: of('object'), object: kind, namespace, name: label }, 'kind', 'namespace', 'name'),
    fc.record({ kind: of('node'), name: label }),
    fc.record({ kind: of('namespace'), name: namespace }),
    fc.record({ kind: of('addresses'), cidrs }),
    required({ kind: of('pods'), labels: values, namespace, namespaceLabels: values }, 'kind', 'labels'),
    required({ kind: of('external'), host: fc.domain(), cidrs }, 'kind', 'host'),
    required({ kind: of('construct'), path: label, knownBy: fc.dictionary(label, label) }, 'kind', 'path'),
    fc.record({
      kind: of('container'),
      of: required({ kind: of('object'), object: kind, namespace, name: label }, 'kind', 'namespace', 'name'),
      name: label,
    }),
    required({ kind: of('port'), of: tie('endpoint'), port, protocol }, 'kind', 'of', 'port'),
    required({ kind: of('nodePort'), of: tie('endpoint'), port, protocol }, 'kind', 'of', 'port'),
  ) as fc.Arbitrary<EndpointRef>,
}));

const endpoints = fc.array(endpoint, { minLength: 1, maxLength: 3 });
const some = fc.array(endpoint, { maxLength: 2 });
const verb = fc.oneof(
  required(
    {
      verb: fc.constant('toReach'),
      negated: fc.boolean(),
      targets: endpoints,
      by: fc.constantFrom('name', 'service', 'podIP'),
    },
    'verb',
    'negated',
    'targets',
  ),
  fc.record({ verb: fc.constant('toReachOnly'), targets: endpoints }),
  fc.record({ verb: fc.constant('toBeReachedOnlyBy'), sources: endpoints }),
  fc
    .record({ verb: fc.constant('toBeIsolated'), ingress: fc.boolean(), egress: fc.boolean(), except: some })
    .filter(({ ingress, egress }) => ingress || egress),
  fc.record({ verb: fc.constant('toPassThrough'), hop: endpoint, onTheWayTo: endpoint }),
  fc.record({ verb: fc.constant('toBeExposedTo'), negated: fc.constant(true), zone: endpoint, except: some }),
  fc.record({
    verb: fc.constant('toBeExposedTo'),
    negated: fc.constant(false),
    zone: endpoint,
    except: fc.constant([]),
  }),
  fc.record({ verb: fc.constant('toResolve'), negated: fc.constant(true), name: fc.domain() }),
  required(
    { verb: fc.constant('toResolve'), negated: fc.constant(false), name: fc.domain(), to: endpoint },
    'verb',
    'negated',
    'name',
  ),
  fc.record({ verb: fc.constant('none') }),
);
const base = required(
  {
    id: fc.oneof(label, fc.constantFrom('shop/web#2', 'promises#1')),
    subject: endpoint,
    because: fc.constantFrom('PCI-DSS 1.4.4', '#: {'),
    severity: fc.constantFrom('error', 'warning'),
    implied: fc.constant(true),
    origin: fc.constant({}),
  },
  'id',
  'subject',
  'origin',
);
const url = required(
  {
    kind: fc.constant('url' as const),
    url: fc.constantFrom('https://shop.example.com/cart', 'http://shop.example.com:8080/'),
    method: fc.constantFrom('GET', 'POST'),
    headers: fc.dictionary(label, fc.string({ minLength: 1 })),
  },
  'kind',
  'url',
);
const urlVerb = fc.oneof(
  fc.record({ verb: fc.constant('toRouteTo'), negated: fc.boolean(), backend: endpoint }),
  fc.record({
    verb: fc.constant('toRedirectTo'),
    negated: fc.boolean(),
    location: fc.constant('https://shop.example.com/'),
  }),
  required(
    { verb: fc.constant('toTerminateTls'), secret: required({ name: label, namespace: label }, 'name') },
    'verb',
  ),
);
const intent = fc
  .oneof(
    fc.tuple(base, verb),
    fc.tuple(
      base,
      urlVerb,
      url.map((subject) => ({ subject })),
    ),
  )
  .map((parts) => jsonable(Object.assign({}, ...parts) as Intent));

test('what is written as JSON is read as the same promise, every endpoint and every verb', () => {
  fc.assert(
    fc.property(intent, (promised) => {
      const object = JSON.parse(JSON.stringify(promised));
      expect(intentFromJson({ object, origin: {} }, 'none')).toEqual({ intent: promised, faults: [] });
    }),
    { numRuns: 500 },
  );
});

const api = { kind: 'object', namespace: 'shop', name: 'api' } as const;
const from = (verbAndSubject: object) =>
  intentToJson({ id: 'a', origin: {}, subject: api, ...verbAndSubject } as Intent);

test('a promise has the words of `expect`', () => {
  const targets = [{ kind: 'port', of: api, port: 'http' }];
  expect(from({ verb: 'toReach', negated: false, targets })).toEqual({
    expect: 'shop/api',
    toReach: 'shop/api:http',
    as: 'a',
  });
  expect(from({ verb: 'toBeExposedTo', negated: true, zone: { kind: 'internet' }, except: [api] })).toEqual({
    expect: 'shop/api',
    not: { toBeExposedTo: 'internet' },
    except: 'shop/api',
    as: 'a',
  });
});

test.each<[EndpointRef, unknown]>([
  [{ kind: 'object', object: 'Service', namespace: 'shop', name: 'api' }, 'service/shop/api'],
  [{ kind: 'object', object: 'Job', namespace: 'shop', name: 'api' }, 'shop/api[Job]'],
  [
    { kind: 'object', namespace: 'node', name: 'api' },
    { name: 'api', namespace: 'node' },
  ],
  [{ kind: 'port', of: { kind: 'addresses', cidrs: ['2001:db8::/32'] }, port: 443 }, '[2001:db8::/32]:443'],
  [{ kind: 'port', of: { kind: 'node', name: 'a' }, port: 53, protocol: 'UDP' }, 'node/a:53/UDP'],
  [
    { kind: 'port', of: { kind: 'namespace', name: 'shop' }, port: 53 },
    { namespace: 'shop', port: 53 },
  ],
  [
    { kind: 'nodePort', of: api, port: 'http' },
    { of: 'shop/api', nodePort: 'http' },
  ],
  [
    { kind: 'container', of: api, name: 'cache' },
    { container: 'cache', of: 'shop/api' },
  ],
  [
    { kind: 'port', of: { kind: 'container', of: api, name: 'cache' }, port: 6379 },
    { container: 'cache', of: 'shop/api', port: 6379 },
  ],
  [{ kind: 'addresses', cidrs: ['10.0.0.0/8', '192.0.2.0/24'] }, { cidr: ['10.0.0.0/8', '192.0.2.0/24'] }],
])('%j is written as %j', (subject, json) => {
  expect(from({ verb: 'none', subject })).toMatchObject({ expect: json });
});

test.each([
  ['192.0.2.7', '192.0.2.7/32'],
  ['2001:db8::1', '2001:db8::1/128'],
])('the address %s is the block %s', (text, block) => {
  const { intent } = intentFromJson({ object: { expect: text }, origin: {} }, 'a');
  expect(intent?.subject).toEqual({ kind: 'addresses', cidrs: [block] });
});
