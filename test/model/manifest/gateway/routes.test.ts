import { faultsOf, readOne } from '../reading';
import { filtering, gatewayObject, httpRoute, matching } from './objects';

const path = (value: string, type?: string) => ({ path: { type, value } });
const redirect = (requestRedirect: object) => ({ type: 'RequestRedirect', requestRedirect });
const rewrite = (urlRewrite: object) => ({ type: 'URLRewrite', urlRewrite });
const prefix = { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/b' } };
const backend = { name: 'api', port: 80 };

describe('an HTTPRoute', () => {
  test('GW-07: takes every path where it says nothing', () => {
    const everything = [{ path: { type: 'PathPrefix', value: '/' }, headers: [], queryParams: [] }];
    for (const object of [gatewayObject('HTTPRoute', {}), httpRoute({}), matching({}), matching({ path: {} })]) {
      expect(readOne('httpRoute', object).rules).toMatchObject([{ matches: everything }]);
    }
  });

  test('GW-05, GW-11: means Gateways, Services and a weight of 1 unless it says otherwise', () => {
    const spec = { parentRefs: [{ name: 'edge' }], rules: [{ backendRefs: [backend] }] };
    expect(readOne('httpRoute', gatewayObject('HTTPRoute', spec, 'v1beta1'))).toMatchObject({
      parents: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }],
      rules: [{ backends: [{ group: '', kind: 'Service', name: 'api', port: 80, weight: 1 }] }],
    });
  });

  const match = 'spec.rules[0].matches[0]';
  test.each([
    ['without / in front', path('a'), `PTL021 ${match}.path.value`],
    ['with //', path('/a//b', 'Exact'), `PTL021 ${match}.path.value`],
    ['with /../', path('/a/../b'), `PTL021 ${match}.path.value`],
    ['with an encoded slash', path('/a%2fb'), `PTL021 ${match}.path.value`],
    ['with #', path('/a#b'), `PTL021 ${match}.path.value`],
    ['with a space', path('/a b'), `PTL021 ${match}.path.value`],
    ['of an unknown type', path('/', 'Prefix'), `PTL004 ${match}.path.type`],
  ])('GW-07: with a path %s is refused', (_what, given, fault) => {
    expect(faultsOf(matching(given)).map((each) => each.replace(/ ->.*/, ''))).toEqual([fault]);
  });

  test('GW-06: a regular expression may hold what paths may not', () => {
    expect(faultsOf(matching(path('a//.*#', 'RegularExpression')))).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['a method in lower case', { method: 'get' }, `PTL004 ${match}.method -> GET`],
    ['a header without a value', { headers: [{ name: 'a', value: '' }] }, `PTL003 ${match}.headers[0].value`],
    ['a header that is none', { headers: [{ name: ':path', value: 'a' }] }, `PTL014 ${match}.headers[0].name`],
    [
      'one header twice',
      {
        headers: [
          { name: 'a', value: '1' },
          { name: 'a', value: '2' },
        ],
      },
      `PTL019 ${match}.headers[1]`,
    ],
    ['17 parameters', { queryParams: many(17, (i) => ({ name: `p${i}`, value: '1' })) }, `PTL004 ${match}.queryParams`],
  ])('with %s is refused', (_what, given, fault) => {
    expect(faultsOf(matching(given))).toEqual([fault]);
  });

  test.each<[string, object[], string]>([
    ['a redirect and a rewrite', [redirect({}), rewrite({})], 'PTL020 spec.rules[0].filters[1]'],
    ['two redirects', [redirect({}), redirect({})], 'PTL019 spec.rules[0].filters[1]'],
    [
      'a status that redirects nobody',
      [redirect({ statusCode: 304 })],
      'PTL004 spec.rules[0].filters[0].requestRedirect.statusCode',
    ],
    [
      'a wildcard to go to',
      [redirect({ hostname: '*.a.b' })],
      'PTL014 spec.rules[0].filters[0].requestRedirect.hostname',
    ],
    ['a filter without its field', [{ type: 'URLRewrite' }], 'PTL003 spec.rules[0].filters[0].urlRewrite'],
    [
      'the field of another filter',
      [{ ...redirect({}), urlRewrite: {} }],
      'PTL020 spec.rules[0].filters[0].urlRewrite',
    ],
    ['an unknown filter', [{ type: 'Redirect' }], 'PTL004 spec.rules[0].filters[0].type'],
    [
      'a path that is not told',
      [rewrite({ path: { type: 'ReplaceFullPath' } })],
      'PTL003 spec.rules[0].filters[0].urlRewrite.path.replaceFullPath',
    ],
  ])('GW-12: with %s is refused', (_what, filters, fault) => {
    expect(faultsOf(filtering(...filters)).map((each) => each.replace(/ ->.*/, ''))).toEqual([fault]);
  });

  test.each<[string, object, readonly string[]]>([
    ['a share in percent', { percent: 10 }, []],
    ['a share as a fraction', { fraction: { numerator: 1, denominator: 3 } }, []],
    ['both at once', { percent: 10, fraction: { numerator: 1 } }, ['PTL020 .fraction']],
    ['more than all', { percent: 101 }, ['PTL004 .percent']],
    ['more than all as a fraction', { fraction: { numerator: 101 } }, ['PTL004 .fraction']],
  ])('GW-12: of a mirror, %s', (_what, share, faults) => {
    const found = faultsOf(filtering({ type: 'RequestMirror', requestMirror: { backendRef: backend, ...share } }));
    const where = 'spec.rules[0].filters[0].requestMirror';
    expect(found.map((each) => each.replace(/ ->.*/, '').replace(where, ''))).toEqual(faults);
  });

  test.each<[string, object, readonly string[]]>([
    ['no longer for the backend than for all', { request: '1m', backendRequest: '60s' }, []],
    ['any time for the backend where all may take any', { request: '0s', backendRequest: '1h' }, []],
    ['several units', { request: '1h30m10s500ms' }, []],
    ['a number alone', { request: '10' }, ['PTL014 request']],
    ['a fraction', { backendRequest: '1.5s' }, ['PTL014 backendRequest']],
    ['longer for the backend than for all', { request: '1m', backendRequest: '61s' }, ['PTL020 backendRequest']],
  ])('GW-13: as timeouts, %s', (_what, timeouts, faults) => {
    const found = faultsOf(httpRoute({ timeouts }));
    expect(found.map((each) => each.replace(/ ->.*/, '').replace('spec.rules[0].timeouts.', ''))).toEqual(faults);
  });

  test('GW-07: without a spec is refused', () => {
    const { spec: _, ...bare } = httpRoute({}) as { spec: object };
    expect(faultsOf(bare)).toEqual(['PTL003 spec']);
  });

  test('GW-12: may mirror to several backends', () => {
    const mirror = { type: 'RequestMirror', requestMirror: { backendRef: backend } };
    expect(faultsOf(filtering(mirror, mirror))).toEqual([]);
  });

  test.each<[string, object, string]>([
    [
      'redirects and has backends',
      { filters: [redirect({})], backendRefs: [backend] },
      'PTL020 spec.rules[0].backendRefs',
    ],
    [
      'replaces the prefix of an exact path',
      { matches: [path('/a', 'Exact')], filters: [rewrite(prefix)] },
      'PTL020 spec.rules[0]',
    ],
    [
      'replaces one of two prefixes',
      { matches: [path('/a'), path('/b')], filters: [rewrite(prefix)] },
      'PTL020 spec.rules[0]',
    ],
    ['has a Service without a port', { backendRefs: [{ name: 'api' }] }, 'PTL003 spec.rules[0].backendRefs[0].port'],
    [
      'has a weight below 0',
      { backendRefs: [{ ...backend, weight: -1 }] },
      'PTL004 spec.rules[0].backendRefs[0].weight',
    ],
    [
      'has a weight above a million',
      { backendRefs: [{ ...backend, weight: 1_000_001 }] },
      'PTL004 spec.rules[0].backendRefs[0].weight',
    ],
    ['has 65 matches', { matches: many(65, (i) => path(`/${i}`)) }, 'PTL004 spec.rules[0].matches'],
  ])('GW-11, GW-12: with a rule that %s is refused', (_what, rule, fault) => {
    expect(faultsOf(httpRoute(rule))).toEqual([fault]);
  });

  test('with too many rules or matches is refused', () => {
    expect(faultsOf(httpRoute(...many(17, () => ({}))))).toEqual(['PTL004 spec.rules']);
    const sixty = { matches: many(60, (i) => path(`/${i}`)) };
    expect(faultsOf(httpRoute(sixty, sixty, sixty))).toEqual(['PTL004 spec.rules']);
  });

  test('GW-05: that means one parent twice is refused', () => {
    const twice = gatewayObject('HTTPRoute', { parentRefs: [{ name: 'a' }, { name: 'a' }] });
    expect(faultsOf(twice)).toEqual(['PTL019 spec.parentRefs[1]']);
    const sections = gatewayObject('HTTPRoute', {
      parentRefs: [
        { name: 'a', sectionName: 'x' },
        { name: 'a', sectionName: 'y' },
      ],
    });
    expect(faultsOf(sections)).toEqual([]);
  });

  test.each<[string, readonly object[], readonly string[]]>([
    ['a listener and the whole', [{ name: 'a', sectionName: 'x' }, { name: 'a' }], ['PTL020 spec.parentRefs[1]']],
    ['a port and the whole', [{ name: 'a' }, { name: 'b' }, { name: 'a', port: 80 }], ['PTL020 spec.parentRefs[2]']],
    [
      'a listener and a port',
      [
        { name: 'a', sectionName: 'x' },
        { name: 'a', port: 80 },
      ],
      ['PTL020 spec.parentRefs[1]'],
    ],
    [
      'two ports',
      [
        { name: 'a', port: 80 },
        { name: 'a', port: 81 },
      ],
      [],
    ],
    [
      'two namespaces',
      [
        { name: 'a', sectionName: 'x' },
        { name: 'a', namespace: 'infra' },
      ],
      [],
    ],
  ])('GW-05: that means of one parent %s has the faults it should', (_what, parentRefs, faults) => {
    expect(faultsOf(gatewayObject('HTTPRoute', { parentRefs }))).toEqual(faults);
  });

  test.each<[string, object, string]>([
    ['no name', { name: '' }, 'PTL003 spec.parentRefs[0].name'],
    ['an empty namespace', { name: 'a', namespace: '' }, 'PTL014 spec.parentRefs[0].namespace'],
    ['an empty listener', { name: 'a', sectionName: '' }, 'PTL014 spec.parentRefs[0].sectionName'],
    ['a kind that is none', { name: 'a', kind: 'a b' }, 'PTL014 spec.parentRefs[0].kind'],
    ['a version beside the group', { name: 'a', group: 'example.com/v1' }, 'PTL014 spec.parentRefs[0].group'],
  ])('GW-05: with a reference of %s is refused', (_what, parent, fault) => {
    expect(faultsOf(gatewayObject('HTTPRoute', { parentRefs: [parent] }))).toEqual([fault]);
  });

  const setting = (requestHeaderModifier: object) =>
    faultsOf(filtering({ type: 'RequestHeaderModifier', requestHeaderModifier }));
  const modifier = 'spec.rules[0].filters[0].requestHeaderModifier';

  test('GW-12: that sets a header twice, or to nothing, is refused', () => {
    const [one, other] = ['1', '2'].map((value) => ({ name: 'a', value }));
    expect(setting({ set: [one], add: [other], remove: ['a'] })).toEqual([]);
    expect(setting({ set: [one, other] })).toEqual([`PTL019 ${modifier}.set[1]`]);
    expect(setting({ remove: ['a', 'a'] })).toEqual([`PTL019 ${modifier}.remove[1]`]);
    expect(setting({ add: [{ name: 'a', value: '' }] })).toEqual([`PTL003 ${modifier}.add[0].value`]);
  });
});

describe('a GRPCRoute', () => {
  const matches = (...given: object[]) => gatewayObject('GRPCRoute', { rules: [{ matches: given }] });

  test.each([
    ['neither service nor method', { method: {} }, 'PTL003 spec.rules[0].matches[0].method'],
    ['a service that is none', { method: { service: 'a/b' } }, 'PTL014 spec.rules[0].matches[0].method.service'],
    ['a method that is none', { method: { method: 'a.b' } }, 'PTL014 spec.rules[0].matches[0].method.method'],
  ])('GW-08: that matches %s is refused', (_what, match, fault) => {
    expect(faultsOf(matches(match))).toEqual([fault]);
  });

  test('GW-08: can redirect nobody', () => {
    const object = gatewayObject('GRPCRoute', { rules: [{ filters: [redirect({})] }] });
    expect(faultsOf(object)).toEqual(['PTL004 spec.rules[0].filters[0].type']);
  });
});

describe('GW-09: routes of connections', () => {
  const rules = [{ backendRefs: [backend] }];

  test.each([
    ['TLSRoute', 'v1', { rules }, ['PTL003 spec.hostnames']],
    ['TLSRoute', 'v1alpha2', { rules }, []],
    ['TCPRoute', 'v1alpha2', { rules }, []],
    ['UDPRoute', 'v1alpha2', { rules: [{}] }, ['PTL003 spec.rules[0].backendRefs']],
    ['TCPRoute', 'v1alpha2', {}, ['PTL003 spec.rules']],
  ])('%s %s %j has the faults %j', (kind, version, spec, faults) => {
    expect(faultsOf(gatewayObject(kind, spec, version))).toEqual(faults);
  });
});

function many<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}
