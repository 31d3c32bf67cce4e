import { isPlainHost, PLAIN_HOST } from './host';
import { badRequest, type Normalizer, undecided } from './normalized';
import { isPercentEncoded, percentDecoded } from './percent';
import { withoutEmptySegments } from './segments';

/** Slash, backslash, NUL, semicolon, percent sign, question mark, hash: 3.6.4 refuses them, 3.6.7 no longer does. */
const FILTERED = /%(?:2f|5c|00|3b|25|3f|23)/i;

/** Characters that RFC 3986 knows in a path; Go encodes the others anew. */
const KNOWN = /^[\w\-.~!$&'()*+,;=:@/%]*$/;

/** Encoded characters with a meaning of their own (RFC 3986, 2.2) stay encoded, in upper case. */
const RESERVED = /^%(?:3a|2f|3f|23|5b|5d|40|21|24|26|27|28|29|2a|2b|2c|3b|3d|25)$/i;

/**
 * Traefik (3.3.6 and later) decodes what has no meaning of its own, and cleans the path as Go's `path.Join` does.
 *
 * | in the request | becomes |
 * | --- | --- |
 * | `%41`, `%2E`, `%20`, `%C3%A9` | `A`, `.`, a space, `é` |
 * | `%3a`, `%40` and other reserved characters | `%3A`, `%40`: they stay encoded |
 * | `%2F`, `%5C`, `%00`, `%3B`, `%25`, `%3F`, `%23` | unknown: refused or kept, by release and entry point |
 * | `//`, `/a/./b`, `/a/../b` | `/`, `/a/b`, `/b` (`sanitizePath`) |
 * | `/..`, `/a/.` | `/`, `/a`: no slash is left behind, and above the root is the root |
 * | `%4`, `%zz`, `#`, controls | 400 |
 * | `/A`, `/a/`, `;`, `+` | itself |
 * | `<`, `>`, `"`, `\` and others that belong encoded | unknown |
 * | host `A.EXAMPLE:80` | `a.example` |
 * | host `a.example.` | unknown: `Host` leaves the dot out, `HostRegexp` does not |
 *
 * From https://doc.traefik.io/traefik/security/request-path/ and the sources of its muxer; nothing of it is measured.
 */
export const traefik: Normalizer = ({ host, rootDot, path: raw }) => {
  if (/[\0-\x20\x7f#]/.test(raw)) return badRequest('the path holds a space, a control character or a #');
  if (!isPercentEncoded(raw)) return badRequest('a % in the path begins no encoded byte');
  if (!KNOWN.test(raw)) return undecided('ING-21', 'a path whose special characters are percent-encoded');
  if (FILTERED.test(raw)) {
    return undecided('ING-21', "a path without encoded reserved characters, or the entry point's `encodedCharacters`");
  }
  if (rootDot || !isPlainHost(host)) return undecided('ING-21', PLAIN_HOST);
  const sensible = raw.replace(/%../g, (code) => (/[\w\-.~]/.test(percentDecoded(code)) ? percentDecoded(code) : code));
  const path = percentDecoded(cleaned(sensible), RESERVED);
  return { ok: true, host, path: path.replace(/%../g, (code) => code.toUpperCase()) };
};

/** As Go's `path.Join`, which leaves a slash at the end only where there was one. */
function cleaned(path: string): string {
  const kept: string[] = [];
  for (const segment of withoutEmptySegments(path).split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '.' && segment !== '') kept.push(segment);
  }
  return `/${kept.join('/')}${path.endsWith('/') && kept.length > 0 ? '/' : ''}`;
}
