import type { Doubt } from '../../values/ternary';
import type { UrlRequest } from '../request';
import { isPlainHost, NOT_PLAIN, withRootDot } from './host';
import { nginx } from './nginx';
import { comparing, type Normalizer, undecided } from './normalized';
import { traefik } from './traefik';

/** What every server compares as it stands: characters that need no encoding, between single slashes. */
const PLAIN = /^(?:\/[\w\-.~!$&'()*+,;=:@]+)*\/?$/;
const DOT_SEGMENT = /\/\.{1,2}(?=\/|$)/;
/** What servers take at the least (RFC 9112, 3: 8,000 octets). */
const LONGEST = 8000;

/**
 * No rule says what a server makes of a path before it matches: one decodes, merges and resolves, another does not, a third
 * refuses or redirects. What is plain is the same to all of them.
 */
export const conformant: Normalizer = (request) => {
  const { host, rootDot, path, query, method } = request;
  const hosts = rootDot ? [host, withRootDot(request)] : [host];
  const anyHost = (paths: readonly string[]) =>
    paths.flatMap((each) => hosts.map((name) => ({ host: name, path: each })));
  if (!PLAIN.test(path) || DOT_SEGMENT.test(path)) return undecided(NOT_PLAIN_PATH, ...anyHost(pathsOf(request)));
  if (`${method} ${path}?${query} HTTP/1.1`.length > LONGEST) return undecided(TOO_LONG, ...anyHost([path]));
  return rootDot || !isPlainHost(host) ? undecided(NOT_PLAIN, ...anyHost([path])) : comparing(host, path);
};

/** What the servers that we know would compare. */
function pathsOf(request: UrlRequest): readonly string[] {
  const readings = [nginx, traefik].flatMap((each) => each({ ...request, host: 'any', rootDot: false }).readings);
  return [...new Set([request.path, ...readings.flatMap((reading) => (reading.ok ? [reading.path] : []))])];
}

const NOT_PLAIN_PATH: Doubt = {
  rule: 'ING-06',
  wouldDecide:
    "the controller, in the profile's `ingress`: what becomes of //, dot segments and encoded characters is up to it",
};
const TOO_LONG: Doubt = { rule: 'ING-06', wouldDecide: 'a shorter URL: how long one may be is up to the server' };
