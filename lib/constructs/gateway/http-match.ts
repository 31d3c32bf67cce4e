import { problemOfUrlPath } from '../../model/values/url-path';

/** Which requests a rule takes: all that the match says must hold (GW-07). An unchanging value. */
export class HttpMatch {
  /** The path, element by element: `/foo` takes `/foo` and `/foo/bar`, and leaves out `/foobar`. `/` takes every path. */
  static prefix(path: string): HttpMatch {
    return new HttpMatch({ path: { type: 'PathPrefix', value: checkedPath(path) } });
  }

  /** The whole path. */
  static exact(path: string): HttpMatch {
    return new HttpMatch({ path: { type: 'Exact', value: checkedPath(path) } });
  }

  /** A regular expression for the path, in the dialect of the controller, which alone knows what precedes what (GW-06). */
  static regex(path: string): HttpMatch {
    return new HttpMatch({ path: { type: 'RegularExpression', value: path } });
  }

  private constructor(private readonly spec: HttpMatchSpec) {}

  /** Requests by this method only. */
  method(method: HttpMethod): HttpMatch {
    return new HttpMatch({ ...this.spec, method });
  }

  /** Requests with this header only. Names are compared without regard to case. */
  header(name: string, value: string): HttpMatch {
    return this.withHeader({ name, value });
  }

  /** Requests with a header that the regular expression describes, in the dialect of the controller. */
  headerMatching(name: string, regex: string): HttpMatch {
    return this.withHeader({ type: 'RegularExpression', name, value: regex });
  }

  /** Requests with this parameter in the query only. */
  query(name: string, value: string): HttpMatch {
    return new HttpMatch({ ...this.spec, queryParams: [...(this.spec.queryParams ?? []), { name, value }] });
  }

  /** As it stands in the manifest. @internal */
  toSpec(): HttpMatchSpec {
    return this.spec;
  }

  private withHeader(header: NamedValue): HttpMatch {
    const { headers = [] } = this.spec;
    if (headers.some(({ name }) => name.toLowerCase() === header.name.toLowerCase())) {
      throw new Error(
        `Unable to match header "${header.name}" twice: of matches with one name only the first counts (GW-07).`,
      );
    }
    return new HttpMatch({ ...this.spec, headers: [...headers, header] });
  }
}

export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'CONNECT' | 'OPTIONS' | 'TRACE' | 'PATCH';

interface NamedValue {
  /** @default 'Exact' */
  readonly type?: 'RegularExpression';
  readonly name: string;
  readonly value: string;
}

/** A match as it stands in the manifest. */
export interface HttpMatchSpec {
  readonly path: { readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression'; readonly value: string };
  readonly method?: HttpMethod;
  readonly headers?: readonly NamedValue[];
  readonly queryParams?: readonly NamedValue[];
}

function checkedPath(path: string): string {
  const problem = problemOfUrlPath(path);
  if (problem === undefined) return path;
  throw new Error(`Unable to match path "${path}": ${problem}, and the API server refuses it.`);
}
