import { exact, header, prefix, query, route, to } from './conformance/suite';
import { answerTo, edgeOf, routed } from './lab';

const [V1, V2, V3] = ['infra-backend-v1', 'infra-backend-v2', 'infra-backend-v3'];
const old = { createdAt: '2026-01-01T00:00:00Z' };
const young = { createdAt: '2026-02-01T00:00:00Z' };
const pattern = (value: string) => ({ path: { type: 'RegularExpression', value } });

function answer(objects: readonly object[], url = '/', headers?: Record<string, string>): string {
  return answerTo(edgeOf(objects), [url, '', headers]);
}

describe('GW-06: of two routes that claim the same', () => {
  test('the older one wins', () => {
    expect(answer([route('a', [to('v1')], young), route('b', [to('v2')], old)])).toBe(V2);
  });

  test('the first by name wins where both are of one second', () => {
    expect(answer([route('b', [to('v2')], old), route('a', [to('v1')], old)])).toBe(V1);
  });

  test.each([
    ['neither', {}],
    ['only one', old],
  ])('nobody knows which wins where the age of %s is told', (_what, first) => {
    expect(answer([route('a', [to('v1')], first), route('b', [to('v2')])])).toBe(`${V1} or ${V2} (GW-06)`);
  });

  test('nobody need know which wins where both do the same', () => {
    expect(answer([route('a', [to('v1')]), route('b', [to('v1')])])).toBe(V1);
  });

  test('the first rule wins within a route', () => {
    expect(answer([route('a', [to('v2'), to('v1')])])).toBe(V2);
  });
});

describe('GW-06: what goes first', () => {
  test.each<[string, object, object, string, Record<string, string>]>([
    [
      'Exact before the longest prefix',
      exact('/a'),
      prefix('/a', { ...header('h=1'), method: 'GET' }),
      '/a',
      { h: '1' },
    ],
    ['a longer prefix before a method', prefix('/a/b'), prefix('/a', { method: 'GET' }), '/a/b', {}],
    ['a method before headers', prefix('/', { method: 'GET' }), header('a=1', 'b=2'), '/', { a: '1', b: '2' }],
    ['headers before parameters', header('a=1'), query('a=1', 'b=2'), '/?a=1&b=2', { a: '1' }],
    ['more headers before fewer', header('a=1', 'b=2'), header('a=1'), '/', { a: '1', b: '2' }],
    ['more parameters before fewer', query('a=1', 'b=2'), query('b=2'), '/?a=1&b=2', {}],
  ])('%s', (_what, first, second, url, headers) => {
    expect(answer([route('z', [to('v2', second), to('v1', first)])], url, headers)).toBe(V1);
  });

  test('GW-06: the more precise hostname before all else', () => {
    const objects = [
      route('any', [to('v1', exact('/a'))]),
      route('wide', [to('v2', exact('/a'))], { hostnames: ['*.com'] }),
      route('narrow', [to('v2', exact('/a'))], { hostnames: ['*.example.com'] }),
      route('exact', [to('v3')], { hostnames: ['a.example.com'] }),
    ];
    expect(answer(objects, 'a.example.com/a')).toBe(V3);
    expect(routed(edgeOf(objects), ['b.example.com/a', '']).rule).toMatchObject({ name: 'narrow' });
    expect(answer(objects, 'b.example.org/a')).toBe(V1);
  });

  test('GW-06: what a more precise hostname does not match falls to the next', () => {
    const objects = [
      route('exact', [to('v3', prefix('/only'))], { hostnames: ['a.example.com'] }),
      route('wide', [to('v2')], { hostnames: ['*.example.com'] }),
    ];
    expect(answer(objects, 'a.example.com/other')).toBe(V2);
  });

  test('GW-07: of a header that is asked for twice the first counts, in whatever case', () => {
    const twice = {
      headers: [
        { name: 'a', value: '1' },
        { name: 'A', value: '2' },
      ],
    };
    expect(answer([route('a', [to('v1', twice)])], '/', { a: '1' })).toBe(V1);
    expect(answer([route('a', [to('v1', twice)])], '/', { a: '2' })).toBe('404');
  });

  test('GW-07: of a parameter that is given twice nobody knows which counts', () => {
    expect(answer([route('a', [to('v1', query('a=1'))])], '/?a=1&a=2')).toBe(`${V1} or 404 (GW-07)`);
    expect(answer([route('a', [to('v1', query('a=1'))])], '/?a=1&a=1')).toBe(V1);
  });

  test('GW-07: parameters are compared as they are meant', () => {
    expect(answer([route('a', [to('v1', query('a=b c'))])], '/?a=b%20c')).toBe(V1);
    expect(answer([route('a', [to('v1', query('a=b c'))])], '/?a=b+c')).toBe(V1);
  });
});

describe('GW-06: a regular expression', () => {
  test.each([
    ['/item/[0-9]+', '/item/7', V1],
    ['/item/[0-9]+', '/item/x', '404'],
    ['/item', '/items', `${V1} or 404 (GW-06)`],
    ['/(?i)item', '/item', `${V1} or 404 (GW-06)`],
    ['/\\d{2,3}', '/42', V1],
    ['/(a|b)?c', '/bc', V1],
    ['^/a$', '/a', V1],
  ])('%s is for %s: %s', (value, url, expected) => {
    expect(answer([route('a', [to('v1', pattern(value))])], url)).toBe(expected);
  });

  test('that no dialect can read may match all the same', () => {
    expect(answer([route('a', [to('v1', pattern('/('))])], '/a')).toBe(`${V1} or 404 (GW-06)`);
  });

  test('stands nobody knows where among others', () => {
    const objects = [route('a', [to('v1', pattern('/a.*')), to('v2', prefix('/a')), to('v3')])];
    expect(answer(objects, '/abc')).toBe(`${V1} or ${V3} (GW-06)`);
    expect(answer(objects, '/a/b')).toBe(`${V1} or ${V2} (GW-06)`);
    expect(answer(objects, '/b')).toBe(V3);
  });

  test('is certain of a header that is plain', () => {
    const match = { headers: [{ name: 'version', type: 'RegularExpression', value: 'v[0-9]' }] };
    expect(answer([route('a', [to('v1', match)])], '/', { version: 'v3' })).toBe(V1);
    expect(answer([route('a', [to('v1', match)])], '/', { version: 'w3' })).toBe('404');
  });
});

describe('GW-07: paths that servers read in different ways', () => {
  test.each(['/a//b', '/a/../b', '/%61'])('%s leaves open who answers', (url) => {
    const objects = [route('a', [to('v1', prefix('/a')), to('v2')])];
    expect(answer(objects, url)).toContain('(GW-07)');
  });
});

describe('what was considered', () => {
  const considered = (objects: readonly object[], url: string) =>
    routed(edgeOf(objects), [url, '']).considered.map(
      ({ rule, matched, because }) => `${rule.matches}: ${matched}: ${because}`,
    );

  test('tells why the others lost, the nearest first', () => {
    const objects = [
      route('a', [to('v1', prefix('/a')), to('v2', prefix('/')), to('v3', exact('/b')), to('v1', prefix('/a/b'))]),
    ];
    expect(considered(objects, '/a/b/c')).toEqual([
      '/a (PathPrefix): yes: matches, but /a/b (PathPrefix) is longer',
      '/ (PathPrefix): yes: matches, but /a/b (PathPrefix) is longer',
      '/b (Exact): no: the path is not /b',
    ]);
  });

  test('tells of routes that are not attached, and why', () => {
    const objects = [
      route('a', [to('v1')], { parents: [{ name: 'same-namespace', sectionName: 'https' }], hostnames: ['a.b'] }),
    ];
    expect(considered(objects, '/')).toEqual(['a.b: no: is not attached: its parentRef does not mean listener http']);
  });
});
