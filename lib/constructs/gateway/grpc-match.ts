/** Which calls a rule takes: all that the match says must hold (GW-08). An unchanging value. */
export class GrpcMatch {
  /** All methods of a service, e.g. `shop.v1.Cart`. */
  static service(service: string): GrpcMatch {
    return new GrpcMatch({ method: { service } });
  }

  /** One method of a service. */
  static method(service: string, method: string): GrpcMatch {
    return new GrpcMatch({ method: { service, method } });
  }

  private constructor(private readonly spec: GrpcMatchSpec) {}

  /** Calls with this header only. Names are compared without regard to case. */
  header(name: string, value: string): GrpcMatch {
    const { headers = [] } = this.spec;
    if (headers.some((other) => other.name.toLowerCase() === name.toLowerCase())) {
      throw new Error(
        `Unable to match header "${name}" twice: of matches with one name only the first counts (GW-07).`,
      );
    }
    return new GrpcMatch({ ...this.spec, headers: [...headers, { name, value }] });
  }

  /** As it stands in the manifest. @internal */
  toSpec(): GrpcMatchSpec {
    return this.spec;
  }
}

/** A match as it stands in the manifest. */
export interface GrpcMatchSpec {
  readonly method: { readonly service: string; readonly method?: string };
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
}
