import { GrpcMatch, GrpcRoute, type GrpcRule, HttpFilter } from 'portolan';
import { Stage, specOf } from './stage';

function ruleOf(rule: (stage: Stage) => GrpcRule) {
  const stage = new Stage();
  new GrpcRoute(stage.shop, 'cart', { gateway: stage.gateway, listener: 'https', rules: [rule(stage)] });
  return (specOf(stage.shop, 'GRPCRoute').rules as object[])[0];
}

test('calls by service, method and header go to a port (GW-08)', () => {
  const matches = [
    GrpcMatch.service('shop.v1.Cart'),
    GrpcMatch.method('shop.v1.Pay', 'Charge').header('x-env', 'test'),
  ];
  expect(ruleOf(({ api }) => ({ matches, to: api.port('http') }))).toEqual({
    matches: [
      { method: { service: 'shop.v1.Cart' } },
      { method: { service: 'shop.v1.Pay', method: 'Charge' }, headers: [{ name: 'x-env', value: 'test' }] },
    ],
    backendRefs: [{ name: 'api', port: 8080 }],
  });
});

test('every call where nothing is matched, with headers changed', () => {
  const filters = HttpFilter.requestHeaders({ remove: ['cookie'] });
  expect(ruleOf(({ api }) => ({ to: api.port('http'), filters }))).toEqual({
    filters: [{ type: 'RequestHeaderModifier', requestHeaderModifier: { remove: ['cookie'] } }],
    backendRefs: [{ name: 'api', port: 8080 }],
  });
});

test('calls are neither redirected nor rewritten', () => {
  const filters = HttpFilter.rewrite({ path: '/' });
  expect(() => ruleOf(({ api }) => ({ to: api.port('http'), filters }))).toThrow(
    'Unable to take a filter of type URLRewrite in GRPCRoute "shop/cart": gRPC calls have none',
  );
});
