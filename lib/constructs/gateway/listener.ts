import { assertPortNumber } from '../port';
import type { TlsSecret } from '../tls-secret';
import type { AllowedRoutes } from './allowed-routes';

export interface ListenerOptions {
  /** Where clients connect to. @default 80, and 443 for HTTPS */
  readonly port?: number;
  /** The host of the requests that it takes: a name, or `*.example.com` for any number of labels more (GW-01). @default - any */
  readonly hostname?: string;
  /** Whose routes it takes (GW-04). @default - as the Gateway says */
  readonly allowedRoutes?: AllowedRoutes;
}

export interface HttpsListenerOptions extends ListenerOptions {
  /**
   * The certificate, or several, of which the one for the host is shown: Secrets by name, or as the constructs that make them.
   * One of another namespace needs a ReferenceGrant there (GW-10), which is made where the construct is.
   */
  readonly tls: TlsSecret | readonly TlsSecret[];
}

/** A port on which a Gateway takes requests. */
export class Listener {
  /** Plain HTTP. */
  static http(options: ListenerOptions = {}): Listener {
    return new Listener('HTTP', 80, options, []);
  }

  /** HTTP over TLS, which ends at the Gateway. */
  static https(options: HttpsListenerOptions): Listener {
    const secrets = [options.tls].flat() as readonly TlsSecret[];
    if (secrets.length === 0) throw new Error('Unable to listen for HTTPS without a certificate: `tls` is empty.');
    return new Listener('HTTPS', 443, options, secrets);
  }

  readonly port: number;
  readonly hostname: string | undefined;
  /** @internal */
  readonly allowedRoutes: AllowedRoutes | undefined;

  private constructor(
    readonly protocol: 'HTTP' | 'HTTPS',
    defaultPort: number,
    options: ListenerOptions,
    /** @internal */
    readonly certificates: readonly TlsSecret[],
  ) {
    this.port = options.port ?? defaultPort;
    this.hostname = options.hostname;
    this.allowedRoutes = options.allowedRoutes;
    assertPortNumber(this.port);
  }
}
