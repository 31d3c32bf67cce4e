import { isPlainHost, PLAIN_HOST } from './host';
import { type Normalizer, undecided } from './normalized';

/** What every server compares as it stands: characters that need no encoding, between single slashes. */
const PLAIN = /^(?:\/[\w\-.~!$&'()*+,;=:@]+)*\/?$/;
const DOT_SEGMENT = /\/\.{1,2}(?=\/|$)/;
/** What servers take at the least (RFC 9112, 3: 8,000 octets). */
const LONGEST = 8000;

/**
 * No rule says what a server makes of a path before it matches: one decodes, merges and resolves, another does not, a third
 * refuses or redirects. What is plain is the same to all of them.
 */
export const conformant: Normalizer = ({ host, rootDot, path, query, method }) => {
  if (!PLAIN.test(path) || DOT_SEGMENT.test(path)) {
    return undecided(
      'ING-06',
      'a plain path: what becomes of //, dot segments and encoded characters is up to the server',
    );
  }
  if (`${method} ${path}?${query} HTTP/1.1`.length > LONGEST) return undecided('ING-06', 'a shorter URL');
  if (rootDot || !isPlainHost(host)) return undecided('ING-01', PLAIN_HOST);
  return { ok: true, host, path };
};
