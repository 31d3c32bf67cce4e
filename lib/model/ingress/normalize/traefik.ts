import type { Doubt } from '../../values/ternary';
import { isPlainHost, NOT_PLAIN, withRootDot } from './host';
import { comparing, type Normalizer, refusing, undecided } from './normalized';
import { isPercentEncoded, percentDecoded } from './percent';

/** Slash, backslash, NUL, semicolon, percent sign, question mark, hash: 3.6.4 refuses them, 3.6.7 no longer does. */
const FILTERED = /%(?:2f|5c|00|3b|25|3f|23)/i;

/** Characters that RFC 3986 knows in a path; Go encodes the others anew. */
const KNOWN = /^[\w\-.~!$&'()*+,;=:@/%]*$/;

/** Those that mean the same whether they are encoded or not (RFC 3986, 2.3). */
const UNRESERVED = /^[\w\-.~]$/;

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
export const traefik: Normalizer = (request) => {
  const { host, rootDot, path: raw } = request;
  if (/[\0-\x20\x7f#]/.test(raw)) return refusing('the path holds a space, a control character or a #');
  if (!isPercentEncoded(raw)) return refusing('a % in the path begins no encoded byte');
  const path = routingPath(raw);
  if (!KNOWN.test(raw)) return undecided(UNENCODED, { host, path });
  if (FILTERED.test(raw)) return undecided(ENCODED, { host, path });
  if (rootDot || !isPlainHost(host)) return undecided(NOT_PLAIN, { host, path }, { host: withRootDot(request), path });
  return comparing(host, path);
};

const UNENCODED: Doubt = { rule: 'ING-21', wouldDecide: 'a path whose special characters are percent-encoded' };
const ENCODED: Doubt = {
  rule: 'ING-21',
  wouldDecide:
    'a path without encoded reserved characters, which entry points of some releases refuse (`encodedCharacters`)',
};

/** What rules look at: unreserved characters decoded, then cleaned, then decoded but for reserved ones. */
function routingPath(raw: string): string {
  const readable = raw.replace(/%../g, (code) => (UNRESERVED.test(percentDecoded(code)) ? percentDecoded(code) : code));
  return percentDecoded(cleaned(readable), RESERVED).replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase());
}

/** As Go's `path.Join`, which leaves a slash at the end only where there was one. */
function cleaned(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '.' && segment !== '') kept.push(segment);
  }
  return `/${kept.join('/')}${path.endsWith('/') && kept.length > 0 ? '/' : ''}`;
}
