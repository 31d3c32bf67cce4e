import fc from 'fast-check';
import { normalizerOf } from '../../../../lib/model/ingress/normalize/normalizer';
import { requestTo } from '../../../../lib/model/ingress/request';

const PIECES = ['/', '//', '.', '..', '/./', '/../', '%2e', '%2F', '%252e', '%25', '%00', '%4', '%C3%A9', '%FF', '%3a'];
const path = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.stringMatching(/^[a-zA-Z;+=~-]{1,3}$/)), { maxLength: 8 })
  .map((pieces) => `/${pieces.join('')}`);

function readingsOf(kind: Parameters<typeof normalizerOf>[0], url: string) {
  const parsed = requestTo(`http://a.example${url}`);
  if (!parsed.ok) throw new Error(parsed.problem);
  return normalizerOf(kind)(parsed.request).readings;
}

/** A byte that is no UTF-8, which stands next to others of its kind. */
const NO_TEXT = /[\udc80-\udcff]/;

/** Encodes what has been decoded, so that it can be asked for. */
function asked(read: string): string {
  return encodeURI(read).replace(/[?#]/g, encodeURIComponent);
}

test.each(['nginx', 'traefik'] as const)('ING-06: what rules of %s see has no empty and no dot segment', (kind) => {
  fc.assert(
    fc.property(path, (url) => {
      const [reading, ...others] = readingsOf(kind, url);
      if (others.length > 0 || !reading.ok) return;
      expect(reading.path).toMatch(/^\//);
      expect(reading.path).not.toMatch(/\/\/|\/\.{1,2}(?:\/|$)/);
    }),
  );
});

test('ING-06: nginx reads what it has read as it stands', () => {
  fc.assert(
    fc.property(path, (url) => {
      const [reading] = readingsOf('nginx', url);
      if (!reading.ok || NO_TEXT.test(reading.path)) return;
      expect(readingsOf('nginx', asked(reading.path))).toEqual([reading]);
    }),
  );
});

test('ING-06: HAProxy reads every path as it stands', () => {
  fc.assert(
    fc.property(path, (url) => {
      expect(readingsOf('haproxy', url)).toEqual([{ ok: true, host: 'a.example', path: url }]);
    }),
  );
});

test('ING-06: without a controller nothing is certain but what is the same to every known one, and nothing of theirs left out', () => {
  fc.assert(
    fc.property(path, (url) => {
      const readings = readingsOf('conformant', url);
      const known = (['nginx', 'haproxy', 'traefik'] as const).flatMap((kind) => readingsOf(kind, url));
      for (const reading of known.filter(({ ok }) => ok)) expect(readings).toContainEqual(reading);
      if (readings.length === 1) expect(known.every(({ ok }) => ok)).toBe(true);
    }),
  );
});
