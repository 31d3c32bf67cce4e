import {
  DnsApp,
  external,
  Gateway,
  HttpFilter,
  HttpMatch,
  HttpRoute,
  type HttpRouteProps,
  type HttpRule,
  Listener,
} from 'portolan';
import { chartIn, emitted } from '../manifests';
import { Stage, specOf } from './stage';

type Props = Omit<HttpRouteProps<'http' | 'https'>, 'gateway'>;

function routed(props: (stage: Stage) => Props, stage = new Stage()) {
  new HttpRoute(stage.shop, 'cart', { gateway: stage.gateway, ...props(stage) });
  return specOf(stage.shop, 'HTTPRoute');
}

function ruleOf(rule: (stage: Stage) => HttpRule) {
  return (routed((stage) => ({ rules: [rule(stage)] })).rules as object[])[0];
}

describe('where a route is attached (GW-05)', () => {
  const parents = (props: Partial<Props>) => routed(({ http }) => ({ routes: { '/': http }, ...props })).parentRefs;

  test('to all listeners that take it', () => {
    expect(parents({})).toEqual([{ name: 'public', namespace: 'infra' }]);
  });

  test('to one of them, or some', () => {
    expect(parents({ listener: 'https' })).toEqual([{ name: 'public', namespace: 'infra', sectionName: 'https' }]);
    expect(parents({ listener: ['http', 'https'] })).toMatchObject([{ sectionName: 'http' }, { sectionName: 'https' }]);
  });

  test('in its own namespace without naming it', () => {
    const stage = new Stage();
    const gateway = new Gateway(stage.shop, 'own', { className: 'istio', listeners: { http: Listener.http() } });
    new HttpRoute(stage.shop, 'cart', { gateway, routes: { '/': stage.http } });
    expect(specOf(stage.shop, 'HTTPRoute').parentRefs).toEqual([{ name: 'own' }]);
  });

  test('to a Gateway of another repository', () => {
    const stage = new Stage();
    const gateway = Gateway.existing({ name: 'edge', namespace: 'platform', listeners: ['web'] });
    new HttpRoute(stage.shop, 'cart', { gateway, listener: 'web', routes: { '/': stage.http } });
    expect(specOf(stage.shop, 'HTTPRoute').parentRefs).toEqual([
      { name: 'edge', namespace: 'platform', sectionName: 'web' },
    ]);
    expect(emitted(stage.shop).map(({ kind }) => kind)).not.toContain('Gateway');
  });

  test('for hosts of its own', () => {
    expect(routed(({ http }) => ({ hostnames: ['shop.example.com'], routes: { '/': http } })).hostnames).toEqual([
      'shop.example.com',
    ]);
  });

  test('not to a listener that there is not', () => {
    expect(() => parents({ listener: 'htps' as never })).toThrow(
      'Unable to find listener "htps" of Gateway "infra/public": its listeners are "http", "https". Did you mean "https"?',
    );
  });

  test('not where its namespace is kept out (GW-04)', () => {
    const stage = new Stage();
    const blog = chartIn('blog', stage.app);
    expect(() => new HttpRoute(blog, 'posts', { gateway: stage.gateway, routes: { '/': stage.http } })).toThrow(
      'Unable to attach HTTPRoute "blog/posts" to Gateway "infra/public": it takes routes of namespace "shop" only, and this one is ' +
        `in namespace "blog" (GW-04). Let it in where the Gateway is made: allowedRoutes: { namespaces: ['blog'] }.`,
    );
  });

  test('where labels of its namespace decide, the proof is to tell', () => {
    const stage = new Stage();
    const listeners = { http: Listener.http({ allowedRoutes: { namespaceLabels: { edge: 'yes' } } }) };
    const gateway = new Gateway(stage.infra, 'labelled', { className: 'istio', listeners });
    expect(() => new HttpRoute(stage.shop, 'cart', { gateway, routes: { '/': stage.http } })).not.toThrow();
  });
});

describe('what it routes', () => {
  test('prefixes of paths to ports of Services', () => {
    const { rules } = routed(({ http, api }) => ({ routes: { '/': http, '/api': api.port('http') } }));
    expect(rules).toEqual([
      { matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [{ name: 'web', port: 80 }] },
      { matches: [{ path: { type: 'PathPrefix', value: '/api' } }], backendRefs: [{ name: 'api', port: 8080 }] },
    ]);
  });

  test('what matches by all that can be said of a request (GW-07)', () => {
    const matches = [
      HttpMatch.exact('/cart').method('POST').header('X-Env', 'canary').query('v', '2'),
      HttpMatch.regex('/v[0-9]+/.*').headerMatching('X-User', '^a'),
    ];
    expect(ruleOf(({ http }) => ({ matches, to: http }))).toMatchObject({
      matches: [
        {
          path: { type: 'Exact', value: '/cart' },
          method: 'POST',
          headers: [{ name: 'X-Env', value: 'canary' }],
          queryParams: [{ name: 'v', value: '2' }],
        },
        {
          path: { type: 'RegularExpression', value: '/v[0-9]+/.*' },
          headers: [{ type: 'RegularExpression', name: 'X-User', value: '^a' }],
        },
      ],
    });
  });

  test('a match is a value that never changes', () => {
    const cart = HttpMatch.prefix('/cart');
    cart.method('GET');
    expect(ruleOf(({ http }) => ({ matches: cart, to: http }))).toMatchObject({
      matches: [{ path: { type: 'PathPrefix', value: '/cart' } }],
    });
  });

  test('several ports by their weights (GW-11)', () => {
    const rule = ruleOf(({ http, api }) => ({
      to: [
        { port: http, weight: 90 },
        { port: api.port('http'), weight: 10 },
      ],
    }));
    expect(rule).toEqual({
      matches: [{ path: { type: 'PathPrefix', value: '/' } }],
      backendRefs: [
        { name: 'web', port: 80, weight: 90 },
        { name: 'api', port: 8080, weight: 10 },
      ],
    });
  });
});

describe('what it does with requests on the way', () => {
  test.each<[string, HttpFilter, object]>([
    [
      'redirects to HTTPS',
      HttpFilter.redirect({ scheme: 'https', statusCode: 301 }),
      { type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } },
    ],
    [
      'redirects to another path',
      HttpFilter.redirect({ prefix: '/new' }),
      {
        type: 'RequestRedirect',
        requestRedirect: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new' } },
      },
    ],
  ])('%s', (_, filters, expected) => {
    expect(ruleOf(() => ({ matches: HttpMatch.prefix('/old'), filters }))).toMatchObject({ filters: [expected] });
  });

  test.each<[string, HttpFilter, object]>([
    [
      'rewrites host and path',
      HttpFilter.rewrite({ hostname: 'web.internal', path: '/index' }),
      {
        type: 'URLRewrite',
        urlRewrite: { hostname: 'web.internal', path: { type: 'ReplaceFullPath', replaceFullPath: '/index' } },
      },
    ],
    [
      'changes headers of requests',
      HttpFilter.requestHeaders({ set: { 'X-Env': 'a' }, add: { 'X-Via': 'b' }, remove: ['Cookie'] }),
      {
        type: 'RequestHeaderModifier',
        requestHeaderModifier: {
          set: [{ name: 'X-Env', value: 'a' }],
          add: [{ name: 'X-Via', value: 'b' }],
          remove: ['Cookie'],
        },
      },
    ],
    [
      'changes headers of responses',
      HttpFilter.responseHeaders({ set: { 'X-Frame-Options': 'DENY' } }),
      {
        type: 'ResponseHeaderModifier',
        responseHeaderModifier: { set: [{ name: 'X-Frame-Options', value: 'DENY' }] },
      },
    ],
  ])('%s', (_, filters, expected) => {
    expect(ruleOf(({ http }) => ({ to: http, filters }))).toMatchObject({ filters: [expected] });
  });

  test('copies them to another port, whose policy it opens as well', () => {
    const stage = new Stage();
    const shadow = new DnsApp(stage.shop, 'shadow', { image: 'shop/web:4', ports: { http: 3000 } });
    const filters = HttpFilter.mirror(shadow.port('http'));
    const { rules } = routed(({ http }) => ({ rules: [{ to: http, filters }] }), stage);
    expect(rules).toMatchObject([
      { filters: [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'shadow', port: 3000 } } }] },
    ]);
  });
});

describe('what a route refuses where it is declared', () => {
  test.each<[string, (stage: Stage) => unknown, string]>([
    ['nothing to route', () => ({}), 'Unable to create HTTPRoute "shop/cart": it routes nothing'],
    [
      'a rule without a backend (GW-11)',
      () => ({ rules: [{ matches: HttpMatch.prefix('/a') }] }),
      'Unable to take rules[0] of HTTPRoute "shop/cart": it names no backend, so requests are answered with 500 (GW-11)',
    ],
    [
      'a redirect and a rewrite (GW-12)',
      () => ({ rules: [{ filters: [HttpFilter.redirect({ scheme: 'https' }), HttpFilter.rewrite({ path: '/' })] }] }),
      'a request can be redirected or rewritten, not both (GW-12)',
    ],
    [
      'a redirect and a backend',
      ({ http }) => ({ rules: [{ to: http, filters: HttpFilter.redirect({ scheme: 'https' }) }] }),
      'a redirect is the answer, so nothing gets to the backends: leave `to` out',
    ],
    [
      'a filter twice',
      ({ http }) => ({
        rules: [{ to: http, filters: [HttpFilter.rewrite({ path: '/a' }), HttpFilter.rewrite({ path: '/b' })] }],
      }),
      'it has two filters of type URLRewrite',
    ],
    [
      'a replaced prefix where an exact path matches',
      ({ http }) => ({
        rules: [{ matches: HttpMatch.exact('/a'), to: http, filters: HttpFilter.rewrite({ prefix: '/b' }) }],
      }),
      'a filter replaces the prefix that matched, which needs exactly one match, and that by prefix',
    ],
    [
      'a weight that is none',
      ({ http }) => ({ rules: [{ to: [{ port: http, weight: -1 }] }] }),
      '-1 is no weight. A weight is a whole number from 0 to 1000000 (GW-11)',
    ],
    [
      'a port of nobody',
      () => ({ routes: { '/': external('example.com', { ports: { https: 443 } }).port('https') } }),
      'Unable to route to port "https" of example.com in HTTPRoute "shop/cart": it is in no Service of the cluster',
    ],
    [
      'a port that speaks no TCP',
      ({ api }) => ({ routes: { '/': api.port('stats') } }),
      'it is UDP, and HTTP comes over TCP',
    ],
    [
      'a host with a port',
      ({ http }) => ({ hostnames: ['shop.example.com:443'], routes: { '/': http } }),
      'it has a port, which is no part of the host',
    ],
  ])('%s', (_, props, message) => {
    expect(() => routed(props as (stage: Stage) => Props)).toThrow(message);
  });

  test.each([
    ['a path without a slash', () => HttpMatch.prefix('cart'), '"cart" does not begin with /'],
    ['a path that proxies read in different ways', () => HttpMatch.exact('/a//b'), 'the path holds //'],
    [
      'a header twice (GW-07)',
      () => HttpMatch.prefix('/').header('X-A', '1').header('x-a', '2'),
      'only the first counts (GW-07)',
    ],
    ['two ways to replace a path', () => HttpFilter.rewrite({ path: '/a', prefix: '/b' }), 'give `path` or `prefix`'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
