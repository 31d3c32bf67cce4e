import { ASCII, glyphsFor, UNICODE } from '../../lib/diagnostics/glyphs';

test.each([
  ['UTF-8 by LANG', { LANG: 'en_US.UTF-8' }, UNICODE],
  ['utf8, as some write it', { LANG: 'de_DE.utf8' }, UNICODE],
  ['LC_ALL before LANG', { LC_ALL: 'C', LANG: 'en_US.UTF-8' }, ASCII],
  ['LC_CTYPE before LANG', { LC_CTYPE: 'C.UTF-8', LANG: 'C' }, UNICODE],
  ['an empty LC_ALL as none', { LC_ALL: '', LANG: 'C.UTF-8' }, UNICODE],
  ['another encoding', { LANG: 'de_DE.ISO-8859-1' }, ASCII],
  ['no locale at all', {}, ASCII],
  ['a terminal of Windows', { WT_SESSION: '1' }, UNICODE],
])('a terminal is known by %s', (_name, env, glyphs) => {
  expect(glyphsFor(env)).toBe(glyphs);
});

test('ASCII is ASCII', () => {
  expect(JSON.stringify(ASCII)).toMatch(/^[\x20-\x7e]+$/);
});
