import type { Doubt } from '../../values/ternary';
import { beforeColon, isPlainHost, NOT_PLAIN, withRootDot } from './host';
import { comparing, type Normalizer, refusing, undecided } from './normalized';

/** What HAProxy lets stand in a URL: printable ASCII. DEL it refuses or takes by where it stands. */
const REFUSED = /[^!-\x7f]|#/;
const DEL = '\x7f';

/** HAProxy keeps all headers in one buffer of 16 kB: up to here the others surely fit beside the path. */
const SURELY_FITS = 8192;

/**
 * HAProxy compares the path as it stands: nothing is decoded, merged or resolved.
 *
 * | in the request | becomes |
 * | --- | --- |
 * | `%41`, `//`, `/./`, `/..`, `%zz`, `%00`, `;`, `\` | itself |
 * | controls, bytes over 127, a `#`, in the query too | 400 |
 * | host `A.EXAMPLE:80` | `a.example`, by the controller's `req.hdr(Host),field(1,:),lower` |
 * | host `a.example.` | itself, with its dot: no rule has it |
 * | no host, or one that is no name | unknown: releases differ, and an empty header differs from none |
 *
 * Measured with HAProxy 2.6; https://docs.haproxy.org/2.6/configuration.html#7.3.6-path
 */
export const haproxy: Normalizer = (request) => {
  const { path, query } = request;
  if (REFUSED.test(path + query)) return refusing('the URL holds a # or bytes that are no printable ASCII');
  const host = beforeColon(withRootDot(request));
  if ((path + query).includes(DEL)) return undecided(CONTROLS, { host, path });
  if (path.length + query.length > SURELY_FITS) return undecided(TOO_LONG, { host, path });
  return isPlainHost(beforeColon(request.host)) ? comparing(host, path) : undecided(NOT_PLAIN, { host, path });
};

const CONTROLS: Doubt = { rule: 'ING-06', wouldDecide: 'a URL without control characters' };
const TOO_LONG: Doubt = {
  rule: 'ING-06',
  wouldDecide: 'a shorter URL: HAProxy refuses a request whose headers do not fit into its buffer',
};
