import { normalizerOf } from '../../../../lib/model/ingress/normalize/normalizer';
import { requestTo } from '../../../../lib/model/ingress/request';

type Kind = Parameters<typeof normalizerOf>[0];

function readingsOf(kind: Kind, url: string, host: string) {
  const parsed = requestTo(url, { headers: [['Host', host]] });
  if (!parsed.ok) throw new Error(parsed.problem);
  return normalizerOf(kind)(parsed.request);
}

/** What the controller's server compares, or the status that it answers with, or `unknown`. */
function read(kind: Kind, path: string, host = 'a.example', field: 'path' | 'host' = 'path'): string | number {
  const { readings, doubts } = readingsOf(kind, `http://x${path}`, host);
  expect(readings.length > 1).toBe(doubts.length > 0);
  if (readings.length > 1) return 'unknown';
  return readings[0].ok ? readings[0][field] : readings[0].status;
}

// INVARIANT: what stands here of nginx and haproxy is what test/live gets from the servers themselves.
test.each<[raw: string, nginx: string | number, haproxy: string | number, traefik: string | number, plain: boolean]>([
  ['/', '/', '/', '/', true],
  ['/foo', '/foo', '/foo', '/foo', true],
  ['/foo/', '/foo/', '/foo/', '/foo/', true],
  ['/FOO;v=1', '/FOO;v=1', '/FOO;v=1', '/FOO;v=1', true],
  ['/a+b=c,d@e:f', '/a+b=c,d@e:f', '/a+b=c,d@e:f', '/a+b=c,d@e:f', true],
  ['//', '/', '//', '/', false],
  ['//foo//bar', '/foo/bar', '//foo//bar', '/foo/bar', false],
  ['/foo/.', '/foo/', '/foo/.', '/foo', false],
  ['/foo/..', '/', '/foo/..', '/', false],
  ['/a/b/..', '/a/', '/a/b/..', '/a', false],
  ['/a/b/../', '/a/', '/a/b/../', '/a/', false],
  ['/a/./b', '/a/b', '/a/./b', '/a/b', false],
  ['/a//../b', '/b', '/a//../b', '/b', false],
  ['/..', 400, '/..', '/', false],
  ['/a/../../b', 400, '/a/../../b', '/b', false],
  ['/...', '/...', '/...', '/...', true],
  ['/.a/..b', '/.a/..b', '/.a/..b', '/.a/..b', true],
  ['/%66oo', '/foo', '/%66oo', '/foo', false],
  ['/foo%2Fbar', '/foo/bar', '/foo%2Fbar', 'unknown', false],
  ['/foo%2f..%2fbar', '/bar', '/foo%2f..%2fbar', 'unknown', false],
  ['/foo/%2e%2E/bar', '/bar', '/foo/%2e%2E/bar', '/bar', false],
  ['/%2e%2e/bar', 400, '/%2e%2e/bar', '/bar', false],
  ['/foo%252e', '/foo%2e', '/foo%252e', 'unknown', false],
  ['/foo%3Fx', '/foo?x', '/foo%3Fx', 'unknown', false],
  ['/foo%23x', '/foo#x', '/foo%23x', 'unknown', false],
  ['/foo%20bar', '/foo bar', '/foo%20bar', '/foo bar', false],
  ['/foo%3abar', '/foo:bar', '/foo%3abar', '/foo%3Abar', false],
  ['/caf%C3%A9', '/café', '/caf%C3%A9', '/café', false],
  ['/%FF', '/\udcff', '/%FF', '/\udcff', false],
  ['/%C0%AF', '/\udcc0\udcaf', '/%C0%AF', '/\udcc0\udcaf', false],
  ['/%00', 400, '/%00', 'unknown', false],
  ['/foo%', 400, '/foo%', 400, false],
  ['/foo%4', 400, '/foo%4', 400, false],
  ['/foo%zz', 400, '/foo%zz', 400, false],
  ['/foo\\bar', '/foo\\bar', '/foo\\bar', 'unknown', false],
  ['/<">{|}^`', '/<">{|}^`', '/<">{|}^`', 'unknown', false],
])('ING-06: a rule sees the path %j as nginx, HAProxy and Traefik make it', (raw, nginx, haproxy, traefik, plain) => {
  expect([read('nginx', raw), read('haproxy', raw), read('traefik', raw)]).toEqual([nginx, haproxy, traefik]);
  expect(read('conformant', raw)).toBe(plain ? raw : 'unknown');
});

test.each<[raw: string, nginx: string | number, haproxy: string, traefik: string, conformant: string]>([
  ['A.Example', 'a.example', 'a.example', 'a.example', 'a.example'],
  ['a.example:8080', 'a.example', 'a.example', 'a.example', 'a.example'],
  ['a.example.', 'a.example', 'a.example.', 'unknown', 'unknown'],
  ['a.example.:80', 'a.example', 'a.example.', 'unknown', 'unknown'],
  ['x_y.example', 'x_y.example', 'x_y.example', 'x_y.example', 'x_y.example'],
  ['[::1]:80', '[::1]', '[::1]', '[::1]', '[::1]'],
  ['', 400, 'unknown', 'unknown', 'unknown'],
  ['.', 400, 'unknown', 'unknown', 'unknown'],
  ['a..b', 400, 'unknown', 'unknown', 'unknown'],
  ['a/b', 400, 'unknown', 'unknown', 'unknown'],
  ['a@b', 'unknown', 'unknown', 'unknown', 'unknown'],
])('ING-01: a rule sees the host %j as each controller makes it', (raw, nginx, haproxy, traefik, conformant) => {
  const kinds = ['nginx', 'haproxy', 'traefik', 'conformant'] as const;
  expect(kinds.map((kind) => read(kind, '/', raw, 'host'))).toEqual([nginx, haproxy, traefik, conformant]);
});

test('ING-06: a line of more than 8 kB is refused by nginx, and by others for all we know', () => {
  const path = `/${'a'.repeat(8190)}`;
  expect([read('nginx', path), read('haproxy', path), read('traefik', path)]).toEqual([414, path, path]);
  expect(read('conformant', path)).toBe('unknown');
  expect([read('nginx', `/a?${path}`), read('haproxy', `/a?${path}bc`)]).toEqual([414, 'unknown']);
});

test('ING-06: where nobody can know, what servers may make of it is told', () => {
  const { readings, doubts } = readingsOf('conformant', 'http://x/a//%2e%2e/b', 'a.example');
  expect(readings).toEqual([
    expect.objectContaining({ ok: false, status: 400 }),
    { ok: true, host: 'a.example', path: '/a//%2e%2e/b' },
    { ok: true, host: 'a.example', path: '/b' },
  ]);
  expect(doubts.map(({ rule }) => rule)).toEqual(['ING-06']);
});
