import { parseIp } from '../values/ip';

/** One request as a client sends it: what a URL, a method and headers amount to on the wire. */
export interface UrlRequest {
  readonly scheme: 'http' | 'https';
  /** Of the `Host` header, else of the URL: lower case, without a port (ING-01, GW-07). */
  readonly host: string;
  /** Whether the host ended in the dot of the root, which `host` leaves out: not every server does. @default false */
  readonly rootDot?: boolean;
  /** What a TLS handshake names: the host of the URL, whatever the `Host` header says (ING-16); absent for an address. */
  readonly sni?: string;
  /** Where the client connects to: of the URL, else 80 or 443. */
  readonly port: number;
  /** As it stands in the request line, from `/` on, without the query: nothing is decoded or resolved. */
  readonly path: string;
  /** As it stands, without the `?`; empty where there is none. */
  readonly query: string;
  /** As it stands: methods are case-sensitive. */
  readonly method: string;
  /** By their names in lower case; of a header that is sent twice the first value (GW-07). */
  readonly headers: ReadonlyMap<string, string>;
}

/** What a client says beside the URL. */
export interface RequestOptions {
  /** @default 'GET' */
  readonly method?: string;
  /** `Host` overrides the host of the URL, as with curl. @default - none */
  readonly headers?: Iterable<readonly [name: string, value: string]>;
}

export type ParsedRequest =
  | { readonly ok: true; readonly request: UrlRequest }
  | { readonly ok: false; readonly problem: string };

const FORM = /^(https?):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?$/i;
const AUTHORITY = /^(\[[0-9a-f:.]+\]|[^:@[\]\s]+)(?::(\d{1,5}))?$/i;
/** What no request line can hold as it is. */
const RAW = /[^!-~]/;
const PORTS = { http: 80, https: 443 } as const;

/** Reads a URL as a client sends it that changes nothing: `/a/../b` stays as it is, for it is the proxy that decides. */
export function requestTo(url: string, { method = 'GET', headers = [] }: RequestOptions = {}): ParsedRequest {
  const form = FORM.exec(url.trim());
  if (!form) return { ok: false, problem: 'it has no scheme http or https and a host' };
  const [, schemeText, authorityText, path, query = ''] = form;
  const scheme = schemeText.toLowerCase() as UrlRequest['scheme'];
  const authority = AUTHORITY.exec(authorityText);
  if (!authority) return { ok: false, problem: `"${authorityText}" is no host` };
  const port = authority[2] === undefined ? PORTS[scheme] : Number(authority[2]);
  if (port < 1 || port > 65535) return { ok: false, problem: `${port} is no port` };
  const raw = RAW.exec(path + query);
  if (raw) return { ok: false, problem: `${JSON.stringify(raw[0])} must be percent-encoded` };
  const sent = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (!sent.has(key)) sent.set(key, value);
  }
  const dialled = hostOf(authority[1]).name;
  const sni = scheme === 'http' || parseIp(dialled.replace(/^\[|\]$/g, '')).ok ? undefined : dialled;
  const { name: host, rootDot } = hostOf(sent.get('host') ?? authority[1]);
  return { ok: true, request: { scheme, host, rootDot, sni, port, path: path || '/', query, method, headers: sent } };
}

/** ING-01: without the port, in lower case; the dot of the root, which clients send on, is told apart. */
function hostOf(text: string): { readonly name: string; readonly rootDot: boolean } {
  const name = text.toLowerCase().replace(/:\d+$/, '');
  const rootDot = name.length > 1 && name.endsWith('.');
  return { name: rootDot ? name.slice(0, -1) : name, rootDot };
}
