import fc from 'fast-check';
import type { RoutingTable } from './routing-table';

/** A request as it goes over the wire. */
export interface RawRequest {
  /** The path with what follows it, `/foo//bar?x`. */
  readonly target: string;
  /** Absent: without the header. */
  readonly host?: string;
}

/** The bytes of a request, whose characters are sent as UTF-8. */
export function onTheWire({ target, host }: RawRequest): string {
  return `GET ${target} HTTP/1.1\r\n${host === undefined ? '' : `Host: ${host}\r\n`}\r\n`;
}

/** As many requests as asked for, the same for a seed: most of them near what the table has rules for. */
export function requestsNear(table: RoutingTable, count: number, seed: number): readonly RawRequest[] {
  const paths = [...new Set(table.map(({ path }) => path))];
  const hosts = [...new Set(table.map(({ host = 'any.example' }) => host))];
  const request = fc.record({ target: target(paths), host: hostNear(hosts) });
  return fc.sample(request, { numRuns: count, seed });
}

/** What is put into a path somewhere: what servers may decode, merge, resolve, refuse or take for an end. */
const INSERTIONS = [
  ...['/', '//', '/.', '/./', '/..', '/../', '.', '..', '...', 'x', '/x', '-', '_', '~'],
  ...[
    '%2F',
    '%2f',
    '%2e',
    '%2E',
    '%2e%2e',
    '%2F..',
    '%2f%2f',
    '%252F',
    '%25',
    '%20',
    '%3F',
    '%23',
    '%3b',
    '%5C',
    '%41',
  ],
  ...['%', '%4', '%zz', '%00', '%0a', '%C3%A9', '%c3', '%FF', '%c0%af', '%E2%82', '%ED%A0%80', '%F0%9F%98%80'],
  ...[
    ';',
    ';a=b',
    '\\',
    '+',
    ',',
    ':',
    '@',
    '&',
    '=',
    '!',
    '$',
    "'",
    '(',
    ')',
    '*',
    '"',
    '<',
    '>',
    '[',
    ']',
    '^',
    '`',
    '{',
    '|',
    '}',
  ],
  ...['é', '#', '#f', '?', '?q=1', '?/foo', '?%zz', '??', '\u0001', '\u007f'],
] as const;

const SEGMENTS = [
  '',
  '.',
  '..',
  'foo',
  'bar',
  'a',
  'Foo',
  'x',
  '%66oo',
  '%2e',
  '%2e%2e',
  'foo%2Fbar',
  '...',
  '.a',
  'f%6f%6F',
];

function target(paths: readonly string[]): fc.Arbitrary<string> {
  const near = fc.tuple(fc.constantFrom(...paths), fc.array(change(), { maxLength: 3 }));
  const changed = near.map(([path, changes]) => changes.reduce((text, apply) => apply(text), path));
  const free = fc
    .tuple(fc.array(fc.constantFrom(...SEGMENTS), { maxLength: 7 }), fc.boolean())
    .map(([segments, slash]) => `/${segments.join('/')}${slash ? '/' : ''}`);
  const long = fc
    .tuple(
      fc.constantFrom(...paths),
      fc.constantFrom('a', '/', '/.', '%61', '/a/..'),
      fc.integer({ min: 6000, max: 9000 }),
    )
    .map(([path, piece, length]) => `${path}${piece.repeat(Math.floor(length / piece.length))}`);
  return fc
    .oneof({ arbitrary: changed, weight: 30 }, { arbitrary: free, weight: 10 }, { arbitrary: long, weight: 1 })
    .map((text) => (text.startsWith('/') ? text : `/${text}`));
}

type Change = (path: string) => string;

/** One change of a path, at some place of it. */
function change(): fc.Arbitrary<Change> {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const at = (path: string, where: number) => Math.floor(where * path.length);
  const insert = fc.tuple(place, fc.constantFrom(...INSERTIONS)).map(
    ([where, text]): Change =>
      (path) =>
        `${path.slice(0, at(path, where))}${text}${path.slice(at(path, where))}`,
  );
  const append = fc.constantFrom('/', '/', '/x', '/bar', 'x', ...INSERTIONS).map(
    (text): Change =>
      (path) =>
        path + text,
  );
  const encode = place.map(
    (where): Change =>
      (path) =>
        replaced(path, at(path, where), encoded),
  );
  const flip = place.map(
    (where): Change =>
      (path) =>
        replaced(path, at(path, where), otherCase),
  );
  const drop = place.map(
    (where): Change =>
      (path) =>
        replaced(path, at(path, where), () => ''),
  );
  const around = fc
    .tuple(fc.constantFrom('/x', '/foo', '/a/b', '/..', ''), fc.constantFrom('/..', '/../..', '/.', '/%2e%2e', '/'))
    .map(
      ([before, back]): Change =>
        (path) =>
          `${before}${back}${path}`,
    );
  return fc.oneof(insert, append, append, encode, encode, flip, drop, around);
}

function replaced(path: string, i: number, by: (character: string) => string): string {
  return i < path.length ? path.slice(0, i) + by(path[i]) + path.slice(i + 1) : path;
}

function encoded(character: string): string {
  return character > '~' ? character : `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

function otherCase(character: string): string {
  const lower = character.toLowerCase();
  return character === lower ? character.toUpperCase() : lower;
}

/** Hosts of the table and what is almost one; a third of them as they stand. */
function hostNear(hosts: readonly string[]): fc.Arbitrary<string | undefined> {
  const label = fc.constantFrom('x', 'api', 'x-y', 'x_y', '7', 'X');
  const known = fc
    .tuple(fc.constantFrom(...hosts), label)
    .map(([host, first]) => (host.startsWith('*') ? first + host.slice(1) : host));
  const spelled = fc.tuple(known, fc.constantFrom(...SPELLINGS)).map(([host, spell]) => spell(host));
  const odd = fc.constantFrom(
    undefined,
    '',
    '.',
    'other.example',
    '127.0.0.1',
    '[::1]',
    '[::1]:80',
    'a..example',
    'a/b',
  );
  return fc.oneof({ arbitrary: known, weight: 5 }, { arbitrary: spelled, weight: 9 }, { arbitrary: odd, weight: 1 });
}

const SPELLINGS: readonly ((host: string) => string)[] = [
  (host) => host.toUpperCase(),
  (host) => host[0].toUpperCase() + host.slice(1),
  (host) => `${host}:80`,
  (host) => `${host}:8443`,
  (host) => `${host}.`,
  (host) => `${host}.:80`,
  (host) => `x.${host}`,
  (host) => `x.y.${host}`,
  (host) => host.slice(host.indexOf('.') + 1),
  (host) => `x${host}`,
  (host) => `${host}x`,
];
