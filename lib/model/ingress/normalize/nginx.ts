import { beforeColon, isPlainHost, NOT_PLAIN } from './host';
import { comparing, type Normalizer, refusing, undecided } from './normalized';
import { isPercentEncoded, percentDecoded } from './percent';
import { withoutDotSegments, withoutEmptySegments } from './segments';

/** What ingress-nginx lets one line of a request take, in bytes (`large-client-header-buffers`, 4 of 8 kB each). */
const LONGEST_LINE = 8192;

/** Controls, the space, and DEL. */
const CONTROL = /[\0-\x20\x7f]/;

/** What nginx refuses in a host, up to where a port would end. */
const NO_HOST = /[\0-\x20\x7f/]|\.\.|\.$/;

/**
 * nginx compares the path as a file system would see it: decoded, slashes merged, dot segments resolved, in this order.
 *
 * | in the request | becomes |
 * | --- | --- |
 * | `%41`, `%2F`, `%2E` | `A`, `/`, `.`: an encoded slash or dot is one like any other |
 * | `%25`, `%3F`, `%23` | a `%`, `?`, `#` of the path |
 * | `//` | `/` (`merge_slashes`) |
 * | `/a/./b`, `/a/../b` | `/a/b`, `/b` |
 * | `/..`, `%00`, `%4`, `%zz`, controls | 400 |
 * | a line of more than 8 kB | 414 |
 * | `/A`, `/a/`, `;`, `\`, `+` | itself |
 * | host `a.example.`, `A.EXAMPLE:80` | `a.example` |
 * | no host, `a..b`, `a/b`, controls in it | 400 |
 * | another host that is no name, `a@b` | unknown: releases differ |
 *
 * Measured with nginx 1.22; https://nginx.org/en/docs/http/ngx_http_core_module.html#location
 */
export const nginx: Normalizer = ({ method, host: named, path: sent, query }) => {
  const line = `${method} ${sent}${query && `?${query}`} HTTP/1.1\r\n`;
  if (line.length > LONGEST_LINE) return refusing(`nginx takes no request line longer than ${LONGEST_LINE} bytes`, 414);
  if (CONTROL.test(sent + query)) return refusing('the URL holds a space or a control character');
  const [raw] = sent.split('#', 1);
  if (!isPercentEncoded(raw)) return refusing('a % in the path begins no encoded byte');
  const decoded = percentDecoded(raw);
  if (decoded.includes('\0')) return refusing('the path holds an encoded NUL');
  const path = withoutDotSegments(withoutEmptySegments(decoded));
  if (path === undefined) return refusing('the path leads above the root');
  const host = beforeColon(named);
  if (host === '' || host === '.') return refusing('the request names no host');
  if (NO_HOST.test(named)) return refusing(`"${named}" is no host`);
  return isPlainHost(host) ? comparing(host, path) : undecided(NOT_PLAIN, { host, path });
};
