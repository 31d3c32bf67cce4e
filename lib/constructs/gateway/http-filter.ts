import type { AppPort } from '../app-port';
import { assertPortNumber } from '../port';

/** Where clients are sent instead; what is absent stays as it was in the request. */
export interface HttpRedirect {
  readonly scheme?: 'http' | 'https';
  readonly hostname?: string;
  /** @default - that of the scheme where it changes, else that of the listener */
  readonly port?: number;
  /** In place of the whole path. */
  readonly path?: string;
  /** In place of the prefix that matched. */
  readonly prefix?: string;
  /** @default 302 */
  readonly statusCode?: 301 | 302 | 303 | 307 | 308;
}

/** What the backend gets in place of what the client sent; what is absent stays as it was. */
export interface HttpRewrite {
  readonly hostname?: string;
  /** In place of the whole path. */
  readonly path?: string;
  /** In place of the prefix that matched. */
  readonly prefix?: string;
}

/** What becomes of headers. */
export interface HeaderChange {
  /** In place of what there is. */
  readonly set?: Readonly<Record<string, string>>;
  /** Beside what there is. */
  readonly add?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

/** What a Gateway does with a request, or with the response to it, on its way. An unchanging value. */
export class HttpFilter {
  /** Answers with a redirect; nothing gets to any backend. */
  static redirect(to: HttpRedirect): HttpFilter {
    const { scheme, hostname, port, statusCode } = to;
    if (port !== undefined) assertPortNumber(port);
    const requestRedirect = { scheme, hostname, port, path: pathModifier(to), statusCode };
    return new HttpFilter('RequestRedirect', { requestRedirect }, to.prefix !== undefined);
  }

  /** Changes host and path for the backend. */
  static rewrite(to: HttpRewrite): HttpFilter {
    const urlRewrite = { hostname: to.hostname, path: pathModifier(to) };
    return new HttpFilter('URLRewrite', { urlRewrite }, to.prefix !== undefined);
  }

  /** Changes headers for the backend. */
  static requestHeaders(change: HeaderChange): HttpFilter {
    return new HttpFilter('RequestHeaderModifier', { requestHeaderModifier: headerSpec(change) });
  }

  /** Changes headers for the client. */
  static responseHeaders(change: HeaderChange): HttpFilter {
    return new HttpFilter('ResponseHeaderModifier', { responseHeaderModifier: headerSpec(change) });
  }

  /** Sends a copy of each request to another port, whose responses nobody gets. */
  static mirror(to: AppPort): HttpFilter {
    return new HttpFilter('RequestMirror', {}, false, to);
  }

  private constructor(
    /** @internal */
    readonly type: HttpFilterType,
    /** What it stands for in the manifest, but for what it refers to. @internal */
    readonly spec: object,
    /** Whether it speaks of the prefix that matched. @internal */
    readonly replacesPrefix: boolean = false,
    /** Who gets copies. @internal */
    readonly mirrorTo?: AppPort,
  ) {}
}

export type HttpFilterType =
  | 'RequestRedirect'
  | 'URLRewrite'
  | 'RequestHeaderModifier'
  | 'ResponseHeaderModifier'
  | 'RequestMirror';

function pathModifier({ path, prefix }: { readonly path?: string; readonly prefix?: string }): object | undefined {
  if (path !== undefined && prefix !== undefined) {
    throw new Error('Unable to replace both the whole path and its prefix: give `path` or `prefix`.');
  }
  if (path !== undefined) return { type: 'ReplaceFullPath', replaceFullPath: path };
  return prefix === undefined ? undefined : { type: 'ReplacePrefixMatch', replacePrefixMatch: prefix };
}

function headerSpec({ set, add, remove }: HeaderChange): object {
  const list = (values: HeaderChange['set']) =>
    values && Object.entries(values).map(([name, value]) => ({ name, value }));
  return { set: list(set), add: list(add), remove };
}
