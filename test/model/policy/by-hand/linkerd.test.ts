import type { Rule, Stage } from '../../../../lib/model/policy/language';
import { CidrSet } from '../../../../lib/model/values/cidr-set';
import { type HttpRequest, HttpSet } from '../../../../lib/model/values/http-set';
import { certain } from '../../../../lib/model/values/ternary';
import { anyTraffic, Bench, isolation, rule, tcp } from './language';

/**
 * A Server isolates one port of its pods; authorizations are allow rules for clients by network and identity.
 * Where HTTPRoutes attach, a request that matches none ends with 404 before anybody asks who sent it.
 */
const bench = new Bench('conformant');
const a = bench.pods('a');
const port = tcp(8080);

function atProxy(refusal: 403 | 404, rules: readonly Rule[]): Stage {
  const tiers = [{ name: 'Server', ranks: [{ lanes: [rules] }], isolation: [isolation(a, port)] }];
  return { direction: 'ingress', at: 'proxy', sees: 'after-translation', exempt: [], tiers, refusal };
}

const meshedB = rule('allow', a, bench.pods('b'), port);
const fromOffice = rule('allow', a, bench.compiler.block(CidrSet.parse('192.0.2.0/24')), port);
const cart = certain(HttpSet.of({ paths: [{ type: 'prefix', text: '/cart' }] }));
const routed = [atProxy(404, [rule('allow', a, bench.everyone, port, cart)]), atProxy(403, [meshedB])];
const ask = (path: string): HttpRequest => ({ method: 'GET', host: 'a', path });

describe('a Linkerd Server', () => {
  it.each([
    ['admits whom an authorization names', [atProxy(403, [meshedB])], 'b>a 8080', undefined, 'allowed'],
    ['and nobody else', [atProxy(403, [meshedB])], 'c>a 8080', undefined, 'denied'],
    ['has no say about other ports', [atProxy(403, [meshedB])], 'c>a 9090', undefined, 'allowed'],
    ['nor about other pods', [atProxy(403, [meshedB])], 'c>b 8080', undefined, 'allowed'],
    ['adds authorizations up', [atProxy(403, [meshedB, fromOffice])], '192.0.2.7>a 8080', undefined, 'allowed'],
    ['passes a request on a route from an authorized client', routed, 'b>a 8080', ask('/cart/1'), 'allowed'],
    ['ends a request on no route', routed, 'b>a 8080', ask('/'), 'denied'],
    ['ends a request on a route from others', routed, 'c>a 8080', ask('/cart/1'), 'denied'],
    ['lets a whole connection depend on its requests', routed, 'b>a 8080', undefined, 'by request'],
  ] as [string, readonly Stage[], string, HttpRequest | undefined, string][])(
    '%s',
    (_, stages, flow, request, outcome) => {
      expect(bench.through(stages, flow, request)).toBe(outcome);
    },
  );

  it('tells the two refusals apart', () => {
    expect(routed.map((stage) => stage.refusal)).toEqual([404, 403]);
    expect(bench.through([routed[0]], 'c>a 8080', ask('/cart'))).toBe('allowed');
    expect(bench.through([atProxy(403, [rule('allow', a, bench.everyone, anyTraffic)])], 'c>a 8080')).toBe('allowed');
  });
});
