import type { Isolation, Rule, Stage } from '../../../../lib/model/policy/language';
import { type HttpRequest, HttpSet } from '../../../../lib/model/values/http-set';
import { certain } from '../../../../lib/model/values/ternary';
import { anyTraffic, Bench, isolation, rule, tcp } from './language';

/**
 * AuthorizationPolicy at the proxy of a pod: CUSTOM, then DENY, then ALLOW; who has one ALLOW policy denies the rest.
 * An identity is a property of the peer: a principal means the pods of that service account which speak mutual TLS.
 */
const bench = new Bench('conformant');
const a = bench.pods('a');

function atProxy(ranks: readonly (readonly Rule[])[], isolated: readonly Isolation[] = []): readonly Stage[] {
  const tiers = [{ name: 'AuthorizationPolicy', ranks: ranks.map((lane) => ({ lanes: [lane] })), isolation: isolated }];
  return [{ direction: 'ingress', at: 'proxy', sees: 'after-translation', exempt: [], tiers, refusal: 403 }];
}

const get: HttpRequest = { method: 'GET', host: 'shop', path: '/admin/users' };
const post = { ...get, method: 'POST' };
const posts = certain(HttpSet.of({ methods: [{ type: 'exact', text: 'POST' }] }));
const admin = certain(HttpSet.of({ paths: [{ type: 'prefix', text: '/admin' }] }));
const allowB = rule('allow', a, bench.pods('b'));

describe('Istio authorization', () => {
  it.each([
    ['an ALLOW admits its principals', atProxy([[allowB]], [isolation(a)]), 'b>a 80', 'allowed'],
    ['and denies all others', atProxy([[allowB]], [isolation(a)]), 'c>a 80', 'denied'],
    ['an ALLOW without rules never matches, and so denies all', atProxy([], [isolation(a)]), 'b>a 80', 'denied'],
    [
      'a DENY goes before an ALLOW',
      atProxy([[rule('deny', a, bench.pods('b'))], [allowB]], [isolation(a)]),
      'b>a 80',
      'denied',
    ],
    ['a DENY without rules denies nothing', atProxy([[]]), 'b>a 80', 'allowed'],
    [
      'a DENY of other principals catches plaintext too',
      atProxy([[rule('deny', a, bench.everyoneBut('b'))]]),
      '9.9.9.9>a 80',
      'denied',
    ],
    [
      'CUSTOM may deny what it matches, and nobody here knows',
      atProxy([[rule('deny', a, bench.maybe(bench.everyone, 'CUSTOM'), tcp(80))], [allowB]], [isolation(a)]),
      'b>a 80',
      'unknown',
    ],
    [
      'CUSTOM can only add denials',
      atProxy([[rule('deny', a, bench.maybe(bench.everyone, 'CUSTOM'), tcp(80))], [allowB]], [isolation(a)]),
      'c>a 80',
      'denied',
    ],
    [
      'and has no say elsewhere',
      atProxy([[rule('deny', a, bench.maybe(bench.everyone, 'CUSTOM'), tcp(80))], [allowB]], [isolation(a)]),
      'b>a 81',
      'allowed',
    ],
  ] as [string, readonly Stage[], string, string][])('%s', (_, stages, flow, outcome) => {
    expect(bench.through(stages, flow)).toBe(outcome);
  });

  const denyPosts = atProxy([[rule('deny', a, bench.everyone, anyTraffic, posts)]]);
  const onlyAdmin = atProxy([[rule('allow', a, bench.pods('b'), tcp(80), admin)]], [isolation(a)]);

  it.each([
    ['a DENY of a method denies requests with it', denyPosts, 'b>a 80', post, 'denied'],
    ['and no others', denyPosts, 'b>a 80', get, 'allowed'],
    ['a connection asked about as a whole depends on the request', denyPosts, 'b>a 80', undefined, 'by request'],
    ['an ALLOW of paths allows those', onlyAdmin, 'b>a 80', get, 'allowed'],
    ['and no others', onlyAdmin, 'b>a 80', { ...get, path: '/' }, 'denied'],
    ['whom it does not name it denies whatever the request', onlyAdmin, 'c>a 80', undefined, 'denied'],
  ] as [string, readonly Stage[], string, HttpRequest | undefined, string][])(
    '%s',
    (_, stages, flow, request, outcome) => {
      expect(bench.through(stages, flow, request)).toBe(outcome);
    },
  );
});
